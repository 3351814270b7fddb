"""A month of a whole city, seeded and random: whatever its people do, the counts add up, nobody
is disturbed more than once a day, and nobody changes what is not theirs.

TUNTAS_MONTHS=5 TUNTAS_MONTH=10 plays five months, from seed 10 on.
"""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta

import pytest

from db import audit
from tests.month import centre, opd, standing
from tests.month.cast import DAYS, FIRST, City, gathered, is_at_work
from tests.month.rights import MAY, lived, trespassed, wrongs
from tests.month.watch import Watch
from tests.town import WITA, Town

SEED, MONTHS = int(os.environ.get("TUNTAS_MONTH", "1")), int(os.environ.get("TUNTAS_MONTHS", "1"))
MORNING, OPENING, NOON, DIGEST, NIGHT = time(7, 30), time(8), time(11), time(16), time(20)
RARE = {"forward", "say_more", "include"}  # the one never, the others where chance has it


@pytest.mark.parametrize("seed", range(SEED, SEED + MONTHS))
async def test_a_month_of_a_city_adds_up_and_disturbs_nobody(bare_town: Town, seed: int) -> None:
    city = await gathered(bare_town, seed)
    watch = Watch(city, len(bare_town.telegram.transcript))
    city.ledger.seen = watch.seen
    for day in (FIRST + timedelta(n) for n in range(DAYS)):
        await a_day(city, watch, day)
    async with bare_town.desk.view() as session:
        broken = (await audit.verify(session)).broken

    assert watch.wrongs == []
    assert await wrongs(city) == []
    assert await trespassed(city) == []
    assert broken is None
    assert await lived(city) >= {*MAY, "refused", "appointed", "ended"} - RARE


async def a_day(city: City, watch: Watch, day: date) -> None:
    works = is_at_work(day)
    for at in (MORNING, OPENING, NOON, DIGEST, NIGHT):
        city.town.clock.now = datetime.combine(day, at, WITA)
        if at == NOON or (works and at in (MORNING, NIGHT)):
            await people_act(city, watch)
        city.town.clock.now += timedelta(minutes=1)
        before = len(watch.digests)
        await city.town.minute()
        watch.after_the_clock()
        if at == DIGEST:
            told = [message.text for message in watch.digests[before:]]
            await the_digest_is_right(city, watch, told, works)


async def people_act(city: City, watch: Watch) -> None:
    opd.acts(city)
    await city.town.hears()
    await city.town.sends()
    city.ledger.catch_up(city.town.telegram.transcript)
    city.town.clock.now += timedelta(minutes=1)
    await centre.acts(city)
    city.ledger.catch_up(city.town.telegram.transcript)
    watch.after_people()


async def the_digest_is_right(city: City, watch: Watch, told: list[str], works: bool) -> None:
    """Both coordinators and the Sekda, once; and the database stands where the bubbles do."""
    today = city.ledger.numbers(city.now)
    expected = [today.first_line]
    if watch.before:
        expected.append(today.since(watch.before[1], watch.before[0]))
    if works:
        watch.before = city.now.date(), today

    assert [text.split("\n")[: len(expected)] for text in told] == [expected] * (3 if works else 0)
    stands = await standing.of_database(city)
    assert stands == standing.of_bubbles(city)
    assert {key for key in standing.of_buttons(city) if stands[key][0] != "open"} == set()
