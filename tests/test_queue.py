"""The coordinator walks what waits to be verified; and takes items out of the counts, and back."""

from __future__ import annotations

from datetime import timedelta

from db.models import State
from demo.telegram import Message
from tests import golden
from tests.questions import count, state
from tests.town import Town

REASON = "tidak memberi layanan langsung"


async def confirmed(town: Town) -> Message:
    """All of DIKBUD and DINKES, and the queue as the coordinator sees it."""
    await town.says(town.people["sari"], "/done 1-3")
    await town.says(town.people["budi"], "/done 1")
    return await town.says(town.people["coordinator"], "/verifikasi")


async def test_the_queue_reads_well(town: Town) -> None:
    shown = await confirmed(town)

    golden.check("queue", f"{shown.text}\n{shown.buttons}")


async def test_it_is_walked_to_its_end_in_one_message(town: Town) -> None:
    rudi, shown = town.people["coordinator"], await confirmed(town)
    before = len(town.said_to(rudi))
    for number in (1, 2, 3):
        assert f"{number}. " in shown.text
        await town.presses(rudi, shown, "✅ Verifikasi")
        assert await state(town, "DIKBUD", number) is State.VERIFIED
    assert "Standar pelayanan" in shown.text
    await town.presses(rudi, shown, "✅ Verifikasi")

    assert "Tidak ada butir yang menunggu verifikasi" in shown.text
    assert len(town.said_to(rudi)) == before
    assert await count(town, "verify") == 4


async def test_what_is_accepted_one_by_one_is_told_together(town: Town) -> None:
    rudi, shown = town.people["coordinator"], await confirmed(town)
    await town.sends()
    for _ in range(3):
        await town.presses(rudi, shown, "✅ Verifikasi")
        await town.later(minutes=2)
    before = town.said_in(town.groups["DIKBUD"])
    await town.later(minutes=10)

    [notice] = town.said_in(town.groups["DIKBUD"])[len(before) :]
    assert "Terverifikasi: butir 1–3." in notice.text


async def test_one_can_be_left_for_later_and_comes_again_at_the_end(town: Town) -> None:
    rudi, shown = town.people["coordinator"], await confirmed(town)
    titles = []
    for _ in range(5):
        titles.append(shown.text.splitlines()[2])
        await town.presses(rudi, shown, "⏭ Berikutnya")

    assert titles[0] == titles[4] == "1. Maklumat pelayanan"
    assert len(set(titles)) == 4
    assert await count(town, "verify") == 0


async def test_all_of_an_opd_are_accepted_but_not_what_came_meanwhile(town: Town) -> None:
    rudi, sari = town.people["coordinator"], town.people["sari"]
    await town.says(sari, "/done 1, 2")
    shown = await town.says(rudi, "/verifikasi DIKBUD")
    await town.says(sari, "/done 3")
    await town.presses(rudi, shown, "✅ Semua DIKBUD (2)")

    found = [await state(town, "DIKBUD", n) for n in (1, 2, 3)]
    assert found == [State.VERIFIED, State.VERIFIED, State.SUBMITTED]
    assert "3. Foto loket" in shown.text


async def test_what_was_taken_back_meanwhile_is_told_and_not_verified(town: Town) -> None:
    rudi, shown = town.people["coordinator"], await confirmed(town)
    await town.says(town.people["sari"], "/batalkan 1")
    seen = await town.presses(rudi, shown, "✅ Verifikasi")

    assert "belum dikonfirmasi" in seen.text
    assert "2. Survei kepuasan" in shown.text
    assert await state(town, "DIKBUD", 1) is State.OPEN


async def test_returning_from_the_queue_asks_for_the_reason(town: Town) -> None:
    rudi, shown = town.people["coordinator"], await confirmed(town)
    await town.presses(rudi, shown, "↩️ Kembalikan")
    question = town.last(rudi)
    rudi.says("maklumat belum ditandatangani", to=town.bot, reply_to=question)
    await town.hears()
    await town.presses(rudi, shown, "⏭ Berikutnya")

    assert await state(town, "DIKBUD", 1) is State.RETURNED
    assert "2. Survei kepuasan" in shown.text


