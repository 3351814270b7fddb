"""How each row of the table of refusals is provoked: one function for each, by its name."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from demo.telegram import Bot
from tests.telegram.conftest import Town

Provoking = Callable[[Town], Awaitable[tuple[int, dict[str, Any]]]]


def call(method: str, *, bot: str = "tuntas", **params: Any) -> Provoking:
    async def provoke(town: Town) -> tuple[int, dict[str, Any]]:
        who: Bot = getattr(town, bot)
        return await town.telegram.call(who.token, method, params)

    return provoke


def to_sari(method: str = "sendMessage", **params: Any) -> Provoking:
    async def provoke(town: Town) -> tuple[int, dict[str, Any]]:
        given = ({"text": "x"} if method == "sendMessage" else {}) | params
        files = given.pop("files", None)
        return await town.telegram.call(
            town.tuntas.token, method, {"chat_id": town.sari.id} | given, files
        )

    return provoke


def html(text: str) -> Provoking:
    return to_sari(text=text, parse_mode="HTML")


def entity(**facts: Any) -> Provoking:
    return to_sari(text="hello", entities=[{"type": "bold", "offset": 0, "length": 1} | facts])


def keyboard(*rows: Any) -> Provoking:
    return to_sari(reply_markup={"inline_keyboard": list(rows)})


def button(**facts: Any) -> Provoking:
    return keyboard([facts])


def commands(*commands: Any, **params: Any) -> Provoking:
    return call("setMyCommands", commands=list(commands), **params)


def scope(**scope: Any) -> Provoking:
    return commands(scope=scope)


def photo(file_id: str = "", *, data: bytes | None = None, **params: Any) -> Provoking:
    files = {} if data is None else {"photo": ("a.jpg", data)}
    given = {"photo": file_id} if file_id else {}
    return to_sari("sendPhoto", files=files, **given, **params)


def album(*items: Any) -> Provoking:
    return to_sari("sendMediaGroup", media=list(items))


async def after(town: Town, does: Callable[[], Any], provoke: Provoking) -> Any:
    does()
    return await provoke(town)


async def sent(town: Town, text: str = "first", **params: Any) -> int:
    given = {"chat_id": town.sari.id, "text": text} | params
    return int((await town.asks("sendMessage", **given))["message_id"])


async def never_started(town: Town) -> Any:
    return await call("sendMessage", chat_id=town.budi.id, text="x")(town)


async def bot_to_bot(town: Town) -> Any:
    return await call("sendMessage", chat_id=town.other.id, text="x")(town)


async def blocked(town: Town) -> Any:
    return await after(town, lambda: town.sari.blocks(town.tuntas), to_sari())


async def kicked(town: Town) -> Any:
    town.sari.removes(town.tuntas, town.forum)
    return await call("sendMessage", chat_id=town.forum.id, text="x")(town)


async def not_member(town: Town) -> Any:
    await town.asks("leaveChat", chat_id=town.group.id)
    return await call("sendMessage", chat_id=town.group.id, text="x")(town)


async def upgraded(town: Town) -> Any:
    town.sari.upgrades(town.group)
    return await call("sendMessage", chat_id=town.group.id, text="x")(town)


async def no_right_to_send(town: Town) -> Any:
    town.sari.mutes(town.group)
    return await call("sendMessage", chat_id=town.group.id, text="x")(town)


async def thread_no_topic(town: Town) -> Any:
    plain = town.sari.upgrades(town.group)
    first = town.sari.says("one", to=plain)
    town.budi.says("two", reply_to=first)
    params = {"chat_id": plain.id, "message_thread_id": first.id, "text": "x"}
    return await call("sendMessage", **params)(town)


async def topic_closed(town: Town) -> Any:
    topic = town.sari.opens_topic(town.forum, "Tenggat")
    town.sari.closes_topic(topic)
    params = {"chat_id": town.forum.id, "message_thread_id": topic.id, "text": "x"}
    return await call("sendMessage", **params)(town)


async def file_of_other_kind(town: Town) -> Any:
    said = town.sari.sends_document(to=town.tuntas)
    return await photo(said.media.id if said.media else "")(town)


async def edits(town: Town, method: str = "editMessageText", **params: Any) -> Any:
    given = {"message_id": await sent(town), "text": "second"} | params
    return await to_sari(method, **given)(town)


async def edit_not_own(town: Town) -> Any:
    said = town.sari.says("mine", to=town.tuntas)
    return await edits(town, message_id=said.id)


async def photo_sent(town: Town) -> int:
    code, body = await photo(data=b"x", caption="c")(town)
    assert code == 200
    return int(body["result"]["message_id"])


async def no_text_to_edit(town: Town) -> Any:
    return await edits(town, message_id=await photo_sent(town))


async def caption_edited(town: Town, caption: str, message_id: int = 0) -> Any:
    params = {"message_id": message_id or await photo_sent(town), "caption": caption}
    return await to_sari("editMessageCaption", **params)(town)


async def no_caption_to_edit(town: Town) -> Any:
    return await caption_edited(town, "x", await sent(town))


async def delete_not_allowed(town: Town) -> Any:
    said = town.sari.says("/x@tuntas_bot", to=town.group)
    return await call("deleteMessage", chat_id=town.group.id, message_id=said.id)(town)


async def delete_too_old(town: Town) -> Any:
    message = await sent(town)
    town.passes(hours=49)
    return await to_sari("deleteMessage", message_id=message)(town)


async def pressed(town: Town, **params: Any) -> Any:
    markup = {"inline_keyboard": [[{"text": "✅", "callback_data": "x"}]]}
    await sent(town, reply_markup=markup)
    press = town.sari.presses(town.sari.chat(town.tuntas).last, "✅")
    return await call("answerCallbackQuery", callback_query_id=press.id, **params)(town)


async def conflict(town: Town) -> Any:
    waiting = asyncio.create_task(call("getUpdates", timeout=30)(town))
    await asyncio.sleep(0)
    await town.asks("getUpdates")
    return await waiting


async def conflict_set_webhook(town: Town) -> Any:
    waiting = asyncio.create_task(call("getUpdates", timeout=30)(town))
    await asyncio.sleep(0.01)
    await town.asks("setWebhook", url="https://example.com/hook")
    return await waiting


async def conflict_webhook(town: Town) -> Any:
    await town.asks("setWebhook", url="https://example.com/hook")
    return await call("getUpdates")(town)


async def file_too_big(town: Town) -> Any:
    said = town.sari.sends_document(to=town.tuntas, data=bytes(20 * 1024 * 1024 + 1))
    return await call("getFile", file_id=said.media.id if said.media else "")(town)


async def too_many(town: Town) -> Any:
    fast = Town(limits=True)
    for _ in range(3):
        await sent(fast)
    return await to_sari()(fast)


async def malformed_token(town: Town) -> Any:
    return await town.telegram.call("no-token", "getMe", {})


async def wrong_token(town: Town) -> Any:
    return await town.telegram.call("123:" + "x" * 35, "getMe", {})


DOCUMENT = {"type": "document", "media": "attach://a"}
GOOD = {"text": "x", "callback_data": "x"}

PROVOKE: dict[str, Provoking] = {
    "malformed_token": malformed_token,
    "wrong_token": wrong_token,
    "unknown_method": call("sendSmoke"),
    "method_not_offered": call("sendDice"),
    "parameter_not_offered": to_sari(message_effect_id="1"),
    "bad_json": to_sari(reply_markup="{"),
    "too_many": too_many,
    "chat_id_empty": call("sendMessage", text="x"),
    "chat_not_found": call("sendMessage", chat_id=-1, text="x"),
    "never_started": never_started,
    "bot_to_bot": bot_to_bot,
    "blocked": blocked,
    "kicked": kicked,
    "not_member": not_member,
    "upgraded": upgraded,
    "no_right_to_send": no_right_to_send,
    "topic_not_found": to_sari(message_thread_id=99),
    "thread_no_topic": thread_no_topic,
    "topic_closed": topic_closed,
    "text_missing": to_sari(text=""),
    "text_blank": to_sari(text=" \n\u200b"),
    "text_too_long": to_sari(text="x" * 4097),
    "text_too_big": to_sari(text="x" * 32769),
    "edited_text_too_long": lambda town: edits(town, text="x" * 4097),
    "caption_too_long": photo(data=b"x", caption="x" * 1025),
    "edited_caption_too_long": lambda town: caption_edited(town, "x" * 1025),
    "parse_mode_not_offered": to_sari(parse_mode="MarkdownV2"),
    "parse_mode_unknown": to_sari(parse_mode="INVALID"),
    "entity_type": entity(type="nope"),
    "entity_offset": entity(offset=-1),
    "entity_begins_late": entity(offset=100),
    "entity_ends_late": entity(length=100),
    "html_unclosed_tag": html("x <b"),
    "html_unclosed_named_tag": html("<a href="),
    "html_unsupported_tag": html("a < b"),
    "html_empty_attribute": html('<a ="x">y</a>'),
    "html_name_token": html("<a href=x/>y</a>"),
    "html_span": html("<span>x</span>"),
    "html_unexpected_end": html("x</b>"),
    "html_unclosed_end": html("<b>x</b"),
    "html_unmatched_end": html("<b><i>test</b></i>"),
    "html_no_end": html("<b>x"),
    "html_emoji": html('<tg-emoji emoji-id="x">y</tg-emoji>'),
    "html_time_format": html('<tg-time unix="5" format="s">x</tg-time>'),
    "html_time_unix": html("<tg-time>x</tg-time>"),
    "html_surrogates": html("&#xD800;"),
    "reply_not_found": to_sari(reply_parameters={"message_id": 999}),
    "reply_without_id": to_sari(reply_parameters={"allow_sending_without_reply": True}),
    "reply_elsewhere_not_offered": to_sari(reply_parameters={"message_id": 1, "chat_id": -5}),
    "markup_no_object": to_sari(reply_markup=[]),
    "markup_not_offered": to_sari(reply_markup={"keyboard": [["A"]]}),
    "inline_keyboard_expected": lambda town: edits(town, reply_markup={"force_reply": True}),
    "keyboard_no_array": to_sari(reply_markup={"inline_keyboard": "bad"}),
    "keyboard_no_rows": keyboard("bad"),
    "keyboard_too_many": keyboard(*[[GOOD]] * 101),
    "keyboard_row_too_long": keyboard([GOOD] * 9),
    "markup_too_long": keyboard(*[[GOOD | {"text": "x" * 200}]] * 60),
    "button_no_object": keyboard(["bad"]),
    "button_text_missing": button(callback_data="x"),
    "button_text_empty": button(text="", callback_data="x"),
    "button_kind_not_offered": button(text="x", web_app={"url": "https://example.com"}),
    "button_style": button(text="x", callback_data="x", style="loud"),
    "button_without_purpose": button(text="x", callback_data=""),
    "button_data": button(text="x", callback_data="é" * 33),
    "button_url_protocol": button(text="x", url="ftp://example.com"),
    "button_url": button(text="x", url="not-a-url"),
    "no_file": photo(),
    "file_id": photo("AgACnothing"),
    "file_by_url_not_offered": photo("https://example.com/a.jpg"),
    "file_of_other_kind": file_of_other_kind,
    "file_empty": photo(data=b""),
    "file_too_big_to_send": photo(data=bytes(10 * 1024 * 1024 + 1)),
    "album_empty": album(),
    "album_of_one": album(DOCUMENT),
    "album_too_many": album(*[DOCUMENT] * 11),
    "album_item": album(DOCUMENT | {"media": ""}, DOCUMENT),
    "album_kind_not_offered": album({"type": "video"}, {"type": "video"}),
    "action": to_sari("sendChatAction", action="dancing"),
    "file_id_missing": call("getFile"),
    "file_id_unknown": call("getFile", file_id="x"),
    "file_too_big": file_too_big,
    "message_id_missing": call("editMessageText", text="x"),
    "edit_not_found": lambda town: edits(town, message_id=999),
    "edit_not_own": edit_not_own,
    "not_modified": lambda town: edits(town, text="first"),
    "no_text_to_edit": no_text_to_edit,
    "no_caption_to_edit": no_caption_to_edit,
    "delete_not_found": to_sari("deleteMessage", message_id=999),
    "delete_not_allowed": delete_not_allowed,
    "delete_too_old": delete_too_old,
    "press_unknown": call("answerCallbackQuery", callback_query_id="5"),
    "pop_up_too_long": lambda town: pressed(town, text="x" * 201),
    "press_url": lambda town: pressed(town, url="https://example.com"),
    "conflict": conflict,
    "conflict_set_webhook": conflict_set_webhook,
    "conflict_webhook": conflict_webhook,
    "allowed_updates": call("getUpdates", allowed_updates="[1]"),
    "webhook_not_https": call("setWebhook", url="http://example.com"),
    "commands_no_array": call("setMyCommands", commands={}),
    "commands_too_many": commands(*[{"command": "a", "description": "b"}] * 101),
    "command_no_object": commands("done"),
    "command_empty": commands({"command": "/", "description": "b"}),
    "command_too_long": commands({"command": "a" * 33, "description": "b"}),
    "command_invalid": commands({"command": "Done", "description": "b"}),
    "command_description_empty": commands({"command": "done", "description": ""}),
    "command_description_too_long": commands({"command": "done", "description": "b" * 257}),
    "scope_no_object": commands(scope=[]),
    "scope_type": scope(type="nope"),
    "scope_chat": scope(type="chat"),
    "scope_user": lambda town: scope(type="chat_member", chat_id=town.group.id)(town),
    "name_too_long": call("setMyName", name="x" * 65),
    "description_too_long": call("setMyDescription", description="x" * 513),
    "short_description_too_long": call("setMyShortDescription", short_description="x" * 121),
    "user_id": call("getChatMember", chat_id=-1),
    "member_not_found": lambda town: call("getChatMember", chat_id=town.group.id, user_id=5)(town),
    "administrators_private": to_sari("getChatAdministrators"),
    "leave_private": to_sari("leaveChat"),
}
