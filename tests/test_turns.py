"""Who writes next."""

from __future__ import annotations

import asyncio

import pytest

from db.turns import Turns

LONG = 10.0  # seconds, longer than any of these takes


async def test_each_has_its_turn_in_the_order_of_asking_but_what_is_urgent_comes_first() -> None:
    turns, wrote = Turns(), list[str]()
    await turns.take(urgent=False, patience=LONG)
    names = ("first", "second", "URGENT", "third", "URGENT TOO")
    waiting = [asyncio.create_task(_writes(turns, wrote, name)) for name in names]
    await _all_ask()
    turns.leave()
    await asyncio.gather(*waiting)

    assert wrote == ["URGENT", "URGENT TOO", "first", "second", "third"]


async def test_one_at_a_time() -> None:
    turns, inside, most = Turns(), 0, 0

    async def writes() -> None:
        nonlocal inside, most
        await turns.take(urgent=False, patience=LONG)
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0)
        inside -= 1
        turns.leave()

    await asyncio.gather(*(writes() for _ in range(20)))

    assert (most, inside) == (1, 0)


async def test_who_waits_too_long_goes_without_and_holds_up_nobody() -> None:
    turns, wrote = Turns(), list[str]()
    await turns.take(urgent=False, patience=LONG)
    with pytest.raises(TimeoutError):
        await turns.take(urgent=True, patience=0)
    waiting = asyncio.create_task(_writes(turns, wrote, "next"))
    await _all_ask()
    turns.leave()
    await waiting

    assert wrote == ["next"]


async def test_a_turn_that_comes_to_one_who_is_gone_is_passed_on() -> None:
    turns, wrote = Turns(), list[str]()
    await turns.take(urgent=False, patience=LONG)
    gone, stays = (asyncio.create_task(_writes(turns, wrote, name)) for name in ("gone", "stays"))
    await _all_ask()
    turns.leave()
    gone.cancel()
    await asyncio.gather(gone, stays, return_exceptions=True)
    await turns.take(urgent=False, patience=LONG)

    assert wrote == ["stays"]


async def _writes(turns: Turns, wrote: list[str], name: str) -> None:
    await turns.take(urgent=name.isupper(), patience=LONG)
    wrote.append(name)
    turns.leave()


async def _all_ask() -> None:
    """Tasks that were just made come as far as they can."""
    for _ in range(5):
        await asyncio.sleep(0)
