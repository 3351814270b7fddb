"""Commands that come with a file, and edited ones: by each post, in each chat. What is not theirs
changes nothing, makes us fetch nothing, is answered by why, and is written down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import pytest_asyncio

from bot import table
from demo.telegram import Chat, Message
from tests.coordinating import end_all
from tests.rights import pressing, saying
from tests.rights.city import CAST, City
from tests.rights.pressing import THEIRS
from tests.rights.said import ATTEMPTS, COMMANDS, PLACES, RIGHTS, commands, rows
from tests.rights.saying import Said
from tests.rights.table import POSTS

pytestmark = pytest.mark.asyncio(loop_scope="module")

Files = dict[Chat, Message]
GROUPS = PLACES[:-1]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def files(living: City) -> Files:
    """What somebody of DINKES sent into each group, in which the bot is an admin now: it hears
    captions."""
    found = {}
    for place in GROUPS:
        group = living.groups[place]
        creator = next(p for p in living.people.values() if group.member(p).is_admin)
        creator.promotes(living.bot, group)
        found[group] = living.people["their operator"].sends_document(to=group)
    await living.hears()
    living.keep()
    return found


async def test_every_command_has_its_rows() -> None:
    names = {command.names[0] for command in table.COMMANDS}

    assert set(rows(RIGHTS)) == names
    assert set(rows(COMMANDS)) == names


@pytest.mark.parametrize("name", rows(RIGHTS))
async def test_a_command_with_a_file_is_what_it_is_without(
    files: Files, city: City, name: str
) -> None:
    for one, sign in cells(name):
        before, last = await pressing.tables(city), len(await pressing.log(city))
        was_fetched = saying.fetched(city)
        told = await saying.said(city, one, files)
        written = await pressing.log(city, last)

        assert saying.sign_of(told) == sign, one
        assert [entry.verb for entry in written] == verbs(name, sign), one
        assert {entry.user_id for entry in written} <= {city.people[one.who].id}
        if sign != "+":
            assert await pressing.tables(city) == before, one
            assert {entry.subject for entry in written} <= {one.command}
            assert saying.fetched(city) == was_fetched, one
        else:
            city.restore()


@pytest.mark.parametrize("how", ["a file", "a link"])
@pytest.mark.parametrize("who", ["secretary", "head", "operator"])
async def test_what_was_asked_for_by_bukti_comes_too_late_when_the_post_ended(
    files: Files, city: City, who: str, how: str
) -> None:
    person = city.people[who]
    await city.says(person, "/bukti 1")
    await end_all(city, who)
    before, last = await pressing.tables(city), len(await pressing.log(city))
    was_fetched = saying.fetched(city)
    if how == "a file":
        person.sends_photo(to=city.bot)
    else:
        person.says("https://bukti.id/1", to=city.bot)
    told = await saying.answers(city, person.chat(city.bot))
    written = await pressing.log(city, last)

    assert saying.sign_of(told) == "-"
    assert await pressing.tables(city) == before
    assert saying.fetched(city) == was_fetched
    assert [(e.verb, e.subject, e.user_id) for e in written] == [("refused", "bukti", person.id)]


async def test_an_edited_command_changes_nothing_whoever_edits_it(files: Files, city: City) -> None:
    """One of theirs, one of others, and a caption; it is told to everybody, wherever."""
    mine = [
        (who, saying.chat_of(city, who, place), before)
        for who in CAST
        for place in PLACES
        for before in ("/bantuan@tuntas_bot", "/done@tuntas_bot DIKBUD 12")
    ]
    said = [(who, city.people[who].says(before, to=chat)) for who, chat, before in mine]
    said += [(who, city.people[who].sends_photo(to=chat)) for who, chat, before in mine]
    await city.hears()
    before, last = await pressing.tables(city), len(await pressing.log(city))
    was_fetched, heard = saying.fetched(city), []
    texts = [text for text, _ in commands().values()]
    for n, (who, message) in enumerate(said):
        text = texts[n % len(texts)]
        told = await saying.edited(city, city.people[who], message, text)
        heard.append((text, who, message.chat.title, saying.sign_of(told)))

    assert [one for one in heard if one[-1] != "e"] == []
    assert await pressing.tables(city) == before
    assert await pressing.log(city, last) == []
    assert saying.fetched(city) == was_fetched


@pytest.mark.parametrize("who", ["secretary", "coordinator", "sekda"])
async def test_an_edit_by_who_lost_the_post_does_neither(
    files: Files, city: City, who: str
) -> None:
    person, group = city.people[who], city.groups["DIKBUD"]
    said = person.says("/bantuan@tuntas_bot", to=group)
    await city.hears()
    await end_all(city, who)
    before, last = await pressing.tables(city), len(await pressing.log(city))
    told = [await saying.edited(city, person, said, text) for text, _ in commands().values()]

    assert [saying.sign_of(text) for text in told] == ["e"] * len(told)
    assert await pressing.tables(city) == before
    assert await pressing.log(city, last) == []


async def test_an_edit_that_is_no_command_is_not_answered(files: Files, city: City) -> None:
    """A command that becomes words has had its effect; a reply to a question is no command."""
    sari = city.people["secretary"]
    said = sari.says("/done 12", to=city.bot)
    await city.hears()
    before, last = await pressing.tables(city), len(await pressing.log(city))

    assert await saying.edited(city, sari, said, "maaf, belum") == ""
    assert await pressing.tables(city) == before
    assert await pressing.log(city, last) == []


# what the table says


def cells(name: str) -> Iterator[tuple[Said, str]]:
    """Every post × place; as a caption and in answer to a file by turns, so that each post and
    each group meets both."""
    text, _ = commands()[name]
    for m, (post, signs) in enumerate(zip(POSTS, rows(RIGHTS)[name], strict=True)):
        for n, (place, sign) in enumerate(zip(PLACES, signs, strict=True)):
            who = THEIRS[n % len(THEIRS)] if post == "theirs" else post
            answers = place != "private" and (m + n) % 2
            yield Said(who, place, text, "answering" if answers else "captioned"), sign


def verbs(name: str, sign: str) -> list[str]:
    if sign == "+":
        return commands()[name][1]
    return ["refused"] if sign in ATTEMPTS else []
