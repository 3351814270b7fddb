"""What is owed leaves once, whatever becomes of the line, the chat or the process."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select
from telegram import error as tg

from bot import send
from bot.context import Context
from bot.failing import fate_by
from bot.letter import Letter
from bot.letters import LETTERS
from db import chats, debts, linking, models, owed
from db.act import Act
from db.models import Audit, Fate, Owed
from demo.telegram import Chat, Person, Topic
from tests.shown import Killed, kill, when_shown
from tests.town import Town, wita

KICKED = "Forbidden: bot was kicked from the supergroup chat"


async def tries(town: Town, **gap: float) -> int:
    """How often Telegram was asked to send something to the group of DIKBUD, after so long."""
    town.clock.now += timedelta(**gap)
    await town.sends()
    group = str(town.groups["DIKBUD"].id)
    sendings = [call for call in town.telegram.calls if call.method == "sendMessage"]
    return sum(str(call.params["chat_id"]) == group for call in sendings)


async def rows(town: Town) -> list[Owed]:
    """All that was owed since the stage was set."""
    query = select(Owed).where(Owed.kind.not_in(["offer", "unreachable"])).order_by(Owed.id)
    async with town.desk.view() as session:
        return list(await session.scalars(query))


async def fate(town: Town) -> Fate:
    return (await rows(town))[0].fate


async def trouble_of(town: Town, code: str) -> str:
    async with town.desk.view() as session:
        opd = await chats.by_code(session, code)
    assert opd
    return opd.chat_trouble


async def owes(town: Town, code: str, kind: str, source: str = "message:1:1") -> None:
    """Something that somebody's command caused."""
    async with town.desk.transaction() as session:
        opd = await chats.by_code(session, code)
        assert opd
        await owed.owe(session, debts.notice(kind, source, opd.id), town.clock.now)


@pytest.fixture
async def town(town: Town) -> Town:
    """Setting the stage owed something too; a minute later all is quiet."""
    start = town.clock.now
    town.clock.now += timedelta(minutes=1)
    await town.sends()
    town.clock.now = start
    return town


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch, town: Town) -> list[str]:
    """The words of the kind `note`, which is written for the DIKBUD group."""
    words = ["Sesuatu berubah."]

    async def note(*_: object) -> Letter | None:
        return Letter(town.groups["DIKBUD"].id, words[0]) if words else None

    monkeypatch.setitem(LETTERS, "note", note)
    return words


async def test_a_server_in_trouble_is_asked_again_with_growing_gaps(town: Town) -> None:
    for _ in range(2):
        town.telegram.refuses_next(502, "Bad Gateway")
    await town.ticks()

    assert await tries(town) == 1
    assert await tries(town, seconds=119) == 1
    assert await tries(town, seconds=1) == 2
    assert await tries(town, seconds=239) == 2
    assert await tries(town, seconds=1) == 3
    assert await fate(town) is Fate.SENT


async def test_what_never_reached_telegram_is_tried_again_as_if_for_the_first_time(
    town: Town,
) -> None:
    town.telegram.cuts_next(httpx.ConnectError(""))
    await town.ticks()
    await tries(town)
    await tries(town, minutes=2)

    [only] = town.said_in(town.groups["DIKBUD"])
    assert "pesan ulang" not in only.text


async def test_what_is_of_unknown_fate_is_sent_once_more_after_five_minutes(town: Town) -> None:
    for _ in range(2):
        town.telegram.cuts_next(httpx.ReadTimeout(""))
    await town.ticks()

    assert await tries(town) == 1
    assert await tries(town, seconds=299) == 1
    assert await tries(town, seconds=1) == 2
    assert await tries(town, hours=1) == 2
    assert await fate(town) is Fate.UNKNOWN


async def test_a_repeat_says_that_it_may_be_one(town: Town) -> None:
    town.telegram.cuts_next(httpx.ReadTimeout(""), after=True)
    await town.ticks()
    await tries(town)
    await tries(town, minutes=5)

    first, second = town.said_in(town.groups["DIKBUD"])
    assert second.text == f"Mungkin pesan ulang: pengiriman sebelumnya terputus.\n{first.text}"
    assert second.buttons == first.buttons


@pytest.mark.parametrize("becomes", ["obsolete", "refused"])
async def test_a_repeat_that_comes_to_nothing_leaves_the_fate_unknown_and_no_third_follows(
    town: Town, becomes: str
) -> None:
    town.telegram.cuts_next(httpx.ReadTimeout(""), after=True)
    await town.ticks()
    await tries(town)
    if becomes == "refused":
        town.telegram.refuses_next(400, "Bad Request: can't parse entities")
    else:
        await town.says(town.people["sari"], "/done 1, 2")
    await tries(town, minutes=5)
    sent = await tries(town)
    await town.item("DIKBUD", 9, "Papan nama", wita(11, 23))
    await town.ticks()

    assert await fate(town) is Fate.UNKNOWN
    assert await tries(town, minutes=5) == sent


