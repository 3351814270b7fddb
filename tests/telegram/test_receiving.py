"""Updates wait for a while, are acknowledged by offset, and only the kinds asked for are kept."""

import asyncio
from typing import Any

import pytest
from telegram import Bot
from telegram.error import Conflict

from tests.telegram.conftest import Town


async def texts(town: Town, **params: Any) -> list[str]:
    return [u["message"]["text"] for u in await town.asks("getUpdates", **params)]


async def test_an_update_comes_again_until_it_is_acknowledged(town: Town) -> None:
    town.sari.says("satu", to=town.tuntas)
    town.sari.says("dua", to=town.tuntas)

    first, second = await town.asks("getUpdates")

    assert await texts(town) == ["satu", "dua"]
    assert await texts(town, offset=second["update_id"]) == ["dua"]
    assert await texts(town, offset=second["update_id"] + 1) == []
    assert first["update_id"] + 1 == second["update_id"]


async def test_a_negative_offset_forgets_all_but_the_last(town: Town) -> None:
    for text in ("satu", "dua", "tiga"):
        town.sari.says(text, to=town.tuntas)

    assert await texts(town, offset=-1) == ["tiga"]
    assert await texts(town) == ["tiga"]


async def test_an_offset_from_far_in_the_future_is_passed_over(town: Town) -> None:
    town.sari.says("satu", to=town.tuntas)

    assert await texts(town, offset=2**31 - 1) == ["satu"]


async def test_at_most_a_hundred_come_at_once(town: Town) -> None:
    for number in range(101):
        town.sari.says(str(number), to=town.tuntas)

    assert len(await texts(town)) == 100
    assert await texts(town, limit=1) == ["0"]


async def test_texts_wait_24_hours_and_presses_150_seconds(town: Town) -> None:
    button = {"inline_keyboard": [[{"text": "✅", "callback_data": "x"}]]}
    await town.asks("sendMessage", chat_id=town.sari.id, text="?", reply_markup=button)
    town.sari.says("satu", to=town.tuntas)
    press = town.sari.presses(town.sari.chat(town.tuntas).messages[-2], "✅")

    kinds = [list(u)[1] for u in await town.asks("getUpdates")]
    town.passes(seconds=150)
    later = [list(u)[1] for u in await town.asks("getUpdates")]
    town.passes(hours=24)

    assert (kinds, later) == (["message", "callback_query"], ["message"])
    assert await town.asks("getUpdates") == []
    assert not press.answered


async def test_ids_start_anew_after_a_quiet_week(town: Town) -> None:
    town.sari.says("satu", to=town.tuntas)
    (before,) = await town.hears()
    town.passes(days=8)
    town.sari.says("dua", to=town.tuntas)
    (after,) = await town.hears()

    assert abs(after["update_id"] - before["update_id"]) > 1


async def test_only_the_kinds_asked_for_are_kept_and_the_server_remembers(town: Town) -> None:
    await town.asks("getUpdates", allowed_updates='["message"]')
    await town.asks("getUpdates")
    town.sari.blocks(town.tuntas)
    town.sari.unblocks(town.tuntas)
    town.sari.says("satu", to=town.tuntas)

    assert await texts(town) == ["satu"]


async def test_changes_of_members_come_only_to_an_admin_that_asked(town: Town) -> None:
    wanted = '["message", "chat_member"]'
    citra = town.telegram.person("Citra")
    town.sari.promotes(town.tuntas, town.group)
    town.sari.adds(citra, town.group)
    unasked = [list(u)[1] for u in await town.hears()]
    await town.asks("getUpdates", allowed_updates=wanted)
    town.sari.removes(citra, town.group)
    asked = [list(u)[1] for u in await town.hears()]

    assert unasked == ["my_chat_member", "message"]
    assert asked == ["chat_member", "message"]


async def test_long_polling_ends_the_moment_something_arrives(town: Town, ptb: Bot) -> None:
    waiting = asyncio.create_task(ptb.get_updates(timeout=50))
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    town.sari.says("satu", to=town.tuntas)
    (update,) = await asyncio.wait_for(waiting, 1)

    assert update.message.text == "satu"


async def test_long_polling_ends_empty_after_its_time(town: Town) -> None:
    assert await town.asks("getUpdates", timeout=1) == []


async def test_a_second_poller_ends_the_first_with_a_conflict(town: Town, ptb: Bot) -> None:
    first = asyncio.create_task(ptb.get_updates(timeout=50))
    await asyncio.sleep(0.01)
    await ptb.get_updates(timeout=0)

    with pytest.raises(Conflict, match="terminated by other getUpdates"):
        await first


async def test_a_webhook_is_remembered_and_deleted(town: Town, ptb: Bot) -> None:
    await ptb.set_webhook("https://example.com/hook")
    info = await ptb.get_webhook_info()
    await ptb.delete_webhook(drop_pending_updates=True)

    assert info.url == "https://example.com/hook"
    assert not (await ptb.get_webhook_info()).url
    assert await ptb.get_updates() == ()
