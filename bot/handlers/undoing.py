"""↩️ Urungkan: its author takes back what a command added, until somebody has confirmed it."""

from __future__ import annotations

from dataclasses import replace

from bot import messages
from bot.buttons import Undo
from bot.context import Answer, Call
from bot.handlers import bundles as deadlines
from bot.handlers import complaints as filed
from bot.handlers import instructions as sent
from bot.handlers.drafting import COORDINATING
from bot.notices import changes
from db import bundles, complaints, instructions
from db.bundles import BundleConfirmed, NoSuchBundle
from db.reports.bundles import BundleFacts, facts


async def undo(call: Call) -> Answer:
    """The receipt says that it is taken back; too late, it loses its button."""
    press: Undo = call.press
    bundle = await facts(call.session, press.bundle)
    if bundle is None:
        raise NoSuchBundle(press.bundle)
    call = await _as_author(call, bundle)
    try:
        gone = await bundles.undo(call.session, call.act, bundle.id)
    except BundleConfirmed as late:
        return replace(await _receipt(call, bundle), pop_up=messages.refusal(call.desk, late))
    await changes.owe(call, "undone", gone, added=bundle.source)
    return await _receipt(call, replace(bundle, is_undone=True))


async def _as_author(call: Call, bundle: BundleFacts) -> Call:
    """In a post that may add such a thing still."""
    await bundles.of_author(call.session, bundle.id, call.speaker.user_id)
    is_instruction = await instructions.of_bundle(call.session, bundle.id)
    return await (sent.INSTRUCTING if is_instruction else COORDINATING)(call)


async def _receipt(call: Call, bundle: BundleFacts) -> Answer:
    """Of whatever added it."""
    if instruction := await instructions.of_bundle(call.session, bundle.id):
        return await sent.receipt(call, instruction)
    if complaint := await complaints.of_bundle(call.session, bundle.id):
        return await filed.receipt_pressed(call, complaint)
    return await deadlines.receipt(call, bundle)