async def test_two_coordinators_at_once_verify_once(town: Town) -> None:
    rudi, shown = town.people["coordinator"], await confirmed(town)
    rudi.presses(shown, "✅ Verifikasi")
    rudi.presses(shown, "✅ Verifikasi")
    await town.hears()

    assert await count(town, "verify") == 1
    assert await state(town, "DIKBUD", 2) is State.SUBMITTED


async def test_an_opd_group_sees_its_own_queue_only(town: Town) -> None:
    await confirmed(town)
    shown = await town.says(town.people["coordinator"], "/verifikasi", to=town.groups["DINKES"])

    assert "di DINKES: 1 butir" in shown.text


async def test_the_city_leads_to_the_queue(town: Town) -> None:
    rudi = town.people["coordinator"]
    await confirmed(town)
    city = await town.says(rudi, "/opd")
    await town.presses(rudi, city, "🕓 Antrean (4)")

    assert "Menunggu verifikasi: 4 butir (1 tanpa bukti)" in city.text


async def test_what_is_not_relevant_leaves_the_counts_and_the_opd_hears_why(town: Town) -> None:
    await town.sends()
    answer = await town.says(town.people["coordinator"], f"/tidak_relevan DIKBUD 1-2 {REASON}")
    await town.sends()
    listing = await town.says(town.people["sari"], "/daftar")

    [notice] = town.said_in(town.groups["DIKBUD"])
    golden.check("not-relevant", f"{answer.text}\n---\n{notice.text}")
    assert await state(town, "DIKBUD", 1) is State.NOT_APPLICABLE
    assert "0 dari 1" in listing.text


async def test_it_comes_back_as_it_was(town: Town) -> None:
    rudi = town.people["coordinator"]
    await town.says(town.people["sari"], "/done 1")
    await town.says(rudi, f"/tidak_relevan DIKBUD 1-2 {REASON}")
    await town.sends()
    answer = await town.says(rudi, "/relevan DIKBUD 1-2")
    await town.sends()

    notice = town.said_in(town.groups["DIKBUD"])[-1]
    golden.check("relevant-again", f"{answer.text}\n---\n{notice.text}")
    assert await state(town, "DIKBUD", 1) is State.SUBMITTED
    assert await state(town, "DIKBUD", 2) is State.OPEN


async def test_stages_past_when_it_comes_back_count_as_heard(town: Town) -> None:
    rudi = town.people["coordinator"]
    await town.minute()
    await town.says(rudi, f"/tidak_relevan DIKBUD 3 {REASON}")
    await town.sends()
    town.clock.now += timedelta(days=20)
    await town.says(rudi, "/relevan DIKBUD 3")
    await town.sends()
    before = len(town.said_in(town.groups["DIKBUD"]))
    await town.minute()

    assert not [m for m in town.said_in(town.groups["DIKBUD"])[before:] if "Foto loket" in m.text]


async def test_the_card_does_it_too_and_asks_for_the_reason(town: Town) -> None:
    rudi = town.people["coordinator"]
    card = await town.says(rudi, "/opd DIKBUD 3")
    await town.presses(rudi, card, "➖ Tidak relevan")
    rudi.says(REASON, to=town.bot, reply_to=town.last(rudi))
    await town.hears()
    assert await state(town, "DIKBUD", 3) is State.NOT_APPLICABLE
    card = await town.says(rudi, "/opd DIKBUD 3")
    await town.presses(rudi, card, "➕ Relevan")

    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_a_reason_is_needed(town: Town) -> None:
    answer = await town.says(town.people["coordinator"], "/tidak_relevan DIKBUD 3 tidak")

    assert "sedikitnya sepuluh huruf" in answer.text
    assert await state(town, "DIKBUD", 3) is State.OPEN


async def test_the_same_message_arriving_again_gets_the_same_receipt(town: Town) -> None:
    rudi = town.people["coordinator"]
    rudi.says(f"/tidak_relevan DIKBUD 3 {REASON}", to=town.bot)
    await town.hears_but_dies()
    first = town.last(rudi).text
    await town.hears()

    assert town.last(rudi).text == first
    assert await count(town, "exclude") == 1
