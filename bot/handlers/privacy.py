"""/privasi: what is kept about who asks."""

from __future__ import annotations

from bot import messages
from bot.context import Answer, Call
from db import privacy


async def kept(call: Call) -> Answer:
    found = await privacy.kept(call.session, call.speaker.user_id)
    return Answer(messages.kept(call.desk, found))
