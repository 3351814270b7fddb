"""Who reads what is said in a chat, and whether news of an OPD are for them."""

from __future__ import annotations

from db import chats, people
from db.engine import Session


async def may_hear(session: Session, chat_id: int, opd_id: int | None) -> bool:
    """In private whoever holds a post of the city, or of that OPD (None: of all of them); in a
    group anybody, unless it belongs to other OPD alone."""
    if chat_id > 0:
        posts = await people.tenures_of(session, chat_id)
        return any(post.opd is None or post.opd.id == opd_id for post in posts)
    here = {opd.id for opd in await chats.all_of_chat(session, chat_id)}
    return not here or opd_id in here
