"""The line breaks in every way that httpx knows, and PTB says it as over a network."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram import error as tg

from tests.telegram.conftest import Town


async def test_a_refusal_is_answered_once_and_nothing_arrives(town: Town, ptb: Bot) -> None:
    town.telegram.refuses_next(429, "Too Many Requests: retry after 5", retry_after=5)

    with pytest.raises(tg.RetryAfter) as caught:
        await ptb.send_message(town.group.id, "satu")
    await ptb.send_message(town.group.id, "dua")

    assert caught.value.retry_after == timedelta(seconds=5)
    assert [m.text for m in town.group.messages] == ["dua"]


async def test_trouble_passes_over_polling_unless_it_is_meant(town: Town, ptb: Bot) -> None:
    town.telegram.refuses_next(500, "Internal Server Error")
    town.telegram.refuses_next(502, "Bad Gateway", method="getUpdates")

    with pytest.raises(tg.NetworkError, match="Bad Gateway"):
        await ptb.get_updates()
    with pytest.raises(tg.NetworkError, match="Internal Server Error"):
        await ptb.send_message(town.group.id, "x")


@pytest.mark.parametrize("cause", [httpx.ConnectError, httpx.ReadTimeout, httpx.PoolTimeout])
async def test_a_cut_before_delivery_leaves_nothing(
    town: Town, ptb: Bot, cause: type[httpx.TransportError]
) -> None:
    town.telegram.cuts_next(cause("gone"))

    with pytest.raises(tg.NetworkError) as caught:
        await ptb.send_message(town.group.id, "satu")

    assert isinstance(caught.value.__cause__, cause)
    assert isinstance(caught.value, tg.TimedOut) == issubclass(cause, httpx.TimeoutException)
    assert town.group.messages == []


async def test_a_cut_after_delivery_leaves_the_message(town: Town, ptb: Bot) -> None:
    town.telegram.cuts_next(httpx.ReadTimeout("gone"), after=True)

    with pytest.raises(tg.TimedOut):
        await ptb.send_message(town.group.id, "satu")

    assert town.group.last.text == "satu"


async def test_a_captive_portal_answers_200_with_html(town: Town, ptb: Bot) -> None:
    town.telegram.garbles_next()

    with pytest.raises(tg.TelegramError, match="Invalid server response"):
        await ptb.send_message(town.group.id, "satu")


async def test_while_telegram_is_down_nothing_is_reached_and_people_go_on(
    town: Town, ptb: Bot
) -> None:
    town.telegram.down()
    with pytest.raises(tg.NetworkError) as caught:
        await ptb.get_updates()
    town.sari.says("satu", to=town.tuntas)
    town.telegram.up()

    assert isinstance(caught.value.__cause__, httpx.ConnectError)
    assert [u.message.text for u in await ptb.get_updates()] == ["satu"]


async def test_a_long_poll_breaks_when_telegram_goes_down(town: Town, ptb: Bot) -> None:
    waiting = asyncio.create_task(ptb.get_updates(timeout=50))
    await asyncio.sleep(0.01)
    town.telegram.down()

    with pytest.raises(tg.NetworkError) as caught:
        await asyncio.wait_for(waiting, 1)
    assert isinstance(caught.value.__cause__, httpx.ReadError)


async def test_every_call_is_on_record(town: Town, ptb: Bot) -> None:
    town.telegram.calls.clear()
    await ptb.send_message(town.group.id, "satu")
    with pytest.raises(tg.BadRequest):
        await ptb.send_message(town.group.id, "")

    assert [(c.method, c.code) for c in town.telegram.calls] == [
        ("sendMessage", 200),
        ("sendMessage", 400),
    ]
    assert [c.description for c in town.telegram.refused] == ["Bad Request: message text is empty"]


async def test_a_door_belongs_to_one_bot(town: Town) -> None:
    door = town.telegram.door(town.tuntas.token)

    with pytest.raises(ValueError, match="another bot"):
        await door.do_request("https://api.telegram.org/bot1:x/getMe", "POST")


async def test_a_wrong_token_is_no_token(town: Town) -> None:
    token = "1:" + "x" * 35
    bot = Bot(
        token, request=town.telegram.door(token), get_updates_request=town.telegram.door(token)
    )

    with pytest.raises(tg.InvalidToken):
        await bot.initialize()