async def test_a_captive_portal_leaves_the_fate_unknown(town: Town) -> None:
    town.telegram.garbles_next()
    await town.ticks()
    await tries(town)

    assert await fate(town) is Fate.UNKNOWN


async def test_what_somebody_caused_leaves_at_night_but_its_repeat_waits_for_the_window(
    town: Town, writes: list[str]
) -> None:
    town.clock.now = wita(11, 24, 22, 0)
    town.telegram.cuts_next(httpx.ReadTimeout(""))
    await owes(town, "DIKBUD", "note")

    assert await tries(town) == 1
    assert await tries(town, hours=2) == 1
    town.clock.now = wita(11, 25, 8, 0)
    assert await tries(town) == 2
    assert await fate(town) is Fate.SENT


async def test_a_crash_between_sending_and_recording_counts_as_unknown(town: Town) -> None:
    await town.ticks()
    with when_shown(town, kill), pytest.raises(Killed):
        await town.sends()
    await town.restarts()
    assert await fate(town) is Fate.CLAIMED

    await tries(town)
    assert await fate(town) is Fate.UNKNOWN
    await tries(town, minutes=5)
    assert await fate(town) is Fate.SENT


async def test_the_claim_is_on_disk_before_telegram_hears_anything(town: Town) -> None:
    await town.ticks()
    file = town.desk.settings.database_url.partition(":///")[2]
    seen: list[str] = []

    def look() -> None:
        with closing(sqlite3.connect(file)) as other:
            seen.extend(other.execute("SELECT fate FROM owed").fetchone())

    with when_shown(town, look):
        await town.sends()

    assert seen == ["claimed"]


async def test_who_is_told_by_a_person_comes_before_what_the_clock_says(
    town: Town, writes: list[str]
) -> None:
    await town.ticks()
    await owes(town, "DIKBUD", "note")
    await town.sends()

    first, second = town.said_in(town.groups["DIKBUD"])
    assert first.text == "Sesuatu berubah."
    assert second.text.startswith("⏰")


async def test_a_long_message_leaves_in_parts_divided_between_lines(
    town: Town, writes: list[str]
) -> None:
    lines = [f"baris {n} " + "x" * 90 for n in range(100)]
    writes[0] = "\n".join(lines)
    await owes(town, "DIKBUD", "note")
    await town.sends()

    parts = [said.text for said in town.said_in(town.groups["DIKBUD"])]
    assert len(parts) == 3
    assert "\n".join(parts).split("\n") == lines


async def test_the_second_part_is_not_lost_with_the_line_nor_the_first_said_again(
    town: Town, writes: list[str]
) -> None:
    writes[0] = "\n".join(f"baris {n} " + "x" * 90 for n in range(60))
    await owes(town, "DIKBUD", "note")
    stop = asyncio.Event()
    with when_shown(town, stop.set):
        await send.drain(Context(town.app), stop)
    town.telegram.refuses_next(502, "Bad Gateway")
    await town.restarts()
    await tries(town)
    await tries(town, minutes=2)

    first, second = town.said_in(town.groups["DIKBUD"])
    assert f"{first.text}\n{second.text}" == writes[0]


async def test_a_second_part_is_not_lost_with_a_first_of_unknown_fate(
    town: Town, writes: list[str]
) -> None:
    writes[0] = "\n".join(f"baris {n} " + "x" * 90 for n in range(60))
    await owes(town, "DIKBUD", "note")
    town.telegram.cuts_next(httpx.ReadTimeout(""))

    assert await tries(town) == 2
    assert await tries(town, minutes=5) == 3
    assert [row.fate for row in await rows(town)] == [Fate.SENT, Fate.SENT]


async def test_a_kicked_bot_gives_up_and_marks_the_group(town: Town) -> None:
    town.telegram.refuses_next(403, KICKED)
    await town.ticks()

    assert await tries(town) == await tries(town, hours=2) == 1
    assert await fate(town) is Fate.FAILED
    assert await trouble_of(town, "DIKBUD") == "Forbidden: bot was kicked from the supergroup chat"


async def test_a_later_success_clears_the_mark_and_the_log_tells_both(
    town: Town, writes: list[str]
) -> None:
    town.telegram.refuses_next(403, KICKED)
    await town.minute()
    await owes(town, "DIKBUD", "note")
    await town.sends()

    async with town.desk.view() as session:
        seen = list(await session.scalars(select(Audit).where(Audit.verb == "reachable")))
    assert await trouble_of(town, "DIKBUD") == ""
    assert [entry.after["trouble"] for entry in seen] == [KICKED, ""]


