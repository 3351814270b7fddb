"""What a button cannot hold is asked for, and a reply to the question completes the command."""

from __future__ import annotations

from db.models import Role, State
from demo.telegram import Message
from tests import golden
from tests.coordinating import end_all
from tests.questions import count, state
from tests.town import Town

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
    refused = await replies(town, "coordinator", "ulang", question)
    assert await state(town, "DIKBUD", 3) is State.SUBMITTED
    await town.restarts()
    await replies(town, "coordinator", REASON, question)

    assert "sedikitnya sepuluh huruf" in refused.text
    assert await state(town, "DIKBUD", 3) is State.RETURNED


async def test_a_question_is_answered_once(town: Town) -> None:
    question = await asked(town)
    town.people["coordinator"].says(REASON, to=town.bot, reply_to=question)
    await town.hears_but_dies()
    await town.hears()
    again = await replies(town, "coordinator", "foto lain yang belum terlihat", question)

    assert again.text == "Sudah disimpan."
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

    assert "Hanya pengirim" in town.said_in(group)[-1].text
    assert await state(town, "DIKBUD", 3) is State.SUBMITTED


async def test_who_lost_the_post_meanwhile_is_refused(town: Town) -> None:
    question = await asked(town)
    await end_all(town, "coordinator")
    await replies(town, "coordinator", REASON, question)

    assert await state(town, "DIKBUD", 3) is State.SUBMITTED
