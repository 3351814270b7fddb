"""A coordinator adds, moves and drops items: a preview first, and its saving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import changes, keyboards, keyboards_city, messages
from bot.buttons import Undo
from bot.context import Answer, Call
from bot.gate import of_city
from bot.handlers.lines import one_line
from bot.handlers.numbers import way
from bot.reading import dates, targets
from bot.reading.numbers import Numbers
from bot.reading.targets import OfBundle, OfOpd, OfProgramme, Unclear
from db import bundles, chats, deadlines, drafts
from db.bundles import ADD, DROP, BundleConfirmed, NoSuchBundle
from db.deadlines import MOVE, Scope
from db.drafts import DraftFacts
from db.due import Due
from db.models import Role
from db.question import Question
from db.refusal import Refusal
from db.reports import city
from db.reports.bundles import BundleFacts, added_by, facts, programme_codes
from db.reports.changes import made

LONGEST = 300  # characters of a title or a reason
COORDINATING = of_city(Role.COORDINATOR)


class NoTitle(Refusal):
    """Nothing says what is to be done by then."""


class NoReason(Refusal):
    """What is dropped is dropped for a reason."""


class ProgrammeStays(Refusal):
    """A programme is not dropped by a command."""


async def add(call: Call) -> Answer:
    """/tenggat TARGET DATE title"""
    known = {opd.code: opd for opd in await chats.every_opd(call.session)}
    said = targets.target(call.text, known)
    due, rest = _due(call, said.rest)
    title = one_line(rest, LONGEST)
    if not title:
        raise NoTitle
    meant = [known[code] for code in said.codes]
    codes = [opd.code for opd in meant]
    draft = await drafts.keep(
        call.session, ADD, call.act, opd=codes, due=due.as_facts(), title=title
    )
    text = messages.add_preview(call.desk, codes, len(known), title, due)
    return Answer(text, keyboards.for_preview(draft))


async def save_added(call: Call, draft: DraftFacts) -> Answer:
    call = await _under(call, draft)
    known = {opd.code: opd for opd in await chats.every_opd(call.session)}
    meant = [known[code] for code in draft.facts["opd"]]
    due = Due.from_facts(draft.facts["due"])
    title = draft.facts["title"]
    await bundles.add(call.session, call.act, call.desk.calendar, meant, title, due, call.now)
    await changes.owe(call, "added", [opd.id for opd in meant])
    return await _added(call)


async def added_again(call: Call, draft: DraftFacts) -> Answer:
    return await _added(await _under(call, draft))


async def undo(call: Call) -> Answer:
    """The receipt of a bundle says that it is taken back; too late, it loses its button."""
    press: Undo = call.press
    bundle = await facts(call.session, press.bundle)
    if bundle is None:
        raise NoSuchBundle(press.bundle)
    try:
        gone = await bundles.undo(call.session, call.act, bundle.id)
    except BundleConfirmed as late:
        return replace(await _bundle(call, bundle), pop_up=messages.refusal(call.desk, late))
    await changes.owe(call, "undone", gone, added=bundle.source)
    return await _bundle(call, replace(bundle, is_undone=True))


async def move(call: Call) -> Answer:
    """/ubah OPD N DATE [reason], /ubah T12 DATE, /ubah PROGRAMME DATE"""
    scope, rest = await _scope(call)
    due, rest = _due(call, rest)
    note = one_line(rest, LONGEST)
    change = await deadlines.look(call.session, scope, MOVE, due)
    draft = await _keep(call, MOVE, scope, change.seen, note, due=due.as_facts())
    text = messages.move_preview(call.desk, change, await _everyone(call), due, note)
    return Answer(text, keyboards.for_preview(draft))


async def save_moved(call: Call, draft: DraftFacts) -> Answer:
    call, kept = await _under(call, draft), draft.facts
    scope, due = Scope.from_facts(kept["scope"]), Due.from_facts(kept["due"])
    opd = await deadlines.move(
        call.session, call.act, call.desk.calendar, scope, kept["items"], due, kept["note"],
        call.now,
    )  # fmt: skip
    await changes.owe(call, "moved", opd)
    return await _changed(call, MOVE, kept)


async def moved_again(call: Call, draft: DraftFacts) -> Answer:
    return await _changed(await _under(call, draft), MOVE, draft.facts)


async def drop(call: Call) -> Answer:
    """/hapus OPD N reason, /hapus T12 reason"""
    scope, rest = await _scope(call, a_reason_follows=True)
    if scope.programme:
        raise ProgrammeStays
    note = one_line(rest, LONGEST)
    if not note:
        raise NoReason
    change = await deadlines.look(call.session, scope, DROP)
    draft = await _keep(call, DROP, scope, change.seen, note)
    text = messages.drop_preview(change, await _everyone(call), note)
    return Answer(text, keyboards.for_preview(draft))


async def save_dropped(call: Call, draft: DraftFacts) -> Answer:
    call, kept = await _under(call, draft), draft.facts
    scope = Scope.from_facts(kept["scope"])
    opd = await deadlines.drop(call.session, call.act, scope, kept["items"], kept["note"])
    await changes.owe(call, "dropped", opd)
    return await _changed(call, DROP, kept)


async def dropped_again(call: Call, draft: DraftFacts) -> Answer:
    return await _changed(await _under(call, draft), DROP, draft.facts)


def _due(call: Call, text: str) -> tuple[Due, str]:
    """Read as of when it was sent, and still to come now."""
    zone = call.desk.settings.timezone
    sent, add = call.act.at.astimezone(zone), call.desk.calendar.add_working_days
    said = dates.when(text, sent, zone.key, add)
    due = Due(said.moment, said.zone)
    due.must_be_after(call.now)
    return due, said.rest


async def _scope(call: Call, *, a_reason_follows: bool = False) -> tuple[Scope, str]:
    read = targets.item_target_and_reason if a_reason_follows else targets.item_target
    codes = [opd.code for opd in await chats.every_opd(call.session)]
    said = read(call.text, codes, await programme_codes(call.session))
    match said:
        case OfOpd(code, numbers, rest):
            return Scope(opd=code, numbers=numbers), rest
        case OfBundle(bundle, rest):
            return Scope(bundle=bundle), rest
        case OfProgramme(code, rest):
            return Scope(programme=code), rest
        case Unclear(first, second):
            ways = (way(one.code, Numbers(one.numbers, one.rest)) for one in (first, second))
            raise Question("numbers", tuple(ways))


async def _keep(
    call: Call, verb: str, scope: Scope, seen: Mapping[str, str], note: str, **more: Any
) -> int:
    kept = {"scope": scope.as_facts(), "items": dict(seen), "note": note} | more
    return await drafts.keep(call.session, verb, call.act, **kept)


async def _under(call: Call, draft: DraftFacts) -> Call:
    """A coordinator still; what is done has the key of the message that was previewed."""
    call = await COORDINATING(call)
    return replace(call, act=replace(call.act, source=f"{draft.source}:saved"))


async def _everyone(call: Call) -> int:
    return len(await chats.every_opd(call.session))


async def _added(call: Call) -> Answer:
    bundle = await facts(call.session, await added_by(call.session, call.act.source) or 0)
    assert bundle, "it is saved"
    return await _bundle(call, bundle)


async def _bundle(call: Call, bundle: BundleFacts) -> Answer:
    change = await made(call.session, ADD, bundle.source)
    by = await changes.by(call.session, change)
    unheard = await city.unheard(call.session, change.opd)
    text = messages.bundle_saved(call.desk, bundle, change, await _everyone(call), by, unheard)
    can_be_undone = bundle.is_fresh and not bundle.is_undone
    return Answer(text, keyboards_city.for_bundle(bundle.id) if can_be_undone else None, edits=True)


async def _changed(call: Call, verb: str, kept: Mapping[str, Any]) -> Answer:
    scope, source = Scope.from_facts(kept["scope"]), call.act.source
    change = await made(call.session, verb, source)
    left = await deadlines.left_out(call.session, scope, kept["items"], source)
    change = replace(change, label=scope.label, left=left)
    by = await changes.by(call.session, change)
    everyone, unheard = await _everyone(call), await city.unheard(call.session, change.opd)
    if verb == MOVE:
        return Answer(messages.moved(call.desk, change, everyone, by, unheard), edits=True)
    return Answer(messages.dropped(change, everyone, by, unheard), edits=True)
