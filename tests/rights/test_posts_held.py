"""What was begun under a post that ended since: the right comes from the post that is held now."""

from __future__ import annotations

import pytest

from db.models import Role
from demo.telegram import Message
from tests.coordinating import DISCARD, SAVE, UNDO, end_all
from tests.rights import pressing
from tests.rights.city import City
from tests.rights.pressing import sign

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Who began it, what they said, the buttons that they pressed before, and the one they press after
# their post ended; then what that comes to, by what they hold now.
NOW = {
    "nothing": None,
    "again": "as before",
    "sekda": (Role.SEKDA, ""),
    "coordinator": (Role.COORDINATOR, ""),
    "auditor": (Role.AUDITOR, ""),
    "operator": (Role.OPERATOR, "DIKBUD"),
    "theirs": (Role.SECRETARY, "DINKES"),
}
ITEM, UNDO_ITEM = "➕ Jadikan butir", "↩️ Urungkan butir"
BEGUN = {
    "/tenggat DIKBUD H+14 Laporan": ("coordinator", (), SAVE, "-+--"),
    "/ubah DIKBUD 1 H+14": ("coordinator", (), SAVE, "-+--"),
    "/hapus DIKBUD 1 sama dengan butir 7": ("coordinator", (), SAVE, "-+--"),
    "/akhiri operator DIKBUD": ("coordinator", (), SAVE, "-+--"),
    "/instruksi DIKBUD H+3 Kirim data": ("coordinator", (), SAVE, "-++-"),
    "/instruksi DIKBUD H+3 Isi data": ("coordinator", (), ITEM, "-++-"),
    "/tenggat DIKBUD H+15 Laporan": ("coordinator", (SAVE,), UNDO, "-+--"),
    "/aduan DIKBUD biasa 7654321": ("coordinator", (), UNDO, "-+--"),
    "/instruksi DIKBUD H+4 Isi data": ("coordinator", (ITEM, SAVE), UNDO_ITEM, "-++-"),
    "/hapus DIKBUD 1 2 kali sama": ("coordinator", (), "", "-+--"),
    "/tenggat DIKBUD H+16 Laporan": ("coordinator", (), DISCARD, "++++"),
    "/instruksi DIKBUD H+5 Kirim data": ("sekda", (), SAVE, "-++-"),
    "/instruksi DIKBUD H+6 Isi data": ("sekda", (ITEM, SAVE), UNDO_ITEM, "-++-"),
    "/akhiri operator": ("secretary", (), SAVE, "-+--"),
    "/done 1 2 komponen": ("secretary", (), "", "-++-"),
}
"""An empty button is the first that stands there: of a question."""
AFTER = {
    "coordinator": ("nothing", "again", "sekda", "auditor"),
    "sekda": ("nothing", "again", "coordinator", "auditor"),
    "secretary": ("nothing", "again", "operator", "theirs"),
}
FIRST = {
    "coordinator": (Role.COORDINATOR, ""),
    "sekda": (Role.SEKDA, ""),
    "secretary": (Role.SECRETARY, "DIKBUD"),
}


@pytest.mark.parametrize("nth", range(4))
@pytest.mark.parametrize("said", BEGUN)
async def test_what_was_begun_is_finished_by_the_post_held_now(
    city: City, said: str, nth: int
) -> None:
    who, before, button, signs = BEGUN[said]
    under = await begun(city, who, said, before)
    await becomes(city, who, AFTER[who][nth])
    tables, last = await pressing.tables(city), len(await pressing.log(city))
    seen = await city.presses(city.people[who], under, button or under.buttons[0][0])
    written = await pressing.log(city, last)

    assert sign(seen) == signs[nth]
    if signs[nth] == "-":
        assert await pressing.tables(city) == tables
        assert [(e.verb, e.user_id) for e in written] == [("refused", city.people[who].id)]
    else:
        assert await pressing.tables(city) != tables
        assert [e.verb for e in written if e.verb == "refused"] == []


@pytest.mark.parametrize("now", ["nothing", "sekda"])
async def test_what_was_saved_is_not_shown_again_to_who_may_not(city: City, now: str) -> None:
    under = await begun(city, "coordinator", "/tenggat DIKBUD H+14 Laporan", ())
    data = under.button(SAVE)["callback_data"]
    await city.presses(city.people["coordinator"], under, SAVE)
    await becomes(city, "coordinator", now)
    tables = await pressing.tables(city)
    seen = await city.forges(city.people["coordinator"], under, data)

    assert sign(seen) == "-"
    assert await pressing.tables(city) == tables


async def begun(city: City, who: str, said: str, before: tuple[str, ...]) -> Message:
    under = await city.says(city.people[who], said)
    for label in before:
        await city.presses(city.people[who], under, label)
    return under


async def becomes(city: City, who: str, now: str) -> None:
    """Their post ends, and they are given another one, or the same again."""
    await end_all(city, who)
    post = FIRST[who] if now == "again" else NOW[now]
    if post:
        await city.appoint(city.people[who], *post)
