"""A coordinator files a complaint from SP4N-LAPOR with an OPD, by its reference alone."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import keyboards_centre, messages
from bot.context import Answer, Call
from bot.handlers import bundles as deadlines
from bot.reading.text import excerpt
from config import sp4n
from config.sp4n import Kind
from db import complaints, hearers
from db.complaints import ComplaintFacts
from db.refusal import Refusal
from db.reports import city
from db.reports.bundles import added_by, facts

REFERENCE = re.compile(r"#?(?=[A-Z0-9./#-]*[0-9])([A-Z0-9./#-]{1,24})", re.ASCII)
OF_A_PERSON = re.compile(r"[0-9]{16}|(?:0|62)8[0-9]{7,11}")  # NIK, mobile number


class UnclearKind(Refusal):
    """No kind of complaint begins so, or several do."""

    def __init__(self, said: str, code: str) -> None:
        self.said, self.code = said, code


class BadReference(Refusal):
    """More than a reference, or none: what may be of the person who complained is not kept."""

    def __init__(self, code: str) -> None:
        self.code = code


async def complain(call: Call) -> Answer:
    """/aduan OPD KIND reference"""
    word, _, rest = call.text.partition(" ")
    kind = _kind(word, call.of.code)
    reference = _reference(rest, call.of.code)
    is_new = await complaints.add(
        call.session, call.act, call.desk.calendar, call.of, kind, reference,
        messages.complaint_titles(kind.name, reference), call.now,
    )  # fmt: skip
    if is_new:
        await hearers.owe(
            call.session, call.act, "complaint", call.of.id, call.now, reference=reference
        )
    if found := await complaints.standing(call.session, reference):
        return await receipt(call, found, is_new=found.source == call.act.source)
    undone = await facts(call.session, await added_by(call.session, call.act.source) or 0)
    assert undone, "this very message was heard before"
    return replace(await deadlines.receipt(call, undone), edits=False)


async def receipt(call: Call, complaint: ComplaintFacts, *, is_new: bool = True) -> Answer:
    """`is_new`: False for a reference that was known before."""
    bundle = await facts(call.session, complaint.bundle)
    assert bundle, "a complaint is one"
    unheard = await city.unheard(call.session, [complaint.opd.code])
    text = messages.complaint(call.desk, complaint, unheard, is_new=is_new)
    return Answer(text, keyboards_centre.for_complaint(bundle) if is_new else None)


async def receipt_pressed(call: Call, complaint: ComplaintFacts) -> Answer:
    return replace(await receipt(call, complaint), edits=True)


def _kind(said: str, code: str) -> Kind:
    """By its name, or the beginning of it, where that is one kind's alone."""
    found = [kind for name, kind in sp4n.kinds().items() if said and name.startswith(said.lower())]
    if len(found) != 1:
        raise UnclearKind(excerpt(said), code)
    return found[0]


def _reference(said: str, code: str) -> str:
    match = REFERENCE.fullmatch(said.strip().upper())
    if match is None or OF_A_PERSON.fullmatch(match[1]):
        raise BadReference(code)
    return match[1]
