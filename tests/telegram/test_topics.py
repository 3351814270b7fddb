"""Topics of a forum, and threads of replies that are none."""

import pytest
from telegram import Bot
from telegram.error import BadRequest

from tests.telegram.conftest import Town


async def test_a_topic_is_opened_closed_and_opened_again(town: Town) -> None:
    topic = town.sari.opens_topic(town.forum, "Tenggat")
    town.sari.closes_topic(topic)
    town.sari.reopens_topic(topic)

    told = [update["message"] for update in await town.hears()]

    assert [m["message_thread_id"] for m in told] == [topic.id] * 3
    assert told[0]["forum_topic_created"]["name"] == "Tenggat"
    assert told[1]["forum_topic_closed"] == told[2]["forum_topic_reopened"] == {}


async def test_an_answer_stays_in_its_topic(town: Town, ptb: Bot) -> None:
    topic = town.sari.opens_topic(town.forum, "Tenggat")
    town.sari.says("/done@tuntas_bot 3", topic=topic)

    said = (await ptb.get_updates())[-1].message
    await said.reply_text("Dicatat", message_thread_id=said.message_thread_id)

    assert said.is_topic_message
    assert said.reply_to_message.forum_topic_created.name == "Tenggat"
    assert (town.forum.last.text, town.forum.last.topic) == ("Dicatat", topic)


async def test_the_general_topic_is_addressed_by_leaving_it_out(town: Town, ptb: Bot) -> None:
    await ptb.send_message(town.forum.id, "halo")

    assert town.forum.last.topic is None
    with pytest.raises(BadRequest, match="Message thread not found"):
        await ptb.send_message(town.forum.id, "halo", message_thread_id=1)


async def test_a_deleted_topic_is_not_found_and_takes_its_messages(town: Town, ptb: Bot) -> None:
    topic = town.sari.opens_topic(town.forum, "Tenggat")
    await ptb.send_message(town.forum.id, "halo", message_thread_id=topic.id)
    town.sari.deletes_topic(topic)

    assert town.forum.messages == []
    with pytest.raises(BadRequest, match="Message thread not found"):
        await ptb.send_message(town.forum.id, "halo", message_thread_id=topic.id)


async def test_an_admin_bot_writes_in_a_closed_topic(town: Town, ptb: Bot) -> None:
    topic = town.sari.opens_topic(town.forum, "Tenggat")
    town.sari.closes_topic(topic)
    town.sari.promotes(town.tuntas, town.forum)

    await ptb.send_message(town.forum.id, "halo", message_thread_id=topic.id)

    assert town.forum.last.text == "halo"


async def test_replies_outside_forums_carry_a_thread_that_is_no_topic(town: Town) -> None:
    plain = town.sari.upgrades(town.group)
    await town.asks("sendMessage", chat_id=plain.id, text="Alasan?")
    await town.hears()
    question = plain.last
    town.sari.says("hujan", reply_to=question)

    (update,) = await town.hears()

    assert update["message"]["message_thread_id"] == question.id
    assert "is_topic_message" not in update["message"]


async def test_topics_of_a_group_that_is_no_forum_any_more_are_out_of_reach(
    town: Town, ptb: Bot
) -> None:
    topic = town.sari.opens_topic(town.forum, "Tenggat")
    town.sari.switches_topics(town.forum, on=False)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await ptb.send_message(town.forum.id, "halo", message_thread_id=topic.id)
    await ptb.send_message(town.forum.id, "halo")
    town.sari.switches_topics(town.forum, on=True)
    await ptb.send_message(town.forum.id, "halo lagi", message_thread_id=topic.id)

    assert [said.topic for said in town.forum.messages] == [None, topic]
    with pytest.raises(ValueError, match="only a supergroup has topics"):
        town.sari.switches_topics(town.group, on=True)


async def test_a_general_topic_that_is_closed_or_hidden_takes_no_message_until_it_is_opened(
    town: Town, ptb: Bot
) -> None:
    hands = town.sari
    for close, opens in (
        (hands.closes_general, hands.reopens_general),
        (hands.hides_general, hands.unhides_general),
    ):
        close(town.forum)
        with pytest.raises(BadRequest, match="Topic_closed"):
            await ptb.send_message(town.forum.id, "halo")
        opens(town.forum)
        await ptb.send_message(town.forum.id, "halo")
    told = [update["message"] for update in await town.hears()]

    assert [said.text for said in town.forum.messages] == ["halo", "halo"]
    assert [next(key for key in m if "topic" in key) for m in told] == [
        "forum_topic_closed",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
    ]
