"""The centre instructs OPD: preview, sending, and each OPD's ✋."""

from __future__ import annotations

from dataclasses import asdict, replace

from bot import anew, keyboards_centre, messages
from bot.attachment import Wanted
from bot.buttons import Acknowledge, Acknowledged, AsItem, InstructionFile
from bot.context import Answer, Call
from bot.gate import of_city
from bot.handlers.drafting import as_author, due_first, everyone, one_line, saved_before
from bot.handlers.evidence import FileMissing
from bot.reading import targets
from bot.words import clip
from db import chats, drafts, hearers, instructions, shelf
from db.drafts import DraftFacts
from db.due import Due
from db.models import Role
from db.pieces import KeptFile
from db.refusal import Refusal
from db.reports import bundles, city
from db.reports import instructions as reports

INSTRUCTING = of_city(Role.COORDINATOR, Role.SEKDA)
KIND, FOLDER = "instruct", "instruksi"  # of draft; below EVIDENCE_DIR
LONGEST, TITLE = 1000, 150  # characters of an instruction, and of the item that it creates


class NoInstruction(Refusal):
    """Nothing says what OPD are told to do."""


class InstructionTooLong(Refusal):
    """More characters than the limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit


async def instruct(call: Call) -> Answer:
    """/instruksi TARGET DATE text"""
    if answered := await saved_before(call, KIND, sent_again):
        return answered
    known = [opd.code for opd in await chats.every_opd(call.session)]
    said = targets.target(call.text, known)
    due, rest = due_first(call, said.rest)
    text = _lines(rest)
    if not text:
        raise NoInstruction
    file = _file(call)
    kept = {"opd": list(said.codes), "due": due.as_facts(), "text": text, "as_item": False}
    kept |= {"file": asdict(file) if file else None}
    draft = await drafts.keep(call.session, KIND, call.act, **kept)
    user = call.speaker.user_id
    return await _preview(call, await drafts.finished(call.session, draft, user))


async def as_item(call: Call) -> Answer:
    """The author decides whether it becomes an item, too; a second press changes nothing."""
    press: AsItem = call.press
    user, wanted = call.speaker.user_id, bool(press.wanted)
    draft = await drafts.amend(call.session, press.draft, user, call.now, KIND, as_item=wanted)
    return replace(await _preview(call, draft), edits=True)


async def save_sent(call: Call, draft: DraftFacts) -> Answer:
    call, kept = await as_author(call, draft, INSTRUCTING), draft.facts
    known = {opd.code: opd for opd in await chats.every_opd(call.session)}
    meant = [known[code] for code in kept["opd"]]
    due, title = Due.from_facts(kept["due"]), _title(kept["text"]) if kept["as_item"] else ""
    made = await instructions.add(
        call.session, call.act, call.desk.calendar, meant, kept["text"], due, call.now, title,
        KeptFile(**kept["file"]) if kept["file"] else None,
    )  # fmt: skip
    for opd in meant:
        await hearers.owe(call.session, call.act, "instruction", opd.id, call.now, instruction=made)
    return await receipt(call, made)


async def sent_again(call: Call, draft: DraftFacts) -> Answer:
    call = await as_author(call, draft, INSTRUCTING)
    return await receipt(call, await instructions.added_by(call.session, call.act.source) or 0)


async def acknowledged(call: Call) -> Answer:
    """The receipt, as it stands now."""
    press: Acknowledged = call.press
    return await receipt(call, press.instruction)


async def acknowledge(call: Call) -> Answer:
    """The OPD's message shows who was first. Under a reminder, which says more, it is shown below;
    who comes later is told in a pop-up."""
    press: Acknowledge = call.press
    is_theirs = await instructions.acknowledge(call.session, call.act, press.instruction, call.of)
    told = await reports.told(call.session, press.instruction, call.of.id)
    assert told.response, "somebody has just pressed, or had before"
    before = "" if is_theirs else messages.acknowledged_before(call.desk, told.response)
    spent = (press.pack(),) if press.listed else ()
    if press.listed and before:
        return Answer(pop_up=before, spent=spent)
    text = messages.instruction(call.desk, call.of, told)
    keyboard = keyboards_centre.for_instruction(call.of.code, told)
    life = anew.of_instruction(call.of.id, told.id)
    return Answer(text, keyboard, edits=not press.listed, pop_up=before, spent=spent, life=life)


async def file(call: Call) -> Answer:
    """What goes along, said where it was asked for: once is enough there."""
    press: InstructionFile = call.press
    kept = await reports.file(call.session, press.instruction, call.of.id)
    path = shelf.path_of(call.desk.settings.evidence_dir, kept.stored_as)
    if not path.is_file():
        raise FileMissing
    text = messages.instruction_file(press.instruction)
    return Answer(text, file=(kept.name, path), spent=(press.pack(),))


async def receipt(call: Call, instruction: int) -> Answer:
    """What its author sees: to whom it went, and who has acknowledged it."""
    sent = await reports.sent(call.session, instruction)
    bundle = await bundles.facts(call.session, sent.bundle) if sent.bundle else None
    unheard = await city.unheard(call.session, sent.waiting)
    count = await everyone(call)
    text = messages.instruction_sent(call.desk, sent, count, bundle, unheard)
    return Answer(text, keyboards_centre.for_sent(sent, bundle), edits=True)


async def _preview(call: Call, draft: DraftFacts) -> Answer:
    kept, wanted = draft.facts, draft.facts["as_item"]
    title, file = _title(kept["text"]) if wanted else "", kept["file"]
    text = messages.instruction_preview(
        call.desk, kept["opd"], await everyone(call), kept["text"], Due.from_facts(kept["due"]),
        title, file["name"] if file else "", await city.unheard(call.session, kept["opd"]),
    )  # fmt: skip
    return Answer(text, keyboards_centre.for_instruction_preview(draft.id, as_item=wanted))


def _file(call: Call) -> KeptFile | None:
    """What came along. Raises Wanted where it must be fetched first."""
    if call.attachment is None:
        return None
    if why := call.attachment.refusal:
        raise why
    if call.fetched is None:
        raise Wanted(call.attachment, FOLDER)
    if isinstance(call.fetched.found, Refusal):
        raise call.fetched.found
    return call.fetched.found


def _lines(text: str) -> str:
    """As it was written, line by line, without marks that turn the direction of writing."""
    if len(text) > LONGEST:
        raise InstructionTooLong(LONGEST)
    return "\n".join(one_line(line, LONGEST) for line in text.strip().splitlines())


def _title(text: str) -> str:
    """The first line that says something."""
    return clip(next(line for line in text.splitlines() if line), TITLE)
