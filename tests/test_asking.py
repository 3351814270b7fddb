"""What a button cannot hold is asked for, and a reply to the question completes the command."""

from __future__ import annotations

from db.models import Obstacle, Role, State
from demo.telegram import Message
from tests import golden
from tests.coordinating import end_all, refused, rows
from tests.questions import count, state
from tests.town import Town, wita

REASON = "foto ruang tunggu belum terlihat"


async def asked(town: Town) -> Message:
    """The coordinator opened the card of item 3 and pressed ↩️ Kembalikan."""
    rudi = town.people["coordinator"]
    await town.says(town.people["sari"], "/done 3")
    card = await town.says(rudi, "/daftar DIKBUD 3")
    await town.presses(rudi, card, "↩️ Kembalikan")
    return town.last(rudi)


async def replies(town: Town, who: str, text: str, to: Message) -> Message:
    person = town.people[who]
    person.says(text, to=town.bot, reply_to=to)
    await town.hears()
    return town.last(person)


async def test_the_question_reads_well(town: Town) -> None:
    golden.check("asked", (await asked(town)).text)


async def test_a_reply_runs_the_command_that_was_pressed(town: Town) -> None:
    question = await asked(town)
    answer = await replies(town, "coordinator", REASON, question)
    await town.sends()

    assert "dikembalikan" in answer.text
    assert f"Yang perlu diperbaiki: {REASON}" in town.said_in(town.groups["DIKBUD"])[-1].text
    assert await state(town, "DIKBUD", 3) is State.RETURNED


async def test_a_refused_reply_leaves_the_question_open_over_a_restart(town: Town) -> None:
    question = await asked(town)
    told = await replies(town, "coordinator", "ulang", question)
    assert await state(town, "DIKBUD", 3) is State.SUBMITTED
    await town.restarts()
    await replies(town, "coordinator", REASON, question)

    assert "sedikitnya sepuluh huruf" in told.text
    assert await state(town, "DIKBUD", 3) is State.RETURNED


async def test_a_question_is_answered_once(town: Town) -> None:
    question = await asked(town)
    town.people["coordinator"].says(REASON, to=town.bot, reply_to=question)
    await town.hears_but_dies()
    await town.hears()
    again = await replies(town, "coordinator", "foto lain yang belum terlihat", question)

    assert again.text == "Pertanyaan ini sudah dijawab, dan jawaban pertama yang berlaku."
    assert await count(town, "return") == 1


async def test_nobody_answers_the_question_of_another(town: Town) -> None:
    rudi, wati, group = town.people["coordinator"], town.people["auditor"], town.groups["DIKBUD"]
    await town.appoint(wati, Role.COORDINATOR)
    await town.says(town.people["sari"], "/done 3", to=group)
    card = await town.says(rudi, "/daftar 3", to=group)
    await town.presses(rudi, card, "↩️ Kembalikan")
    question = town.said_in(group)[-1]
    wati.says(REASON, to=group, reply_to=question)
    await town.hears()

    assert town.said_in(group)[-1].text == (
        "Jawaban ini tidak dicatat: pertanyaannya ditujukan kepada orang yang disebut di dalamnya. "
        "Jika Anda berwenang, kirim perintahnya sendiri: /kembalikan."
    )
    assert await state(town, "DIKBUD", 3) is State.SUBMITTED
    assert await refused(town) == [(wati.id, "kembalikan")]


async def test_who_was_asked_and_answers_without_a_name_is_told_what_to_do(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    group = sari.upgrades(group)
    await town.hears()
    card = await town.says(sari, "/daftar 3", to=group)
    await town.presses(sari, card, "⚠️ Kendala")
    question = town.said_in(group)[-1]
    sari.promotes(sari, group, anonymous=True)
    sari.says("printer rusak", to=group, reply_to=question)
    await town.hears()

    assert town.said_in(group)[-1].text.startswith("Anda menulis sebagai admin anonim")
    assert await refused(town) == [(None, "kendala")]
    assert await rows(town, Obstacle) == 0


async def test_who_lost_the_post_meanwhile_is_refused(town: Town) -> None:
    question = await asked(town)
    await end_all(town, "coordinator")
    await replies(town, "coordinator", REASON, question)

    assert await state(town, "DIKBUD", 3) is State.SUBMITTED


async def asked_in_group(town: Town) -> Message:
    """The secretary pressed ⚠️ Kendala under the reminder."""
    await town.at(wita(11, 25, 8, 0))
    group, sari = town.groups["DIKBUD"], town.people["sari"]
    await town.presses(sari, town.said_in(group)[-1], "⚠️ Kendala")
    return town.said_in(group)[-1]


async def test_a_reply_that_will_not_do_is_asked_for_again_by_a_reply(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    question = await asked_in_group(town)
    sari.says("printer rusak", to=group, reply_to=question)
    await town.hears()
    again = town.said_in(group)[-1]
    await town.restarts()
    sari.says("3 sarana: printer rusak sejak Senin", to=group, reply_to=again)
    await town.hears()

    golden.check("asked-again", again.text)
    assert again.forced_reply
    assert "printer rusak sejak Senin" in town.said_in(group)[-1].text
    assert await rows(town, Obstacle) == 1


async def test_what_other_words_cannot_mend_is_not_asked_for_again(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    question = await asked_in_group(town)
    town.clock.now = wita(11, 27, 9, 0)
    sari.says("3 printer rusak", to=group, reply_to=question)
    await town.hears()

    assert town.said_in(group)[-1].text.startswith("Sudah lewat satu hari")
    assert not town.said_in(group)[-1].forced_reply


async def test_the_item_that_was_asked_about_does_not_change_by_other_words(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    card = await town.says(sari, "/daftar 3", to=group)
    await town.presses(sari, card, "⚠️ Kendala")
    question = town.said_in(group)[-1]
    await town.says(sari, "/done 3", to=group)
    sari.says("printer rusak", to=group, reply_to=question)
    await town.hears()

    assert town.said_in(group)[-1].text.startswith("Butir 3 sudah dikonfirmasi")
    assert not town.said_in(group)[-1].forced_reply
