"""Sehari di Kota Kendari: the scenes, in the order of the day."""

from __future__ import annotations

from datetime import datetime

from demo import cast as casting
from demo import eve
from demo.cast import Cast
from demo.city import City, Where

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
    await eve.set_up(city, cast)
    await eve.invite(city, cast)
    await eve.link(city, cast)
    await morning(city, cast)
    await mistakes(city, cast)
    await extra_deadline(city, cast)
    await review(city, cast)
    await meanwhile(city, cast)
    await afternoon(city, cast)


async def morning(city: City, cast: Cast) -> None:
    group, sari = cast.groups["DINKES"], cast.secretaries["DINKES"]
    await city.tell(
        "Rabu, 23 September 2026, tujuh hari sebelum tenggat. Setiap grup mendapat satu"
        " pengingat; inilah yang sampai di Dinas Kesehatan.",
        _today(8),
    )
    await city.happen(only=[group])
    reminder = group.last
    await city.tell(
        "Cukup menekan nomor butir yang selesai. Staf tanpa jabatan di Tuntas tidak dapat;"
        " sekretaris dapat.",
        _today(8, 20),
    )
    label = reminder.buttons[0][0]
    await city.presses(cast.staff, reminder, label)
    await city.presses(sari, reminder, label)
    await city.tell("Beberapa butir sekaligus, dengan tautan bukti.", _today(8, 25))
    await city.says(sari, f"/done 3, 7 dan 10-12 {EVIDENCE}", group)


async def mistakes(city: City, cast: Cast) -> None:
    group, budi = cast.groups["DUKCAPIL"], cast.secretaries["DUKCAPIL"]
    await city.tell(
        "Di Dukcapil, butir 15 dikonfirmasi padahal maksudnya 14. Kekeliruan itu dibatalkan.",
        _today(9, 5),
    )
    receipt = await city.says(budi, "/done 15", group)
    await city.presses(budi, receipt, "↩️ Batalkan")
    await city.says(budi, "/done 14", group)


async def extra_deadline(city: City, cast: Cast) -> None:
    await city.tell(
        "Koordinator menambah satu tenggat untuk tiga OPD, hari ini pukul 15.00.", _today(10)
    )
    preview = await city.says(
        cast.coordinator,
        "/tenggat DINKES, RSUD, KEC-BARUGA 23/9/2026 15.00 Kirim nama petugas loket",
    )
    shown: list[Where] = [cast.coordinator, cast.groups["DINKES"]]
    await city.presses(cast.coordinator, preview, "✅ Simpan", only=shown)


async def review(city: City, cast: Cast) -> None:
    group, sari = cast.groups["DINKES"], cast.secretaries["DINKES"]
    await city.tell(
        "Koordinator memeriksa bukti butir 3 dan mengembalikannya untuk diperbaiki.", _today(11)
    )
    await city.says(cast.coordinator, "/kembalikan DINKES 3 tangkapan layar SIPPN belum terlihat")
    await city.tell("Dinas Kesehatan memperbaikinya.", _today(11, 40))
    await city.says(sari, f"/done 3 {EVIDENCE}/sippn", group)
    await city.tell("Koordinator memeriksa sekali lagi dan memverifikasi.", _today(13, 30))
    await city.says(cast.coordinator, "/verifikasi DINKES 3, 7, 10-12")


async def meanwhile(city: City, cast: Cast) -> None:
    """What the other OPD do that day."""
    await city.tell(
        "Sementara itu OPD lain juga mengonfirmasi."
        " Hanya RSUD akan melewatkan tenggat pukul 15.00.",
        _today(14),
    )
    with city.backstage():
        for code, text in MEANWHILE.items():
            await city.says(cast.secretaries[code], text, cast.groups[code])


async def afternoon(city: City, cast: Cast) -> None:
    await city.tell("Sekretaris Daerah menerima ringkasan hari ini.", _today(16))
    await city.happen(only=[cast.sekda])
    await city.tell(
        "RSUD menyusulkan butir yang terlambat. Sekretaris Daerah meminta ringkasan terbaru.",
        _today(16, 20),
    )
    with city.backstage():
        await city.says(cast.secretaries["RSUD"], "/done 32", cast.groups["RSUD"])
    await city.says(cast.sekda, "/ringkasan")
    await city.tell("Demikian sehari di Kota Kendari.")


def _today(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, 23, hour, minute, tzinfo=eve.ZONE)
