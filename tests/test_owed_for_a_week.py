"""What was owed or on its way when Telegram, or the bot, went away for a week: what becomes of it.

A coordinator returns an item of DINKES, and its group is to hear so, at the last moment before.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx
import pytest

from db.models import Fate, Owed
from demo.telegram import Message
from tests import golden
from tests.away import HURRIED, REPEAT, a_moment, begins, lives, owed_of, said_since, starts_again
from tests.shown import Killed, kill, when_shown
from tests.town import Town, wita

WENT, CAME = wita(11, 9, 12, 0), wita(11, 16, 9, 0)
A_WHILE, WEEK = timedelta(minutes=10), timedelta(days=7)
LONGEST_GAP = timedelta(minutes=64)  # between two tries
CAUSED = Owed.kind == "reviewed"


async def returns_an_item(town: Town, went: datetime = WENT) -> None:
    """Nothing of it is sent yet."""
    await begins(town, went)
    await town.says(town.people["budi"], "/done 1", town.groups["DINKES"])
    await town.says(town.people["coordinator"], "/kembalikan DINKES 1 belum ditandatangani kepala")


async def goes_away(town: Town, on_its_way: str) -> None:
    """Telegram, when the notice is `delivered`, but not its answer; `lost`; or `never` sent."""
    if on_its_way == "lost":
        town.telegram.cuts_next(httpx.ReadTimeout(""))
    if on_its_way == "never":
        town.telegram.down()
    with when_shown(town, town.telegram.down):
        await town.sends()
    town.telegram.down()


async def dies(town: Town) -> None:
    """The bot, when the notice has arrived, and before that is written down."""
    with when_shown(town, kill), pytest.raises(Killed):
        await town.sends()


async def comes_back(town: Town, moment: datetime) -> str:
    """Telegram. What is said then."""
    await lives(town, until=moment)
    before = len(town.telegram.transcript)
    town.telegram.up()
    await lives(town, until=moment + A_WHILE)
    return said_since(town, before)


def heard(town: Town) -> list[tuple[str, bool]]:
    """When the group heard of it, and whether that was said to be a repeat."""
    return [
        (f"{m.when:%a %d %H.%M}", m.text.startswith(REPEAT))
        for m in town.said_in(town.groups["DINKES"])
        if "belum ditandatangani" in m.text
    ]


async def found(town: Town) -> str:
    """What /cek says of messages."""
    said: Message = await town.says(town.people["coordinator"], "/cek")
    return "\n".join(part for part in said.text.split("\n\n") if "pesan" in part)


DELIVERED, AGAIN, FIRST = ("Mon 09 12.00", False), ("Mon 16 09.02", True), ("Mon 16 09.02", False)


@pytest.mark.parametrize(
    ("on_its_way", "told"),
    [("delivered", [DELIVERED, AGAIN]), ("lost", [AGAIN]), ("never", [FIRST])],
)
async def test_what_somebody_caused_is_said_when_telegram_is_back(
    town: Town, on_its_way: str, told: list[tuple[str, bool]]
) -> None:
    await returns_an_item(town)
    await goes_away(town, on_its_way)
    said = await comes_back(town, CAME)

    assert heard(town) == told
    assert await owed_of(town, CAUSED) == [("reviewed", Fate.SENT)]
    golden.check(f"owed-for-a-week-{on_its_way}", said)


@pytest.mark.parametrize("days", [7, 8])
async def test_what_somebody_caused_is_said_when_the_bot_is_back(town: Town, days: int) -> None:
    await returns_an_item(town)
    await starts_again(town, WENT + timedelta(days=days))

    assert heard(town) == [(f"{town.clock.now:%a %d} 12.00", False)]
    assert await owed_of(town, CAUSED) == [("reviewed", Fate.SENT)]


@pytest.mark.parametrize("days", [7, 8])
async def test_what_was_on_its_way_when_the_bot_died_is_said_once_more_after_five_minutes(
    town: Town, days: int
) -> None:
    await returns_an_item(town)
    await dies(town)
    await starts_again(town, WENT + timedelta(days=days))
    await lives(town, until=town.clock.now + A_WHILE)

    assert heard(town) == [DELIVERED, (f"{town.clock.now:%a %d} 12.06", True)]
    assert await owed_of(town, CAUSED) == [("reviewed", Fate.SENT)]


async def test_on_a_free_day_nothing_is_repeated_nor_reminded_but_people_are_served(
    town: Town,
) -> None:
    await returns_an_item(town, wita(12, 17, 12, 0))
    await dies(town)
    before = len(town.telegram.transcript)
    await starts_again(town, wita(12, 24, 9, 0))
    await town.says(town.people["sari"], "/done 3", town.groups["DIKBUD"])
    await town.says(town.people["coordinator"], "/kembalikan DIKBUD 3 foto loket belum terlihat")
    await town.sends()
    await lives(town, until=wita(12, 28, 8, 2))

    assert heard(town) == [("Thu 17 12.00", False), ("Mon 28 08.00", True)]
    golden.check("owed-until-a-free-day", said_since(town, before))


@pytest.mark.parametrize(
    ("on_its_way", "fate"), [("never", Fate.FAILED), ("delivered", Fate.UNKNOWN)]
)
async def test_what_somebody_caused_is_given_up_after_seven_days_of_trying_and_cek_names_it(
    town: Town, on_its_way: str, fate: Fate
) -> None:
    await returns_an_item(town)
    await goes_away(town, on_its_way)
    await lives(town, until=WENT + WEEK)
    patient = await owed_of(town, CAUSED)
    await lives(town, until=WENT + WEEK + LONGEST_GAP + HURRIED)
    lapsed = await owed_of(town, CAUSED)
    said = await comes_back(town, wita(11, 17, 9, 0))

    assert [patient, lapsed] == [[("reviewed", Fate.OWED)], [("reviewed", fate)]]
    assert heard(town) == [DELIVERED][: on_its_way == "delivered"]
    golden.check(f"given-up-after-a-week-{on_its_way}", f"{said}\n\n{await found(town)}")


@pytest.mark.parametrize("is_back", [True, False])
async def test_what_was_tried_often_before_the_bot_went_away_too_gets_one_more_try(
    town: Town, is_back: bool
) -> None:
    await returns_an_item(town)
    await goes_away(town, "never")
    await lives(town, until=WENT + timedelta(hours=4))
    town.telegram.up()
    town.clock.now = WENT + timedelta(days=8)
    await town.restarts()
    if not is_back:
        town.telegram.down()
    before = len(town.telegram.calls)
    await a_moment(town)
    await lives(town, until=town.clock.now + A_WHILE)
    tried = [call for call in town.telegram.calls[before:] if "belum ditandatangani" in str(call)]

    assert heard(town) == [("Tue 17 12.00", False)] * is_back
    assert await owed_of(town, CAUSED) == [("reviewed", Fate.SENT if is_back else Fate.FAILED)]
    assert len(tried) == 1


@pytest.mark.parametrize(
    ("kind", "went"), [("reminder", wita(11, 10, 8, 0)), ("digest", wita(11, 9, 16, 0))]
)
async def test_what_the_clock_said_is_not_repeated_on_another_day_and_cek_names_it(
    town: Town, kind: str, went: datetime
) -> None:
    await begins(town, wita(11, 6, 16, 0), wita(11, 9, 8, 0), went - timedelta(minutes=1))
    town.clock.now = went
    with when_shown(town, town.telegram.down):
        await town.minute()
    said = await comes_back(town, wita(11, 17, 9, 0))

    assert await owed_of(town, Owed.fate == Fate.UNKNOWN) == [(kind, Fate.UNKNOWN)]
    golden.check(f"a-week-after-a-cut-{kind}", f"{said}\n\n{await found(town)}")
