"""How tests hand in evidence, and look at what became of it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from db.models import Evidence, Item, Opd
from demo.telegram import Message
from tests.town import Town

PDF = b"%PDF-1.7 survei kepuasan"


def shelf(town: Town) -> Path:
    return town.desk.settings.evidence_dir


def kept(town: Town) -> list[str]:
    """Every file below EVIDENCE_DIR."""
    root = shelf(town)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


async def rows(town: Town, code: str, number: int) -> list[Evidence]:
    query = select(Evidence).join(Item, Item.id == Evidence.item_id).join(Opd)
    async with town.desk.view() as session:
        found = query.where(Opd.code == code, Item.number == number).order_by(Evidence.id)
        return list(await session.scalars(found))


async def document(town: Town, who: str, caption: str = "", **file: object) -> Message:
    """Sent in private."""
    person = town.people[who]
    facts = {"data": PDF, "name": "Laporan SKM.pdf"} | file
    person.sends_document(to=town.bot, caption=caption, **facts)  # type: ignore[arg-type]
    await town.hears()
    return town.last(person)
