"""The eve: the city is set up, posts are given, groups are linked."""

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


async def set_up(city: City, cast: Cast) -> None:
    await city.tell(
        "Sehari di Kota Kendari. Botnya sungguhan, OPD dan indikatornya dari sumber terbuka;"
        " Telegram dan nama-nama orangnya hanya contoh."
    )
    opds, items = await city.imports(DEADLINE)
    await city.tell(
        f"Selasa, 22 September 2026. Bagian Organisasi memuat {opds} OPD dan {items} indikator"
        f" PEKPPP: {_dotted(opds * items)} butir, tenggat 30 September. Koordinator membuka"
        " tautannya.",
        EVE,
    )
    await city.follows(cast.coordinator, await city.invites_coordinator())


async def invite(city: City, cast: Cast) -> None:
    await city.tell(
        "Koordinator mengundang Sekretaris Daerah, lalu semua sekretaris OPD sekaligus.",
        _eve(13, 40),
    )
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
    await city.tell(
        "Sekretaris Dinas Kesehatan membuka tautannya, lalu menghubungkan grupnya.", _eve(14, 10)
    )
    await _join(city, cast, "DINKES", links)
    others = [code for code in casting.PLAYING if code != "DINKES"]
    await city.tell(
        f"{len(others)} sekretaris lain melakukan hal yang sama; selebihnya menyusul.",
        _eve(14, 30),
    )
    with city.backstage():
        for code in others:
            await _join(city, cast, code, links)


async def _join(city: City, cast: Cast, code: str, links: Mapping[str, str]) -> None:
    """Start, and `➕ Hubungkan grup` under the greeting."""
    secretary = cast.secretaries[code]
    greeting = await city.follows(secretary, links[code])
    await city.links_group(secretary, greeting, "➕ Hubungkan grup", cast.groups[code])


def _eve(hour: int, minute: int) -> datetime:
    return EVE.replace(hour=hour, minute=minute)


def _link(invitation: Message) -> str:
    return dict(invitation.parts)["url"]


def _links(workbook: bytes) -> dict[str, str]:
    """The link for each OPD's secretary, by the OPD's code."""
    sheet = load_workbook(io.BytesIO(workbook), read_only=True).active
    assert sheet
    rows = sheet.iter_rows(min_row=2, values_only=True)
    return {str(code): str(url) for code, _, _, url, _ in rows}


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
