"""The coordinator accepts what an OPD confirmed, or returns it for repair."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from db.models import Audit, Item, State
from tests.questions import state
from tests.town import Town, wita


async def test_verifying_tells_the_coordinator_and_the_group(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1, 3")
    answer = await town.says(town.people["coordinator"], "/verifikasi DIKBUD 1, 3, 2")
    await town.sends()

    assert answer.text == (
        "Dinas Pendidikan & Kebudayaan\n"
        "✅ 1. Maklumat pelayanan: terverifikasi\n"
        "✅ 3. Foto loket: terverifikasi\n"
        "2. Survei kepuasan <SKM>: belum dikonfirmasi, tidak diubah\n"
        "OPD diberi tahu."
    )
    [notice] = town.said_in(town.groups["DIKBUD"])
    assert "Terverifikasi: butir 1, 3." in notice.text


async def test_returning_tells_the_group_what_to_mend_and_the_item_is_open(town: Town) -> None:
    await town.says(town.people["sari"], "/done 3")
    await town.says(
        town.people["coordinator"], "/kembalikan DIKBUD 3 foto ruang tunggu belum terlihat"
    )
    await town.sends()

    [notice] = town.said_in(town.groups["DIKBUD"])
    assert "Yang perlu diperbaiki: foto ruang tunggu belum terlihat" in notice.text
    assert await state(town, "DIKBUD", 3) is State.RETURNED


async def test_a_returned_item_is_confirmed_again(town: Town) -> None:
    sari = town.people["sari"]
    await town.says(sari, "/done 3")
    await town.says(town.people["coordinator"], "/kembalikan DIKBUD 3 foto belum terlihat jelas")
    receipt = await town.says(sari, "/done 3")

    assert "✅ 3. Foto loket: dicatat" in receipt.text
    assert await state(town, "DIKBUD", 3) is State.SUBMITTED


async def test_lateness_is_judged_by_the_first_confirmation_whatever_was_returned(
    town: Town,
) -> None:
    sari, first = town.people["sari"], town.clock.now
    await town.says(sari, "/done 3")
    await town.says(town.people["coordinator"], "/kembalikan DIKBUD 3 foto belum terlihat jelas")
    town.clock.now += timedelta(days=60)
    await town.says(sari, "/done 3")

    async with town.desk.view() as session:
        item = (await session.scalars(select(Item).where(Item.title == "Foto loket"))).one()
    assert (item.first_submitted_at, item.submitted_at) == (first, town.clock.now)


async def test_a_return_taken_care_of_before_the_notice_left_is_not_told(town: Town) -> None:
    sari = town.people["sari"]
    await town.says(sari, "/done 3")
    await town.says(town.people["coordinator"], "/kembalikan DIKBUD 3 foto belum terlihat jelas")
    await town.says(sari, "/done 3")
    await town.sends()

    assert not town.said_in(town.groups["DIKBUD"])


async def test_a_return_needs_a_reason_that_can_be_acted_on(town: Town) -> None:
    await town.says(town.people["sari"], "/done 3")
    for reason in ("", "ulang", "  salah  "):
        answer = await town.says(town.people["coordinator"], f"/kembalikan DIKBUD 3 {reason}")

        assert answer.text.startswith("Tuliskan apa yang perlu diperbaiki OPD")
    assert await state(town, "DIKBUD", 3) is State.SUBMITTED


async def test_in_the_group_the_coordinator_need_not_name_the_opd(town: Town) -> None:
    await town.says(town.people["sari"], "/done 3")
    await town.says(town.people["coordinator"], "/verifikasi 3", to=town.groups["DIKBUD"])

    assert await state(town, "DIKBUD", 3) is State.VERIFIED


async def test_in_private_the_coordinator_must_name_it(town: Town) -> None:
    answer = await town.says(town.people["coordinator"], "/verifikasi 3")

    assert answer.text.startswith("OPD mana yang dimaksud?")


async def test_the_example_of_a_return_has_a_reason(town: Town) -> None:
    rudi = town.people["coordinator"]
    bare = await town.says(rudi, "/kembalikan")
    named = await town.says(rudi, "/kembalikan DINKES")

    assert "misalnya /kembalikan DINKES 3 foto loket belum terlihat." in bare.text
    assert "Contoh: /kembalikan DINKES 3 foto loket belum terlihat " in named.text


async def test_verifying_twice_says_so_and_tells_the_group_once(town: Town) -> None:
    await town.says(town.people["sari"], "/done 3")
    for _ in range(2):
        answer = await town.says(town.people["coordinator"], "/verifikasi DIKBUD 3")
    await town.sends()

    assert "3. Foto loket: sudah terverifikasi" in answer.text
    assert len(town.said_in(town.groups["DIKBUD"])) == 1


async def test_the_same_review_arriving_again_is_one_review(town: Town) -> None:
    await town.says(town.people["sari"], "/done 3")
    town.people["coordinator"].says("/verifikasi DIKBUD 3", to=town.bot)
    await town.hears_but_dies()
    await town.hears()
    await town.sends()

    first, second = town.said_to(town.people["coordinator"])[-2:]
    assert first.text == second.text
    async with town.desk.view() as session:
        entries = list(await session.scalars(select(Audit).where(Audit.verb == "verify")))
    assert len(entries) == 1
    assert len(town.said_in(town.groups["DIKBUD"])) == 1


async def test_where_nobody_can_be_told_the_coordinator_reads_so(town: Town) -> None:
    await town.opd("DKP", "Dinas Ketahanan Pangan")
    await town.item("DKP", 1, "Maklumat", wita(12, 30), state=State.SUBMITTED)
    answer = await town.says(town.people["coordinator"], "/verifikasi DKP 1")

    assert answer.text.endswith("Belum ada yang dapat diberi tahu: DKP.")
