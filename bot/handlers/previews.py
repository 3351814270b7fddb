"""✅ Simpan and ✖️ Jangan simpan under a preview, ✖️ Batal under a question: its author only, once,
within a day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from bot import messages
from bot.buttons import Discard, Save
from bot.context import Answer, Call
from db import attaching, drafts
from db.drafts import DraftFacts, DraftLapsed, DraftSettled

Saver = Callable[[Call, DraftFacts], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Preview:
    """`save` checks again that the author still may. `again` says what a second press, or the
    same one arriving again, is answered: it changes nothing."""

    save: Saver
    again: Saver | None = None


async def save(call: Call, previews: Mapping[str, Preview]) -> Answer:
    """`previews`, by the kind of draft."""
    press: Save = call.press
    user = call.speaker.user_id
    try:
        draft = await drafts.finish(call.session, press.draft, user, call.now, "saved")
    except DraftSettled as settled:
        return await _again(call, previews, settled)
    if draft.kind not in previews:
        raise DraftLapsed  # forged
    return await previews[draft.kind].save(call, draft)


async def discard(call: Call, previews: Mapping[str, Preview]) -> Answer:
    press: Discard = call.press
    user = call.speaker.user_id
    begun = await drafts.finished(call.session, press.draft, user)
    if begun.kind == attaching.KIND:
        return await _awaited_no_more(call)
    try:
        draft = await drafts.finish(call.session, press.draft, user, call.now, drafts.DROPPED)
    except DraftSettled as settled:
        return await _again(call, previews, settled)
    if draft.kind not in {*previews, drafts.QUESTION}:
        raise DraftLapsed  # forged
    return Answer(messages.discarded(), edits=True)


async def _again(call: Call, previews: Mapping[str, Preview], settled: DraftSettled) -> Answer:
    """Settled before: the message shows how, even if the first answer never arrived."""
    press: Save | Discard = call.press
    draft = await drafts.finished(call.session, press.draft, call.speaker.user_id)
    preview = previews.get(draft.kind)
    pop_up = messages.refusal(call.desk, settled)
    if settled.outcome == drafts.DROPPED and (preview or draft.kind == drafts.QUESTION):
        return Answer(messages.discarded(), edits=True, pop_up=pop_up)
    if preview is None or preview.again is None:
        raise settled
    return replace(await preview.again(call, draft), pop_up=pop_up)


async def _awaited_no_more(call: Call) -> Answer:
    """However long ago: what was sent stays, and nothing more is taken for it."""
    with suppress(DraftLapsed, DraftSettled):
        user, draft = call.speaker.user_id, call.press.draft
        await drafts.finish(call.session, draft, user, call.now, drafts.DROPPED)
    return Answer(messages.attach_stopped(), edits=True)
