"""A link gives a post or links a group; a greeting says what comes next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db import chats, invitations, people
from db.act import Act
from db.models import Acting, Role
from tests.town import Town, wita


async def link_for(town: Town, role: Role | None, code: str = "", acting: str = "") -> str:
    """The token of a fresh link, as the command line makes it."""
    async with town.desk.transaction() as session:
        opd = await chats.by_code(session, code) if code else None
        act = Act(town.clock.now, "command line")
        return await invitations.make(session, act, role, opd.id if opd else None, Acting(acting))


async def holders(town: Town, role: Role, code: str = "") -> list[str]:
    async with town.desk.view() as session:
        opd = await chats.by_code(session, code) if code else None
        return [h.name for h in await people.holders(session, [role], opd.id if opd else None)]


async def test_the_first_coordinator_comes_by_a_link_from_the_command_line(bare_town: Town) -> None:
    rudi = bare_town.telegram.person("Rudi Hartono")
    said = await bare_town.starts(rudi, await link_for(bare_town, Role.COORDINATOR))

    assert said.text.startswith("Terima kasih, Rudi Hartono. Anda kini terdaftar sebagai Koordinator.")
    assert await holders(bare_town, Role.COORDINATOR) == ["Rudi Hartono"]