async def test_a_person_who_blocked_the_bot_is_marked_until_it_can_write_again(town: Town) -> None:
    sekda = town.people["sekda"]
    sekda.blocks(town.bot)
    await town.at(wita(11, 24, 16, 0))
    assert await trouble_with(town, sekda.id) == "Forbidden: bot was blocked by the user"

    sekda.unblocks(town.bot)
    await town.at(wita(11, 25, 16, 0))

    assert await trouble_with(town, sekda.id) == ""


async def trouble_with(town: Town, user_id: int) -> str:
    async with town.desk.view() as session:
        return (await session.get_one(models.Person, user_id)).trouble


async def test_our_own_mistake_is_not_held_against_the_chat(town: Town, writes: list[str]) -> None:
    writes[0] = "<b>kurang"
    await owes(town, "DIKBUD", "note")
    await town.sends()

    assert await fate(town) is Fate.FAILED
    assert await trouble_of(town, "DIKBUD") == ""


async def test_a_writer_with_a_bug_fails_alone(
    town: Town, monkeypatch: pytest.MonkeyPatch, writes: list[str]
) -> None:
    async def broken(*_: object) -> Letter:
        raise RuntimeError("bug")

    monkeypatch.setitem(LETTERS, "broken", broken)
    await owes(town, "DIKBUD", "broken")
    await owes(town, "DIKBUD", "note")
    await town.sends()

    await town.later(minutes=1)

    told = {row.kind: row.fate for row in await rows(town)}
    assert told["broken"] is Fate.FAILED
    assert told["note"] is told["undeliverable"] is Fate.SENT


async def test_flood_control_silences_everybody_for_its_time(town: Town) -> None:
    town.telegram.refuses_next(429, "Too Many Requests: retry after 40", retry_after=40)
    town.clock.now = wita(11, 24, 16, 0)  # the digests are owed as well
    await town.ticks()
    pause = await send.drain(Context(town.app))

    assert pause == timedelta(seconds=40)
    assert [row.fate for row in await rows(town)] == [Fate.OWED] * 3
    assert await tries(town, seconds=39) == 1
    assert await tries(town, seconds=1) == 2


async def test_a_wrong_token_fails_no_message(town: Town) -> None:
    town.telegram.refuses_next(401, "Unauthorized")
    await town.ticks()
    pause = await send.drain(Context(town.app))

    assert pause == timedelta(minutes=1)
    assert await fate(town) is Fate.OWED


