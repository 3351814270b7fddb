"""After the bot was away, what waited in a chat is answered in one message."""

from __future__ import annotations

import pytest

from bot import words
from db.models import State
from demo.telegram import Chat, Topic
from tests import golden
from tests.faults.wire import LINE, beset
from tests.questions import count, state
from tests.shown import Killed, kill, when_shown
from tests.town import Town


async def test_queued_commands_of_a_group_are_answered_together(town: Town) -> None:
    sari, dewi, tono = (town.people[name] for name in ("sari", "dewi", "stranger"))
    dikbud, dinkes = town.groups["DIKBUD"], town.groups["DINKES"]
    sari.says("/done@tuntas_bot 1", to=dikbud)
    tono.says("/done@tuntas_bot 2", to=dikbud)
    dewi.says("/done@tuntas_bot 2-4 lihat <arsip>", to=dikbud)
    sari.says("/batalkan@tuntas_bot 1", to=dikbud)
    town.people["budi"].says("/done@tuntas_bot 1", to=dinkes)
    await town.hears()

    [together] = town.said_in(dikbud)
    assert len(town.said_in(dinkes)) == 1
    assert (await count(town, "submit"), await count(town, "withdraw")) == (4, 1)
    golden.check("together", words.bare(together.html))


async def test_what_cannot_join_is_said_in_its_turn(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    for command in ("/done@tuntas_bot 1", "/done@tuntas_bot 2", "/daftar@tuntas_bot 3"):
        sari.says(command, to=dikbud)
    sari.says("/done@tuntas_bot 3", to=dikbud)
    await town.hears()

    together, card, receipt = town.said_in(dikbud)
    assert "Menjawab 2 pesan" in together.text
    assert card.buttons
    assert "✅ 3. Foto loket: dicatat" in receipt.text


async def test_who_dies_before_the_answer_answers_all_of_it_later(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    sari.says("/done@tuntas_bot 1", to=dikbud)
    sari.says("/done@tuntas_bot 2", to=dikbud)
    with pytest.raises(Killed), when_shown(town, kill):
        await town.hears()
    assert await state(town, "DIKBUD", 2) is State.SUBMITTED
    await town.restarts()
    await town.hears()

    again = town.said_in(dikbud)[-1]
    assert "1. Maklumat pelayanan: dicatat" in again.text
    assert "2. Survei kepuasan <SKM>: dicatat" in again.text
    assert await count(town, "submit") == 2


async def test_an_answer_together_that_did_not_arrive_is_given_again(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    sari.says("/done@tuntas_bot 1", to=dikbud)
    sari.says("/done@tuntas_bot 2", to=dikbud)
    town.telegram.refuses_next(500, "Internal Server Error")
    await town.hears()
    assert not town.said_in(dikbud)
    await town.hears()

    [together] = town.said_in(dikbud)
    assert together.text.count("dicatat") == 2
    assert await count(town, "submit") == 2


async def speak_in_two_topics(town: Town) -> tuple[Chat, Topic]:
    """1 in General, 2 in a topic of its own."""
    sari = town.people["sari"]
    forum = sari.upgrades(town.groups["DIKBUD"], forum=True)
    topic = sari.opens_topic(forum, "Tenggat")
    await town.hears()
    sari.says("/done@tuntas_bot 1", to=forum)
    sari.says("/done@tuntas_bot 2", to=forum, topic=topic)
    return forum, topic


async def test_each_topic_of_a_forum_gets_its_own_answer(town: Town) -> None:
    forum, topic = await speak_in_two_topics(town)
    await town.hears()

    general, inside = town.said_in(forum)[-2:]
    assert (general.topic, inside.topic) == (None, topic)
    assert "1. Maklumat pelayanan: dicatat" in general.text
    assert "2. Survei kepuasan <SKM>: dicatat" in inside.text


@pytest.mark.parametrize("fault", ["read timeout", "403"])
async def test_a_topic_gets_its_answer_though_that_of_another_is_lost(
    town: Town, fault: str
) -> None:
    """May have arrived, or never will: it is not said again."""
    forum, topic = await speak_in_two_topics(town)
    beset(town, LINE[fault], "sendMessage")
    before = len(town.said_in(forum))
    await town.hears()
    await town.hears()

    [inside] = town.said_in(forum)[before:]
    assert inside.topic == topic
    assert "2. Survei kepuasan <SKM>: dicatat" in inside.text
    assert await count(town, "submit") == 2
    assert not town.bot.queue.waiting
