"""Replies to the bot's questions and to obstacles: by each post, in each chat, whatever became of
the question meanwhile. Who was not asked changes nothing, hears why, and it is written down."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

import bot
from db.models import Role
from demo.telegram import Message
from tests.coordinating import end_all
from tests.rights import pressing, saying
from tests.rights.city import CAST, City
from tests.rights.pressing import THEIRS
from tests.rights.said import (
    AUTHOR,
    OBSTACLES,
    OTHERS,
    PLACES,
    QUESTIONS,
    author_signs,
    questions,
    rows,
)
from tests.rights.saying import replied, showing, sign_of
from tests.rights.table import POSTS

pytestmark = pytest.mark.asyncio(loop_scope="module")

Questions = dict[str, Message]
MOMENTS = AUTHOR.split("\n")[1].split()
COMMANDS = [row.split()[0] for row in QUESTIONS.strip().splitlines()]
ELSEWHERE = {"coordinator": (Role.SEKDA, ""), "secretary": (Role.OPERATOR, "DINKES")}
WORDS = "segera dianggarkan"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def asked(living: City) -> Questions:
    """Each question, asked in DIKBUD's group."""
    group, found = living.groups["DIKBUD"], {}
    for command, (data, author, *_) in questions().items():
        await living.forges(living.people[author], living.said_in(group)[0], data)
        found[command] = living.said_in(group)[-1]
    living.keep()
    return found


async def test_every_question_has_its_rows(asked: Questions) -> None:
    template = (Path(bot.__file__).parent / "templates" / "asked.html.j2").read_text()
    worded = {line.split('"')[1] for line in template.splitlines() if line.startswith('"')}

    assert set(COMMANDS) == worded
    assert set(author_signs("waiting")) == worded
    assert [m.text for m in asked.values() if "✍️ Pertanyaan D" not in m.text] == []


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("moment", MOMENTS)
async def test_its_author_answers_while_the_right_is_theirs(
    asked: Questions, city: City, command: str, moment: str
) -> None:
    _, author, verb, words = questions()[command]
    await comes(city, moment, author, asked[command], words)
    before, last = await pressing.tables(city), len(await pressing.log(city))
    told = await at(city, moment, author, asked[command], words)
    written = await pressing.log(city, last)

    sign = author_signs(moment)[command]
    assert sign_of(told) == sign
    if sign == "+":
        assert [entry.verb for entry in written] == [verb]
        assert [entry.user_id for entry in written] == [city.people[author].id]
    else:
        assert await pressing.tables(city) == before
        assert [(e.verb, e.subject) for e in written] == tried(sign, command)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("moment", MOMENTS[:-1])
async def test_nobody_else_answers_it_whatever_became_of_it(
    asked: Questions, city: City, command: str, moment: str
) -> None:
    """Whatever post they hold, whoever takes its author's, and in whatever chat."""
    _, author, _, words = questions()[command]
    await comes(city, moment, author, asked[command], words)
    before, last = await pressing.tables(city), len(await pressing.log(city))
    others, heard = [who for who in CAST if who != author], []
    for who in others:
        heard.append((who, "", await at(city, moment, who, asked[command], words)))
        for place in PLACES:
            copy = city.said_in(saying.chat_of(city, who, place))[0]
            with showing(copy, asked[command].text):
                heard.append((who, place, await at(city, moment, who, copy, words)))

    assert [one for one in heard if sign_of(one[-1]) != OTHERS] == []
    assert await pressing.tables(city) == before
    written = await pressing.log(city, last)
    assert [(e.verb, e.subject, e.user_id) for e in written] == [
        ("refused", command, city.people[who].id) for who, *_ in heard
    ]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("place", PLACES)
async def test_its_author_may_answer_wherever_it_stands(
    asked: Questions, city: City, command: str, place: str
) -> None:
    """A forwarded chat, a group that moved: the right is that of who answers, not of the place."""
    _, author, verb, words = questions()[command]
    copy, last = city.said_in(saying.chat_of(city, author, place))[0], len(await pressing.log(city))
    with showing(copy, asked[command].text):
        told = await replied(city, author, copy, words)

    assert sign_of(told) == "+"
    assert [entry.verb for entry in await pressing.log(city, last)] == [verb]


