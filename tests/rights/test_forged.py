"""Every callback in other hands and with other numbers: nothing changes, and it is said why."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.buttons import Button
from db.models import Audit
from demo.telegram.users import ANONYMOUS, User
from tests.coordinating import end_all
from tests.rights import pressing
from tests.rights.city import City
from tests.rights.forging import ALTERED, ATTEMPTS, GARBAGE, HARMLESS, LEFT, LOOKING
from tests.rights.pressing import THEIRS, Press, pressed, sign, tables
from tests.rights.table import ATTEMPTS as TRIED
from tests.rights.table import PLACES, POSTS, RIGHTS, rows
from tests.rights.test_presses import effect, states

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAMELESS = (
    ANONYMOUS,
    User(136817688, "Channel", username="Channel_Bot", is_bot=True),
    User(777000, "Telegram"),
)
IN_GROUPS = PLACES[:-1]
OLD = "Tombol ini tidak berlaku lagi"
NO_NAME = "Anda menulis sebagai admin anonim"


async def test_every_button_is_altered() -> None:
    altered = {row.split()[1].partition(":")[0] for row in ALTERED.strip().splitlines()}

    assert altered | set(HARMLESS) == {button.WORD for button in Button.__subclasses__()}


@pytest.mark.parametrize("who", ["secretary", "coordinator", "nobody"])
async def test_garbage_means_nothing(city: City, who: str) -> None:
    before, last = await tables(city), len(await pressing.log(city))
    seen = await pressed(city, [Press(who, p, "", data) for data in GARBAGE for p in PLACES])

    assert [f"{p!r}: {said.text}" for p, said in seen.items() if OLD not in said.text] == []
    assert await tables(city) == before
    assert await pressing.log(city, last) == []


async def test_a_press_without_data_means_nothing(city: City) -> None:
    """As of a game, or of a button of another kind."""
    sari, under = city.people["secretary"], city.said_in(city.groups["DIKBUD"])[0]
    before = await tables(city)
    seen = sari.forges(under, None)  # type: ignore[arg-type]
    await city.hears()

    assert seen.text.startswith(OLD)
    assert await tables(city) == before


async def test_what_is_not_there_or_is_anothers_changes_nothing(city: City) -> None:
    said, before, last = altered(city), await tables(city), len(await pressing.log(city))
    seen = await pressed(city, said)
    tried = Counter(entry.subject for entry in await pressing.log(city, last))

    assert [f"{p}: {seen[p].text}" for p in said if not seen[p].text.startswith(said[p])] == []
    assert await tables(city) == before
    assert tried == Counter(word_of(p) for p in said if said[p].startswith(ATTEMPTS))


@pytest.mark.parametrize("word", [word for word in rows(RIGHTS) if word != "drop"])
async def test_a_tenure_that_ended_a_moment_ago_gives_no_right(city: City, word: str) -> None:
    """The button is genuine, and theirs a moment before."""
    data, held = genuine(city, word), holders(word)
    for post in held:
        await end_all(city, post)
    before, last = await tables(city), len(await pressing.log(city))
    left = list(zip(PLACES, LEFT.get(word, "-----"), strict=True))
    expected = {Press(post, place, "", data): sign for post in held for place, sign in left}
    tried = [p for p, left in expected.items() if left != "+" or word in LOOKING]
    seen = await pressed(city, tried)

    assert [f"{p}: {seen[p].text}" for p in tried if sign(seen[p]) != expected[p]] == []
    assert await tables(city) == before
    assert len(await pressing.log(city, last)) == sum(expected[p] in TRIED for p in tried)


@pytest.mark.parametrize("nameless", NAMELESS, ids=lambda user: user.first_name)
async def test_who_has_no_name_is_never_credited(city: City, nameless: User) -> None:
    """However such a press could come to be."""
    before, last, said = await tables(city), len(await pressing.log(city)), {}
    for word in rows(RIGHTS):
        for place in IN_GROUPS:
            under = city.said_in(city.groups[place])[0]
            seen = city.telegram.press(nameless, under, genuine(city, word), [])  # type: ignore[arg-type]
            await city.hears()
            assert seen.answered, (word, place)
            said[word, place] = seen.text

    assert [f"{at}: {text}" for at, text in said.items() if not unnamed(*at, text)] == []
    assert await tables(city) == before
    assert Counter(tried_in(entry) for entry in await pressing.log(city, last)) == Counter(
        (word, city.groups[place].id)
        for word, place in said
        if word not in LOOKING or place != "DIKBUD"
    )


def tried_in(entry: Audit) -> tuple[str, int]:
    """Of who has no name, the chat is known and nobody else."""
    assert (entry.verb, entry.user_id, entry.tenure_id) == ("refused", None, None)
    return entry.subject, entry.after["chat"]


def unnamed(word: str, place: str, text: str) -> bool:
    """Whether it says that a name is needed, or whose it is; anybody looks in the group."""
    if word in LOOKING:
        return text.startswith("Hanya untuk") if place != "DIKBUD" else text == ""
    is_authors = word in ("save", "drop", "which")
    return text.startswith("Hanya pengirim perintah" if is_authors else NO_NAME)


def altered(city: City) -> dict[Press, str]:
    """With the beginning of what is said to it."""
    found = {}
    named = {"question": draft(city, "which"), "instruction": draft(city, "save")}
    for row in ALTERED.strip().splitlines():
        press, beginning = row.split(" | ")
        (who, _, place), data = press.split()[0].partition("@"), press.split()[1]
        forged = Press(who.replace("-", " "), place or "private", "", data.format(**named))
        found[forged] = beginning
    return found


def draft(city: City, word: str) -> str:
    return city.shown[word][-1][1].split(":")[1]


def genuine(city: City, word: str) -> str:
    """What stands in a button of DIKBUD's that takes effect, if any of them does."""
    found = states(city, word)
    telling = [s for s in found if effect(word, Press("", "none", s, ""))]
    return found[telling[0] if telling else next(iter(found))]


def holders(word: str) -> list[str]:
    """Who has more of a right than anybody in the group, or than the author."""
    signs = dict(zip(POSTS, rows(RIGHTS)[word], strict=True))
    held = [post for post in POSTS if signs[post].strip("-a") and signs[post] != "+----"]
    return [one for post in held for one in (THEIRS if post == "theirs" else (post,))]


def word_of(press: Press) -> str:
    return press.data.partition(":")[0]
