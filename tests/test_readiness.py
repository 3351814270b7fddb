"""/cek: how ready the city is, what is missing, and the remedy."""

from __future__ import annotations

import asyncio
import threading
from datetime import date
from types import SimpleNamespace

import httpx
import pytest
from sqlalchemy import func, select

from bot import messages, words
from bot.checks import machine
from bot.checks.finding import Finding, Kind, hint
from bot.checks.finding import fine as known
from bot.cli import findings as english
from bot.handlers import readiness
from bot.words import bare
from db import people, tenures
from db.act import Act
from db.chats import OpdFacts
from db.models import Audit, Role
from db.reports import health
from db.reports.health import Lot, Readiness
from demo.telegram import Chat, Message
from tests import golden
from tests.town import Town, wita

CODES = tuple(f"KEC-KAMBU-TIMUR-{n:03}" for n in range(2000))
DINKES = OpdFacts(
    2, "DINKES", "Dinas Kesehatan", "dinas", "Kepala Dinas", "Sekretaris", -1, 0, "Dinkes", ""
)
LOTS = tuple(Lot(kind, 1200, CODES, "") for kind in ("reminder", "digest", "added", "moved", "x"))
UNSENT = ("unknown", "failed", "lapsed", "waiting")
WANTS = {
    "usual": [
        hint("no-secretary", opd=("BPBD", "DINSOS")),
        hint("no-group", opd=("BPBD",)),
        hint("group-gone", opd=("DISHUB",)),
        hint("mail-failed", count=2, lots=(Lot("added", 2, ("DISHUB",), "Forbidden"),)),
        known("backup", day=date(2026, 11, 24)),
    ],
    "worst": [
        *(hint(name, opd=CODES) for name in ("no-secretary", "deaf-secretary", "no-group")),
        *(hint(name, opd=CODES) for name in ("group-gone", "group-silenced", "topic-gone")),
        hint("general-closed", opd=CODES),
        *(hint("group-refused", opd=CODES, why=f"<{n}> " + "Bad Request " * 20) for n in range(9)),
        hint("no-sekda"),
        hint("deaf-sekda"),
        hint("deaf-posts", posts=tuple((Role.OPERATOR, code) for code in CODES)),
        *(hint(f"mail-{name}", count=6000, lots=LOTS) for name in UNSENT),
        hint("old-backup", day=date(2026, 9, 24)),
        hint("same-disk", folder="data/backups"),
        hint("disk-low", path="data", free=2, days=1),
        hint("disk-hangs"),
        hint("calendar", year=2027),
    ],
}


async def cek(town: Town, to: Chat | None = None) -> str:
    said: Message = await town.says(town.people["coordinator"], "/cek", to=to)
    return said.text


async def test_the_coordinator_hears_how_many_are_ready(town: Town) -> None:
    await town.opd("BPBD", "Badan Penanggulangan Bencana Daerah")
    said = await cek(town)

    assert said.startswith("Siap 2 dari 3 OPD\n")
    assert "Belum ada sekretaris (1): BPBD\n→ /undang semua, atau /undang sekretaris BPBD" in said
    assert "Belum ada grup (1): BPBD\n→ Sekretarisnya mengirim /start" in said


async def test_the_remedies_are_commands_that_work(town: Town) -> None:
    await town.opd("BPBD", "Badan Penanggulangan Bencana Daerah")
    await cek(town)
    coordinator = town.people["coordinator"]
    invited = await town.says(coordinator, "/undang sekretaris BPBD")
    everybody = await town.says(coordinator, "/undang semua")
    group = town.telegram.group("BPBD", creator=coordinator, members=[town.bot])
    await town.hears()
    linked = await town.says(coordinator, "/hubungkan BPBD", to=group)

    assert "t.me/tuntas_bot?start=" in str(invited.keyboard) + invited.text
    assert everybody.media
    assert linked.text.startswith("Grup ini terhubung dengan Badan Penanggulangan Bencana")


async def test_a_group_that_threw_the_bot_out_is_named_until_it_is_back(town: Town) -> None:
    town.people["budi"].removes(town.bot, town.groups["DINKES"])
    await town.hears()
    out = await cek(town)
    town.people["budi"].adds(town.bot, town.groups["DINKES"])
    await town.hears()
    back = await cek(town)

    assert out.startswith("Siap 1 dari 2 OPD\n")
    assert "Bot dikeluarkan dari grup (1): DINKES\n→ Tambahkan kembali bot" in out
    assert back.startswith("Siap 2 dari 2 OPD\n")
    assert "DINKES" not in back


