"""A city in which every button has been shown to somebody, and which can be put back as it was."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from db import engine
from db.models import Opd, Role
from demo.telegram import Chat, Message, Person
from tests.evidence import PDF
from tests.stage import closed, opened
from tests.test_start import token_for
from tests.town import Town, wita

CAST = {
    "coordinator": ("Rudi Hartono", Role.COORDINATOR, ""),
    "sekda": ("Hasan Basri", Role.SEKDA, ""),
    "auditor": ("Wati Lestari", Role.AUDITOR, ""),
    "secretary": ("Sari Wulandari", Role.SECRETARY, "DIKBUD"),
    "head": ("Hendra Wijaya", Role.HEAD, "DIKBUD"),
    "operator": ("Dewi Anggraini", Role.OPERATOR, "DIKBUD"),
    "their secretary": ("Budi Santoso", Role.SECRETARY, "DINKES"),
    "their head": ("Halim Perdana", Role.HEAD, "DINKES"),
    "their operator": ("Oki Saputra", Role.OPERATOR, "DINKES"),
    "colleague": ("Maya Putri", Role.COORDINATOR, ""),
    "nobody": ("Tono Sugiarto", None, ""),
}
"""By what they are: the posts of DIKBUD, and `their`s of DINKES. The colleague is a coordinator
who has begun none of what waits to be saved."""

MORE_OPD = 52  # so that every table has a second page
ITEMS = {
    "open": 1,
    "submitted": 2,
    "verified": 3,
    "returned": 4,
    "not_applicable": 5,
    "obstacle": 6,  # open, and an obstacle is
    "extension": 7,  # open, and a later deadline is asked for
    "dropped": 8,
}
"""DIKBUD's items, by the state that each of them is in."""


class City(Town):
    """`kept`: the database as it was when all was set up."""

    kept: Path
    shown: dict[str, list[tuple[Message, str]]]

    def restore(self) -> None:
        """Everything in the database as it was; what was said stays said."""
        live = engine.file_of(self.desk.settings.database_url)
        with closing(sqlite3.connect(self.kept)) as kept, closing(sqlite3.connect(live)) as now:
            now.execute("PRAGMA synchronous = OFF")
            kept.backup(now)

    def keep(self) -> None:
        live = engine.file_of(self.desk.settings.database_url)
        self.kept = live.with_name("kept.db")
        with closing(sqlite3.connect(live)) as now, closing(sqlite3.connect(self.kept)) as kept:
            now.backup(kept)
            kept.execute("PRAGMA journal_mode = DELETE")


@asynccontextmanager
async def built(folder: Path, empty_database: Path) -> AsyncIterator[City]:
    shutil.copy(empty_database, file := folder / "tuntas.db")
    city = await opened(City, file, wita(11, 24, 10, 0))
    await _populate(city)
    await _story(city)
    city.shown = _shown(city)
    city.keep()
    yield city
    await closed(city)


async def _populate(city: City) -> None:
    """Everybody sits in every group, which gives nobody a right."""
    city.people = {key: city.telegram.person(name) for key, (name, _, _) in CAST.items()}
    everybody = list(city.people.values())
    await city.opd("DIKBUD", "Dinas Pendidikan & Kebudayaan")
    await city.opd("DINKES", "Dinas Kesehatan")
    await city.opd("DISHUB", "Dinas Perhubungan")
    async with city.desk.transaction() as session:
        titles = {"head_title": "Camat", "secretary_title": "Sekretaris"}
        for n in range(MORE_OPD):
            opd = Opd(code=f"KEC{n:02}", name=f"Kecamatan {n}", kind="kecamatan", **titles)
            session.add(opd)
        await session.flush()
    for number in ITEMS.values():
        asked = "Laporan" if number == ITEMS["submitted"] else ""
        due = wita(11, 20) if number == ITEMS["open"] else wita(12, 30)
        await city.item("DIKBUD", number, f"Butir {number}", due, evidence=asked)
    await city.item("DIKBUD", 9, "Butir 9", wita(12, 30))
    for number in range(10, 13):
        await city.item("DIKBUD", number, f"Butir {number}", wita(12, 30))
    for number in (1, 2):
        await city.item("DINKES", number, f"Butir {number}", wita(12, 30))
    await city.group("DIKBUD", "Dikbud Kendari", *everybody)
    await city.group("DINKES", "Dinkes Kendari", *everybody)
    for key, (_, role, code) in CAST.items():
        if role:
            await city.appoint(city.people[key], role, code)
    rudi, nobody = city.people["coordinator"], city.people["nobody"]
    city.groups["none"] = _group(city, "Arisan", nobody)
    city.groups["centre"] = _group(city, "Bagian Organisasi", rudi)
    await city.starts(nobody)


def _group(city: City, title: str, creator: Person) -> Chat:
    others = [person for person in city.people.values() if person is not creator]
    return city.telegram.group(title, creator=creator, members=[*others, city.bot])