async def test_a_group_that_became_a_supergroup_is_followed(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    new = sari.upgrades(group)
    await town.ticks()
    await town.sends()
    receipt = await town.says(sari, "/done 1", to=new)

    assert [said.text[:1] for said in town.said_in(new)] == ["⏰", "D"]
    assert "dicatat" in receipt.text


async def forum(town: Town) -> tuple[Chat, Topic]:
    """DIKBUD's group, in one topic of which the bot is to speak."""
    sari = town.people["sari"]
    chat = sari.upgrades(town.groups["DIKBUD"], forum=True)
    topic = sari.opens_topic(chat, "Tenggat")
    await town.hears()
    async with town.desk.transaction() as session:
        opd = await chats.by_code(session, "DIKBUD")
        assert opd
        act = Act(town.clock.now, "stage:topic")
        await linking.link(session, act, opd.id, chat.id, topic.id, chat.title)
    return chat, topic


@pytest.mark.parametrize("act", [Person.deletes_topic, Person.closes_topic])
async def test_a_lost_topic_is_said_in_general_once_and_the_coordinator_hears(
    town: Town, act: Callable[[Person, Topic], None]
) -> None:
    chat, topic = await forum(town)
    act(town.people["sari"], topic)
    await town.ticks()
    await town.sends()
    await tries(town, seconds=20)

    reminder = town.said_in(chat)[-1]
    assert reminder.text.startswith("⏰")
    assert reminder.topic is None
    assert town.said_to(town.people["coordinator"])[-1].text == (
        "Topik Dinas Pendidikan & Kebudayaan di grup “Dikbud Kendari” sudah dihapus atau ditutup. "
        "Satu pesan dikirim ke topik Umum; pengingat berikutnya dikirim secara pribadi.\n"
        "Hubungkan kembali: kirim /hubungkan DIKBUD di topik yang baru."
    )
    assert await trouble_of(town, "DIKBUD") == "message thread not found"


async def test_what_its_day_did_not_deliver_is_written_off_by_name(town: Town) -> None:
    await town.ticks()
    town.clock.now = wita(11, 25, 7, 0)
    await town.sends()

    [row] = await rows(town)
    assert (row.fate, row.error) == (Fate.FAILED, "given up; last: not tried")


async def test_an_unknown_one_stays_unknown_when_its_day_has_gone(town: Town) -> None:
    town.clock.now = wita(11, 24, 17, 29)
    town.telegram.cuts_next(httpx.ReadTimeout(""))
    await town.minute()
    town.clock.now = wita(11, 25, 7, 0)
    await town.sends()

    row = (await rows(town))[0]
    assert (row.fate, row.not_before) == (Fate.UNKNOWN, None)


async def test_a_repeat_that_its_day_did_not_deliver_stays_unknown(town: Town) -> None:
    town.clock.now = wita(11, 24, 17, 20)
    town.telegram.cuts_next(httpx.ReadTimeout(""))
    await town.minute()
    town.telegram.refuses_next(502, "Bad Gateway")
    await tries(town, minutes=9)
    town.clock.now = wita(11, 25, 7, 0)
    await town.sends()

    row = (await rows(town))[0]
    assert (row.fate, row.not_before) == (Fate.UNKNOWN, None)


async def test_after_hours_the_sender_has_nothing_to_write(town: Town) -> None:
    await town.ticks()
    async with town.desk.view() as session:
        asked = [
            await owed.has_work(session, at, is_open=is_open)
            for at, is_open in [
                (wita(11, 24, 17, 0), True),
                (wita(11, 24, 18, 0), False),
                (wita(11, 25, 0, 0), False),  # to be written off
            ]
        ]

    assert asked == [True, False, True]


async def test_what_somebody_caused_before_a_week_without_the_bot_is_still_told(
    town: Town, writes: list[str]
) -> None:
    await owes(town, "DIKBUD", "note")
    town.telegram.refuses_next(502, "Bad Gateway")
    await tries(town, days=8)
    await tries(town, minutes=2)

    assert await fate(town) is Fate.SENT


async def test_what_somebody_caused_is_given_up_after_a_week_of_trying(
    town: Town, writes: list[str]
) -> None:
    await owes(town, "DIKBUD", "note")
    for _ in range(owed.FAIRLY_TRIED + 1):
        town.telegram.refuses_next(502, "Bad Gateway")
    for _ in range(owed.FAIRLY_TRIED):
        await tries(town, hours=1)
    last = await tries(town, days=7)
    later = await tries(town, hours=2)

    assert [last, later] == [owed.FAIRLY_TRIED + 1] * 2
    assert await fate(town) is Fate.FAILED


async def test_a_silence_that_telegram_wants_is_no_try_that_came_to_nothing(
    town: Town, writes: list[str]
) -> None:
    await owes(town, "DIKBUD", "note")
    for _ in range(owed.FAIRLY_TRIED):
        town.telegram.refuses_next(502, "Bad Gateway")
    for _ in range(owed.FAIRLY_TRIED):
        await tries(town, hours=1)
    town.telegram.refuses_next(429, "Too Many Requests: retry after 3", retry_after=3)
    await tries(town, days=7)
    await tries(town, seconds=4)

    assert await fate(town) is Fate.SENT


def caused(error: tg.TelegramError, cause: Exception) -> tg.TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (tg.RetryAfter(3), Fate.OWED),
        (tg.ChatMigrated(-1), Fate.OWED),
        (tg.InvalidToken(), Fate.OWED),
        (tg.Forbidden("kicked"), Fate.FAILED),
        (tg.BadRequest("chat not found"), Fate.FAILED),
        (tg.NetworkError("Bad Gateway"), Fate.OWED),
        (tg.NetworkError("Gateway Timeout"), Fate.UNKNOWN),
        (caused(tg.NetworkError("html"), tg.TelegramError("unreadable")), Fate.OWED),
        (caused(tg.NetworkError("x"), httpx.ConnectError("x")), Fate.OWED),
        (caused(tg.TimedOut(), httpx.ConnectTimeout("x")), Fate.OWED),
        (caused(tg.TimedOut(), httpx.PoolTimeout("x")), Fate.OWED),
        (caused(tg.TimedOut(), httpx.ReadTimeout("x")), Fate.UNKNOWN),
        (caused(tg.NetworkError("x"), httpx.ReadError("x")), Fate.UNKNOWN),
        (tg.TelegramError("Invalid server response"), Fate.UNKNOWN),
    ],
    ids=repr,
)
def test_the_fate_of_a_message_is_read_from_the_error(
    error: tg.TelegramError, expected: Fate
) -> None:
    assert fate_by(error) is expected


def test_what_may_leave_at_once_again_does_so_a_few_times_only() -> None:
    row, now = Owed(fate=Fate.OWED, tries=0, repeated=False), wita(11, 24)
    gaps = []
    for _ in range(7):
        row.claim()
        row.settle(Fate.OWED, now, timedelta(0), "moved")
        assert row.not_before
        gaps.append(row.not_before - now)

    assert gaps[:5] == [timedelta(0)] * 5
    assert gaps[5:] == [timedelta(minutes=64), timedelta(minutes=64)]