async def test_a_silenced_bot_and_a_lost_topic_have_their_own_remedies(town: Town) -> None:
    sari, budi = town.people["sari"], town.people["budi"]
    big = budi.upgrades(town.groups["DINKES"])
    await town.hears()
    budi.restricts(town.bot, big)
    await town.hears()
    forum = sari.upgrades(town.groups["DIKBUD"], forum=True)
    await town.hears()
    topic = sari.opens_topic(forum, "Tuntas")
    command = "/hubungkan@tuntas_bot DIKBUD"
    await town.says(town.people["coordinator"], command, to=forum, topic=topic)
    sari.deletes_topic(topic)
    await town.at(wita(11, 25, 8, 0))
    said = await cek(town)

    assert said.startswith("Siap 0 dari 2 OPD\n")
    assert "Bot tidak boleh menulis di grup (1): DINKES\n→ Izinkan bot mengirim pesan" in said
    assert "Topik dihapus atau ditutup (1): DIKBUD\n→ Kirim /hubungkan DIKBUD di topik" in said


async def test_a_closed_general_has_a_remedy_of_its_own(town: Town) -> None:
    rudi = town.people["coordinator"]
    forum = town.people["sari"].upgrades(town.groups["DIKBUD"], forum=True)
    topic = rudi.opens_topic(forum, "Lain-lain")
    await town.hears()
    rudi.hides_general(forum)
    await town.at(wita(11, 25, 8, 0))
    said = await cek(town)
    there = await town.says(rudi, "/cek@tuntas_bot", to=forum, topic=topic)

    assert "Topik Umum ditutup (1): DIKBUD\n→ Buka kembali topik Umum, atau kirim" in said
    assert "Kata Telegram" not in said
    assert "Pengingat belum dikirim ke grup ini: topik Umum ditutup.\n→ Buka" in there.text


async def test_who_blocked_the_bot_is_named_by_post(town: Town) -> None:
    for name in ("sekda", "budi", "auditor"):
        town.people[name].blocks(town.bot)
    await town.hears()
    said = await cek(town)

    assert "Sekretaris tidak dapat dihubungi (1): DINKES" in said
    assert "Sekda tidak dapat dihubungi\n→ Minta beliau" in said
    assert "Tidak dapat dihubungi (1): pengawas\n" in said
    assert "Budi" not in said + "Hasan"


async def test_a_sekda_that_is_missing_is_named(town: Town) -> None:
    async with town.desk.transaction() as session:
        [sekda] = await people.holders(session, [Role.SEKDA], None)
        await tenures.end(session, Act(town.clock.now, "stage"), sekda.tenure_id)
    said = await cek(town)

    assert "Sekda belum terdaftar" in said
    assert "→ /undang sekda" in said


async def test_messages_that_came_to_nothing_are_counted_never_quoted(town: Town) -> None:
    town.telegram.refuses_next(400, "Bad Request: message is too long", method="sendMessage")
    await town.minute()
    failed = await cek(town)
    await town.later(days=15)

    assert "1 pesan harian tidak terkirim dalam 14 hari terakhir\n→ Tidak perlu" in failed
    assert "tidak terkirim" not in await cek(town)


async def test_what_may_not_have_arrived_is_told_once_it_is_not_sent_again(town: Town) -> None:
    town.telegram.cuts_next(httpx.ReadTimeout("late"), method="sendMessage")
    await town.minute()
    waiting = await cek(town)
    town.telegram.cuts_next(httpx.ReadTimeout("late"), method="sendMessage")
    await town.later(minutes=6)
    given_up = await cek(town)

    assert "belum pasti sampai" not in waiting
    assert "1 pesan belum pasti sampai dalam 14 hari terakhir: 1 pengingat (DIKBUD)\n→" in given_up


async def test_what_waits_too_long_is_told(town: Town) -> None:
    town.clock.now = wita(11, 24, 10, 1)
    await town.sends()
    await town.ticks()
    town.clock.now = wita(11, 24, 10, 29)
    soon = await cek(town)
    town.clock.now = wita(11, 24, 10, 40)
    late = await cek(town)
    town.clock.now = wita(11, 24, 19, 0)
    at_night = await cek(town)

    assert "tertunda" not in soon
    assert "1 pesan tertunda lebih dari 30 menit: 1 pengingat (DIKBUD)\n→ Minta" in late
    assert "tertunda" not in at_night


