"""What people do, and what the bots are told of it."""

from typing import Any

import pytest
from telegram import Bot, ChatMember, Update

from tests.telegram.conftest import Town


async def kinds(town: Town) -> list[str]:
    """The updates by kind; of messages the service they tell of, or the text."""
    return [_told(update) for update in await town.hears()]


def _told(update: dict[str, Any]) -> str:
    kind, what = list(update.items())[1]
    if kind == "my_chat_member":
        return f"{what['old_chat_member']['status']}→{what['new_chat_member']['status']}"
    unusual = [key for key in what if key.startswith(("new_", "left_", "migrate_", "forum_"))]
    return unusual[0] if unusual else str(what.get("text", kind))


async def test_start_comes_with_its_payload(town: Town) -> None:
    town.budi.starts(town.tuntas)
    town.budi.follows("https://t.me/tuntas_bot?start=abc-123")

    assert await kinds(town) == ["/start", "/start abc-123"]


async def test_a_link_into_a_group_adds_the_bot_and_says_start_there(town: Town) -> None:
    group = town.telegram.group("Dinas Sosial", creator=town.budi)
    town.budi.follows("https://t.me/tuntas_bot?startgroup=tok", into=group)

    assert await kinds(town) == ["left→member", "new_chat_members", "/start@tuntas_bot tok"]
    assert group.last.who == "Budi"


async def test_a_link_into_a_group_that_has_the_bot_only_says_start(town: Town) -> None:
    town.sari.follows("t.me/tuntas_bot?startgroup=tok", into=town.group)

    assert await kinds(town) == ["/start@tuntas_bot tok"]


@pytest.mark.parametrize("url", ["https://example.com", "https://t.me/tuntas_bot?start=a%20b"])
async def test_a_link_that_telegram_would_not_open_is_an_error(town: Town, url: str) -> None:
    with pytest.raises(ValueError, match=r"link|payload"):
        town.sari.follows(url)


async def test_a_link_button_is_followed(town: Town) -> None:
    button = {"text": "Mulai", "url": "https://t.me/tuntas_bot?start=tok"}
    markup = {"inline_keyboard": [[button]]}
    await town.asks("sendMessage", chat_id=town.group.id, text="x", reply_markup=markup)
    seen = town.budi.presses(town.group.last, "Mulai")

    assert seen.url == button["url"]
    assert await kinds(town) == ["/start tok"]


async def test_coming_and_going_is_told(town: Town) -> None:
    citra = town.telegram.person("Citra")
    town.sari.adds(citra, town.group)
    citra.leaves(town.group)
    town.sari.removes(town.budi, town.group)

    assert await kinds(town) == ["new_chat_members", "left_chat_member", "left_chat_member"]


async def test_a_bot_is_told_of_its_own_rights(town: Town) -> None:
    town.sari.promotes(town.tuntas, town.forum)
    town.sari.demotes(town.tuntas, town.forum)
    town.sari.restricts(town.tuntas, town.forum)
    town.sari.removes(town.tuntas, town.forum)
    town.budi.says("/x@tuntas_bot", to=town.forum)

    assert await kinds(town) == [
        "member→administrator",
        "administrator→member",
        "member→restricted",
        "restricted→kicked",
    ]


async def test_a_bot_removed_from_a_group_is_told_twice(town: Town) -> None:
    town.sari.removes(town.tuntas, town.group)

    assert await kinds(town) == ["member→kicked", "left_chat_member"]


async def test_a_person_brings_its_language(town: Town) -> None:
    town.budi.starts(town.tuntas)
    (update,) = await town.hears()

    assert update["message"]["from"]["language_code"] == "id"
    assert "language_code" not in update["message"]["chat"]


async def test_blocking_is_told_and_start_unblocks(town: Town) -> None:
    town.sari.blocks(town.tuntas)
    town.sari.starts(town.tuntas)

    assert await kinds(town) == ["member→kicked", "kicked→member", "/start"]
    assert (await town.asks("sendMessage", chat_id=town.sari.id, text="x"))["text"] == "x"


async def test_a_group_that_becomes_a_supergroup_says_so_in_both(town: Town, ptb: Bot) -> None:
    old = town.group
    new = town.sari.upgrades(old)
    town.sari.says("/x@tuntas_bot", to=old)

    first, second, third = [Update.de_json(u, ptb) for u in await town.hears()]

    assert (first.message.chat.id, first.message.migrate_to_chat_id) == (old.id, new.id)
    assert (second.message.chat.id, second.message.migrate_from_chat_id) == (new.id, old.id)
    assert (third.message.chat.id, third.message.chat.type) == (new.id, "supergroup")
    assert str(new.id).startswith("-100")


async def test_an_anonymous_admin_speaks_as_the_group_and_presses_in_person(town: Town) -> None:
    town.sari.promotes(town.budi, town.forum, anonymous=True)
    town.budi.says("/done@tuntas_bot 3", to=town.forum)
    button = {"inline_keyboard": [[{"text": "✅", "callback_data": "x"}]]}
    await town.asks("sendMessage", chat_id=town.forum.id, text="?", reply_markup=button)
    town.budi.presses(town.forum.last, "✅")

    said, pressed = await town.hears()

    assert said["message"]["from"]["id"] == 1087968824
    assert said["message"]["from"]["username"] == "GroupAnonymousBot"
    assert said["message"]["sender_chat"]["id"] == town.forum.id
    assert pressed["callback_query"]["from"]["id"] == town.budi.id
    assert town.forum.messages[0].who == "Dinas PUPR"


