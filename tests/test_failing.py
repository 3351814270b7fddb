"""What Telegram's refusals say of the chat, and what of our words."""

from __future__ import annotations

import pytest
from telegram.error import BadRequest

from bot import failing
from db import chats
from tests.town import Town

OF_THE_CHAT = (
    "Chat not found",
    "Have no rights to send a message",
    "Not enough rights to send text messages to the chat",
    "Need administrator rights in the channel chat",
    "Chat_write_forbidden",
    "Chat_restricted",
    "Chat_send_plain_forbidden",
    "Peer_id_invalid",
    "Group chat was deactivated",
    "Group chat was upgraded to a supergroup chat",
    "Topic_closed",
)
OF_OUR_WORDS = (
    "Can't parse entities: unsupported start tag",
    "Message is too long",
    "Text must be non-empty",
    "Button_data_invalid",
    "Something_that_is_new",
)


@pytest.mark.parametrize("said", OF_THE_CHAT)
def test_a_chat_is_lost_by_what_is_known_to_say_so(said: str) -> None:
    assert failing.closes_chat(BadRequest(said))
    assert not failing.is_our_fault(BadRequest(said))


@pytest.mark.parametrize("said", OF_OUR_WORDS)
def test_any_other_refusal_is_taken_for_our_fault(said: str) -> None:
    assert failing.is_our_fault(BadRequest(said))
    assert not failing.closes_chat(BadRequest(said))


async def test_a_refusal_that_is_new_loses_no_group_and_is_told(town: Town) -> None:
    await town.sends()
    town.telegram.refuses_next(400, "Bad Request: SOMETHING_NEW", method="sendMessage")
    await town.minute()
    await town.later(minutes=1)

    async with town.desk.view() as session:
        opd = await chats.by_code(session, "DIKBUD")
    assert opd
    assert opd.is_reachable
    told = [m.text for m in town.said_to(town.people["coordinator"])]
    assert sum("tidak dapat dikirim" in text for text in told) == 1
