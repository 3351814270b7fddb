"""After the bot was away, those who may have pressed in vain hear of it, once and silently."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot import messages, receive, words
from bot.ticks import outages
from config.settings import Settings
from db import pulse
from db.models import Pulse
from db.pulse import Span
from tests import golden
from tests.shown import when_shown
from tests.town import Town, wita

CALENDAR = Settings(_env_file=None).calendar()  # type: ignore[call-arg]


async def away(town: Town, began: datetime, ended: datetime) -> None:
    """Alive until one moment, and again from another."""
    town.clock.now = began
    await outages.beat(town.desk)
    town.clock.now = ended
    await outages.beat(town.desk)
    await town.sends()


def notices(town: Town, code: str = "DIKBUD") -> list[str]:
    said = town.said_in(town.groups[code])
    return [m.text for m in said if m.text.startswith("Bot tidak aktif")]


async def test_the_group_whose_buttons_may_have_been_pressed_hears_silently(town: Town) -> None:
    await town.minute()
    await away(town, wita(11, 24, 10, 5), wita(11, 24, 10, 40))

    last = town.said_in(town.groups["DIKBUD"])[-1]
    assert notices(town) == [last.text]
    assert last.silent
    assert last.text.startswith("Bot tidak aktif pada 24 Nov 10.05–10.40.")
    assert not notices(town, "DINKES")  # its group got no buttons


async def test_it_is_said_once(town: Town) -> None:
    await town.minute()
    await away(town, wita(11, 24, 10, 5), wita(11, 24, 10, 40))
    await town.restarts()
    await outages.beat(town.desk)
    await town.later(minutes=1)

    assert len(notices(town)) == 1


async def test_a_group_with_nothing_left_to_confirm_is_spared(town: Town) -> None:
    await town.minute()
    await town.says(town.people["sari"], "/done 1-3")
    await away(town, wita(11, 24, 10, 5), wita(11, 24, 10, 40))

    assert not notices(town)


async def test_confirmations_that_waited_come_before_the_notice(town: Town) -> None:
    await town.minute()
    town.clock.now = wita(11, 24, 10, 5)
    await outages.beat(town.desk)
    town.people["sari"].says("/done@tuntas_bot 1-3", to=town.groups["DIKBUD"])
    town.clock.now = wita(11, 24, 10, 40)
    await outages.beat(town.desk)
    await town.hears()
    await town.sends()

    assert not notices(town)


@pytest.mark.parametrize(
    ("began", "ended"),
    [
        (wita(11, 24, 10, 0), wita(11, 24, 10, 2)),  # 120 seconds
        (wita(11, 24, 18, 0), wita(11, 25, 7, 59)),  # at night
        (wita(11, 27, 17, 29), wita(11, 30, 8, 1)),  # a weekend, and two minutes of the window
        (wita(12, 24, 9, 0), wita(12, 26, 9, 0)),  # Christmas
    ],
)
async def test_short_ones_and_those_outside_the_window_are_nobodys_business(
    town: Town, began: datetime, ended: datetime
) -> None:
    await town.minute()
    await away(town, began, ended)

    assert not notices(town)


async def test_one_that_ends_after_hours_is_told_in_the_morning(town: Town) -> None:
    await town.minute()
    await away(town, wita(11, 24, 17, 0), wita(11, 24, 21, 0))
    assert not notices(town)

    await town.at(wita(11, 25, 8, 0))

    assert notices(town)[0].startswith("Bot tidak aktif pada 24 Nov 17.00–21.00.")


async def test_buttons_of_long_ago_are_hardly_pressed(town: Town) -> None:
    await town.minute()
    await away(town, wita(12, 3, 10, 0), wita(12, 3, 10, 40))

    assert not notices(town)


@pytest.mark.parametrize(
    ("began", "ended", "minutes"),
    [
        (wita(11, 24, 7, 0), wita(11, 24, 9, 0), 60),
        (wita(11, 24, 17, 0), wita(11, 25, 9, 0), 90),
        (wita(11, 20, 17, 0), wita(11, 23, 8, 10), 40),
        (wita(11, 21, 9, 0), wita(11, 22, 9, 0), 0),
        (wita(11, 24, 9, 0), wita(11, 24, 9, 0), 0),
        (wita(11, 24, 9, 0), wita(11, 24, 8, 0), 0),  # a clock that was set back
    ],
)
def test_only_the_time_inside_the_window_counts(
    began: datetime, ended: datetime, minutes: int
) -> None:
    assert pulse.inside_window(CALENDAR, began, ended) == timedelta(minutes=minutes)


async def test_the_pulse_is_felt_while_receiving_works_and_not_while_telegram_is_away(
    town: Town,
) -> None:
    await confirms(town, 1)
    assert await felt(town) == wita(11, 24, 10, 0)

    town.clock.now = wita(11, 24, 10, 30)
    town.telegram.down()
    with suppress(TimeoutError):
        async with asyncio.timeout(0.1):
            await receive.forever(town.app, town.offset, asyncio.Event())
    assert await felt(town) == wita(11, 24, 10, 0)

    town.telegram.up()
    await confirms(town, 2)
    assert await felt(town) == wita(11, 24, 10, 30)
    async with town.desk.view() as session:
        [outage] = await pulse.outages_since(session, wita(11, 24, 0, 0))
    assert outage.length == timedelta(minutes=30)


async def test_what_the_line_did_not_take_leaves_as_soon_as_it_is_back(town: Town) -> None:
    await town.at(wita(11, 24, 15, 50))
    await outages.beat(town.desk)
    town.telegram.down()
    for _ in range(75):
        await town.later(minutes=1)
    town.telegram.up()
    await outages.beat(town.desk)
    await town.minute()

    last = town.said_to(town.people["sekda"])[-1]
    assert last.when == wita(11, 24, 17, 5)
    assert "lewat tenggat" in last.text  # the digest, and not tomorrow that it was missed


async def confirms(town: Town, number: int) -> None:
    """The bot receives until it has answered."""
    stop = asyncio.Event()
    town.people["sari"].says(f"/done@tuntas_bot {number}", to=town.groups["DIKBUD"])
    with when_shown(town, stop.set):
        await receive.forever(town.app, town.offset, stop)


async def felt(town: Town) -> datetime | None:
    async with town.desk.view() as session:
        return await session.scalar(select(Pulse.at))


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("usual", Span(1, wita(11, 24, 10, 5), wita(11, 24, 10, 40))),
        ("worst", Span(1, wita(11, 20, 16, 50), wita(11, 24, 9, 10))),
    ],
)
def test_the_notice_reads_well(bare_town: Town, name: str, span: Span) -> None:
    golden.check(f"outage-{name}", words.bare(messages.outage(bare_town.desk, span)))
