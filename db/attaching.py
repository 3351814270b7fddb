"""Which items files are meant for that come without a word: those that somebody was about to
attach evidence to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select

from db import drafts
from db.act import Act
from db.engine import Session
from db.models import Draft, Evidence, Item
from db.pieces import Offered

KIND = "attaching"
AN_HOUR = timedelta(hours=1)  # since then somebody thinks of something else
ASTRAY = timedelta(minutes=2)  # our clock and Telegram's may differ


@dataclass(frozen=True, slots=True)
class Meant:
    opd_id: int
    numbers: tuple[int, ...]


async def ask(session: Session, act: Act, opd_id: int, numbers: Collection[int]) -> int:
    """What this person sends in the next hour is meant for these, unless they drop this draft."""
    return await drafts.keep(session, KIND, act, opd=opd_id, numbers=list(numbers))


async def begin_album(
    session: Session, act: Act, album: str, opd_id: int, numbers: Collection[int]
) -> None:
    """The other pieces of an album that began with a command are meant for the same."""
    await ask(session, replace(act, source=_of_album(act, album)), opd_id, numbers)


async def meant(session: Session, act: Act, album: str, *, may_be_next: bool) -> Meant | None:
    """By what this very message brought before; by the beginning of its album; or by what its
    sender was about to do, where what they say may be that."""
    if before := await _before(session, Offered(album=album).source(act)):
        return before
    if album and (begun := await _newest(session, act, Draft.source == _of_album(act, album))):
        return begun
    if not may_be_next:
        return None
    since, until = act.at - AN_HOUR, act.at + ASTRAY
    return await _newest(
        session, act, Draft.made_at.between(since, until), ~Draft.source.startswith("album:")
    )


def _of_album(act: Act, album: str) -> str:
    return f"album:{act.user_id}:{album}"


async def _before(session: Session, source: str) -> Meant | None:
    query = select(Item.opd_id, Item.number).join(Evidence, Evidence.item_id == Item.id)
    rows = (await session.execute(query.where(Evidence.source == source))).all()
    return Meant(rows[0][0], tuple(sorted({number for _, number in rows}))) if rows else None


async def _newest(session: Session, act: Act, *which: object) -> Meant | None:
    query = select(Draft).where(Draft.kind == KIND, Draft.user_id == act.user_id, *which)  # type: ignore[arg-type]
    draft = await session.scalar(query.order_by(Draft.id.desc()).limit(1))
    if draft is None or draft.outcome == drafts.DROPPED:
        return None
    return Meant(draft.facts["opd"], tuple(draft.facts["numbers"]))
