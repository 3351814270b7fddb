"""Bubbles as people see them, the same in every run."""

from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters

from tests.telegram.conftest import Town


async def test_a_bubble_tells_who_when_what_and_how(town: Town, ptb: Bot) -> None:
    said = town.sari.says("/done@tuntas_bot 3", to=town.group)
    town.passes(minutes=1)
    rows = [
        [InlineKeyboardButton("✅ 4", callback_data="4", style="success")],
        [InlineKeyboardButton("📋 Daftar", callback_data="l")],
    ]
    await ptb.send_message(
        town.group.id,
        'Butir <b>3</b> <tg-time unix="1795478400">24 Nov</tg-time>',
        parse_mode="HTML",
        reply_markup=InlineKeyboardMarkup(rows),
        reply_parameters=ReplyParameters(said.id),
        disable_notification=True,
    )
    bubble = town.group.last

    assert (bubble.who, bubble.when, bubble.silent) == ("Tuntas", town.now, True)
    assert bubble.text == "Butir 3 24 Nov"
    assert bubble.html == 'Butir <b>3</b> <tg-time unix="1795478400">24 Nov</tg-time>'
    assert bubble.parts == [("bold", "3"), ("date_time", "24 Nov")]
    assert bubble.buttons == [["✅ 4"], ["📋 Daftar"]]
    assert bubble.reply_to is said
    assert said.parts == [("bot_command", "/done@tuntas_bot")]


async def test_edits_and_deletions_leave_their_marks(town: Town, ptb: Bot) -> None:
    sent = await ptb.send_message(town.group.id, "lama")
    town.passes(seconds=1)
    await ptb.edit_message_text("baru", town.group.id, sent.message_id)
    other = await ptb.send_message(town.group.id, "salah")
    await ptb.delete_message(town.group.id, other.message_id)

    edited, deleted = town.group.bubbles[-2:]
    assert (edited.text, edited.earlier, edited.edited) == ("baru", ["lama"], town.now)
    assert deleted.deleted
    assert town.group.last is edited


async def test_a_keyboard_is_taken_away_by_an_edit_without_one(town: Town, ptb: Bot) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("✅", callback_data="x")]])
    sent = await ptb.send_message(town.group.id, "x", reply_markup=markup)
    await ptb.edit_message_reply_markup(town.group.id, sent.message_id)

    assert town.group.last.buttons == []


async def test_a_forced_reply_is_marked_and_answered(town: Town, ptb: Bot) -> None:
    markup = ForceReply(input_field_placeholder="alasan")
    await ptb.send_message(town.group.id, "Alasan?", reply_markup=markup)
    question = town.group.last
    town.sari.says("hujan", reply_to=question)

    assert question.forced_reply["input_field_placeholder"] == "alasan"
    assert (await ptb.get_updates())[-1].message.reply_to_message.text == "Alasan?"


async def test_the_transcript_holds_every_chat_in_order(town: Town) -> None:
    start = len(town.telegram.transcript)
    town.sari.says("satu", to=town.tuntas)
    town.sari.says("dua", to=town.group)
    town.sari.renames(town.group, "Dinkes")

    new = town.telegram.transcript[start:]
    assert [(b.chat.type, b.text, list(b.service)) for b in new] == [
        ("private", "satu", []),
        ("group", "dua", []),
        ("group", "", ["new_chat_title"]),
    ]


def test_two_worlds_are_made_of_the_same_numbers() -> None:
    one, two = Town(), Town()

    assert [b.as_json() for b in one.telegram.transcript] == [
        b.as_json() for b in two.telegram.transcript
    ]


def test_ids_are_like_the_real_ones(town: Town) -> None:
    people = [person.id for person in town.telegram.people]

    assert all(id > 0 for id in people)
    assert any(id > 2**32 for id in people)
    assert -(10**12) < town.group.id < 0
    assert str(town.forum.id).startswith("-100")


def test_what_fails_in_a_test_is_shown_in_one_line_and_without_a_token(town: Town) -> None:
    said = town.sari.says("/done 3", to=town.group)
    shown = [repr(thing) for thing in (said, town.group, town.sari, town.tuntas)]

    assert shown == [
        "<Sari Wulandari: '/done 3'>",
        "<group Dinas Kesehatan>",
        "<Sari Wulandari>",
        "<Tuntas>",
    ]