async def _story(city: City) -> None:
    """What an office does in two days, by their own hands: each item comes into its state, and
    each button is shown."""
    who, group = city.people, city.groups["DIKBUD"]
    rudi, sari, hasan = who["coordinator"], who["secretary"], who["sekda"]
    await city.minute()
    for chat in (city.groups["none"], city.groups["centre"]):
        await city.says(rudi, "/daftar", to=chat)
    await city.says(rudi, "/hapus DIKBUD 8 sudah tidak berlaku")
    await city.presses(rudi, city.last(rudi), "✅ Simpan")
    sari.sends_document(to=city.bot, caption="/bukti 2", data=PDF, name="Laporan.pdf")
    await city.hears()
    await city.says(sari, "/done 2, 3, 4, 9", to=group)
    await city.says(sari, "/done 9", to=group)
    await city.says(rudi, "/verifikasi DIKBUD 3")
    await city.says(rudi, "/kembalikan DIKBUD 4 foto loket belum terlihat")
    await city.says(rudi, "/tidak_relevan DIKBUD 5 tidak memberi layanan langsung")
    await city.says(sari, "/kendala 6 anggaran belum cair", to=group)
    await city.says(who["head"], "/perpanjang 7 H+60 menunggu pengesahan APBD", to=group)
    await city.says(sari, "/kendala 10 anggaran belum cair")
    await city.says(rudi, "/tutup K2")
    await city.says(sari, "/perpanjang 11 H+60 menunggu pengesahan APBD")
    await city.sends()
    await city.presses(rudi, city.last(rudi), "👎 Tolak")
    await city.says(rudi, "/instruksi DIKBUD, DINKES H+3 Kirim data SPM")
    await city.presses(rudi, city.last(rudi), "➕ Jadikan butir")
    await city.presses(rudi, city.last(rudi), "✅ Simpan")
    rudi.sends_document(
        to=city.bot, caption="/instruksi DIKBUD H+3 Isi formulir", data=PDF, name="Formulir.pdf"
    )
    await city.hears()
    await city.presses(rudi, city.last(rudi), "✅ Simpan")
    await city.sends()
    await city.presses(who["head"], group.last, "✋ Diterima")
    await city.says(sari, "/done 13", to=group)
    await city.at(wita(11, 27, 10, 0))
    await _looked(city)
    await city.says(rudi, "/tenggat DIKBUD, DINKES H+14 Laporan SKM")
    await city.presses(rudi, city.last(rudi), "✅ Simpan")
    await city.says(hasan, "/ringkasan")
    await city.says(rudi, "/instruksi DIKBUD H+5 Kirim rencana aksi")


async def _looked(city: City) -> None:
    """What is seen without doing anything."""
    who, group = city.people, city.groups["DIKBUD"]
    for key in ("coordinator", "secretary", "head", "operator"):
        await city.says(who[key], "/daftar DIKBUD")
        for number in (1, 2, 3, 4, 5):
            await city.says(who[key], f"/daftar DIKBUD {number}")
    for said in ("/opd", "/rekap", "/verifikasi"):
        await city.says(who["coordinator"], said)
    await city.says(who["secretary"], "/daftar", to=group)
    proofs = await city.says(who["secretary"], "/daftar 2")
    await city.presses(who["secretary"], proofs, "🗂 Bukti (1)")
    await city.says(who["secretary"], "/kendala 12 server mati sejak Senin")
    for name in ("Lina Marlina", "Joko Susilo"):
        newcomer = city.telegram.person(name)
        await city.starts(newcomer, await token_for(city, Role.OPERATOR, "DISHUB"))
        await city.sends()
    await city.presses(who["coordinator"], city.last(who["coordinator"]), "Bukan orangnya")
    await city.starts(who["secretary"])
    another = city.telegram.person("Rina Amelia")
    await city.starts(another, await token_for(city, Role.COORDINATOR))
    await _anonymous(city)


async def _anonymous(city: City) -> None:
    """Somebody without a name brings a group's link."""
    rudi = city.people["coordinator"]
    chat = city.telegram.group("Dishub", creator=rudi, members=[city.bot], supergroup=True)
    rudi.promotes(rudi, chat, anonymous=True)
    token = await token_for(city, None, "DISHUB")
    await city.says(rudi, f"/start@{city.bot.username} {token}", to=chat)
    await city.sends()
    city.groups["DISHUB"] = chat


def _shown(city: City) -> dict[str, list[tuple[Message, str]]]:
    """Every button that was genuinely there when all was set up, by its word."""
    found: dict[str, list[tuple[Message, str]]] = {}
    for message in city.telegram.transcript:
        for button in (button for row in message.keyboard for button in row):
            if data := button.get("callback_data"):
                found.setdefault(data.partition(":")[0], []).append((message, data))
    return found