async def test_a_question_that_was_never_asked_means_nothing(asked: Questions, city: City) -> None:
    """Neither a number that is none, nor that of a preview or of a question with buttons."""
    numbers = [
        word for data in ("save", "which") for word in [city.shown[data][-1][1].split(":")[1]]
    ]
    before, last = await pressing.tables(city), len(await pressing.log(city))
    copy, heard = city.said_in(city.groups["DIKBUD"])[0], []
    for who in ("coordinator", "secretary", "nobody"):
        for number in ("0", "999999999", *numbers):
            with showing(copy, f"balas pesan ini\n✍️ Pertanyaan D{number}"):
                heard.append(await replied(city, who, copy, WORDS))

    assert {sign_of(told) for told in heard} == {"l"}
    assert await pressing.tables(city) == before
    assert await pressing.log(city, last) == []


@pytest.mark.parametrize("looks", ["question", "obstacle"])
async def test_what_a_person_wrote_is_no_question_whatever_it_looks_like(
    asked: Questions, city: City, looks: str
) -> None:
    """Else somebody could let the coordinator answer what they do not see."""
    group, rudi = city.groups["DIKBUD"], city.people["coordinator"]
    creator = next(p for p in city.people.values() if group.member(p).is_admin)
    creator.promotes(city.bot, group)  # so that it hears replies to others
    text = asked["kembalikan"].text if looks == "question" else "⚠️ K1 · DIKBUD butir 6"
    bait = city.people["nobody"].says(text, to=group)
    await city.hears()
    before, last = await pressing.tables(city), len(await pressing.log(city))
    rudi.says("baik, foto loketnya sudah bagus", to=group, reply_to=bait)

    assert await saying.answers(city, group) == ""
    assert await pressing.tables(city) == before
    assert await pressing.log(city, last) == []


@pytest.mark.parametrize("obstacle", rows(OBSTACLES))
async def test_who_replies_to_an_obstacle(asked: Questions, city: City, obstacle: str) -> None:
    for post, signs in zip(POSTS, rows(OBSTACLES)[obstacle], strict=True):
        for n, (place, sign) in enumerate(zip(PLACES, signs, strict=True)):
            who = THEIRS[n % len(THEIRS)] if post == "theirs" else post
            before, last = await pressing.tables(city), len(await pressing.log(city))
            under = city.said_in(saying.chat_of(city, who, place))[0]
            with showing(under, f"⚠️ {obstacle} · DIKBUD butir 6"):
                told = await replied(city, who, under, WORDS)
            written = await pressing.log(city, last)

            assert sign_of(told) == sign.replace("m", "+"), (who, place)
            verbs = {"+": ["answer"], "m": ["say_more"], "-": ["refused"]}.get(sign, [])
            assert [entry.verb for entry in written] == verbs, (who, place)
            if sign in "+m":
                city.restore()
            else:
                assert await pressing.tables(city) == before, (who, place)


@pytest.mark.parametrize("who", ["secretary", "coordinator"])
async def test_who_lost_the_post_adds_no_words_and_answers_nothing(
    asked: Questions, city: City, who: str
) -> None:
    """In private; in the group they are somebody who talks."""
    await end_all(city, who)
    before, last = await pressing.tables(city), len(await pressing.log(city))
    heard = []
    for place in ("private", "DIKBUD"):
        under = city.said_in(saying.chat_of(city, who, place))[0]
        with showing(under, "⚠️ K1 · DIKBUD butir 6"):
            heard.append(sign_of(await replied(city, who, under, WORDS)))

    assert heard == ["-", "."]
    assert await pressing.tables(city) == before
    assert [(e.verb, e.subject) for e in await pressing.log(city, last)] == [("refused", "jawab")]


# what becomes of a question


async def comes(city: City, moment: str, author: str, question: Message, words: str) -> None:
    if moment == "answered":
        assert sign_of(await replied(city, author, question, words)) == "+"
    if moment in ("ended", "moved"):
        await end_all(city, author)
    if moment == "moved":
        await city.appoint(city.people[author], *ELSEWHERE[author])


async def at(city: City, moment: str, who: str, question: Message, words: str) -> str:
    """Said then, and so."""
    now, member = city.clock.now, question.chat.member(city.people[who])
    city.clock.now += timedelta(hours=25 if moment == "lapsed" else 0)
    member.anonymous = moment == "nameless"
    told = await replied(city, who, question, words)
    city.clock.now, member.anonymous = now, False
    return told


def tried(sign: str, command: str) -> list[tuple[str, str]]:
    return [("refused", command)] if sign in "-h" else []