async def test_a_disk_that_hangs_stops_nobody_who_writes(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended = threading.Event()
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: mended.wait(30))
    try:
        said = await cek(town)
        is_hanging = not mended.is_set()
    finally:
        mended.set()

    assert is_hanging
    assert "Penyimpanan server tidak menjawab" in said


async def test_while_the_disks_are_looked_at_everybody_may_write(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, looks, mended = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def hangs(_: object) -> SimpleNamespace:
        loop.call_soon_threadsafe(looks.set)
        mended.wait(30)
        return SimpleNamespace(free=2**40)

    monkeypatch.setattr(readiness, "PATIENCE", 30.0)
    monkeypatch.setattr(machine.shutil, "disk_usage", hangs)
    asking = asyncio.create_task(cek(town))
    try:
        await looks.wait()
        async with asyncio.timeout(5), town.desk.transaction() as session:
            await tenures.remember(session, 7, "Wa Ode Rina")
        is_looking = not asking.done()
    finally:
        mended.set()
        said = await asking

    assert is_looking
    assert said.startswith("Siap 2 dari 2 OPD")


async def test_in_a_group_only_what_concerns_it_is_said(town: Town) -> None:
    await town.opd("BPBD", "Badan Penanggulangan Bencana Daerah")
    budi, group = town.people["budi"], town.groups["DINKES"]
    budi.blocks(town.bot)
    await town.hears()
    said = await cek(town, group)

    assert said.splitlines() == [
        "Siap 1 dari 3 OPD",
        "Belum ada sekretaris: 1 OPD",
        "Sekretaris tidak dapat dihubungi: 1 OPD",
        "Belum ada grup: 1 OPD",
        "",
        "Grup ini terhubung dengan Dinas Kesehatan (DINKES), dan bot dapat menulis di sini.",
        "Sekretarisnya tidak dapat dihubungi secara pribadi.",
        "→ Minta yang bersangkutan membuka bot ini dan menekan Mulai",
        "",
        "Rinciannya: kirim /cek kepada bot secara pribadi.",
    ]


async def test_a_group_without_an_opd_is_told_how_to_link_it(town: Town) -> None:
    coordinator = town.people["coordinator"]
    group = town.telegram.group("Arisan", creator=coordinator, members=[town.bot])
    await town.hears()

    assert "belum terhubung dengan OPD.\n→ Kirim /hubungkan KODE di sini" in await cek(town, group)


async def test_looking_changes_nothing(town: Town) -> None:
    await cek(town)
    async with town.desk.view() as session:
        before = await health.readiness(session), await health.first_entry(session)
    audited = await entries(town)
    await cek(town)

    async with town.desk.view() as session:
        assert (await health.readiness(session), await health.first_entry(session)) == before
    assert await entries(town) == audited


async def entries(town: Town) -> int:
    async with town.desk.view() as session:
        return await session.scalar(select(func.count(Audit.id))) or 0


@pytest.mark.parametrize("case", ["usual", "worst"])
def test_it_reads_well_on_a_phone(case: str) -> None:
    ready = {
        "usual": Readiness(44, 31, ("BPBD", "DINSOS"), (), ("BPBD",), (("DISHUB", "removed"),)),
        "worst": Readiness(2000, 0, CODES, CODES, CODES, tuple((c, "x") for c in CODES)),
    }[case]
    here = {"usual": (DINKES, ["DINKES"]), "worst": (None, CODES)}[case]
    written = [
        messages.readiness(ready, WANTS[case]),
        messages.readiness_here(ready, *here),
    ]

    assert max(len(bare(text)) for text in written) < 4096
    shown = ("\n".join(golden.on_phone(words.bare(text))) for text in written)
    golden.check(f"readiness-{case}", "\n----\n".join(shown))


@pytest.mark.parametrize("want", {w.name: w for w in [*WANTS["usual"], *WANTS["worst"]]}.values(),
                         ids=lambda want: want.name)  # fmt: skip
def test_what_is_found_has_words_in_both_tongues(want: Finding) -> None:
    ready = Readiness(1, 0, (), (), (), ())
    bare_head = messages.readiness(ready, [])

    assert len(messages.readiness(ready, [want])) > len(bare_head)
    assert english.line(want, wita(1, 1).tzinfo)  # type: ignore[arg-type]
    assert want.kind in Kind
