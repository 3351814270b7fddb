"""Who holds which post. Rights come from nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager

from db.chats import OpdFacts, facts_of
from db.engine import Session
from db.models import Acting, Opd, Person, Post, Role, Tenure

LISTENERS = (Role.SECRETARY, Role.OPERATOR)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post, as facts. `opd` is None for the posts of the city."""

    tenure_id: int
    post_id: int
    role: Role
    acting: Acting
    user_id: int
    name: str
    opd: OpdFacts | None
    began_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """`old`: whom a new holder of a single post relieves. `is_new`: False on a second arrival."""

    new: Holder
    old: Holder | None = None
    is_new: bool = True


async def tenures_of(session: Session, user_id: int) -> tuple[Holder, ...]:
    """All posts this person holds now, those of the city first."""
    return await _current(session, Tenure.user_id == user_id)


async def all_tenures_of(session: Session, user_id: int) -> tuple[Holder, ...]:
    """All posts this person holds or ever held, the newest last."""
    query = _query().where(Tenure.user_id == user_id).order_by(Tenure.began_at, Tenure.id)
    return tuple(_facts(row) for row in await session.scalars(query))


async def holders(session: Session, roles: Collection[Role], opd_id: int | None) -> list[Holder]:
    """Who holds one of these posts now, in this OPD (None: of the city)."""
    return list(await _current(session, Post.role.in_(roles), Post.opd_id == opd_id))


async def holder(session: Session, tenure_id: int) -> Holder | None:
    """A tenure as it is or was, ended ones too."""
    row = await session.scalar(_query().where(Tenure.id == tenure_id))
    return _facts(row) if row else None


async def holding(session: Session, role: Role, opd_id: int | None, user_id: int) -> Holder | None:
    """This person in this post now, if they hold it."""
    mine = (Post.role == role, Post.opd_id == opd_id, Tenure.user_id == user_id)
    found = await _current(session, *mine)
    return found[0] if found else None


async def in_post(session: Session, post_id: int) -> tuple[Holder, ...]:
    """Who holds this very post now."""
    return await _current(session, Tenure.post_id == post_id)


async def appointed_at(
    session: Session, role: Role, opd_id: int | None, user_id: int, at: datetime
) -> Appointment:
    """The appointment that was made then, told again."""
    query = _query().where(Post.role == role, Post.opd_id == opd_id)
    began = query.where(Tenure.user_id == user_id, Tenure.began_at == at)
    ended = query.where(Tenure.user_id != user_id, Tenure.ended_at == at)
    old = (await session.scalars(ended)).first() if role.has_one_holder else None
    new = (await session.scalars(began.order_by(Tenure.id.desc()))).first()
    assert new, "tenures.appoint() made it in the transaction that used the link"
    return Appointment(_facts(new), _facts(old) if old else None)


async def by_latest_change(session: Session) -> list[tuple[int, tuple[Role, ...]]]:
    """Everybody who ever held a post, and the posts they hold now; the latest change first."""
    query = select(Tenure.user_id, Post.role, Tenure.ended_at, Tenure.began_at).join(Tenure.post)
    roles: dict[int, list[Role]] = {}
    changed: dict[int, datetime] = {}
    for user, role, ended_at, began_at in await session.execute(query):
        roles.setdefault(user, []).extend([] if ended_at else [role])
        changed[user] = max(ended_at or began_at, changed.get(user, began_at))
    latest_first = sorted(changed, key=lambda user: changed[user], reverse=True)
    return [(user, tuple(roles[user])) for user in latest_first]


async def still_holds(session: Session, post_id: int | None, user_id: int) -> bool:
    """Whether that person holds that post now (without a post: whether we know them)."""
    if post_id is None:
        return await session.get(Person, user_id) is not None
    return bool(await _current(session, Tenure.post_id == post_id, Tenure.user_id == user_id))


async def deaf(session: Session, user_id: int) -> tuple[Holder, ...]:
    """The posts of a person who cannot be reached in private; none for one who can."""
    return await _current(session, Tenure.user_id == user_id, Person.trouble != "")


async def listeners(
    session: Session, opd_id: int, roles: Sequence[Role] = LISTENERS
) -> list[Holder]:
    """Who hears for an OPD without a group that can be reached: the secretary, else operators."""
    return (await listeners_of(session, [opd_id], roles))[opd_id]


async def listeners_of(
    session: Session, opd_ids: Collection[int], roles: Sequence[Role] = LISTENERS
) -> defaultdict[int, list[Holder]]:
    """The same for many OPD, by their ids."""
    heard: defaultdict[int, list[Holder]] = defaultdict(list)
    for role in roles:
        deaf = set(opd_ids) - set(heard)
        where = (Post.role == role, Post.opd_id.in_(deaf), Person.trouble == "")
        for holder in await _current(session, *where) if deaf else ():
            assert holder.opd, "these posts are an OPD's"
            heard[holder.opd.id].append(holder)
    return heard


async def _current(session: Session, *where: ColumnElement[bool]) -> tuple[Holder, ...]:
    query = _query().where(Tenure.ended_at.is_(None), *where)
    rows = await session.scalars(query)
    return tuple(_facts(row) for row in rows)


def _query() -> Select[Tenure]:
    return (
        select(Tenure)
        .join(Tenure.post)
        .join(Tenure.person)
        .outerjoin(Post.opd)
        .options(
            contains_eager(Tenure.post).contains_eager(Post.opd), contains_eager(Tenure.person)
        )
        .order_by(Post.opd_id.is_not(None), Opd.code, Tenure.id)
    )


def _facts(row: Tenure) -> Holder:
    opd = row.post.opd
    return Holder(
        tenure_id=row.id,
        post_id=row.post_id,
        role=row.post.role,
        acting=row.acting,
        user_id=row.user_id,
        name=row.person.name,
        opd=facts_of(opd) if opd else None,
        began_at=row.began_at,
        ended_at=row.ended_at,
    )
