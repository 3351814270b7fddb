"""A group is kept quiet: what is not pressing does not ring, and old buttons follow the state."""

from __future__ import annotations

from tests.town import Town, wita


async def test_what_is_far_off_does_not_ring_and_what_is_near_does(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1, 2")
    await town.sends()
    dikbud = town.groups["DIKBUD"]
    before = len(town.said_in(dikbud))
    await town.at(wita(12, 23, 8, 0))  # a week before the third item's deadline
    await town.at(wita(12, 29, 8, 0))  # the day before

    week, day = [m for m in town.said_in(dikbud)[before:] if m.text.startswith("⏰")][-2:]
    assert (week.silent, day.silent) == (True, False)


async def test_a_pressed_button_goes_from_under_its_reminder(town: Town) -> None:
    await town.minute()
    reminder = town.said_in(town.groups["DIKBUD"])[-1]
    assert reminder.buttons[0] == ["✅ 1", "✅ 2"]
    await town.presses(town.people["sari"], reminder, "✅ 1")

    assert reminder.buttons == [["✅ 2"], ["📋 Daftar", "⚠️ Kendala"]]


async def test_a_button_for_what_was_confirmed_otherwise_goes_when_it_is_pressed(
    town: Town,
) -> None:
    await town.minute()
    reminder = town.said_in(town.groups["DIKBUD"])[-1]
    await town.says(town.people["dewi"], "/done 1, 2")
    said = len(town.said_in(town.groups["DIKBUD"]))
    seen = await town.presses(town.people["sari"], reminder, "✅ 2")

    assert "sudah tercatat" in seen.text
    assert reminder.buttons == [["✅ 1"], ["📋 Daftar", "⚠️ Kendala"]]
    assert len(town.said_in(town.groups["DIKBUD"])) == said


async def test_buttons_that_cannot_be_taken_away_change_nothing_else(town: Town) -> None:
    await town.minute()
    reminder = town.said_in(town.groups["DIKBUD"])[-1]
    town.telegram.refuses_next(
        400, "Bad Request: message can't be edited", method="editMessageReplyMarkup"
    )
    await town.presses(town.people["sari"], reminder, "✅ 1")

    assert ": dicatat" in town.said_in(town.groups["DIKBUD"])[-1].text
    assert reminder.buttons[0] == ["✅ 1", "✅ 2"]


async def test_the_list_is_opened_below_what_was_said_and_turned_in_place(town: Town) -> None:
    sari, dikbud = town.people["sari"], town.groups["DIKBUD"]
    receipt = await town.says(sari, "/done 3", to=dikbud)
    said, count = receipt.text, len(town.said_in(dikbud))
    await town.presses(sari, receipt, "📋 Daftar")
    listing = town.said_in(dikbud)[-1]
    await town.presses(sari, listing, "🕓 3. Foto loket")
    await town.presses(sari, listing, "📋 Daftar")

    assert receipt.text == said
    assert receipt.buttons == [["📋 Daftar", "↩️ Batalkan"]]
    assert len(town.said_in(dikbud)) == count + 1
    assert listing.text.startswith("📋 Dinas Pendidikan")
