"""An OPD hears of its deadlines: on working days, once a day, and of nothing twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx
import pytest
from sqlalchemy import func, select

from bot import keyboards, messages, parts, words
from config.titles import titles
from db import chats, heard, linking
from db.act import Act
from db.chats import OpdFacts
from db.models import Acting, Heard, Item, Role, State
from db.people import Holder
from db.reports import reminders
from db.reports.items import ItemFacts
from db.reports.reminders import News, Reminder
from demo.telegram import Person
from tests import golden
from tests.town import Town, wita

TUESDAY = wita(11, 24, 10, 0)


def in_group(town: Town, code: str = "DIKBUD") -> list[str]:
    return only_reminders([m.text for m in town.said_in(town.groups[code])])


def in_private(town: Town, who: Person) -> list[str]:
    return only_reminders([m.text for m in town.said_to(who)])


def only_reminders(texts: list[str]) -> list[str]:
    return [text for text in texts if "⏰" in text]


async def forget_group(town: Town, code: str = "DIKBUD") -> None:
    async with town.desk.transaction() as session:
        opd = await chats.by_code(session, code)
        assert opd
        await linking.unlink(session, Act(town.clock.now, f"stage:unlink:{code}"), opd.id)


# when


async def test_it_lists_what_reached_a_stage_with_a_button_for_each(town: Town) -> None:
    await town.minute()

    [reminder] = [m for m in town.said_in(town.groups["DIKBUD"]) if "⏰" in m.text]
    assert "1. Maklumat pelayanan" in reminder.text
    assert "2. Survei kepuasan <SKM>" in reminder.text
    assert "3. Foto loket" not in reminder.text
    assert reminder.buttons == [["✅ 1", "✅ 2"], ["📋 Daftar", "⚠️ Kendala"]]
    assert not in_group(town, "DINKES")


async def test_it_leaves_when_the_window_opens(town: Town) -> None:
    await town.at(wita(11, 24, 7, 59))
    assert not in_group(town)

    await town.at(wita(11, 24, 8, 0))
    assert len(in_group(town)) == 1


@pytest.mark.parametrize(
    "moment", [wita(11, 24, 7, 59), wita(11, 24, 17, 30), wita(11, 28, 10), wita(12, 25, 10)]
)
async def test_outside_the_window_nothing_leaves(town: Town, moment: datetime) -> None:
    await town.ticks()
    await town.at(moment)

    assert not in_group(town)


async def test_what_was_heard_is_not_said_again(town: Town) -> None:
    for minute in range(3):
        await town.at(TUESDAY + timedelta(minutes=minute))
    assert len(in_group(town)) == 1

    await town.at(wita(11, 25, 8, 0))  # three working days after, and one: both are new
    assert len(in_group(town)) == 2
    await town.at(wita(11, 26, 8, 0))
    assert len(in_group(town)) == 2


async def test_the_next_stage_is_news(town: Town) -> None:
    await town.minute()
    await town.says(town.people["sari"], "/done 1, 2")
    await town.at(wita(12, 15, 10, 0))
    assert len(in_group(town)) == 1

    await town.at(wita(12, 16, 8, 0))

    assert "3. Foto loket" in in_group(town)[-1]


async def test_after_an_outage_only_the_newest_stage_is_said_once(town: Town) -> None:
    await town.at(wita(12, 30, 11, 0))

    assert len(in_group(town)) == 1
    await town.at(wita(12, 30, 11, 1))
    assert len(in_group(town)) == 1


async def test_nothing_open_nothing_sent(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1-3")
    await town.minute()

    assert not in_group(town)


@pytest.mark.parametrize("state", [s for s in State if s not in {State.OPEN, State.RETURNED}])
async def test_only_what_is_open_is_reminded_of(town: Town, state: State) -> None:
    await town.item("DINKES", 2, "Lain", wita(11, 24), state=state)
    await town.minute()

    assert not in_group(town, "DINKES")


async def test_what_was_confirmed_meanwhile_is_not_mentioned(town: Town) -> None:
    await town.ticks()
    await town.says(town.people["sari"], "/done 1, 2")
    await town.sends()

    assert not in_group(town)


async def test_what_came_to_nothing_in_the_morning_is_owed_again_when_it_matters(
    town: Town,
) -> None:
    sari = town.people["sari"]
    await town.ticks()
    await town.says(sari, "/done 1, 2")
    await town.sends()
    await town.says(sari, "/batalkan 2")
    await town.later(minutes=1)

    [reminder] = in_group(town)
    assert "2. Survei" in reminder
    assert "1. Maklumat" not in reminder


async def test_stages_past_when_an_item_comes_count_as_heard(town: Town) -> None:
    await town.item("DINKES", 2, "Baru", wita(11, 27))
    async with town.desk.transaction() as session:
        query = select(Item).where(Item.title == "Baru")
        items = list(await session.scalars(query))
        await heard.count_past(session, town.desk.calendar, items, town.desk.now())
    await town.minute()
    assert not in_group(town, "DINKES")

    await town.at(wita(11, 26, 8, 0))

    assert "2. Baru" in in_group(town, "DINKES")[-1]


async def test_a_group_that_is_linked_at_noon_hears_the_same_day(town: Town) -> None:
    await forget_group(town)
    for who in ("sari", "dewi"):
        town.people[who].blocks(town.bot)
    await town.minute()
    async with town.desk.transaction() as session:
        opd = await chats.by_code(session, "DIKBUD")
        assert opd
        act = Act(town.clock.now, "stage:again")
        await linking.link(session, act, opd.id, town.groups["DIKBUD"].id, 0, "Dikbud")
    await town.later(hours=2)

    assert len(in_group(town)) == 1


# to whom


async def test_without_a_group_the_secretary_hears_in_private(town: Town) -> None:
    await forget_group(town)
    await town.minute()

    [reminder] = in_private(town, town.people["sari"])
    assert "1. Maklumat pelayanan" in reminder
    assert "Untuk Sekretaris, karena grup OPD belum terhubung; hubungkan dengan /start." in reminder
    assert not in_private(town, town.people["dewi"])


async def test_a_button_works_in_private_too(town: Town) -> None:
    await forget_group(town)
    await town.minute()
    reminder = next(m for m in town.said_to(town.people["sari"]) if "⏰" in m.text)
    await town.presses(town.people["sari"], reminder, "✅ 1")

    assert "1. Maklumat pelayanan: dicatat" in town.last(town.people["sari"]).text


async def test_without_a_secretary_all_operators_hear_the_same(town: Town) -> None:
    await forget_group(town, "DINKES")
    await town.item("DINKES", 2, "Baru", wita(11, 24))
    town.people["budi"].blocks(town.bot)
    await town.appoint(town.people["dewi"], Role.OPERATOR, "DINKES")
    await town.appoint(town.people["stranger"], Role.OPERATOR, "DINKES")
    await town.minute()
    await town.later(minutes=1)
    await town.later(minutes=1)

    for name in ("dewi", "stranger"):
        [reminder] = in_private(town, town.people[name])
        assert "2. Baru" in reminder
        assert "Untuk Operator" in reminder


async def test_when_the_group_refuses_the_secretary_hears_on_the_next_tick(town: Town) -> None:
    town.people["sari"].removes(town.bot, town.groups["DIKBUD"])
    await town.minute()
    for _ in range(3):
        await town.later(minutes=1)

    assert len(in_private(town, town.people["sari"])) == 1
    assert not in_group(town)


async def test_who_got_one_today_gets_no_second(town: Town) -> None:
    await forget_group(town)
    await town.minute()
    async with town.desk.transaction() as session:
        opd = await chats.by_code(session, "DIKBUD")
        assert opd
        act = Act(town.clock.now, "stage:again")
        await linking.link(session, act, opd.id, town.groups["DIKBUD"].id, 0, "Dikbud")
    await town.item("DIKBUD", 4, "Mendadak", wita(11, 24))
    await town.later(hours=1)

    assert len(in_private(town, town.people["sari"])) == 1
    assert not in_group(town)
    await town.at(wita(11, 25, 8, 0))
    assert "4. Mendadak" in in_group(town)[-1]


async def test_who_left_the_post_before_it_was_sent_does_not_hear(town: Town) -> None:
    await forget_group(town)
    await town.ticks()
    await town.appoint(town.people["stranger"], Role.SECRETARY, "DIKBUD")
    await town.sends()
    await town.later(minutes=1)

    assert not in_private(town, town.people["sari"])
    assert len(in_private(town, town.people["stranger"])) == 1


async def test_nobody_to_tell_means_it_was_not_heard(town: Town) -> None:
    await forget_group(town)
    for who in ("sari", "dewi"):
        town.people[who].blocks(town.bot)
    for _ in range(4):
        await town.later(minutes=1)

    assert await count(town, Heard) == 0


async def test_one_of_unknown_fate_is_not_followed_by_one_to_somebody_else(town: Town) -> None:
    town.telegram.cuts_next(httpx.ReadTimeout(""), after=True)
    await town.minute()
    town.people["sari"].removes(town.bot, town.groups["DIKBUD"])
    await town.hears()
    await town.later(minutes=1)

    assert not in_private(town, town.people["sari"])


async def test_one_that_may_have_arrived_counts_as_heard_when_its_repeat_did(town: Town) -> None:
    town.telegram.cuts_next(httpx.ReadTimeout(""), after=True)
    await town.minute()
    assert await count(town, Heard) == 0

    await town.later(minutes=5)

    assert await count(town, Heard) == 2
    assert [text.startswith("Mungkin pesan ulang") for text in in_group(town)] == [False, True]


async def test_a_writer_that_never_succeeds_is_not_asked_all_day(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def breaks(*_: object) -> None:
        asked.append(1)
        raise RuntimeError("bug")

    monkeypatch.setattr(messages, "reminder", breaks)
    for _ in range(3):
        await town.later(minutes=1)

    assert len(asked) == 1


async def count(town: Town, table: type[Heard]) -> int:
    async with town.desk.view() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


# at scale


async def test_one_question_finds_who_is_due_whatever_the_number_of_deadlines(town: Town) -> None:
    async with town.desk.transaction() as session:
        opd = await chats.by_code(session, "DINKES")
        assert opd
        for n in range(300):
            due = wita(11, 1, 8) + timedelta(hours=3 * n)
            when = {"due_at": due, "first_due_at": due, "due_zone": "Asia/Makassar"}
            session.add(Item(opd_id=opd.id, number=n + 10, title=f"Butir {n}", **when))
    async with town.desk.view() as session:
        due = await reminders.due(session, town.desk.calendar, town.desk.now())
        told = await reminders.reminder(session, town.desk.calendar, opd.id, town.desk.now())

    assert [one.code for one in due] == ["DIKBUD", "DINKES"]
    assert told
    expected = [
        n for n in range(300)
        if town.desk.calendar.stage(wita(11, 1, 8) + timedelta(hours=3 * n), TUESDAY.date())
        is not None
    ]  # fmt: skip
    assert len(told.news) == len(expected)


# how it reads


def item(number: int, title: str, due_at: datetime, **more: object) -> News:
    facts = {"id": number, "state": State.OPEN, "due_zone": "Asia/Makassar", "weight": 0}
    facts |= {"evidence": "", "has_evidence": False} | more
    return News(ItemFacts(number=number, title=title, due_at=due_at, **facts), 0)  # type: ignore[arg-type]


def opd(code: str, name: str, kind: str, **more: object) -> OpdFacts:
    named = titles(kind)
    facts = {"chat_id": -1, "topic_id": 0, "chat_title": "", "chat_trouble": ""} | more
    return OpdFacts(1, code, name, kind, named.head, named.secretary, **facts)  # type: ignore[arg-type]


SP = "Tersedia Standar Pelayanan (SP) sesuai dengan ketentuan peraturan perundang-undangan"
FEW = (item(5, "Pemenuhan siklus Maklumat Pelayanan", wita(12, 1)),)
LATE = (
    item(1, SP, wita(11, 20)),
    item(14, "Tersedia pelaksana yang menerapkan budaya pelayanan", wita(11, 20)),
    item(6, "SKM dilaksanakan sesuai dengan PermenPANRB", wita(11, 24), state=State.RETURNED),
)
MANY = tuple(item(n, "Panjang & <b> " * 60, wita(11, 20, 23), due_zone="Asia/Jakarta")
             for n in range(9_995, 10_031))  # fmt: skip
DINKES = opd("DINKES", "Dinas Kesehatan", "dinas")
ALONE = {"chat_id": None}


def holder(of: OpdFacts, role: Role, acting: Acting = Acting.NO) -> Holder:
    return Holder(1, 1, role, acting, 1, "Sari Wulandari", of)


@pytest.mark.parametrize(
    ("name", "of", "news", "still_open", "late", "to"),
    [
        ("best", DINKES, FEW, 1, 0, None),
        ("usual", DINKES, LATE, 12, 2, None),
        ("worst", opd("KEC-X", "Dinas & <Badan> " * 30, "dinas"), MANY, 1364, 1364, None),
        ("private", opd("DINKES", "Dinas Kesehatan", "dinas", **ALONE), LATE, 12, 2,
         (Role.SECRETARY, Acting.PLT)),
        ("rsud", opd("RSUD", "RSUD Kota Kendari", "rsud", **ALONE), LATE, 12, 2,
         (Role.SECRETARY, Acting.NO)),
        ("kecamatan", opd("KEC-KENDARI-BARAT", "Kecamatan Kendari Barat", "kecamatan", **ALONE),
         LATE, 12, 2, (Role.SECRETARY, Acting.PLH)),
        ("setwan", opd("SETWAN", "Sekretariat DPRD", "sekretariat", chat_trouble="kicked"),
         LATE, 12, 2, (Role.SECRETARY, Acting.NO)),
        ("setda", opd("SETDA", "Sekretariat Daerah", "sekretariat", chat_trouble="kicked"),
         LATE, 12, 2, (Role.OPERATOR, Acting.NO)),
    ],
)  # fmt: skip
def test_a_reminder_reads_well(
    bare_town: Town,
    name: str,
    of: OpdFacts,
    news: tuple[News, ...],
    still_open: int,
    late: int,
    to: tuple[Role, Acting] | None,
) -> None:
    reminder = Reminder(of, news, still_open, late)
    text = messages.reminder(bare_town.desk, reminder, holder(of, *to) if to else None)

    assert len(text) <= parts.LONGEST
    keyboard = keyboards.for_reminder(reminder)
    golden.check(f"reminder-{name}", golden.with_buttons(words.bare(text), keyboard))


def test_a_repeat_reads_well(bare_town: Town) -> None:
    text = messages.reminder(bare_town.desk, Reminder(DINKES, FEW, 1, 0))

    golden.check("reminder-repeat", words.bare(messages.repeat(text)))


def test_the_most_pressing_come_first() -> None:
    reminder = Reminder(DINKES, MANY, 36, 36)

    assert [one.number for one in reminder.pressing] == [9995, 9996, 9997, 9998, 9999]
    assert reminder.others == 31


async def test_they_stand_by_lateness_then_by_weight(town: Town) -> None:
    await town.item("DIKBUD", 4, "Ringan", wita(11, 20), weight=10)
    await town.item("DIKBUD", 5, "Berat", wita(11, 20), weight=900)
    await town.item("DIKBUD", 6, "Lama", wita(11, 13))
    await town.minute()

    lines = in_group(town)[0].split("\n")
    assert [line[:2] for line in lines if line[1:2] == "."] == ["6.", "5.", "1.", "4.", "2."]
