"""How one sees that a deed of the tour was done."""

from __future__ import annotations

from demo.web import facts
from demo.web.tour.acts import Done, Seen


async def checked(seen: Seen) -> bool:
    return any("OPD" in one.text and "Siap" in one.text for one in seen.said("coordinator"))


async def invited(seen: Seen) -> bool:
    return any("?start=" in one.text for one in seen.said("coordinator"))


async def appointed(seen: Seen) -> bool:
    return await facts.is_secretary(seen.session, seen.stage.actor("RSUD").id)


async def linked(seen: Seen) -> bool:
    return await facts.is_linked(seen.session, "RSUD")


async def reminded(seen: Seen) -> bool:
    return await facts.arrived(seen.session, "reminder") > 0


async def pressed(seen: Seen) -> bool:
    found = await facts.deeds(seen.session, "DINKES")
    return any(deed.verb == "submit" and deed.by_button for deed in found)


async def proven(seen: Seen) -> bool:
    return len(await facts.with_evidence(seen.session, "DINKES")) >= 3


async def summed_up(seen: Seen) -> bool:
    return await facts.arrived(seen.session, "digest", seen.stage.actor("sekda").id) > 0


async def read(seen: Seen) -> bool:
    return seen.read("sekda") and await summed_up(seen)


async def described(seen: Seen) -> bool:
    """An obstacle, of which the bot asks the kind; once it has that, the question may be gone."""
    asked = any("Jenis kendala" in one.text for one in seen.said("DINKES", "DINKES"))
    return asked or bool(await facts.obstacles(seen.session, "DINKES"))


async def drafted(seen: Seen) -> bool:
    """The preview of an instruction; once it was sent, it need not be there."""
    shown = any("✋" in one.text for one in seen.said("sekda"))
    return shown or "sent" in await facts.instructions(seen.session, "DINKES")


def happened(verb: str, code: str) -> Done:
    """To an item of this OPD."""

    async def sign(seen: Seen) -> bool:
        return any(deed.verb == verb for deed in await facts.deeds(seen.session, code))

    return sign


def hindered(verb: str) -> Done:
    async def sign(seen: Seen) -> bool:
        return verb in await facts.obstacles(seen.session, "DINKES")

    return sign


def instructed(verb: str) -> Done:
    async def sign(seen: Seen) -> bool:
        return verb in await facts.instructions(seen.session, "DINKES")

    return sign
