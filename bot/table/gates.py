"""The gates of the table, by what they let do."""

from __future__ import annotations

from bot.gate import LEADS, OF_OPD, either, leading, naming, of_city, of_opd, on_opd
from db.models import Role

CONFIRMING = of_opd(*OF_OPD)
REVIEWING = on_opd(Role.COORDINATOR)
COORDINATING = of_city(Role.COORDINATOR)
APPOINTING = naming(either(COORDINATING, leading(*LEADS)))
LINKING = either(COORDINATING, of_opd(*OF_OPD))
