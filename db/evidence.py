"""Evidence of an item: links and files, in versions. The caller owns the transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from db import audit, living
from db.act import Act
from db.chats import OpdFacts
from db.engine import Session, add_once
from db.models import OPEN, Event, Evidence, Item, State
from db.pieces import KeptFile, Offered, Piece, album_end

TAKES = OPEN | {State.SUBMITTED}  # what is verified or not relevant takes no more


@dataclass(frozen=True, slots=True)
class Proven:
    """What became of one number. `state` is None where the OPD has no such item; without `pieces`
    the item took none, or none came along. `asked`: what the indicator asks for."""

    number: int
    title: str = ""
    state: State | None = None
    asked: str = ""
    version: int = 1
    pieces: tuple[Piece, ...] = ()

    @property
    def takes(self) -> bool:
        return self.state in TAKES


@dataclass(frozen=True, slots=True)
class Attached:
    """The answer to what was handed in: a line for each number, in order."""

    opd: OpdFacts
    lines: tuple[Proven, ...]

    @property
    def takers(self) -> tuple[Proven, ...]:
        return tuple(line for line in self.lines if line.takes)


async def attach(
    session: Session, opd: OpdFacts, numbers: Collection[int], act: Act, offered: Offered
) -> Attached:
    """To each of these items that takes it. A second arrival changes nothing and is told the
    same."""
    items = {item.number: item for item in await _items(session, opd, numbers)}
    lines = []
    for number in sorted(set(numbers)):
        item = items.get(number)
        lines.append(await _proven(session, item, act, offered) if item else Proven(number))
    return Attached(opd, tuple(lines))


async def add(session: Session, item: Item, act: Act, offered: Offered) -> tuple[Piece, ...]:
    """What is given after a return begins the next version."""
    version = await _version(session, item)
    pieces = [await _link(session, item, act, offered, version, one) for one in offered.links]
    if offered.file:
        pieces.append(await _file(session, item, act, offered, version, offered.file))
    return tuple(pieces)


async def folder(session: Session, opd: OpdFacts, numbers: Collection[int]) -> str | None:
    """Where a file for these lies below EVIDENCE_DIR: with the first that takes it, if any does."""
    for item in await _items(session, opd, numbers):
        if item.state in TAKES:
            return f"{opd.code}/{item.number}/{await _version(session, item)}"
    return None


async def given_by(session: Session, source: str) -> KeptFile | None:
    """The file that this very message brought before."""
    return await _kept(session, Evidence.source == source)


async def known(session: Session, sha256: str) -> KeptFile | None:
    """A file of the same content: one copy is enough."""
    return await _kept(session, Evidence.sha256 == sha256)


async def _kept(session: Session, which: Any) -> KeptFile | None:
    query = select(Evidence).where(which, Evidence.sha256 != "").order_by(Evidence.id).limit(1)
    row = await session.scalar(query)
    return KeptFile(row.file_name, row.stored_as, row.sha256, row.size) if row else None


async def _proven(session: Session, item: Item, act: Act, offered: Offered) -> Proven:
    pieces: tuple[Piece, ...] = ()
    if item.state in TAKES:
        pieces = await add(session, item, act, offered)
        if offered.album and all(piece.is_new for piece in pieces):
            pieces = await _album(session, item, offered.album)
    version = await _version(session, item)
    return Proven(item.number, item.title, item.state, item.evidence, version, pieces)


async def _link(
    session: Session, item: Item, act: Act, offered: Offered, version: int, link: str
) -> Piece:
    is_new = await _record(session, item, act, offered, version, {"link": link})
    return Piece(link, is_new=is_new)


async def _file(
    session: Session, item: Item, act: Act, offered: Offered, version: int, file: KeptFile
) -> Piece:
    row = {"sha256": file.sha256, "size": file.size}
    where = {"file_name": file.name, "stored_as": file.stored_as}
    is_new = await _record(session, item, act, offered, version, row, **where)
    earlier = select(func.max(Evidence.version)).where(
        Evidence.item_id == item.id, Evidence.sha256 == file.sha256, Evidence.version < version
    )
    elsewhere = select(Item.number).join(Evidence, Evidence.item_id == Item.id).distinct()
    elsewhere = elsewhere.where(Evidence.sha256 == file.sha256, Item.id != item.id)
    elsewhere = elsewhere.where(Item.opd_id == item.opd_id, Item.state != State.DROPPED)
    also = tuple(await session.scalars(elsewhere.order_by(Item.number)))
    return Piece(file.name, file.size, is_new, await session.scalar(earlier) or 0, also)


async def _record(
    session: Session,
    item: Item,
    act: Act,
    offered: Offered,
    version: int,
    content: dict[str, Any],
    **where: str,
) -> bool:
    """False where it is there already, by another message. What a file is called stays out of the
    audit log: it may name people."""
    source = offered.source(act)
    name = "link" if "link" in content else "sha256"
    same = select(func.count()).where(Evidence.item_id == item.id, Evidence.source == source)
    if await session.scalar(same.where(getattr(Evidence, name) == content[name])):
        return True
    row = {"version": version, "at": act.at, "tenure_id": act.tenure_id, "source": source}
    is_new = await add_once(session, Evidence, item_id=item.id, **row, **content, **where)
    if is_new:
        item.has_evidence = True
        await audit.record(session, act, "evidence", f"item:{item.id}", after=content)
        await living.look_again(session, [item.opd_id], act.at)
    return is_new


async def _album(session: Session, item: Item, album: str) -> tuple[Piece, ...]:
    """All the pieces of it so far."""
    query = select(Evidence.file_name, Evidence.size).where(
        Evidence.item_id == item.id, Evidence.source.endswith(album_end(album), autoescape=True)
    )
    rows = await session.execute(query.order_by(Evidence.id))
    return tuple(Piece(name, size) for name, size in rows)


async def _version(session: Session, item: Item) -> int:
    returns = select(func.count()).where(Event.item_id == item.id, Event.verb == "return")
    return 1 + (await session.scalar(returns) or 0)


async def _items(session: Session, opd: OpdFacts, numbers: Collection[int]) -> list[Item]:
    query = select(Item).where(Item.opd_id == opd.id, Item.number.in_(numbers))
    return list(
        await session.scalars(query.where(Item.state != State.DROPPED).order_by(Item.number))
    )