async def test_only_who_is_inside_can_speak(town: Town) -> None:
    citra = town.telegram.person("Citra")

    with pytest.raises(ValueError, match="Citra is not in"):
        citra.says("halo", to=town.group)


async def test_a_second_press_is_another_question_and_each_is_answered_once(
    town: Town, ptb: Bot
) -> None:
    button = {"inline_keyboard": [[{"text": "✅ 3", "callback_data": "done:3"}]]}
    await town.asks("sendMessage", chat_id=town.group.id, text="?", reply_markup=button)
    first = town.sari.presses(town.group.last, "✅ 3")
    second = town.sari.forges(town.group.last, "done:999")

    asked = await ptb.get_updates()
    await asked[0].callback_query.answer("Dicatat")
    again = await town.asks("answerCallbackQuery", callback_query_id=first.id)

    assert [u.callback_query.data for u in asked] == ["done:3", "done:999"]
    assert (first.answered, first.text, second.answered) == (True, "Dicatat", False)
    assert "query is too old" in again


async def test_members_are_known_by_status(town: Town, ptb: Bot) -> None:
    admins = await ptb.get_chat_administrators(town.group.id)
    budi = await ptb.get_chat_member(town.group.id, town.budi.id)
    me = await ptb.get_chat_member(town.group.id, town.tuntas.id)
    chat = await ptb.get_chat(town.group.id)

    assert [(a.user.full_name, a.status) for a in admins] == [("Sari Wulandari", ChatMember.OWNER)]
    assert (budi.status, me.status) == (ChatMember.MEMBER, ChatMember.MEMBER)
    assert (chat.title, await ptb.get_chat_member_count(town.group.id)) == ("Dinas Kesehatan", 3)


async def test_a_bot_that_may_not_join_groups_is_not_added(town: Town) -> None:
    town.other.can_join_groups = False

    with pytest.raises(ValueError, match="cannot be added"):
        town.sari.adds(town.other, town.group)


async def test_a_person_who_met_the_bot_is_mentioned_whole(town: Town) -> None:
    """PTB reads a mention only with the whole User in it."""
    html = f'<a href="tg://user?id={town.sari.id}">Sari</a> dan <a href="tg://user?id=1">X</a>'

    said = await town.asks("sendMessage", chat_id=town.group.id, text=html, parse_mode="HTML")

    assert said["text"] == "Sari dan X"
    assert [(e["type"], e["user"]) for e in said["entities"]] == [
        ("text_mention", town.sari.as_json())
    ]


async def test_a_press_may_be_answered_with_a_link_into_the_bot(town: Town) -> None:
    button = {"inline_keyboard": [[{"text": "📎", "callback_data": "x"}]]}
    await town.asks("sendMessage", chat_id=town.group.id, text="?", reply_markup=button)
    press = town.sari.presses(town.group.last, "📎")
    url = "https://t.me/tuntas_bot?start=bukti"

    await town.asks("answerCallbackQuery", callback_query_id=press.id, url=url)
    town.sari.follows(press.url)

    assert (await kinds(town))[-1] == "/start bukti"


async def test_a_button_that_is_not_there_cannot_be_pressed(town: Town) -> None:
    await town.asks("sendMessage", chat_id=town.group.id, text="?")

    with pytest.raises(LookupError, match="no button"):
        town.sari.presses(town.group.last, "✅")


async def test_a_muted_group_is_silent_but_for_its_admins(town: Town) -> None:
    town.sari.mutes(town.group)
    town.sari.says("tenang", to=town.group)
    with pytest.raises(ValueError, match="may not write"):
        town.budi.says("halo", to=town.group)
    town.sari.unmutes(town.group)
    town.budi.says("halo", to=town.group)

    assert [m.text for m in town.group.messages] == ["tenang", "halo"]


async def test_what_telegrams_app_would_not_do_is_an_error(town: Town) -> None:
    with pytest.raises(ValueError, match="empty message"):
        town.sari.says("  ", to=town.group)
    with pytest.raises(ValueError, match="several messages"):
        town.sari.says("x" * 4097, to=town.group)
    with pytest.raises(ValueError, match="say where"):
        town.sari.says("halo")
    with pytest.raises(ValueError, match="private chat of Sari"):
        town.budi.says("halo", to=town.sari.chat(town.tuntas))
    with pytest.raises(ValueError, match="only a supergroup"):
        town.sari.restricts(town.budi, town.group)
    with pytest.raises(ValueError, match="remain anonymous"):
        town.sari.promotes(town.budi, town.group, anonymous=True)
    with pytest.raises(ValueError, match="no topics"):
        town.sari.opens_topic(town.group, "Tenggat")
    with pytest.raises(ValueError, match="into which group"):
        town.sari.follows("https://t.me/tuntas_bot?startgroup=x")


async def test_the_bot_types_and_is_seen_typing(town: Town, ptb: Bot) -> None:
    await ptb.send_chat_action(town.group.id, "typing")

    assert town.tuntas.actions == [(town.group.id, "typing")]


async def test_who_deletes_a_message_takes_it_from_the_bot_too(town: Town) -> None:
    await town.asks("sendMessage", chat_id=town.sari.id, text="x")
    message = town.sari.chat(town.tuntas).last
    town.sari.deletes(message)
    edit = {"chat_id": town.sari.id, "message_id": message.id, "text": "y"}

    assert await town.asks("editMessageText", **edit) == "Bad Request: message to edit not found"
