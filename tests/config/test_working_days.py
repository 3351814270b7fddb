"""Which days are working days, and how they are counted."""

import csv
from datetime import date, timedelta

import pytest

from config import holidays_file, kendari
from config.holidays_file import Amendment
from config.working_days import FURTHEST, WorkingDays

DAYS = WorkingDays()


def test_the_built_in_year_is_the_decree_of_the_three_ministers():
    with kendari.HOLIDAYS.open(encoding="utf-8", newline="") as lines:
        decreed = {date.fromisoformat(row["date"]) for row in csv.DictReader(lines)}

    year = [date(2026, 1, 1) + timedelta(n) for n in range(365)]

    assert {day for day in year if DAYS.holiday_name(day)} == decreed
    assert {day for day in year if not DAYS.is_working(day)} == decreed | {
        day for day in year if day.weekday() >= 5
    }


@pytest.mark.parametrize(
    ("day", "works", "name"),
    [
        (date(2026, 3, 17), True, None),
        (date(2026, 3, 18), False, "Cuti Bersama Hari Suci Nyepi"),
        (date(2026, 3, 19), False, "Hari Suci Nyepi"),
        (date(2026, 3, 21), False, "Hari Raya Idul Fitri"),  # a Saturday, kept all the same
        (date(2026, 3, 25), True, None),
        (date(2026, 9, 5), False, None),  # an ordinary Saturday
        (date(2026, 9, 6), False, None),
    ],
)
def test_a_day(day: date, works: bool, name: str | None):
    assert (DAYS.is_working(day), DAYS.holiday_name(day)) == (works, name)


def test_names_are_indonesian_whatever_the_machine_speaks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")

    assert DAYS.holiday_name(date(2025, 12, 25)) == "Hari Raya Natal"


@pytest.mark.parametrize(
    ("year", "official"), [(2024, True), (2025, True), (2026, True), (2027, False), (2030, False)]
)
def test_a_year_is_official_once_nothing_in_it_is_an_estimate(year: int, official: bool):
    assert DAYS.is_official(year) is official


def test_a_year_the_city_amended_is_official():
    amended = WorkingDays(amendments={date(2027, 3, 11): Amendment("Idulfitri", works=False)})

    assert amended.is_official(2027)
    assert not amended.is_official(2028)


@pytest.mark.parametrize(
    ("start", "n", "lands_on"),
    [
        (date(2026, 9, 7), 0, date(2026, 9, 7)),
        (date(2026, 9, 5), 0, date(2026, 9, 5)),  # none: the day itself, free or not
        (date(2026, 9, 7), 1, date(2026, 9, 8)),
        (date(2026, 9, 4), 1, date(2026, 9, 7)),  # over a weekend
        (date(2026, 9, 5), 1, date(2026, 9, 7)),  # from a free day
        (date(2026, 3, 17), 1, date(2026, 3, 25)),  # over Nyepi and Lebaran
        (date(2026, 3, 13), 5, date(2026, 3, 27)),
        (date(2025, 12, 31), 1, date(2026, 1, 2)),  # over the new year
        (date(2026, 9, 1), 14, date(2026, 9, 21)),
    ],
)
def test_adding_working_days(start: date, n: int, lands_on: date):
    assert DAYS.add_working_days(start, n) == lands_on
    assert DAYS.working_days_after(start, lands_on) == n


@pytest.mark.parametrize("n", [-1, FURTHEST + 1, 10**30])
def test_nobody_counts_that_far(n: int):
    with pytest.raises(ValueError, match="working days"):
        DAYS.add_working_days(date(2026, 9, 1), n)


@pytest.mark.parametrize(
    ("day", "until", "n"),
    [
        (date(2026, 9, 4), date(2026, 9, 4), 0),
        (date(2026, 9, 4), date(2026, 9, 6), 0),
        (date(2026, 9, 4), date(2026, 9, 7), 1),
        (date(2026, 9, 4), date(2026, 9, 1), 0),  # backwards
        (date(2026, 3, 17), date(2026, 3, 24), 0),
        (date(2026, 3, 17), date(2026, 3, 26), 2),
    ],
)
def test_counting_working_days(day: date, until: date, n: int):
    assert DAYS.working_days_after(day, until) == n


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 9, 7), date(2026, 9, 7), date(2026, 9, 7)),
        (date(2026, 9, 5), date(2026, 9, 4), date(2026, 9, 7)),
        (date(2026, 3, 21), date(2026, 3, 17), date(2026, 3, 25)),
        (date(2026, 1, 1), date(2025, 12, 31), date(2026, 1, 2)),
    ],
)
def test_the_working_day_at_hand(day: date, before: date, after: date):
    assert DAYS.previous_working_day_or_same(day) == before
    assert DAYS.next_working_day_or_same(day) == after


def test_amendments_beat_the_list_and_the_weekday():
    city = WorkingDays(
        amendments={
            date(2026, 5, 9): Amendment("HUT Kota Kendari", works=False),  # a Saturday
            date(2026, 5, 11): Amendment("HUT Kota Kendari", works=False),
            date(2026, 9, 5): Amendment("Ganti hari kerja", works=True),  # a Saturday
            date(2026, 12, 24): Amendment("Cuti bersama dicabut", works=True),
        }
    )

    assert not city.is_working(date(2026, 5, 11))
    assert city.holiday_name(date(2026, 5, 11)) == "HUT Kota Kendari"
    assert city.is_working(date(2026, 9, 5))
    assert city.is_working(date(2026, 12, 24))
    assert city.holiday_name(date(2026, 12, 24)) is None
    assert DAYS.is_working(date(2026, 5, 11)), "another calendar knows nothing of it"


def test_the_shipped_holidays_are_a_holidays_file_and_change_nothing():
    city = WorkingDays(amendments=holidays_file.read(kendari.HOLIDAYS))

    year = [date(2026, 1, 1) + timedelta(n) for n in range(365)]

    assert [city.is_working(day) for day in year] == [DAYS.is_working(day) for day in year]
