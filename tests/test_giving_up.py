"""Every question says what it is about, and whoever was asked can give it up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import Audit, Draft, Evidence, Obstacle, Role, State
from demo.telegram import Message
from tests import evidence, golden
from tests.coordinating import refused, rows, second_coordinator, shown
from tests.questions import state
from tests.town import Town

CANCEL = "✖️ Batal"
DROPPED = "Tidak disimpan. Tidak ada yang berubah."


async def kind_asked(town: Town) -> Message:
    """The secretary told of an obstacle, and is asked for its kind."""
    said = "/kendala 1 server mati sejak Senin"
    return await town.says(town.people["sari"], said, town.groups["DIKBUD"])


async def reply(town: Town, who: str, text: str, to: Message) -> Message:
    """In the group."""
    town.people[who].says(text, to=to.chat, reply_to=to)
    await town.hears()
    return to.chat.last or to


async def outcomes(town: Town) -> list[str]:
    async with town.desk.view() as session:
        return list(await session.scalars(select(Draft.outcome).order_by(Draft.id)))


async def work_in_log(town: Town) -> list[str]:
    async with town.desk.view() as session:
        query = select(Audit.verb).where(~Audit.source.startswith("stage")).order_by(Audit.id)
        return list(await session.scalars(query))


# by a button


async def test_the_kind_of_an_obstacle_is_given_up_and_told_afresh(town: Town) -> None:
    """Nobody hears of what was given up."""
    sari = town.people["sari"]
    question = await kind_asked(town)
    seen = [shown(question)]
    await town.presses(sari, question, CANCEL)
    seen.append(shown(question))
    await town.sends()

    golden.check("given-up", "\n---\n".join("\n".join(map(str, golden.on_phone(s))) for s in seen))
    assert await rows(town, Obstacle) == 0
    assert await outcomes(town) == ["dropped"]
    assert await work_in_log(town) == []
    assert not [m for m in town.said_to(town.people["coordinator"]) if "server mati" in m.text]
    await town.presses(sari, await kind_asked(town), "Anggaran")
    assert await rows(town, Obstacle) == 1


async def test_nobody_gives_up_the_question_of_another(town: Town) -> None:
    question = await kind_asked(town)
    seen = await town.presses(town.people["dewi"], question, CANCEL)

    assert seen.text.startswith("Hanya pengirim perintah")
    assert question.buttons[-1] == [CANCEL]
    assert await outcomes(town) == [""]
    assert await refused(town) == [(town.people["dewi"].id, "drop")]


async def test_what_was_given_up_is_not_answered_any_more(town: Town) -> None:
    """By a press that was under way, say."""
    sari = town.people["sari"]
    question = await kind_asked(town)
    anggaran = question.button("Anggaran")["callback_data"]
    cancel = question.button(CANCEL)["callback_data"]
    await town.presses(sari, question, CANCEL)
    late = await town.forges(sari, question, anggaran)
    again = await town.forges(sari, question, cancel)

    assert late.text == again.text == "Sudah dibatalkan, tidak ada yang disimpan."
    assert await rows(town, Obstacle) == 0


async def test_where_the_question_could_not_be_changed_another_press_changes_it(
    town: Town,
) -> None:
    sari = town.people["sari"]
    question = await kind_asked(town)
    why = "Bad Request: message can't be edited"
    town.telegram.refuses_next(400, why, method="editMessageText")
    await town.presses(sari, question, CANCEL)
    assert question.buttons[-1] == [CANCEL]
    await town.presses(sari, question, CANCEL)

    assert shown(question) == DROPPED


async def test_what_was_answered_is_not_given_up_any_more(town: Town) -> None:
    sari = town.people["sari"]
    question = await kind_asked(town)
    cancel = question.button(CANCEL)["callback_data"]
    await town.presses(sari, question, "Anggaran")
    late = await town.forges(sari, question, cancel)

    assert late.text.startswith("Pertanyaan ini sudah dijawab")
    assert await rows(town, Obstacle) == 1
    assert question.text.startswith("⚠️ Kendala K1")


async def test_under_what_was_answered_nothing_is_left_to_press(town: Town) -> None:
    sari = town.people["sari"]
    question = await town.says(sari, "/done 3 2 komponen lengkap", town.groups["DIKBUD"])
    await town.presses(sari, question, "3, catatan: 2 komponen lengkap")

    assert question.buttons == []
    assert await state(town, "DIKBUD", 3) is State.SUBMITTED


@pytest.mark.parametrize(
    ("who", "said", "named"),
    [
        ("sari", "/done 3 2 komponen lengkap", "Dinas Pendidikan & Kebudayaan\n/done 3 2 komponen"),
        ("coordinator", "/hapus DIKBUD 3 2 orang pindah", "/hapus DIKBUD 3 2 orang pindah\n"),
        ("coordinator", "/akhiri koordinator", "/akhiri koordinator\n"),
        ("budi", "/done 1", "/done 1\n"),
    ],
)
async def test_each_question_says_what_of_and_changes_nothing_once_given_up(
    town: Town, who: str, said: str, named: str
) -> None:
    await second_coordinator(town)
    await town.appoint(town.people["budi"], Role.OPERATOR, "DIKBUD")
    person = town.people[who]
    question = await town.says(person, said)
    assert question.text.startswith(named)
    assert "yang dimaksud?" in question.text
    await town.presses(person, question, CANCEL)

    assert shown(question) == DROPPED
    assert await work_in_log(town) == []
    assert [await state(town, "DIKBUD", number) for number in (1, 2, 3)] == [State.OPEN] * 3


async def test_evidence_is_awaited_no_more(town: Town) -> None:
    """What was sent before stays; not what somebody asked for earlier comes back instead."""
    sari = town.people["sari"]
    for number in (2, 3):
        card = await town.says(sari, f"/daftar {number}")
        await town.presses(sari, card, "📎 Lampirkan")
    awaiting = town.last(sari)
    await evidence.document(town, "sari", name="Loket.pdf")
    await town.presses(sari, awaiting, CANCEL)
    said = await evidence.document(town, "sari", name="Rapat.pdf")

    assert awaiting.text.startswith("Dibatalkan: berkas berikutnya tidak lagi")
    assert said.text.startswith("Berkas ini untuk butir mana?")
    assert [one.file_name for one in await evidence.rows(town, "DIKBUD", 3)] == ["Loket.pdf"]
    assert await rows(town, Evidence) == 1


@pytest.mark.parametrize("days", [0, 3])
async def test_evidence_that_came_is_not_said_to_be_lost_however_late_it_is_given_up(
    town: Town, days: int
) -> None:
    sari = town.people["sari"]
    await town.presses(sari, await town.says(sari, "/daftar 3"), "📎 Lampirkan")
    awaiting = town.last(sari)
    cancel = awaiting.button(CANCEL)["callback_data"]
    await evidence.document(town, "sari")
    town.clock.now += timedelta(days=days)
    seen = [await town.forges(sari, awaiting, cancel) for _ in range(2)]

    assert awaiting.text.endswith("Yang sudah dikirim tetap tercatat.")
    assert [pop_up.text for pop_up in seen] == ["", ""]
    assert await rows(town, Evidence) == 1


# by a reply


async def obstacle_asked(town: Town) -> Message:
    """⚠️ Kendala was pressed on a card in the group."""
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    card = await town.says(sari, "/daftar 3", group)
    await town.presses(sari, card, "⚠️ Kendala")
    return town.said_in(group)[-1]


@pytest.mark.parametrize("word", ["batal", "Batal.", "BATALKAN", "tidak jadi"])
async def test_a_question_is_given_up_by_a_word(town: Town, word: str) -> None:
    question = await obstacle_asked(town)
    golden.check("asked-obstacle", "\n".join(golden.on_phone(question.text)))
    answer = await reply(town, "sari", word, question)
    later = await reply(town, "sari", "sarana: server mati", question)

    assert answer.text == DROPPED
    assert later.text == "Sudah dibatalkan, tidak ada yang disimpan."
    assert await rows(town, Obstacle) == 0
    assert await work_in_log(town) == []


async def test_a_word_that_gives_up_and_arrives_twice_gets_the_same_answer(town: Town) -> None:
    question = await obstacle_asked(town)
    town.people["sari"].says("batal", to=question.chat, reply_to=question)
    await town.hears_but_dies()
    await town.hears()

    assert [m.text for m in town.said_in(question.chat)][-1] == DROPPED
    assert await outcomes(town) == ["dropped"]


async def test_nobody_gives_up_by_a_word_what_another_was_asked(town: Town) -> None:
    question = await obstacle_asked(town)
    answer = await reply(town, "dewi", "batal", question)

    assert answer.text.startswith("Jawaban ini tidak dicatat")
    assert await outcomes(town) == [""]
    assert [user for user, _ in await refused(town)] == [town.people["dewi"].id]


async def test_more_than_that_word_is_an_answer(town: Town) -> None:
    question = await obstacle_asked(town)
    which = await reply(town, "sari", "batal dianggarkan tahun ini", question)
    await town.presses(town.people["sari"], which, "Anggaran")

    assert "Anggaran: batal dianggarkan tahun ini" in which.text
    assert await rows(town, Obstacle) == 1


async def test_a_reply_without_words_is_asked_for_again(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    await town.minute()
    await town.presses(sari, town.said_in(group)[-1], "⚠️ Kendala")
    question = town.said_in(group)[-1]
    sari.sends_photo(to=group, reply_to=question)
    await town.hears()
    again = town.said_in(group)[-1]

    assert again.text.startswith("Balasan itu tanpa kata-kata.")
    assert again.forced_reply
    assert await outcomes(town) == [""]


async def test_what_an_older_version_asked_is_asked_again_without_the_item(town: Town) -> None:
    question = await obstacle_asked(town)
    async with town.desk.transaction() as session:
        draft = (await session.scalars(select(Draft))).one()
        draft.facts = draft.facts | {"about": "DIKBUD 3"}
    again = await reply(town, "sari", "anggaran", question)
    assert again.text.startswith("Apa kendalanya?")
    assert again.forced_reply
    which = await reply(town, "sari", "anggaran: belum cair", again)

    assert which.text.startswith("⚠️ Kendala K1 · DIKBUD butir 3")


async def test_each_that_asks_for_words_names_item_and_opd(town: Town) -> None:
    """The coordinator's two, the answer to an obstacle, and the later deadline."""
    sari, rudi = town.people["sari"], town.people["coordinator"]
    asked = []
    for who, said, label in [
        (sari, "/daftar 3", "🗓 Minta perpanjangan"),
        (rudi, "/daftar DIKBUD 3", "➖ Tidak relevan"),
    ]:
        await town.presses(who, await town.says(who, said), label)
        asked.append(town.last(who).text)
    await town.says(sari, "/kendala 3 anggaran belum cair")
    await town.sends()
    await town.presses(rudi, town.last(rudi), "💬 Jawab")
    asked.append(town.last(rudi).text)
    await town.says(sari, "/done 3")
    await town.presses(rudi, await town.says(rudi, "/daftar DIKBUD 3"), "↩️ Kembalikan")
    asked.append(town.last(rudi).text)

    assert [text.splitlines()[1] for text in asked] == [
        "DIKBUD butir 3: Foto loket",
        "DIKBUD butir 3: Foto loket",
        "Kendala K1 · DIKBUD butir 3: Foto loket",
        "DIKBUD butir 3: Foto loket",
    ]
    assert all("Tidak jadi? Balas: batal" in text for text in asked)
