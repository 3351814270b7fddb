"""Links that give a post, or link an OPD's group: random, stored hashed, good once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from db import audit, brought, chats, linking, people, tenures
from db.act import Act
from db.chats import OpdFacts, facts_of
from db.engine import Session
from db.models import Acting, Invitation, Opd, Role
from db.people import Appointment
from db.refusal import Refusal

GOOD_FOR = timedelta(days=7)
BYTES = 16  # 22 characters: fits a deep link (64) and a button's fact (24)


class InvitationUnknown(Refusal):
    """No such token was ever made."""


class InvitationUsed(Refusal):
    """Somebody redeemed it before."""


class InvitationExpired(Refusal):
    """The message that brings it was sent after its seven days."""


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """`role` is None for a link that links the OPD's group and nothing else. `is_good`: it can
    still be redeemed."""

    id: int
    role: Role | None
    acting: Acting
    opd: OpdFacts | None
    is_good: bool


async def make(
    session: Session,
    act: Act,
    role: Role | None,
    opd_id: int | None,
    acting: Acting = Acting.NO,
) -> str:
    """A fresh token. Without a role it links the OPD's group. Only its hash is kept, so a second
    arrival of the command gets another link; the first stays good too."""
    if (opd_id is None) != (role is not None and role.is_of_city):
        raise ValueError("a post of the city has no OPD, every other invitation has one")
    token = secrets.token_urlsafe(BYTES)
    row = Invitation(
        token_hash=_hash(token), role=role, opd_id=opd_id, acting=acting, made_at=act.at,
        made_by=act.tenure_id, expires_at=expiry(act),
    )  # fmt: skip
    session.add(row)
    await session.flush()
    opd = await session.get_one(Opd, opd_id) if opd_id else None
    subject = ":".join([role.value if role else "group", *([opd.code] if opd else [])])
    after = {"invitation": row.id, "acting": acting.value}
    await audit.record(session, act, "invited", subject, after=after)
    return token


async def make_missing(session: Session, act: Act) -> list[tuple[OpdFacts, str]]:
    """A fresh token for the secretary of every OPD that has none."""
    return [
        (opd, await make(session, act, Role.SECRETARY, opd.id))
        for opd in await chats.every_opd(session)
        if not await people.holders(session, [Role.SECRETARY], opd.id)
    ]


def expiry(act: Act) -> datetime:
    """Until when a link made by this act is good."""
    return act.at + GOOD_FOR


async def read(session: Session, act: Act, token: str) -> InvitationFacts:
    """What the link is for, good or not."""
    row = await _row(session, token)
    opd = facts_of(row.opd) if row.opd else None
    return InvitationFacts(row.id, row.role, row.acting, opd, row.is_good(act.at))


async def redeem(session: Session, act: Act, token: str, person: tuple[int, str]) -> Appointment:
    """Give the post to this person. Who holds it already keeps it, and the token stays good
    (`is_new` is False); a second arrival of the same message is told the same."""
    row = await _row(session, token)
    assert row.role, "a group's link is redeemed by redeem_for_group"
    if row.used_in == act.source:
        return await people.appointed_at(session, row.role, row.opd_id, person[0], act.at)
    mine = await people.holding(session, row.role, row.opd_id, person[0])
    if mine and mine.acting == row.acting:
        return Appointment(mine, is_new=False)
    await _use(session, act, row, person[0])
    return await tenures.appoint(session, act, row.role, row.opd_id, person, row.acting)


async def redeem_for_group(
    session: Session, act: Act, token: str, chat_id: int, topic_id: int, title: str
) -> OpdFacts:
    """Link this group or topic. Linked just so already: nothing changes, the token stays good."""
    row = await _row(session, token)
    if row.role or row.opd is None:
        raise InvitationUnknown  # a post's token behind a forged button
    is_linked = (row.opd.chat_id, row.opd.topic_id) == (chat_id, topic_id)
    if row.used_in != act.source and not is_linked:
        await linking.link(session, act, row.opd.id, chat_id, topic_id, title)
        await _use(session, act, row, act.user_id or 0)
        await brought.must_be_here(session, act, row.id, chat_id, topic_id)
    elif row.is_good(act.at):
        await brought.keep(session, act, row.id, chat_id, topic_id, by_somebody=True)
    return await chats.by_id(session, row.opd.id)


async def bring(session: Session, act: Act, token: str, chat_id: int, topic_id: int) -> None:
    """An anonymous admin says a group's link here: somebody with a name may redeem it, here."""
    row = await _row(session, token)
    if row.is_good(act.at):
        await brought.must_be_here(session, act, row.id, chat_id, topic_id)
        await brought.keep(session, act, row.id, chat_id, topic_id, by_somebody=False)


async def _use(session: Session, act: Act, row: Invitation, user_id: int) -> None:
    if row.used_at is not None:
        raise InvitationUsed
    if not row.is_good(act.at):
        raise InvitationExpired
    row.use(act.at, user_id, act.source)
    await audit.record(session, act, "redeemed", f"invitation:{row.id}", after={"user": user_id})


async def _row(session: Session, token: str) -> Invitation:
    query = select(Invitation).where(Invitation.token_hash == _hash(token))
    row = await session.scalar(query.options(joinedload(Invitation.opd)))
    if row is None:
        raise InvitationUnknown
    return row


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def link(bot_username: str, token: str, kind: str = "start") -> str:
    """`kind`: start (a private chat), or startgroup (Telegram lets the person choose a group)."""
    return f"https://t.me/{bot_username}?{kind}={token}"
