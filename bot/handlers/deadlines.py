"""A coordinator moves deadlines and drops items: a preview first, and its saving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import keyboards, messages
from bot.context import Answer, Call
from bot.handlers.drafting import as_author, due_first, everyone, one_line, saved_before
from bot.handlers.numbers import way
from bot.notices import changes
from bot.reading import targets
from bot.reading.numbers import Numbers
from bot.reading.targets import OfBundle, OfOpd, OfProgramme, Unclear
from db import chats, deadlines, drafts
from db.bundles import DROP
from db.deadlines import MOVE, Scope
from db.drafts import DraftFacts
from db.due import Due
from db.question import Question
from db.refusal import Refusal
from db.reports import city
from db.reports.bundles import programme_codes
from db.reports.changes import made


class NoReason(Refusal):
    """What is dropped is dropped for a reason."""


class ProgrammeStays(Refusal):
    """A programme is not dropped by a command."""


async def move(call: Call) -> Answer:
    """/ubah OPD N DATE [reason], /ubah T12 DATE, /ubah PROGRAMME DATE"""
    if answered := await saved_before(call, MOVE, moved_again):
        return answered
    scope, rest = await _scope(call)
    due, rest = due_first(call, rest)
    note = one_line(rest)
    change = await deadlines.look(call.session, scope, MOVE, due)
    draft = await _keep(call, MOVE, scope, change.seen, note, due=due.as_facts())
    text = messages.move_preview(call.desk, change, await everyone(call), due, note)
    return Answer(text, keyboards.for_preview(draft))


async def save_moved(call: Call, draft: DraftFacts) -> Answer:
    call, kept = await as_author(call, draft), draft.facts
    scope, due = Scope.from_facts(kept["scope"]), Due.from_facts(kept["due"])
    opd = await deadlines.move(
        call.session, call.act, call.desk.calendar, scope, kept["items"], due, kept["note"],
        call.now,
    )  # fmt: skip
    await changes.owe(call, "moved", opd)
    return await _changed(call, MOVE, kept)


async def moved_again(call: Call, draft: DraftFacts) -> Answer:
    return await _changed(await as_author(call, draft), MOVE, draft.facts)


async def drop(call: Call) -> Answer:
    """/hapus OPD N reason, /hapus T12 reason"""
    if answered := await saved_before(call, DROP, dropped_again):
        return answered
    scope, rest = await _scope(call, a_reason_follows=True)
    if scope.programme:
        raise ProgrammeStays
    note = one_line(rest)
    if not note:
        raise NoReason
    change = await deadlines.look(call.session, scope, DROP)
    draft = await _keep(call, DROP, scope, change.seen, note)
    text = messages.drop_preview(change, await everyone(call), note)
    return Answer(text, keyboards.for_preview(draft))


async def save_dropped(call: Call, draft: DraftFacts) -> Answer:
    call, kept = await as_author(call, draft), draft.facts
    scope = Scope.from_facts(kept["scope"])
    opd = await deadlines.drop(call.session, call.act, scope, kept["items"], kept["note"])
    await changes.owe(call, "dropped", opd)
    return await _changed(call, DROP, kept)


async def dropped_again(call: Call, draft: DraftFacts) -> Answer:
    return await _changed(await as_author(call, draft), DROP, draft.facts)


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


async def _changed(call: Call, verb: str, kept: Mapping[str, Any]) -> Answer:
    scope, source = Scope.from_facts(kept["scope"]), call.act.source
    change = await made(call.session, verb, source)
    left = await deadlines.left_out(call.session, scope, kept["items"], source)
    change = replace(change, label=scope.label, left=left)
    by = await changes.by(call.session, change)
    count, unheard = await everyone(call), await city.unheard(call.session, change.opd)
    if verb == MOVE:
        return Answer(messages.moved(call.desk, change, count, by, unheard), edits=True)
    return Answer(messages.dropped(change, count, by, unheard), edits=True)
