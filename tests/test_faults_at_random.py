"""Faults at random, seeded: nothing is lost, doubled or left without an end.

`python -m tests.faults random 20 7` plays 20 cities, from seed 7 on.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.faults.play import play
from tests.town import Town

FIRST, COUNT = int(os.environ.get("TUNTAS_SEED", "0")), int(os.environ.get("TUNTAS_SEEDS", "3"))


@pytest.mark.parametrize("seed", range(FIRST, FIRST + COUNT))
async def test_whatever_fails_nothing_is_lost_or_doubled(
    bare_town: Town,
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    story = await play(bare_town, seed, monkeypatch)
    record_property("happened", str(story))
    record_property("should", "\n".join(story.wrongs))

    assert not story.wrongs, "\n".join(story.wrongs)
    assert not story.missed
