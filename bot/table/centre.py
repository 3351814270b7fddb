"""What the centre tells OPD and what they answer: instructions and complaints."""

from __future__ import annotations

from bot.buttons import Acknowledge, Acknowledged, AsItem, Undo
from bot.commands import FRESH, Command, Press
from bot.gate import OF_CITY, of_city
from bot.handlers import complaints, instructions, undoing
from bot.handlers.instructions import INSTRUCTING
from bot.handlers.previews import Preview
from bot.table.gates import CONFIRMING, REVIEWING
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
)
PRESSES = (
    Press(AsItem, INSTRUCTING, instructions.as_item),
    Press(Acknowledge, CONFIRMING, instructions.acknowledge),
    Press(Acknowledged, of_city(*OF_CITY), instructions.acknowledged),
    Press(Undo, INSTRUCTING, undoing.undo),
)
PREVIEWS = {instructions.KIND: Preview(instructions.save_sent, instructions.sent_again)}
