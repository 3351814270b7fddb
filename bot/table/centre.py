"""What the centre tells OPD and decides: instructions, complaints, obstacles, later deadlines."""

from __future__ import annotations

from bot.buttons import (
    Acknowledge,
    Acknowledged,
    AsItem,
    Close,
    Deny,
    Forward,
    Grant,
    InstructionFile,
    OpenMatters,
    Reply,
    ShowExtension,
    ShowObstacle,
    Undo,
)
from bot.commands import FRESH, Command, Press
from bot.gate import OF_CITY, looking, of_city
from bot.handlers import answering, complaints, extensions, instructions, matters, undoing
from bot.handlers.instructions import INSTRUCTING
from bot.handlers.previews import Preview
from bot.table.gates import CONFIRMING, COORDINATING, DECIDING, REVIEWING, listing
from db.models import Role

COMMANDS = (
    Command(
        ("instruksi",),
        INSTRUCTING,
        instructions.instruct,
        FRESH,
        "Instruksi kepada OPD",
        (Role.COORDINATOR, Role.SEKDA),
        "semua besok 12.00 Kirim data SPM",
    ),
    Command(
        ("aduan",),
        REVIEWING,
        complaints.complain,
        FRESH,
        "Catat aduan SP4N-LAPOR",
        (Role.COORDINATOR,),
        "DINKES biasa 1234567",
    ),
    Command(
        ("jawab",),
        DECIDING,
        answering.answer,
        FRESH,
        "Jawab kendala; tanpa nomor: lihat semua yang menunggu",
        (Role.COORDINATOR, Role.SEKDA),
        "K7 anggaran masuk APBD-P",
    ),
    Command(
        ("tutup",),
        DECIDING,
        answering.close,
        FRESH,
        "Tutup kendala",
        (Role.COORDINATOR, Role.SEKDA),
        "K7",
    ),
)
PRESSES = (
    Press(AsItem, INSTRUCTING, instructions.as_item),
    Press(Acknowledge, CONFIRMING, instructions.acknowledge),
    Press(InstructionFile, looking, instructions.file),
    Press(Acknowledged, of_city(*OF_CITY), instructions.acknowledged),
    Press(Undo, INSTRUCTING, undoing.undo),
    Press(Reply, DECIDING, answering.answer_pressed),
    Press(Close, DECIDING, answering.close_pressed),
    Press(Forward, COORDINATING, answering.forward_pressed),
    Press(ShowObstacle, DECIDING, answering.shown),
    Press(ShowExtension, DECIDING, extensions.shown),
    Press(OpenMatters, listing, matters.turned),
    Press(Grant, DECIDING, extensions.grant_pressed),
    Press(Deny, DECIDING, extensions.deny_pressed),
)
PREVIEWS = {instructions.KIND: Preview(instructions.save_sent, instructions.sent_again)}
