"""The gates of the table, by what they let do."""

from __future__ import annotations

from bot.context import Call
from bot.gate import LEADS, OF_CITY, OF_OPD, either, leading, naming, of_city, of_opd, on_opd
from db.models import Role

CONFIRMING = of_opd(*OF_OPD)
LEADING = of_opd(*LEADS)
DECIDING = of_city(Role.COORDINATOR, Role.SEKDA)
REVIEWING = on_opd(Role.COORDINATOR)
COORDINATING = of_city(Role.COORDINATOR)


async def verifying(call: Call) -> Call:
    """In private without a word: the queue of all OPD."""
    is_of_all = call.place.is_private and not call.text
    return await (COORDINATING if is_of_all else REVIEWING)(call)


APPOINTING = naming(either(COORDINATING, leading(*LEADS)))
READING = either(CONFIRMING, on_opd(*OF_CITY))  # what only those see whose work it is
LINKING = either(COORDINATING, of_opd(*OF_OPD))
