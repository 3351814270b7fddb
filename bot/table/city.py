"""What those say and press who look at the whole city: the Sekda, coordinators and auditors."""

from __future__ import annotations

from bot.buttons import CityPage, NudgeLate, RecapPage
from bot.commands import FRESH, PRIVATE, Command, Press
from bot.gate import OF_CITY, looking, of_city
from bot.handlers import checklist, nudges, overview, recap, summary
from bot.table.gates import DECIDING
from db.models import Role

COMMANDS = (
    Command(("opd",), of_city(*OF_CITY), overview.opd, FRESH, "OPD dan keadaannya", OF_CITY),
    Command(("ringkasan",), of_city(*OF_CITY), summary.summary, PRIVATE, "Ringkasan kota", OF_CITY),
    Command(
        ("rekap",), of_city(*OF_CITY), recap.recap, PRIVATE, "Rekap per OPD", OF_CITY, "DINKES"
    ),
    Command(("ingatkan",), DECIDING, nudges.nudge, FRESH, "Ingatkan OPD", (Role.SEKDA,), "DINKES"),
    Command(("daftar",), looking, checklist.listing, FRESH, "Daftar butir", OF_CITY, "DINKES"),
)
PRESSES = (
    Press(CityPage, of_city(*OF_CITY), overview.page),
    Press(RecapPage, of_city(*OF_CITY), recap.page),
    Press(NudgeLate, DECIDING, nudges.late_nudged),
)
