"""An item is returned: what its OPD hears carries all that is needed to mend it."""

from __future__ import annotations

from sqlalchemy import select

from db.models import Audit, State
from tests import evidence, golden
from tests.coordinating import shown, unlink
from tests.questions import state
from tests.town import Town

REASON = "foto ruang tunggu belum terlihat"


async def returned(town: Town, numbers: str = "3") -> None:
    await town.says(town.people["sari"], f"/done {numbers}")
    await town.says(town.people["coordinator"], f"/kembalikan DIKBUD {numbers} {REASON}")
    await town.sends()


async def log(town: Town) -> list[tuple[str, int | None]]:
    async with town.desk.view() as session:
        query = select(Audit.verb, Audit.user_id).where(~Audit.source.startswith("stage"))
        query = query.where(Audit.verb.in_(["submit", "return", "evidence"]))
        return [tuple(row) for row in await session.execute(query.order_by(Audit.id))]


async def test_the_group_mends_it_by_what_stands_under_the_notice(town: Town) -> None:
    """An operator gives a better photo in private and confirms with one press in the group."""
    sari, dewi, rudi = (town.people[name] for name in ("sari", "dewi", "coordinator"))
    await returned(town)
    [notice] = town.said_in(town.groups["DIKBUD"])
    golden.check("returned-notice", "\n".join(golden.on_phone(shown(notice))))
    await town.presses(dewi, notice, "📎 Lampirkan")
    asked = town.said_in(town.groups["DIKBUD"])[-1]
    await town.presses(dewi, asked, "📎 Lampirkan")
    await evidence.document(town, "dewi", name="Ruang tunggu.pdf")
    await town.presses(dewi, notice, "✅ 3")

    assert await state(town, "DIKBUD", 3) is State.SUBMITTED
    assert [one.file_name for one in await evidence.rows(town, "DIKBUD", 3)] == ["Ruang tunggu.pdf"]
    assert notice.buttons == [["📎 Lampirkan"], ["📋 Daftar", "⚠️ Kendala"]]
    assert await log(town) == [
        ("submit", sari.id), ("return", rudi.id), ("evidence", dewi.id), ("submit", dewi.id),
    ]  # fmt: skip


async def test_of_several_each_can_be_mended(town: Town) -> None:
    await returned(town, "1, 3")

    assert town.said_in(town.groups["DIKBUD"])[-1].buttons == [
        ["✅ 1", "✅ 3"],
        ["📎 1", "📎 3"],
        ["📋 Daftar", "⚠️ Kendala"],
    ]


async def test_without_a_group_it_is_mended_in_private(town: Town) -> None:
    await unlink(town, "DIKBUD")
    await returned(town)
    sari = town.people["sari"]
    await town.presses(sari, town.last(sari), "✅ 3")

    assert await state(town, "DIKBUD", 3) is State.SUBMITTED


async def test_whoever_only_sits_there_presses_in_vain(town: Town) -> None:
    await returned(town)
    notice = town.said_in(town.groups["DIKBUD"])[-1]
    seen = [
        await town.presses(town.people[who], notice, label)
        for who in ("stranger", "budi")
        for label in ("✅ 3", "📎 Lampirkan")
    ]

    assert all(pop_up.text.startswith("Hanya untuk") for pop_up in seen)
    assert await state(town, "DIKBUD", 3) is State.RETURNED


async def test_what_counts_again_can_be_confirmed_at_once(town: Town) -> None:
    rudi = town.people["coordinator"]
    await town.says(rudi, "/tidak_relevan DIKBUD 3 tidak memberi layanan langsung")
    await town.sends()
    await town.says(rudi, "/relevan DIKBUD 3")
    await town.sends()
    without, again = town.said_in(town.groups["DIKBUD"])

    assert without.buttons == []
    assert again.buttons == [["✅ 3"], ["📋 Daftar", "⚠️ Kendala"]]


async def test_of_two_hundred_the_first_have_buttons(town: Town) -> None:
    for number in range(4, 40):
        await town.item("DIKBUD", number, f"Butir {number}", town.clock.now)
    await returned(town, "1-39")
    first = town.said_in(town.groups["DIKBUD"])[-1].buttons

    assert first[:2] == [[f"✅ {n}" for n in range(1, 6)], [f"✅ {n}" for n in range(6, 11)]]
    assert sum(map(len, first)) == 22
