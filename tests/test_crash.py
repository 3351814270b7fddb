"""The bot as a real process, killed at every point once: nothing is lost, nothing done twice.

`make soak` does it again and again; see tests/crash.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from tests.crash import files, judge, points, scenes
from tests.crash.people import Crowd
from tests.crash.points import inside, on_the_wire, while_locked
from tests.crash.stage import City, city

SEED = 20260113
OFTEN, SELDOM = 10.0, 5.0  # a second; 20 a minute into one group is the most that Telegram takes
CONFIRMING = (
    inside("fetched", most=1),
    inside("before commit", most=5),
    inside("committed", most=5),
    on_the_wire("before the answer", points.is_receipt, late=False, most=5),
    on_the_wire("answered", points.is_receipt, late=True, most=5),
    while_locked("while locked", most=2),
)
SENDING = (
    on_the_wire("before settling a reminder", points.is_reminder, late=True, most=5),
    on_the_wire("before settling a digest", points.is_digest, late=True, most=1),
)


@pytest.fixture
async def large(tmp_path: Path) -> AsyncIterator[City]:
    async with city(tmp_path, offices=40, items=20) as made:
        yield made


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[City]:
    async with city(tmp_path, offices=12, items=40) as made:
        yield made


async def test_no_confirmation_is_lost_or_takes_effect_twice_and_everybody_is_answered(
    large: City,
) -> None:
    crowd = Crowd(large, Random(SEED))
    verdict, killed = await scenes.confirmations(large, crowd, CONFIRMING, a_second=OFTEN)
    audit = await (await large.starts("audit")).ended()

    assert verdict.wrongs == []
    assert len(killed) == len(CONFIRMING) < verdict.sent
    assert audit == 0


async def test_a_reminder_or_digest_of_unknown_fate_comes_once_more_and_says_so(
    small: City,
) -> None:
    verdict, killed = await scenes.broadcasts(small, Random(SEED), [SENDING])

    assert verdict.wrongs == []
    assert len(killed) == len(verdict.repeats) == 2
    assert judge.most_for_one(killed, verdict.repeats) == 1


async def test_a_backup_that_was_cut_off_is_none(small: City) -> None:
    crowd = Crowd(small, Random(SEED))
    verdict, killed = await files.backups(small, crowd, kills=2, a_second=SELDOM)

    assert verdict.wrongs == []
    assert len(killed) == 2


async def test_a_migration_that_was_cut_off_is_done_by_the_next_start(small: City) -> None:
    verdict, killed = await files.migrations(small, Random(SEED), kills=2)

    assert verdict.wrongs == []
    assert len(killed) == 2
