"""Each button, pressed by each post, in each chat, in each state: answered once, and as the table
says; what is not theirs changes nothing and is written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from bot.buttons import Button
from tests.rights import pressing
from tests.rights.city import ITEMS, City
from tests.rights.pressing import THEIRS, Press
from tests.rights.table import ATTEMPTS, EFFECTS, OF_ITEMS, PLACES, POSTS, RIGHTS, STATES, rows

pytestmark = pytest.mark.asyncio(loop_scope="module")

Cells = dict[Press, str]  # each press with its sign


async def test_every_button_has_its_rows() -> None:
    words = {button.WORD for button in Button.__subclasses__()}

    assert set(rows(RIGHTS)) == words
    assert set(OF_ITEMS) | set(rows(STATES)) == words
    assert set(OF_ITEMS) & set(rows(STATES)) == set()


async def test_every_button_was_shown_to_somebody(city: City) -> None:
    assert set(city.shown) == set(rows(RIGHTS))


async def test_every_state_is_there(city: City) -> None:
    found = await pressing.item_states(city)

    assert found == {name: name for name in ITEMS} | {"obstacle": "open", "extension": "open"}


@pytest.mark.parametrize("word", rows(RIGHTS))
async def test_what_is_not_theirs_changes_nothing_and_is_written_down(
    city: City, word: str
) -> None:
    refused = {press: sign for press, sign in cells(city, word) if sign != "+"}
    before, last = await pressing.tables(city), len(await pressing.log(city))
    seen = await pressing.pressed(city, refused)
    tried = await pressing.log(city, last)

    assert differing({p: pressing.sign(pop_up) for p, pop_up in seen.items()}, refused) == []
    assert [p.text for p in seen.values() if not p.show_alert] == []
    assert await pressing.tables(city) == before
    assert {entry.verb for entry in tried} <= {"refused"}
    assert Counter((entry.subject, entry.user_id, entry.tenure_id) for entry in tried) == Counter(
        (word, city.people[press.who].id, None)
        for press, sign in refused.items()
        if sign in ATTEMPTS
    )


@pytest.mark.parametrize("word", rows(RIGHTS))
async def test_what_is_theirs_is_answered(city: City, word: str) -> None:
    """Where it does nothing that must be written down."""
    theirs = {p: sign for p, sign in cells(city, word) if sign == "+" and not effect(word, p)}
    before, last = await pressing.tables(city), len(await pressing.log(city))
    seen = await pressing.pressed(city, theirs)

    assert differing({p: pressing.sign(pop_up) for p, pop_up in seen.items()}, theirs) == []
    assert pressing.state_of(await pressing.tables(city)) == pressing.state_of(before)
    assert await pressing.log(city, last) == []


@pytest.mark.parametrize("word", sorted({row.split()[0] for row in EFFECTS.strip().splitlines()}))
async def test_what_is_theirs_takes_effect(city: City, word: str) -> None:
    word, _, place = word.partition("@")
    for press, sign in cells(city, word):
        if sign != "+" or place not in ("", press.place) or not effect(word, press):
            continue
        verbs, after = effect(word, press)
        before, last = await pressing.item_states(city), len(await pressing.log(city))
        seen = await pressing.pressed(city, [press])
        written = await pressing.log(city, last)

        assert pressing.sign(seen[press]) == "+", press
        assert [entry.verb for entry in written] == verbs, press
        assert {entry.user_id for entry in written} == {city.people[press.who].id}
        if word in OF_ITEMS:
            assert await pressing.item_states(city) == before | {press.state: after}, press
        city.restore()


# what the table says


def cells(city: City, word: str) -> Iterator[tuple[Press, str]]:
    """Every post × place × state of a button, with the sign that stands in the table."""
    for post, signs in zip(POSTS, rows(RIGHTS)[word], strict=True):
        for n, (state, data) in enumerate(states(city, word).items()):
            for place, sign in zip(PLACES, signs, strict=True):
                for who in turn(post, n + PLACES.index(place), word):
                    yield Press(who, place, state, data), sign


def turn(post: str, n: int, word: str) -> tuple[str, ...]:
    """Where there are many states, those of DINKES take turns: each of them meets each state, and
    each place."""
    if post != "theirs":
        return (post,)
    return (THEIRS[n % len(THEIRS)],) if word in OF_ITEMS else THEIRS


def states(city: City, word: str) -> dict[str, str]:
    """What stands in the button, by the state."""
    if word in OF_ITEMS:
        more = ":0" if word in ("queue", "accept") else ""
        return {name: f"{word}:DIKBUD:{number}{more}" for name, number in ITEMS.items()}
    named = {word: found[-1][1] for word, found in city.shown.items()}
    tenures = [data for _, data in city.shown["notme"] if _.chat.person is city.people["colleague"]]
    named |= {"running": tenures[0].split(":")[1], "ended": tenures[1].split(":")[1]}
    named |= {"saved": str(int(named["save"].split(":")[1]) - 1)}
    return dict(cell.format(**named).split("=") for cell in rows(STATES)[word])


def effect(word: str, press: Press) -> tuple[list[str], str] | None:
    """The verbs in the log, and the state after."""
    for row in EFFECTS.strip().splitlines():
        (button, _, place), state, verbs, *after = row.split()[0].partition("@"), *row.split()[1:]
        if (button, state) == (word, press.state) and place in ("", press.place):
            return verbs.split(","), "".join(after)
    return None


def differing(found: Cells, expected: Cells) -> list[str]:
    return [f"{p}: {found[p]} not {expected[p]}" for p in expected if found[p] != expected[p]]
