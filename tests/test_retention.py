"""What has had its use goes after a while, and nothing that is asked for still."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from db import audit
from db.models import Audit, Draft, Fate, Heard, Invitation, Item, Outage, Owed, Role
from tests.coordinating import SAVE
from tests.test_start import token_for
from tests.town import Town, wita

NIGHT = wita(11, 25, 3, 0)
DAY = timedelta(days=1)


async def nights(town: Town, after: timedelta) -> None:
    """The clock's ticks of the third hour, so much later."""
    town.clock.now = NIGHT + after
    await town.ticks()


async def count(town: Town, of: Any, *which: Any) -> int:
    async with town.desk.view() as session:
        return await session.scalar(select(func.count()).select_from(of).where(*which)) or 0


async def previewed(town: Town, title: str = "Laporan SKM") -> Any:
    return await town.says(town.people["coordinator"], f"/tenggat DINKES H+14 {title}")


async def test_a_preview_is_kept_for_thirty_days_after_its_own(town: Town) -> None:
    preview = await previewed(town)
    await previewed(town, "Laporan lain")  # the newest one stays, whatever its age
    await nights(town, 30 * DAY)
    kept = await count(town, Draft)
    await nights(town, 31 * DAY)
    left = await count(town, Draft)
    seen = await town.presses(town.people["coordinator"], preview, SAVE)

    assert [kept, left] == [2, 1]
    assert seen.text.startswith("Sudah lewat satu hari, tidak ada yang disimpan.")


async def test_of_a_preview_that_was_saved_it_is_never_said_that_nothing_was(town: Town) -> None:
    rudi, preview = town.people["coordinator"], await previewed(town)
    save = preview.button(SAVE)["callback_data"]
    await town.presses(rudi, preview, SAVE)
    await previewed(town, "Laporan lain")
    await nights(town, 40 * DAY)

    assert "tidak ada yang disimpan" not in (await town.forges(rudi, preview, save)).text


async def test_an_old_button_never_gets_the_meaning_of_a_new_preview(town: Town) -> None:
    old = await previewed(town)
    await nights(town, 31 * DAY)
    town.clock.now = wita(12, 28, 9, 0)
    await previewed(town, "Laporan lain")
    await town.presses(town.people["coordinator"], old, SAVE)

    assert await count(town, Audit, Audit.verb == "add", ~Audit.source.startswith("stage")) == 0


async def test_for_ninety_days_a_late_comer_hears_that_the_link_was_used(town: Town) -> None:
    token = await token_for(town, Role.OPERATOR, "DINKES")
    joko, wati = town.telegram.person("Joko Susilo"), town.telegram.person("Wati")
    await town.starts(joko, token)
    await token_for(town, Role.OPERATOR, "DINKES")
    await nights(town, 89 * DAY)
    used = (await town.starts(wati, token)).text
    await nights(town, 91 * DAY)
    gone = (await town.starts(wati, token)).text

    assert "sudah dipakai" in used
    assert "sudah dipakai" not in gone
    assert await count(town, Invitation, Invitation.used_at.is_not(None)) == 0
    assert await count(town, Audit, Audit.verb == "redeemed") == 1


async def test_a_link_that_is_good_still_stays(town: Town) -> None:
    token = await token_for(town, Role.OPERATOR, "DINKES")
    await token_for(town, Role.OPERATOR, "DINKES")
    await nights(town, 5 * DAY)

    assert "Operator" in (await town.starts(town.telegram.person("Wati"), token)).text


async def test_of_messages_long_settled_the_last_of_each_reader_stays(town: Town) -> None:
    await town.sends()
    for day in (25, 26):
        await town.item("DIKBUD", 60 + day, "Papan nama", wita(11, day - 1))
        await town.at(wita(11, day, 16, 0))
    newest = await days(town)
    await nights(town, 399 * DAY)
    kept = await count(town, Owed)
    await nights(town, 402 * DAY)

    assert ("digest", wita(11, 25).date()) not in await days(town)
    assert {day for day in newest if day[1] == wita(11, 26).date()} <= await days(town)
    assert await count(town, Owed) < kept


async def test_what_is_owed_still_stays_however_old(town: Town) -> None:
    await town.says(town.people["coordinator"], "/kembalikan DINKES 1 belum ditandatangani kepala")
    await town.ticks()
    async with town.desk.transaction() as session:
        long_ago = update(Owed).values(made_at=NIGHT - 500 * DAY)
        await session.execute(long_ago)
    waiting = await count(town, Owed, Owed.fate == Fate.OWED)
    await nights(town, timedelta(0))

    assert waiting
    assert await count(town, Owed, Owed.fate == Fate.OWED) == waiting


async def test_only_at_night_and_the_log_stays_whole(town: Town) -> None:
    await previewed(town)
    await previewed(town, "Laporan lain")
    town.clock.now = NIGHT + 40 * DAY + timedelta(hours=1)
    await town.ticks()
    by_day = await count(town, Draft)
    await token_for(town, Role.OPERATOR, "DINKES")
    await token_for(town, Role.OPERATOR, "DINKES")
    await nights(town, 200 * DAY)
    async with town.desk.view() as session:
        broken = await audit.first_broken(session)

    assert [by_day, await count(town, Draft)] == [2, 1]
    assert await count(town, Audit, Audit.verb == "removed") == 1
    assert broken is None


async def days(town: Town) -> set[tuple[str, Any]]:
    """The kinds and days of what was sent."""
    async with town.desk.view() as session:
        query = select(Owed.kind, Owed.day).where(Owed.fate == Fate.SENT, Owed.day.is_not(None))
        return {(kind, day) for kind, day in await session.execute(query)}


async def test_an_absence_goes_with_the_messages_of_its_time(town: Town) -> None:
    async with town.desk.transaction() as session:
        for days in (500, 401, 399, 0):
            moment = NIGHT - days * DAY
            session.add(Outage(began_at=moment - timedelta(hours=1), ended_at=moment))
            await session.flush()
    await nights(town, timedelta(0))

    assert await count(town, Outage) == 2


async def test_of_what_was_heard_the_last_stage_of_a_deadline_stays(town: Town) -> None:
    async with town.desk.transaction() as session:
        await session.execute(delete(Heard))
        item = (await session.scalars(select(Item).order_by(Item.id))).first()
        assert item is not None
        old, young = (NIGHT - 401 * DAY).date(), (NIGHT - 399 * DAY).date()
        moved = item.due_at - DAY
        rows = [
            (item.due_at, -3, old), (item.due_at, 1, young), (item.due_at, 3, old),
            (moved, 1, old), (moved, 3, young),
        ]  # fmt: skip
        for due_at, stage, day in rows:
            session.add(Heard(item_id=item.id, due_at=due_at, stage=stage, day=day))
        due_at = item.due_at
    await nights(town, timedelta(0))

    async with town.desk.view() as session:
        left = {(one.due_at, one.stage) for one in await session.scalars(select(Heard))}
    assert left == {(due_at, 1), (due_at, 3), (moved, 3)}
