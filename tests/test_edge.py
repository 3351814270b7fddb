"""Between Telegram and the house: what was done is answered, whatever becomes of the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
import structlog
from sqlalchemy import Engine, event, select
from telegram import Update
from telegram.request import HTTPXRequest

from bot import app as application
from bot.context import Context
from bot.handlers import errors
from db import chats, reach
from db.act import Act
from db.models import Item, Opd, Role, State
from demo.telegram import Door, Message, Person, Telegram
from tests.questions import count, state
from tests.town import Town, wita


@pytest.mark.parametrize("after", [False, True])
async def test_a_press_whose_answer_times_out_still_gets_its_receipt(
    town: Town, after: bool
) -> None:
    await town.minute()
    reminder = town.groups["DIKBUD"].last
    town.telegram.cuts_next(httpx.ReadTimeout(""), after=after, method="answerCallbackQuery")
    await town.presses(town.people["sari"], reminder, "✅ 1")

    assert "1. Maklumat pelayanan: dicatat" in town.groups["DIKBUD"].last.text


async def test_a_press_whose_answer_is_refused_still_gets_its_receipt(town: Town) -> None:
    await town.minute()
    reminder = town.groups["DIKBUD"].last
    town.telegram.refuses_next(
        429, "Too Many Requests: retry after 5", method="answerCallbackQuery", retry_after=5
    )
    await town.presses(town.people["sari"], reminder, "✅ 1")

    assert "1. Maklumat pelayanan: dicatat" in town.groups["DIKBUD"].last.text
    assert await state(town, "DIKBUD", 1) is State.SUBMITTED


async def test_an_answer_waits_for_a_free_connection_while_telegram_is_slow(town: Town) -> None:
    request = application.build(town.desk).bot.request

    assert isinstance(request, HTTPXRequest)
    assert request._client.timeout.pool == 30


async def test_what_had_to_be_asked_twice_counts_from_when_it_was_said(town: Town) -> None:
    sari, said = town.people["sari"], town.clock.now
    which = await asked_which_opd(town, "/done 3 2 komponen")
    town.clock.now = wita(11, 25, 0, 30)  # item 2 was due at midnight
    await town.presses(sari, which, "Dinas Pendidikan & Kebudayaan")
    numbers = town.last(sari)
    town.clock.now += timedelta(minutes=5)
    await town.presses(sari, numbers, "2, 3, catatan: komponen")

    async with town.desk.view() as session:
        query = select(Item.first_submitted_at).join(Item.opd).where(Opd.code == "DIKBUD")
        moment = await session.scalar(query.where(Item.number == 2))
    assert moment == said


async def test_a_question_that_was_answered_otherwise_is_asked_anew(town: Town) -> None:
    sari = town.people["sari"]
    await town.item("DINKES", 2, "Maklumat", wita(12, 30))
    which = await asked_which_opd(town, "/done 1 2 komponen")
    await town.presses(sari, which, "Dinas Pendidikan & Kebudayaan")
    await town.presses(sari, which, "Dinas Kesehatan")
    await town.presses(sari, town.last(sari), "1, catatan: 2 komponen")

    assert await state(town, "DINKES", 1) is State.SUBMITTED
    assert await state(town, "DIKBUD", 1) is State.OPEN


async def asked_which_opd(town: Town, command: str) -> Message:
    await town.appoint(town.people["sari"], Role.OPERATOR, "DINKES")
    question = await town.says(town.people["sari"], command)
    assert question.text == f"{command}\n\nOPD mana yang dimaksud?"
    return question


async def test_a_choice_that_arrives_again_after_a_crash_gets_the_same_receipt(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    question = await town.says(sari, "/done 3 2 komponen lengkap", to=dikbud)
    sari.presses(question, "3, catatan: 2 komponen lengkap")
    await town.hears_but_dies()
    await town.hears()

    _, first, second = town.said_in(dikbud)
    assert "3. Foto loket: dicatat" in first.text
    assert first.text == second.text
    assert await count(town, "submit") == 1


async def test_another_choice_than_the_first_is_refused(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    question = await town.says(sari, "/done 3 2 komponen lengkap", to=dikbud)
    other = question.button("2, 3, catatan: komponen lengkap")["callback_data"]
    await town.presses(sari, question, "3, catatan: 2 komponen lengkap")
    seen = await town.forges(sari, question, other)

    assert seen.text == "Pertanyaan ini sudah dijawab, dan jawaban pertama yang berlaku."
    assert await state(town, "DIKBUD", 2) is State.OPEN


async def test_a_choice_of_somebody_else_is_refused_even_when_it_was_taken(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    question = await town.says(sari, "/done 3 2 komponen lengkap", to=dikbud)
    same = question.button("3, catatan: 2 komponen lengkap")["callback_data"]
    await town.presses(sari, question, "3, catatan: 2 komponen lengkap")
    seen = await town.forges(town.people["dewi"], question, same)

    assert seen.text == "Hanya pengirim perintah yang dapat menekan tombol di sini."


async def test_an_opd_whose_code_looks_like_an_item_can_be_chosen(town: Town) -> None:
    ratna = await secretary_of_24(town)
    await town.appoint(ratna, Role.OPERATOR, "DINKES")
    which = await town.says(ratna, "/done 3: lengkap")
    await town.presses(ratna, which, "Dinas Kearsipan")

    assert await state(town, "24", 3) is State.SUBMITTED
    assert await state(town, "24", 24) is State.OPEN


async def test_numbers_are_asked_about_where_a_code_looks_like_an_item(town: Town) -> None:
    ratna = await secretary_of_24(town)
    numbers = await town.says(ratna, "/done 3 24 komponen")
    await town.presses(ratna, numbers, "3, catatan: 24 komponen")

    assert await state(town, "24", 3) is State.SUBMITTED
    assert await state(town, "24", 24) is State.OPEN


async def test_both_questions_keep_an_opd_whose_code_looks_like_an_item(town: Town) -> None:
    ratna = await secretary_of_24(town)
    await town.appoint(ratna, Role.OPERATOR, "DINKES")
    await town.presses(ratna, await town.says(ratna, "/done 3 24 komponen"), "Dinas Kearsipan")
    await town.presses(ratna, town.last(ratna), "3, catatan: 24 komponen")

    assert await state(town, "24", 3) is State.SUBMITTED
    assert await state(town, "24", 24) is State.OPEN


async def secretary_of_24(town: Town) -> Person:
    ratna = town.telegram.person("Ratna Dewi")
    await town.opd("24", "Dinas Kearsipan")
    for number in (3, 24):
        await town.item("24", number, "Foto arsip", wita(12, 30))
    await town.appoint(ratna, Role.SECRETARY, "24")
    return ratna


async def test_a_long_text_costs_no_more_queries_than_a_short_one(town: Town) -> None:
    short = await queries(town, "/undang dengan hormat")
    long = await queries(town, "/undang " + "dengan hormat " * 250)

    assert long == short


async def queries(town: Town, command: str) -> int:
    """How often a command of somebody without any post asks the database."""
    asked: list[str] = []
    with listening(town.desk.database.writer.sync_engine, asked):
        await town.says(town.people["stranger"], command)
    return len(asked)


@contextmanager
def listening(engine: Engine, asked: list[str]) -> Iterator[None]:
    def note(*call: Any) -> None:
        asked.append(call[2])

    event.listen(engine, "before_cursor_execute", note)
    yield
    event.remove(engine, "before_cursor_execute", note)


async def test_a_group_without_an_opd_is_never_taken_for_that_of_the_speaker(town: Town) -> None:
    sari = town.people["sari"]
    arisan = town.telegram.group("Arisan", creator=sari, members=[town.bot])
    await town.hears()
    refused = await town.says(sari, "/done 1", to=arisan)
    assert refused.text.startswith("Grup ini belum terhubung")
    assert await state(town, "DIKBUD", 1) is State.OPEN

    await town.says(sari, "/done DIKBUD 1", to=arisan)

    assert await state(town, "DIKBUD", 1) is State.SUBMITTED


async def test_a_bug_is_logged_with_the_whole_update_but_names_and_tokens(town: Town) -> None:
    sari = town.people["sari"]
    sari.says("/start rahasia-a1b2c3", to=town.bot)
    update = await waiting(town)
    with structlog.testing.capture_logs() as logged:
        await errors.on_error(update, gone_wrong(town))

    [line] = logged
    assert line["update"]["update_id"] == update.update_id
    assert line["update"]["message"]["from"]["id"] == sari.id
    assert line["update"]["message"]["text"] == "/start [link]"
    assert not [word for word in ("rahasia", "Sari") if word in str(line)]
    assert town.last(sari).sender is town.bot


async def waiting(town: Town) -> Update:
    """What the bot would be told next."""
    update: Update
    [update] = await town.app.bot.get_updates(offset=town.offset)
    return update


def gone_wrong(town: Town) -> Context:
    context = Context(town.app)
    context.error = RuntimeError("a bug")
    return context


async def test_what_would_replace_a_deleted_message_is_said_anew(town: Town) -> None:
    sari = town.people["sari"]
    listed = await town.says(sari, "/daftar", to=town.groups["DIKBUD"])
    sari.forges(listed, "list:DIKBUD:1")
    listed.deleted = True
    await town.hears()

    assert town.groups["DIKBUD"].last.text == listed.text


async def test_what_would_replace_an_inaccessible_message_is_said_anew(town: Town) -> None:
    sari = town.people["sari"]
    listed = await town.says(sari, "/daftar", to=town.groups["DIKBUD"])
    sari.forges(listed, "list:DIKBUD:1")
    press = town.bot.queue.waiting[-1].what
    press["message"] = {key: press["message"][key] for key in ("chat", "message_id")} | {"date": 0}
    await town.hears()

    first, second = town.said_in(town.groups["DIKBUD"])
    assert first.text == second.text


LOST: dict[str, Callable[[Town], None]] = {
    "cut before": lambda town: town.telegram.cuts_next(httpx.ReadTimeout(""), method=EDIT),
    "cut after": lambda town: town.telegram.cuts_next(
        httpx.ReadTimeout(""), after=True, method=EDIT
    ),
    "no answer of Telegram's": lambda town: town.telegram.garbles_next(method=EDIT),
}
EDIT = "editMessageText"


@pytest.mark.parametrize("how", LOST)
async def test_a_page_that_may_not_have_turned_is_turned_when_the_press_comes_again(
    town: Town, how: str
) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    listed = await town.says(sari, "/daftar", to=dikbud)
    before = listed.text
    LOST[how](town)
    await town.presses(sari, listed, listed.buttons[0][0])
    await town.hears()

    assert listed.text != before
    assert len(town.said_in(dikbud)) == 1
    assert not await town.app.bot.get_updates(offset=town.offset)


async def test_telegram_may_take_its_time_to_turn_a_page_and_to_take_a_file(town: Town) -> None:
    """As long as to take a message."""
    patient = Patient(town.telegram, town.bot.token)
    town.app = application.build(town.desk, patient)
    await town.app.initialize()
    sari, rudi = town.people["sari"], town.people["coordinator"]
    listed = await town.says(sari, "/daftar", to=town.groups["DIKBUD"])
    await town.presses(sari, listed, listed.buttons[0][0])
    await town.opd("DPUPR", "Dinas Pekerjaan Umum")
    await town.says(rudi, "/undang semua")

    assert patient.waits.keys() == {"sendMessage", "editMessageText", "sendDocument"}
    assert set(patient.waits.values()) == {30}


class Patient(Door):
    """Notes for how many seconds it may wait for the answer to what is said."""

    def __init__(self, telegram: Telegram, token: str) -> None:
        super().__init__(telegram, token)
        self.waits: dict[str, float] = {}

    async def do_request(self, url: str, *args: Any, **more: Any) -> tuple[int, bytes]:
        method = url.rpartition("/")[2]
        if method.startswith(("send", "edit")):
            self.waits[method] = more["read_timeout"]
        return await super().do_request(url, *args, **more)


async def test_a_group_that_takes_an_answer_again_is_no_longer_named_as_lost(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    async with town.desk.transaction() as session:
        await reach.lost(session, Act(town.clock.now, "test"), dikbud.id, "Forbidden: muted")
    await town.says(sari, "/daftar", to=dikbud)

    async with town.desk.view() as session:
        opd = await chats.by_code(session, "DIKBUD")
    assert opd
    assert opd.is_reachable
