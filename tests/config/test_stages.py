"""When a deadline is heard: every case of the contract's clock, and a year with outages."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.calendar import Calendar, Stage
from config.holidays_file import Amendment

WITA = ZoneInfo("Asia/Makassar")
WIB = ZoneInfo("Asia/Jakarta")
CALENDAR = Calendar(
    zone=WITA, opens=time(8), closes=time(17, 30), before=(14, 7, 3, 1, 0), after=(1, 3, 5, 10)
)


def at(month: int, day: int, hour: int = 23, minute: int = 59, zone: ZoneInfo = WITA) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


def d(month: int, day: int) -> date:
    return date(2026, month, day)


def stages(*pairs: tuple[int, date]) -> tuple[Stage, ...]:
    return tuple(Stage(number, day) for number, day in pairs)


# Wednesday 30 September 2026: nothing but weekends around it
ORDINARY = stages(
    (-14, d(9, 16)),
    (-7, d(9, 23)),
    (-3, d(9, 25)),  # the 27th is a Sunday
    (-1, d(9, 29)),
    (0, d(9, 30)),
    (1, d(10, 1)),
    (3, d(10, 5)),
    (5, d(10, 7)),
    (10, d(10, 14)),
    (15, d(10, 21)),
    (20, d(10, 28)),
)


@pytest.mark.parametrize(
    ("due_at", "until", "expected"),
    [
        pytest.param(at(9, 30), d(10, 28), ORDINARY, id="ordinary"),
        pytest.param(at(9, 30), d(11, 3), ORDINARY, id="nothing before the 25th"),
        pytest.param(at(9, 30), d(9, 24), ORDINARY[:2], id="until the second"),
        pytest.param(at(9, 30), d(9, 15), (), id="none yet"),
        pytest.param(at(9, 30, 8, 0), d(10, 28), ORDINARY, id="due as we open: that day"),
        pytest.param(
            at(10, 1, 7, 59), d(10, 28), ORDINARY, id="due before we open: the day before"
        ),
        pytest.param(at(10, 1, 7, 0), d(10, 28), ORDINARY, id="due at seven"),
        pytest.param(at(9, 30, zone=WIB), d(10, 28), ORDINARY, id="23.59 WIB is 00.59 WITA"),
        pytest.param(at(9, 30, 7, 0, WIB), d(10, 28), ORDINARY, id="07.00 WIB is 08.00 WITA"),
        pytest.param(at(10, 1, 6, 59, WIB), d(10, 28), ORDINARY, id="06.59 WIB is 07.59 WITA"),
        pytest.param(at(9, 30).astimezone(UTC), d(10, 28), ORDINARY, id="as the database keeps it"),
        pytest.param(  # Sunday: the last three stages before it share the Friday
            at(9, 27),
            d(9, 30),
            stages(
                (-14, d(9, 11)),
                (-7, d(9, 18)),
                (-3, d(9, 24)),
                (-1, d(9, 25)),
                (0, d(9, 25)),
                (1, d(9, 28)),
                (3, d(9, 30)),
            ),
            id="due on a Sunday",
        ),
        pytest.param(  # Monday before opening is the Sunday before
            at(9, 28, 7, 0),
            d(9, 28),
            stages(
                (-14, d(9, 11)),
                (-7, d(9, 18)),
                (-3, d(9, 24)),
                (-1, d(9, 25)),
                (0, d(9, 25)),
                (1, d(9, 28)),
            ),
            id="due on Monday at seven",
        ),
        pytest.param(  # free from Wednesday 18 March (Nyepi) to Tuesday the 24th (Lebaran)
            at(3, 24),
            d(3, 31),
            stages(
                (-14, d(3, 10)),
                (-7, d(3, 17)),
                (-3, d(3, 17)),
                (-1, d(3, 17)),
                (0, d(3, 17)),
                (1, d(3, 25)),
                (3, d(3, 27)),
                (5, d(3, 31)),
            ),
            id="Lebaran week: four stages on one day",
        ),
        pytest.param(  # Friday 15 May is cuti bersama, Thursday a holiday
            at(5, 15),
            d(5, 20),
            stages(
                (-14, d(4, 30)),  # 1 May is a holiday
                (-7, d(5, 8)),
                (-3, d(5, 12)),
                (-1, d(5, 13)),
                (0, d(5, 13)),
                (1, d(5, 18)),
                (3, d(5, 20)),
            ),
            id="cuti bersama",
        ),
        pytest.param(  # over two years
            at(12, 30),
            date(2027, 1, 4),
            stages(
                (-14, d(12, 16)),
                (-7, d(12, 23)),
                (-3, d(12, 23)),
                (-1, d(12, 29)),
                (0, d(12, 30)),
                (1, d(12, 31)),
                (3, date(2027, 1, 6)),
            )[:-1],
            id="turn of the year",
        ),
    ],
)
def test_stages(due_at: datetime, until: date, expected: tuple[Stage, ...]):
    assert CALENDAR.stages(due_at, until) == expected


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (d(9, 15), None),
        (d(9, 16), -14),
        (d(9, 22), -14),
        (d(9, 24), -7),
        (d(9, 25), -3),
        (d(9, 28), -3),
        (d(9, 29), -1),
        (d(9, 30), 0),
        (d(10, 1), 1),
        (d(10, 2), 1),
        (d(10, 4), 1),  # a Sunday reaches nothing new
        (d(10, 5), 3),
        (d(10, 14), 10),
        (d(10, 20), 10),
        (d(10, 21), 15),
        (d(10, 28), 20),
        (d(12, 30), 60),
    ],
)
def test_the_newest_stage(today: date, stage: int | None):
    assert CALENDAR.stage(at(9, 30), today) == stage


def test_stages_that_share_a_day_are_the_newest_one():
    assert CALENDAR.stage(at(3, 24), d(3, 16)) == -14
    assert CALENDAR.stage(at(3, 24), d(3, 17)) == 0
    assert CALENDAR.stage(at(3, 24), d(3, 24)) == 0
    assert CALENDAR.stage(at(3, 24), d(3, 25)) == 1


def test_amendments_move_stages():
    city = replace(
        CALENDAR,
        amendments={
            d(9, 27): Amendment("Ganti hari kerja", works=True),  # a Sunday
            d(9, 30): Amendment("HUT", works=False),
            d(10, 1): Amendment("HUT", works=False),
        },
    )

    assert city.stages(at(9, 30), d(10, 2))[2:] == stages(
        (-3, d(9, 27)), (-1, d(9, 29)), (0, d(9, 29)), (1, d(10, 2))
    )


@pytest.mark.parametrize(
    ("before", "after", "numbers"),
    [
        ((0, 3), (1,), [-3, 0, 1, 6, 11, 16]),
        ((), (2, 4), [2, 4, 9, 14, 19]),
        ((0,), (), [0, 5, 10, 15, 20]),
        ((0,), (30,), [0]),
    ],
)
def test_other_lists(before: tuple[int, ...], after: tuple[int, ...], numbers: list[int]):
    calendar = replace(CALENDAR, before=before, after=after)

    heard = calendar.stages(at(9, 30), d(10, 28))

    assert [stage.number for stage in heard] == numbers
    assert all(calendar.stage(at(9, 30), s.day) == s.number for s in heard)


@pytest.mark.parametrize(
    ("due_at", "since", "most", "days"),
    [
        (at(9, 30), d(9, 10), 3, [d(9, 16), d(9, 23), d(9, 25)]),
        (at(9, 30), d(9, 16), 2, [d(9, 23), d(9, 25)]),  # after that day, not on it
        (at(9, 30), d(9, 29), 4, [d(9, 30), d(10, 1), d(10, 5), d(10, 7)]),
        (at(3, 24), d(3, 1), 3, [d(3, 10), d(3, 17), d(3, 25)]),  # a shared day once
        (at(9, 30), d(10, 14), 2, [d(10, 21), d(10, 28)]),
        (at(9, 30), d(9, 10), 0, []),
    ],
)
def test_the_days_of_a_preview(due_at: datetime, since: date, most: int, days: list[date]):
    assert CALENDAR.reminder_days(due_at, since, most) == tuple(days)


@pytest.mark.parametrize(
    ("due_at", "now", "late"),
    [
        (at(9, 30), at(9, 30, 12, 0), 0),
        (at(9, 30), at(9, 30, 23, 59), 0),  # the very minute
        (at(9, 30), at(10, 1, 0, 0), 1),
        (at(9, 30), at(10, 1, 8, 0), 1),
        (at(9, 30), at(10, 5, 8, 0), 3),
        (at(9, 30), at(10, 7, 8, 0), 5),
        (at(9, 30, 10, 0), at(9, 30, 12, 0), 0),  # past, and the first working day is tomorrow
        (at(10, 2), at(10, 4, 12, 0), 0),  # only a weekend since Friday
        (at(10, 2), at(10, 5, 8, 0), 1),
        (at(9, 28, 7, 0), at(9, 28, 8, 0), 1),  # due before we opened
        (at(9, 30, zone=WIB), at(10, 1, 0, 30), 0),
        (at(9, 30, zone=WIB), at(10, 1, 8, 0), 1),
        (at(3, 17), at(3, 24, 12, 0), 0),
        (at(3, 17), at(3, 27, 12, 0), 3),
        (at(9, 30), at(10, 1, 16, 0).astimezone(UTC), 1),
    ],
)
def test_late_by_working_days(due_at: datetime, now: datetime, late: int):
    assert CALENDAR.late_by(due_at, now) == late


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(9, 30, 7, 59), at(9, 30, 8, 0)),
        (at(9, 30, 8, 0), None),
        (at(9, 30, 17, 29), None),
        (at(9, 30, 17, 30), at(10, 1, 8, 0)),
        (at(10, 2, 17, 30), at(10, 5, 8, 0)),
        (at(10, 3, 9, 0), at(10, 5, 8, 0)),
        (at(3, 17, 18, 0), at(3, 25, 8, 0)),
        (at(3, 18, 7, 0), at(3, 25, 8, 0)),
        (at(9, 30, 7, 0, WIB), None),
        (at(9, 30, 16, 30, WIB), at(10, 1, 8, 0)),
        (at(10, 1, 8, 0).astimezone(UTC), None),  # midnight in UTC, another date there
    ],
)
def test_the_window(now: datetime, opens: datetime | None):
    assert CALENDAR.is_open(now) == (opens is None)
    assert CALENDAR.next_opening(now) == (opens or now)
    assert CALENDAR.next_opening(now).tzinfo is WITA


def test_a_moment_without_a_zone_is_refused():
    naive = at(9, 30).replace(tzinfo=None)

    for question in (CALENDAR.is_open, CALENDAR.next_opening, CALENDAR.due_day):
        with pytest.raises(ValueError, match="no time zone"):
            question(naive)


def test_thousands_of_items_that_share_a_deadline_cost_one(monkeypatch: pytest.MonkeyPatch):
    asked: list[date] = []
    is_working = Calendar.is_working
    monkeypatch.setattr(
        Calendar, "is_working", lambda self, day: asked.append(day) or is_working(self, day)
    )
    fresh = replace(CALENDAR)

    fresh.stage(at(9, 30), d(11, 3))
    once = len(asked)
    for minute in range(1_000):
        fresh.stage(at(9, 30, 12, minute % 60), d(11, 3))

    assert once
    assert len(asked) == once


# A year for one deadline.

unhurried = settings(deadline=None)  # the machine may be busy with other things

FIRST = date(2026, 1, 1)
YEAR = [FIRST + timedelta(n) for n in range(365)]
deadlines = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=WITA)
)
amended = st.dictionaries(
    st.sampled_from(YEAR), st.builds(Amendment, st.just("Hari lain"), st.booleans()), max_size=20
)
outages = st.sets(st.sampled_from(YEAR), max_size=200)
lists = st.tuples(
    st.sets(st.integers(0, 30), max_size=6).map(tuple),
    st.sets(st.integers(1, 30), max_size=6).map(lambda days: tuple(sorted(days))),
)
calendars = st.builds(
    lambda amendments, days: replace(
        CALENDAR, amendments=amendments, before=days[0], after=days[1]
    ),
    amended,
    lists,
)


@unhurried
@given(calendars, deadlines)
def test_stages_never_fall_on_a_free_day_nor_repeat(calendar: Calendar, due_at: datetime):
    heard = calendar.stages(due_at, YEAR[-1])

    assert all(calendar.is_working(stage.day) for stage in heard)
    assert all(one.number < next_.number for one, next_ in pairwise(heard))
    assert all(one.day <= next_.day for one, next_ in pairwise(heard))
    assert all(stage.day <= calendar.due_day(due_at) for stage in heard if stage.number <= 0)
    assert all(stage.day > calendar.due_day(due_at) for stage in heard if stage.number > 0)


@unhurried
@given(calendars, deadlines, st.sampled_from(YEAR))
def test_the_newest_stage_is_the_last_of_all_stages(
    calendar: Calendar, due_at: datetime, today: date
):
    newest = calendar.stage(due_at, today)

    assert newest == max((s.number for s in calendar.stages(due_at, today)), default=None)


@unhurried
@given(calendars, deadlines, outages)
def test_a_year_day_by_day(calendar: Calendar, due_at: datetime, outages: set[date]):
    up = [day for day in YEAR if day not in outages]

    told = list(_told(calendar, due_at, up))

    numbers = [stage.number for stage in told]
    assert numbers == sorted(set(numbers)), "each stage at most once, and never an older one"
    assert all(calendar.is_working(stage.day) for stage in told)
    for stage in told:
        on_time = [s.day for s in calendar.stages(due_at, stage.day) if s.number == stage.number]
        missed = [day for day in up if on_time[0] <= day < stage.day and calendar.is_working(day)]
        assert missed == [], "told on the first working day we were up"


@unhurried
@given(calendars, deadlines)
def test_without_outages_the_days_told_are_the_days_of_the_preview(
    calendar: Calendar, due_at: datetime
):
    eve = FIRST - timedelta(1)
    told = tuple(_told(calendar, due_at, YEAR, calendar.stage(due_at, eve)))

    assert calendar.reminder_days(due_at, eve, len(told)) == tuple(s.day for s in told)


@unhurried
@given(calendars, deadlines, st.sampled_from(YEAR))
def test_late_by_agrees_with_the_stages_after(calendar: Calendar, due_at: datetime, today: date):
    now = datetime.combine(today, time(12), WITA)
    late = calendar.late_by(due_at, now)
    after = [s.number for s in calendar.stages(due_at, today) if s.number > 0]

    assert late >= max(after, default=0)
    assert late == 0 or calendar.add_working_days(calendar.due_day(due_at), late) <= today


def _told(
    calendar: Calendar, due_at: datetime, days: Iterable[date], heard: int | None = None
) -> Iterator[Stage]:
    """What a bot tells that looks at the clock once on each of these days."""
    for day in days:
        noon = datetime.combine(day, time(12), WITA)
        newest = calendar.stage(due_at, day) if calendar.is_open(noon) else heard
        if newest is not None and newest != heard:
            heard = newest
            yield Stage(newest, day)
