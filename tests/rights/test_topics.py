"""Two OPD in the topics of one forum: whose topic it is decides what a command is about; whose
question it is decides who answers it."""

from __future__ import annotations

import pytest

from db.models import Obstacle, State
from demo.telegram import Chat, Message, Topic
from tests.coordinating import refused, rows
from tests.questions import state
from tests.rights.saying import showing
from tests.town import Town

WORDS = "sarana: printer rusak sejak Senin"


async def forum(town: Town) -> tuple[Chat, Topic, Topic]:
    """Of the whole city: DIKBUD's topic and that of DINKES. The bot is an admin there."""
    rudi = town.people["coordinator"]
    others = [person for person in town.people.values() if person is not rudi]
    chat = town.telegram.group("Pemkot", creator=rudi, members=[*others, town.bot], forum=True)
    rudi.promotes(town.bot, chat)
    topics = []
    for code in ("DIKBUD", "DINKES"):
        topics.append(rudi.opens_topic(chat, code))
        await town.says(rudi, f"/hubungkan {code}", to=chat, topic=topics[-1])
    return chat, topics[0], topics[1]


async def asked(town: Town, chat: Chat, topic: Topic) -> Message:
    """The secretary of DIKBUD pressed ⚠️ Kendala on the card of item 3."""
    sari = town.people["sari"]
    card = await town.says(sari, "/daftar 3", to=chat, topic=topic)
    await town.presses(sari, card, "⚠️ Kendala")
    return town.said_in(chat)[-1]


async def test_a_question_is_answered_in_its_topic_by_who_was_asked(town: Town) -> None:
    chat, dikbud, _ = await forum(town)
    question = await asked(town, chat, dikbud)
    await town.says(town.people["budi"], WORDS, to=chat, reply_to=question)
    refusal = town.said_in(chat)[-1]
    assert refusal.text.startswith("Jawaban ini tidak dicatat")
    assert await rows(town, Obstacle) == 0
    await town.says(town.people["sari"], WORDS, to=chat, reply_to=question)

    assert await refused(town) == [(town.people["budi"].id, "kendala")]
    assert await rows(town, Obstacle) == 1
    assert [m.topic for m in (refusal, town.said_in(chat)[-1])] == [dikbud, dikbud]


async def test_from_another_topic_it_is_about_its_own_opd_still(town: Town) -> None:
    """Where the topic is that of another OPD, its secretary gains nothing either."""
    chat, dikbud, dinkes = await forum(town)
    question = await asked(town, chat, dikbud)
    there = await town.says(town.people["budi"], "/daftar", to=chat, topic=dinkes)
    with showing(there, question.text):
        await town.says(town.people["budi"], WORDS, to=chat, reply_to=there)
        assert await rows(town, Obstacle) == 0
        said = await town.says(town.people["sari"], WORDS, to=chat, reply_to=there)

    assert "DIKBUD butir 3" in said.text
    assert said.topic is dinkes


@pytest.mark.parametrize("how", ["captioned", "answering"])
async def test_a_command_with_a_file_is_about_the_topics_opd(town: Town, how: str) -> None:
    chat, dikbud, dinkes = await forum(town)
    sari, text = town.people["sari"], f"/done@{town.bot.username} 1"
    heard = []
    for topic in (dinkes, dikbud):
        if how == "captioned":
            sari.sends_photo(to=chat, caption=text, topic=topic)
        else:
            file = town.people["budi"].sends_document(to=chat, topic=topic)
            sari.says(text, to=chat, reply_to=file)
        await town.hears()
        heard.append(town.said_in(chat)[-1])

    assert heard[0].text == "Hanya untuk sekretaris, kepala, atau operator Dinas Kesehatan."
    assert "dicatat" in heard[1].text
    assert [m.topic for m in heard] == [dinkes, dikbud]
    assert await state(town, "DINKES", 1) is State.OPEN
    assert await state(town, "DIKBUD", 1) is State.SUBMITTED
