"""Whose hand every entry of the audit log is, held against a record of the posts kept beside the
bot's own, and against the contract."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from db.engine import Session
from db.models import Audit, Extension, Item, Obstacle, Opd, Post, Tenure
from tests.month.cast import City

OPD, LEADS, CENTRE, COORDINATOR = (
    {"secretary", "head", "operator"}, {"secretary", "head"}, {"coordinator", "sekda"},
    {"coordinator"},
)  # fmt: skip
MAY: Mapping[str, set[str]] = {
    "submit": OPD, "evidence": OPD, "withdraw": OPD, "obstacle": OPD, "say_more": OPD,
    "acknowledge": OPD, "ask_later": LEADS,
    "verify": COORDINATOR, "return": COORDINATOR, "exclude": COORDINATOR, "include": COORDINATOR,
    "add": COORDINATOR, "move": COORDINATOR, "drop": COORDINATOR, "forward": COORDINATOR,
    "invited": COORDINATOR,
    "answer": CENTRE, "close": CENTRE, "grant": CENTRE, "refuse": CENTRE, "nudge": CENTRE,
    "instruct": CENTRE,
}  # fmt: skip
OF_LEADS = ("group:", "operator:")  # whom they invite
NOBODYS = {"told", "reachable", "moot", "redeemed", "appointed", "ended"}


async def wrongs(city: City) -> list[str]:
    """The entries of this month that nobody with the right to it caused."""
    async with city.town.desk.view() as session:
        codes = await _codes(session)
        query = select(Audit, Tenure.user_id, Post.role, Opd.code)
        query = query.outerjoin(Tenure, Tenure.id == Audit.tenure_id)
        query = query.outerjoin(Post, Post.id == Tenure.post_id)
        query = query.outerjoin(Opd, Opd.id == Post.opd_id).order_by(Audit.id)
        rows = (await session.execute(query)).all()
    month = [row for row in rows if not row[0].source.startswith("stage:")]
    granted = {entry.source for entry, *_ in month if entry.verb == "grant"}
    return [
        f"{entry.id} {entry.verb} {entry.subject} by {role} of {code}"
        for entry, *holder, role, code in month
        if not (entry.verb == "move" and entry.source in granted)  # judged as the grant it follows
        if not _is_right(city, codes, entry, holder, role, code or "")
    ]


def _is_right(
    city: City, codes: dict[str, str], entry: Audit, holder: list[int], role: str, code: str
) -> bool:
    """`codes`: the OPD by what an entry is about. An attempt that was refused is no change."""
    if entry.verb in NOBODYS or entry.verb == "refused":
        return True
    is_of_its_opd = not code or code == codes.get(entry.subject, entry.subject.rpartition(":")[2])
    may = LEADS if entry.subject.startswith(OF_LEADS) else MAY.get(entry.verb, set())
    is_theirs = holder == [entry.user_id] and _held(city, entry, role, code)
    return is_of_its_opd and is_theirs and role in may


async def lived(city: City) -> set[str]:
    """The verbs of all that happened."""
    async with city.town.desk.view() as session:
        return set(await session.scalars(select(Audit.verb).distinct()))


async def trespassed(city: City) -> list[str]:
    """What came of what nobody had the right to, other than that it was refused."""
    async with city.town.desk.view() as session:
        query = select(Audit.verb, Audit.subject, Audit.source)
        rows = await session.execute(query.where(Audit.source.in_(city.trespasses)))
        return [f"{verb} {subject}" for verb, subject, _ in rows if verb != "refused"]


def _held(city: City, entry: Audit, role: str, code: str) -> bool:
    """By this side's record."""
    return any(
        held.person.id == entry.user_id and held.role == role and held.code == code
        for held in city.posts
        if held.holds(entry.at)
    )


async def _codes(session: Session) -> dict[str, str]:
    """The OPD of what is named otherwise: obstacles, requests for a later deadline, evidence."""
    kinds = (
        ("K", select(Obstacle.number, Opd.code).join(Obstacle.item)),
        ("extension:", select(Extension.id, Opd.code).join(Extension.item)),
        ("item:", select(Item.id, Opd.code)),
    )
    found = {}
    for prefix, query in kinds:
        for number, code in await session.execute(query.join(Item.opd)):
            found[f"{prefix}{number}"] = code
    return found
