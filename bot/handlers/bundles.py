"""A coordinator adds an item to one OPD, to several, or to all: preview and saving."""

from __future__ import annotations

from bot import keyboards, keyboards_city, messages
from bot.context import Answer, Call
from bot.handlers.drafting import as_author, due_first, everyone, one_line, saved_before
from bot.notices import changes
from bot.reading import targets
from db import bundles, chats, drafts
from db.bundles import ADD
from db.drafts import DraftFacts
from db.due import Due
from db.refusal import Refusal
from db.reports import city
from db.reports.bundles import BundleFacts, added_by, facts
from db.reports.changes import made


class NoTitle(Refusal):
    """Nothing says what is to be done by then."""


async def add(call: Call) -> Answer:
    """/tenggat TARGET DATE title"""
    if answered := await saved_before(call, ADD, added_again):
        return answered
    known = [opd.code for opd in await chats.every_opd(call.session)]
    said = targets.target(call.text, known)
    due, rest = due_first(call, said.rest)
    title = one_line(rest)
    if not title:
        raise NoTitle
    kept = {"opd": list(said.codes), "due": due.as_facts(), "title": title}
    draft = await drafts.keep(call.session, ADD, call.act, **kept)
    text = messages.add_preview(call.desk, said.codes, len(known), title, due)
    return Answer(text, keyboards.for_preview(draft))


async def save_added(call: Call, draft: DraftFacts) -> Answer:
    call, kept = await as_author(call, draft), draft.facts
    known = {opd.code: opd for opd in await chats.every_opd(call.session)}
    meant, due = [known[code] for code in kept["opd"]], Due.from_facts(kept["due"])
    await bundles.add(
        call.session, call.act, call.desk.calendar, meant, kept["title"], due, call.now
    )
    await changes.owe(call, "added", [opd.id for opd in meant])
    return await _added(call)


async def added_again(call: Call, draft: DraftFacts) -> Answer:
    return await _added(await as_author(call, draft))


async def _added(call: Call) -> Answer:
    bundle = await facts(call.session, await added_by(call.session, call.act.source) or 0)
    assert bundle, "it is saved"
    return await receipt(call, bundle)


async def receipt(call: Call, bundle: BundleFacts) -> Answer:
    """What its author sees, and may take back as long as nobody has confirmed any of it."""
    change = await made(call.session, ADD, bundle.source)
    by = await changes.by(call.session, change)
    unheard = await city.unheard(call.session, change.opd)
    text = messages.bundle_saved(call.desk, bundle, change, await everyone(call), by, unheard)
    can_be_undone = bundle.is_fresh and not bundle.is_undone
    return Answer(text, keyboards_city.for_bundle(bundle.id) if can_be_undone else None, edits=True)
