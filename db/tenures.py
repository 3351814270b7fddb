"""A person's time in a post: how it begins and ends."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from db import audit
from db.act import Act
from db.engine import Session, add_once
from db.models import Acting, Opd, Person, Post, Role, Tenure
from db.people import Appointment, holder, in_post


async def appoint(
    session: Session,
    act: Act,
    role: Role,
    opd_id: int | None,
    person: tuple[int, str],
    acting: Acting = Acting.NO,
) -> Appointment:
    """`person`: Telegram user id and name. Ends the predecessor's tenure in a single post."""
    user_id, name = person
    await remember(session, user_id, name)
    post = await _post(session, role, opd_id)
    sitting = await in_post(session, post.id)
    mine = next((h for h in sitting if h.user_id == user_id), None)
    if mine and mine.acting == acting:
        return Appointment(mine, is_new=False)
    leaving = sitting if role.has_one_holder else (mine,) if mine else ()
    for one in leaving:
        await end(session, act, one.tenure_id)
    tenure = Tenure(post_id=post.id, user_id=user_id, acting=acting, began_at=act.at)
    session.add(tenure)
    await session.flush()
    await audit.record(
        session, act.under(tenure.id), "appointed", _subject(role, post.opd),
        after={"tenure": tenure.id, "user": user_id, "acting": acting.value},
    )  # fmt: skip
    new = await holder(session, tenure.id)
    assert new, "it was just made"
    return Appointment(new, next((h for h in leaving if h.user_id != user_id), None))


async def end(session: Session, act: Act, tenure_id: int) -> bool:
    """Ends a tenure; what its holder did stays theirs. False if it had ended already."""
    query = select(Tenure).where(Tenure.id == tenure_id).join(Tenure.post).outerjoin(Post.opd)
    query = query.options(contains_eager(Tenure.post).contains_eager(Post.opd))
    tenure = (await session.scalars(query)).one()
    if not tenure.is_current:
        return False
    tenure.ended_at = act.at
    await audit.record(
        session, act, "ended", _subject(tenure.post.role, tenure.post.opd),
        before={"tenure": tenure.id, "user": tenure.user_id},
    )  # fmt: skip
    return True


async def remember(session: Session, user_id: int, name: str) -> None:
    """Keep the name a person has now."""
    await add_once(session, Person, user_id=user_id, name=name, trouble="")
    person = await session.get_one(Person, user_id)
    person.name = name
    person.trouble = ""


async def _post(session: Session, role: Role, opd_id: int | None) -> Post:
    query = select(Post).where(Post.role == role, Post.opd_id == opd_id).outerjoin(Post.opd)
    query = query.options(contains_eager(Post.opd))
    if post := await session.scalar(query):
        return post
    session.add(Post(role=role, opd_id=opd_id))
    await session.flush()
    return (await session.scalars(query)).one()


def _subject(role: Role, opd: Opd | None) -> str:
    return f"{role.value}:{opd.code}" if opd else role.value
