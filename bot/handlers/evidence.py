"""Evidence is handed in as links and files, shown, and fetched again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import keyboards_evidence as keyboards
from bot import messages
from bot.attachment import Fetched, Wanted
from bot.buttons import Attach, FileOf, Proofs
from bot.context import Answer, Call
from bot.gate import OF_OPD, Gate
from bot.handlers.help import OnlyInPrivate
from bot.handlers.numbers import read
from bot.keyboards_evidence import Where
from bot.reading.numbers import links
from db import attaching, chats, evidence, shelf
from db.evidence import Attached
from db.pieces import KeptFile, Offered
from db.refusal import Refusal
from db.reports import cards
from db.reports import evidence as proofs


class FileMissing(Refusal):
    """It is not where it was kept: an operator must look (check)."""


async def add(call: Call) -> Answer:
    """/bukti 3 with a link or a file; without either it is asked for."""
    said = read(call)
    found = links(said.note)
    if call.attachment or found:
        return await _attach(call, said.numbers, found)
    return await _ask(call, said.numbers)


async def asked(call: Call) -> Answer:
    press: Attach = call.press
    return await _ask(call, (press.number,))


async def sent(call: Call) -> Answer | None:
    """A file or a link without a command. The gate (`meant_for`) has settled for which items."""
    if call.opd:
        return await add(call)
    if not call.place.is_private:
        return None
    if call.attachment:
        return Answer(messages.file_alone(), joins=True, album=call.attachment.album)
    return Answer(messages.remark(confirms=any(h.role in OF_OPD for h in call.speaker.posts)))


def meant_for(gate: Gate) -> Gate:
    """Who may hand in evidence of what this was meant for; where nothing is known, anyone."""

    async def inner(call: Call) -> Call:
        album = call.attachment.album if call.attachment else ""
        is_private = call.place.is_private
        meant = await attaching.meant(call.session, call.act, album, may_be_next=is_private)
        if meant is None:
            return call
        opd = await chats.by_id(call.session, meant.opd_id)
        text = f"{', '.join(map(str, meant.numbers))}: {call.text}"
        return await gate(replace(call, opd=opd, text=text))

    return inner


async def listed(call: Call) -> Answer:
    """By a link out of a group: `DIKBUD 3`, whose OPD the gate has read."""
    return await _list(call, read(call).numbers[0])


async def list_pressed(call: Call) -> Answer:
    press: Proofs = call.press
    return await _list(call, press.number)


async def fetched(call: Call) -> Answer:
    """The file again, from our own shelf, to nobody but who asked."""
    _only_in_private(call)
    press: FileOf = call.press
    file, number = await proofs.file(call.session, call.of, press.evidence)
    path = shelf.path_of(call.desk.settings.evidence_dir, file.stored_as)
    if not path.is_file():
        raise FileMissing
    return Answer(messages.evidence_file(call.of, number), file=(file.name, path))


async def offered(
    call: Call, numbers: Sequence[int], found: Sequence[str]
) -> tuple[Offered, Refusal | None]:
    """What came along, and why its file did not. Raises Wanted where that must be fetched first."""
    album = call.attachment.album if call.attachment else ""
    file = await _file(call, numbers, album)
    if isinstance(file, Refusal):
        return Offered(tuple(found), None, album), file
    if album:
        await attaching.begin_album(call.session, call.act, album, call.of.id, numbers)
    return Offered(tuple(found), file, album), None


async def _file(call: Call, numbers: Sequence[int], album: str) -> KeptFile | Refusal | None:
    """None: nothing came along, or no item takes it."""
    wanted = call.attachment
    if wanted is None:
        return None
    if why := wanted.refusal:
        return why
    source = Offered(album=album).source(call.act)
    if before := await evidence.given_by(call.session, source):
        return before
    folder = await evidence.folder(call.session, call.of, numbers)
    if folder is None:
        return None
    match call.fetched:
        case Fetched(folder=there, found=found) if there == folder:
            return found
    raise Wanted(wanted, folder)


async def _attach(call: Call, numbers: Sequence[int], found: Sequence[str]) -> Answer:
    brought, refusal = await offered(call, numbers, found)
    if refusal and not found:
        raise refusal
    attached = await evidence.attach(call.session, call.of, numbers, call.act, brought)
    is_news = all(
        piece.is_new and not piece.also for line in attached.lines for piece in line.pieces
    )
    return Answer(
        messages.attached(call.desk, attached, refusal),
        keyboards.for_attached(attached),
        joins=True,
        album=brought.album if is_news else "",
    )


async def _ask(call: Call, numbers: Sequence[int]) -> Answer:
    """For what is missing, where the item takes it; else what its state is."""
    nothing = Offered()
    attached = await evidence.attach(call.session, call.of, numbers, call.act, nothing)
    if not attached.takers:
        text = messages.attached(call.desk, attached)
        return Answer(pop_up=text) if call.press else Answer(text, joins=True)
    taking = [line.number for line in attached.takers]
    where = Where(call.bot_name, call.place.is_private)
    if where.is_private:
        awaiting = await attaching.ask(call.session, call.act, call.of.id, taking)
        return Answer(await _asking(call, attached), keyboards.for_awaiting(awaiting))
    return Answer(await _asking(call, attached), keyboards.for_asking(call.of.code, taking, where))


async def _asking(call: Call, attached: Attached) -> str:
    found = [await cards.card(call.session, call.of, line.number) for line in attached.takers[:1]]
    card = found[0] if len(attached.takers) == 1 else None
    return messages.attach(attached, card, is_private=call.place.is_private)


async def _list(call: Call, number: int) -> Answer:
    _only_in_private(call)
    card = await cards.card(call.session, call.of, number)
    may_attach = call.who.role in OF_OPD and card.takes_evidence
    keyboard = keyboards.for_proofs(card, may_attach=may_attach)
    return Answer(messages.evidence(call.desk, card), keyboard)


def _only_in_private(call: Call) -> None:
    """In a group others would see it."""
    if not call.place.is_private:
        raise OnlyInPrivate
