"""Sehari di Kota Kendari: the scenes, in the order of the day."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime

from openpyxl import load_workbook

from config.settings import Settings
from db.due import Due
from demo import cast as casting
from demo.cast import Cast
from demo.city import City
from demo.telegram import Message

ZONE = Settings.model_fields["timezone"].get_default()
EVE = datetime(2026, 9, 22, 13, 30, tzinfo=ZONE)
"""The day after is a Wednesday, a week before the deadline: the reminder of seven days."""
DEADLINE = Due(datetime(2026, 9, 30, 23, 59, tzinfo=ZONE), ZONE.key)
EVIDENCE = "https://drive.example/dinkes"
MEANWHILE = {
    "DINKES": f"/done 32 {EVIDENCE}/loket",
    "KEC-BARUGA": "/done 32",
    "DPMPTSP": "/done 1-20 https://drive.example/dpmptsp",
    "DUKCAPIL": "/selesai 1-9, 21 https://drive.example/dukcapil",
    "BAPENDA": "/done 5, 11, 13",
    "KEC-MANDONGA": "/done 14 dan 17",
}


async def day(city: City) -> None:
    cast = casting.gather(city.telegram)
    await set_up(city, cast)
    await invite(city, cast)
    await link(city, cast)
    await morning(city, cast)
    await mistakes(city, cast)
    await extra_deadline(city, cast)
    await review(city, cast)
    await meanwhile(city, cast)
    await afternoon(city, cast)


async def set_up(city: City, cast: Cast) -> None:
    opds, items = await city.imports(DEADLINE)
    url = await city.invites_coordinator()
    await city.tell(
        f"Selasa, 22 September 2026. Bagian Organisasi memuat {opds} OPD dan {items} indikator"
        f" PEKPPP: {_dotted(opds * items)} butir, tenggat 30 September. OPD dan indikatornya"
        " nyata, nama orangnya contoh."
    )
    await city.follows(cast.coordinator, url)


async def invite(city: City, cast: Cast) -> None:
    await city.tell("Koordinator mengundang Sekretaris Daerah, lalu semua sekretaris sekaligus.")
    invitation = await city.says(cast.coordinator, "/undang sekda")
    await city.follows(cast.sekda, _link(invitation))
    await city.says(cast.coordinator, "/undang semua")


async def link(city: City, cast: Cast) -> None:
    workbook = cast.coordinator.chat(city.bot).last.media
    assert workbook, "the invitation of all is a file"
    links = _links(workbook.data)
    for code in casting.PLAYING:
        casting.hire(cast, city.telegram, code)
    city.watch.look()  # nobody watched the groups being made
    await city.tell("Sekretaris Dinas Kesehatan membuka tautannya dan menghubungkan grupnya.")
    await _join(city, cast, "DINKES", links)
    others = [code for code in casting.PLAYING if code != "DINKES"]
    await city.tell(f"{len(others)} sekretaris lain melakukan hal yang sama; sisanya menyusul.")
    with city.backstage():
        for code in others:
            await _join(city, cast, code, links)


async def _join(city: City, cast: Cast, code: str, links: Mapping[str, str]) -> None:
    """Start, and `➕ Hubungkan grup` under the greeting."""
    secretary = cast.secretaries[code]
    greeting = await city.follows(secretary, links[code])
    await city.links_group(secretary, greeting, "➕ Hubungkan grup", cast.groups[code])


async def morning(city: City, cast: Cast) -> None:
    group, sari = cast.groups["DINKES"], cast.secretaries["DINKES"]
    city.clock.now = _today(8)
    await city.tell(
        "Rabu pagi, tujuh hari sebelum tenggat. Setiap grup mendapat satu pengingat;"
        " ini yang sampai di Dinas Kesehatan."
    )
    await city.at(_today(8), only=[group])
    reminder = group.last
    await city.tell("Cukup menekan nomor butirnya. Hanya pemegang jabatan yang dapat.")
    city.clock.now = _today(8, 20)
    label = reminder.buttons[0][0]
    await city.presses(cast.staff, reminder, label)
    await city.presses(sari, reminder, label)
    await city.says(sari, f"/done 3, 7 dan 10-12 {EVIDENCE}", group)


async def mistakes(city: City, cast: Cast) -> None:
    group, budi = cast.groups["DUKCAPIL"], cast.secretaries["DUKCAPIL"]
    city.clock.now = _today(9, 5)
    await city.tell("Di Dukcapil, butir yang salah terlanjur dikonfirmasi, lalu dibatalkan.")
    receipt = await city.says(budi, "/done 15", group)
    await city.presses(budi, receipt, "↩️ Batalkan")
    await city.says(budi, "/done 14", group)


async def extra_deadline(city: City, cast: Cast) -> None:
    city.clock.now = _today(10)
    await city.tell("Koordinator menambah satu tenggat untuk tiga OPD, hari ini juga.")
    preview = await city.says(
        cast.coordinator,
        "/tenggat DINKES, RSUD, KEC-BARUGA 23/9/2026 15.00 Kirim nama petugas loket",
    )
    city.clock.now = _today(10, 1)
    await city.presses(cast.coordinator, preview, "✅ Simpan")


async def review(city: City, cast: Cast) -> None:
    group, sari = cast.groups["DINKES"], cast.secretaries["DINKES"]
    city.clock.now = _today(11)
    await city.tell("Koordinator mengembalikan satu butir, lalu Dinas Kesehatan memperbaikinya.")
    await city.says(cast.coordinator, "/kembalikan DINKES 3 tangkapan layar SIPPN belum terlihat")
    city.clock.now = _today(11, 40)
    await city.says(sari, f"/done 3 {EVIDENCE}/sippn", group)
    city.clock.now = _today(13, 30)
    await city.tell("Sesudah istirahat, koordinator memeriksa dan memverifikasi.")
    await city.says(cast.coordinator, "/verifikasi DINKES 3, 7, 10-12")


async def meanwhile(city: City, cast: Cast) -> None:
    """What the other OPD do that day."""
    city.clock.now = _today(14)
    await city.tell("Sementara itu OPD lain juga bekerja. Satu OPD melewatkan tenggat pukul 15.00.")
    with city.backstage():
        for code, text in MEANWHILE.items():
            await city.says(cast.secretaries[code], text, cast.groups[code])


async def afternoon(city: City, cast: Cast) -> None:
    city.clock.now = _today(16)
    await city.tell("Pukul 16.00. Sekretaris Daerah menerima ringkasan hari ini.")
    await city.at(_today(16), only=[cast.sekda])
    city.clock.now = _today(16, 20)
    with city.backstage():
        await city.says(cast.secretaries["RSUD"], "/done 32", cast.groups["RSUD"])
    await city.tell("RSUD menyusul dengan butir yang terlambat. Ringkasan dapat diminta lagi.")
    await city.says(cast.sekda, "/ringkasan")
    await city.tell("Demikian sehari di Kota Kendari.")


def _today(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, 23, hour, minute, tzinfo=ZONE)


def _link(invitation: Message) -> str:
    return next(words for kind, words in invitation.parts if kind == "url")


def _links(workbook: bytes) -> dict[str, str]:
    """The link for each OPD's secretary, by the OPD's code."""
    sheet = load_workbook(io.BytesIO(workbook), read_only=True).active
    assert sheet
    rows = sheet.iter_rows(min_row=2, values_only=True)
    return {str(code): str(url) for code, _, _, url, _ in rows}


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
