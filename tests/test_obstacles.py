"""What keeps an OPD from an item: who says it, who hears it, who answers, and how it ends."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.models import Audit, Fate, Obstacle, ObstacleEvent, Owed, State
from demo.telegram import Message, Person
from tests import golden
from tests.coordinating import end_all, rows, second_coordinator, shown
from tests.questions import resting, state
from tests.town import Town, wita

WORDS = "server mati sejak Senin"
FORWARD, CLOSE, ANSWER = "⬆️ Teruskan ke Sekda", "✔️ Tutup", "💬 Jawab"


async def report(town: Town, text: str = f"3 sarana: {WORDS}", name: str = "sari") -> Message:
    """Said in DIKBUD's group, and heard by whom it concerns."""
    said = await town.says(town.people[name], f"/kendala {text}", town.groups["DIKBUD"])
    await town.sends()
    return said


async def letter(town: Town, name: str = "coordinator") -> Message:
    """The newest message about an obstacle that somebody has in private."""
    await town.sends()
    return [m for m in town.said_to(town.people[name]) if m.text.startswith("⚠️ Kendala K")][-1]


async def replies(town: Town, who: Person, text: str, to: Message) -> None:
    where = town.bot if to.chat is who.chat(town.bot) else to.chat
    who.says(text, to=where, reply_to=to)
    await town.hears()


async def kept(town: Town) -> list[tuple[int, str, str]]:
    async with town.desk.view() as session:
        query = select(Obstacle.number, Obstacle.category, Obstacle.text)
        return [tuple(row) for row in await session.execute(query.order_by(Obstacle.number))]


async def events(town: Town) -> list[tuple[str, str]]:
    async with town.desk.view() as session:
        query = select(ObstacleEvent.verb, ObstacleEvent.text).order_by(ObstacleEvent.id)
        return [tuple(row) for row in await session.execute(query)]


async def log_of(town: Town, subject: str) -> list[str]:
    async with town.desk.view() as session:
        query = select(Audit.verb).where(Audit.subject == subject).order_by(Audit.id)
        return list(await session.scalars(query))


def in_group(town: Town, code: str = "DIKBUD") -> list[str]:
    return [m.text for m in town.said_in(town.groups[code])]


# the OPD says it


async def test_an_obstacle_from_its_first_word_to_its_end_reads_well(town: Town) -> None:
    sari, rudi, sekda = (town.people[name] for name in ("sari", "coordinator", "sekda"))
    question = await report(town, f"1 {WORDS}")
    seen = [shown(question)]
    await town.presses(sari, question, "Sarana/aplikasi")
    seen.append(shown(question))
    seen.append(shown(await letter(town)))
    town.clock.now = wita(11, 25, 9, 30)
    seen.append(shown(await report(town, "1 teknisi datang besok", "dewi")))
    told = await letter(town)
    await replies(town, rudi, "pakai server cadangan Kominfo", told)
    seen.append(shown(town.last(rudi)))
    await town.sends()
    seen.append(shown(town.groups["DIKBUD"].last))
    await town.presses(rudi, told, FORWARD)
    seen.append(shown(await letter(town, "sekda")))
    await town.says(sekda, "/jawab K1 Kominfo saya minta membantu hari ini")
    await town.says(rudi, "/tutup K1 server sudah pulih")
    await town.sends()
    seen += in_group(town)[-2:]
    await town.presses(rudi, told, CLOSE)
    seen.append(shown(told))

    golden.check("obstacle", "\n---\n".join(seen))


async def test_the_words_wait_for_a_category_and_nothing_is_said_before(town: Town) -> None:
    question = await report(town, f"3 {WORDS}")
    assert await kept(town) == []
    await town.restarts()
    await town.presses(town.people["sari"], question, "Sarana/aplikasi")

    assert await kept(town) == [(1, "sarana", WORDS)]
    assert question.text.startswith("⚠️ Kendala K1 · DIKBUD butir 3")
    assert question.buttons == []
    assert await log_of(town, "K1") == ["obstacle"]


async def test_a_category_that_comes_first_is_taken(town: Town) -> None:
    await report(town, "3 anggaran belum cair")
    await report(town, "1 SDM: dua petugas cuti")

    assert await kept(town) == [
        (1, "anggaran", "anggaran belum cair"),
        (2, "sdm", "dua petugas cuti"),
    ]


async def test_every_coordinator_hears_it_at_once_even_at_night(town: Town) -> None:
    await second_coordinator(town)
    await town.at(wita(11, 28, 22, 0))  # a Saturday
    await report(town)

    for name in ("coordinator", "second"):
        assert WORDS in (await letter(town, name)).text
    assert not [m for m in town.said_to(town.people["sekda"]) if "K1" in m.text]


async def test_the_same_message_twice_is_one_obstacle(town: Town) -> None:
    group = town.groups["DIKBUD"]
    text = f"/kendala@tuntas_bot 3 sarana: {WORDS}"
    town.people["sari"].says(text, to=group)
    await town.hears_but_dies()
    await town.hears()
    await town.sends()

    assert await kept(town) == [(1, "sarana", WORDS)]
    assert len([m for m in town.said_to(town.people["coordinator"]) if "K1" in m.text]) == 1


async def test_a_press_that_arrives_twice_is_one_obstacle(town: Town) -> None:
    question = await report(town, f"3 {WORDS}")
    town.people["sari"].presses(question, "Sarana/aplikasi")
    await town.hears_but_dies()
    await town.hears()

    assert len(await kept(town)) == 1
    assert await events(town) == []


async def test_two_people_at_once_get_two_numbers(town: Town) -> None:
    town.people["sari"].says("/kendala 3 anggaran belum cair", to=town.bot)
    town.people["budi"].says("/kendala 1 anggaran belum cair", to=town.bot)
    await town.hears()

    assert [number for number, *_ in await kept(town)] == [1, 2]


async def test_a_number_is_never_used_again(town: Town) -> None:
    await report(town)
    await town.says(town.people["coordinator"], "/tutup K1")
    await report(town)

    assert [number for number, *_ in await kept(town)] == [1, 2]


async def test_more_words_go_to_the_open_obstacle_without_a_question(town: Town) -> None:
    """Who says more of what blocks an item need not name the category again, and the coordinators
    keep one conversation of it."""
    await report(town)
    said = await report(town, "3 teknisi datang besok", "dewi")

    assert "Tambahan: teknisi datang besok" in said.text
    assert await kept(town) == [(1, "sarana", WORDS)]
    assert await events(town) == [("say_more", "teknisi datang besok")]
    assert "Tambahan dari Dewi Anggraini, Operator" in (await letter(town)).text


async def test_another_category_begins_another_obstacle(town: Town) -> None:
    await report(town)
    await report(town, "3 anggaran: suku cadang belum dianggarkan")

    assert [(n, c) for n, c, _ in await kept(town)] == [(1, "sarana"), (2, "anggaran")]


async def test_the_card_and_the_reminder_ask_for_the_words(town: Town) -> None:
    sari = town.people["sari"]
    card = await town.says(sari, "/daftar 3")
    await town.presses(sari, card, "⚠️ Kendala")
    await replies(town, sari, f"sarana: {WORDS}", town.last(sari))
    await town.minute()
    reminder = [m for m in town.said_in(town.groups["DIKBUD"]) if m.text.startswith("⏰")][-1]
    await town.presses(sari, reminder, "⚠️ Kendala")
    asked = town.groups["DIKBUD"].last
    golden.check("obstacle-asked", asked.text)
    await replies(town, sari, "1 data belum masuk dari sekolah", asked)

    assert await kept(town) == [
        (1, "sarana", WORDS),
        (2, "data", "data belum masuk dari sekolah"),
    ]


async def test_the_card_shows_what_is_open(town: Town) -> None:
    await report(town)
    card = await town.says(town.people["sari"], "/daftar 3")
    assert f"⚠️ K1 Sarana/aplikasi: {WORDS}" in card.text
    await town.says(town.people["coordinator"], "/tutup K1")

    assert "K1" not in (await town.says(town.people["sari"], "/daftar 3")).text


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("server mati", "Sebutkan satu nomor butir."),
        ("3, 1 server mati", "Sebutkan satu nomor butir."),
        ("8-3 server mati", "Sebutkan satu nomor butir."),
        ("3", "Apa kendalanya?"),
        ("3 anggaran", "Apa kendalanya?"),
        ("77 server mati", "Butir 77 tidak ada"),
        ("2 server mati", "Butir 2 sudah dikonfirmasi"),
        (f"3 {'mati ' * 80}", "Terlalu panjang"),
    ],
)
async def test_wrong_input_is_told_in_one_sentence_and_changes_nothing(
    town: Town, text: str, beginning: str
) -> None:
    await town.says(town.people["sari"], "/done 2")
    said = await report(town, text)

    assert said.text.startswith(beginning)
    assert await kept(town) == []


async def test_an_open_item_of_which_nobody_said_anything_is_not_paused(town: Town) -> None:
    await report(town)
    assert await resting(town) == {("DIKBUD", 3)}
    await town.says(town.people["coordinator"], "/tutup K1")

    assert await resting(town) == set()


# who must act on it


async def test_an_answer_reaches_the_group_once_and_the_obstacle_stays_open(town: Town) -> None:
    await report(town)
    before = len(in_group(town))
    said = await town.says(town.people["coordinator"], "/jawab k1: suku cadang dikirim")
    await town.sends()
    await town.minute()

    assert said.text.endswith("OPD diberi tahu.")
    assert [t for t in in_group(town)[before:] if "suku cadang dikirim" in t] == [
        "💬 Kendala K1 · DIKBUD butir 3\nFoto loket\n"
        "Jawaban dari Rudi Hartono, Koordinator: suku cadang dikirim"
    ]
    assert await events(town) == [("answer", "suku cadang dikirim")]
    async with town.desk.view() as session:
        assert (await session.scalars(select(Obstacle.closed_at))).one() is None


async def test_a_reply_to_its_message_answers_it(town: Town) -> None:
    await report(town)
    await replies(town, town.people["coordinator"], "suku cadang dikirim", await letter(town))

    assert await events(town) == [("answer", "suku cadang dikirim")]


async def test_a_reply_that_arrives_twice_answers_once(town: Town) -> None:
    await report(town)
    rudi, told = town.people["coordinator"], await letter(town)
    rudi.says("suku cadang dikirim", to=town.bot, reply_to=told)
    town.telegram.refuses_next(502, "Bad Gateway", method="sendMessage")
    await town.hears()
    assert town.last(rudi).text == "suku cadang dikirim"  # the answer did not arrive
    await town.hears()
    await town.sends()

    assert town.last(rudi).text.endswith("OPD diberi tahu.")
    assert await events(town) == [("answer", "suku cadang dikirim")]
    assert sum("suku cadang" in text for text in in_group(town)) == 1


async def test_an_answer_in_the_opds_own_group_is_not_said_there_again(town: Town) -> None:
    said = await report(town)
    await replies(town, town.people["coordinator"], "suku cadang dikirim", said)
    await town.sends()

    assert sum("suku cadang dikirim" in text for text in in_group(town)) == 1
    assert "diberi tahu" not in in_group(town)[-1]


async def test_those_of_the_opd_who_talk_below_it_are_left_alone(town: Town) -> None:
    said = await report(town)
    before = len(in_group(town))
    await replies(town, town.people["dewi"], "siap Bu", said)
    await replies(town, town.people["stranger"], "semangat", said)

    assert len(in_group(town)) == before
    assert await events(town) == []


async def test_in_private_the_opd_adds_words_by_a_reply(town: Town) -> None:
    sari = town.people["sari"]
    said = await town.says(sari, f"/kendala 3 sarana: {WORDS}")
    await replies(town, sari, "teknisi datang besok", said)
    await town.sends()

    assert await events(town) == [("say_more", "teknisi datang besok")]
    assert "teknisi datang besok" in (await letter(town)).text


async def test_an_opd_does_not_add_to_the_obstacle_of_another(town: Town) -> None:
    await report(town)
    said = await town.says(town.people["budi"], f"/kendala 1 sarana: {WORDS}")
    said.text = said.text.replace("K2", "K1")  # as if it showed the other one
    await replies(town, town.people["budi"], "teknisi datang besok", said)

    assert town.last(town.people["budi"]).text.startswith("Hanya untuk sekretaris, kepala, atau")
    assert await events(town) == []


async def test_the_button_asks_for_the_answer(town: Town) -> None:
    await report(town)
    rudi = town.people["coordinator"]
    await town.presses(rudi, await letter(town), ANSWER)
    question = town.last(rudi)
    assert "K1 · DIKBUD butir 3: Foto loket" in question.text
    await replies(town, rudi, "suku cadang dikirim", question)

    assert await events(town) == [("answer", "suku cadang dikirim")]


async def test_the_sekda_gets_what_is_passed_on_at_once_and_once(town: Town) -> None:
    maya = await second_coordinator(town)
    await report(town)
    first, second = await letter(town), await letter(town, "second")
    await town.presses(town.people["coordinator"], first, FORWARD)
    await town.presses(maya, second, FORWARD)
    await town.sends()

    assert "⬆️ Diteruskan ke Sekda oleh Rudi Hartono" in second.text
    assert second.buttons == [[ANSWER, CLOSE]]
    [told] = [m for m in town.said_to(town.people["sekda"]) if "K1" in m.text]
    assert told.buttons == [[ANSWER, CLOSE]]
    assert await events(town) == [("forward", "")]


async def test_what_the_sekda_answers_the_coordinators_hear(town: Town) -> None:
    await report(town)
    await town.says(town.people["sekda"], "/jawab K1 Kominfo membantu hari ini")
    await town.sends()

    [told] = [m.text for m in town.said_to(town.people["coordinator"]) if "Kominfo" in m.text]
    assert "Jawaban dari Hasan Basri, Sekretaris Daerah" in told
    assert sum("Kominfo" in text for text in in_group(town)) == 1


async def test_without_a_sekda_nothing_is_passed_on(town: Town) -> None:
    await report(town)
    await end_all(town, "sekda")
    seen = await town.presses(town.people["coordinator"], await letter(town), FORWARD)

    assert seen.text.startswith("Belum ada Sekda")
    assert await events(town) == []


async def test_whoever_closes_it_second_is_told_so(town: Town) -> None:
    maya = await second_coordinator(town)
    await report(town)
    first, second = await letter(town), await letter(town, "second")
    await town.presses(town.people["coordinator"], first, CLOSE)
    seen = await town.presses(maya, second, CLOSE)
    said = await town.says(maya, "/tutup K1")
    await town.sends()

    assert seen.text == said.text == "Kendala K1 sudah ditutup."
    assert "✔️ Ditutup oleh Rudi Hartono" in second.text
    assert second.buttons == []
    assert sum("Kendala ditutup" in text for text in in_group(town)) == 1


async def test_a_press_that_closes_it_and_arrives_twice_is_told_once(town: Town) -> None:
    await report(town)
    told = await letter(town)
    seen = town.people["coordinator"].presses(told, CLOSE)
    for method in ("answerCallbackQuery", "editMessageText"):
        town.telegram.refuses_next(502, "Bad Gateway", method=method)
    await town.hears()
    assert told.buttons != []  # the answer did not arrive
    await town.hears()
    await town.sends()

    assert seen.text == ""
    assert await events(town) == [("close", "")]
    assert sum("Kendala ditutup" in text for text in in_group(town)) == 1


async def test_nothing_more_is_said_of_what_is_closed(town: Town) -> None:
    await report(town)
    told, rudi = await letter(town), town.people["coordinator"]
    await town.says(rudi, "/tutup K1")
    said = await town.says(rudi, "/jawab K1 masih ada")
    await replies(town, rudi, "masih ada", told)

    assert said.text == town.last(rudi).text == "Kendala K1 sudah ditutup."
    assert await events(town) == [("close", "")]


async def test_a_letter_that_waited_is_not_sent_once_it_is_closed(town: Town) -> None:
    await town.says(town.people["sari"], f"/kendala 3 sarana: {WORDS}")
    await town.says(town.people["sekda"], "/tutup K1")
    await town.sends()

    assert not [m for m in town.said_to(town.people["coordinator"]) if WORDS in m.text]
    async with town.desk.view() as session:
        fates = await session.scalars(select(Owed.fate).where(Owed.kind == "obstacle"))
        assert list(fates) == [Fate.OBSOLETE]


@pytest.mark.parametrize(
    ("command", "beginning"),
    [
        ("/jawab siap", "Kendala yang mana? Contoh: /jawab K7"),
        ("/tutup", "Kendala yang mana? Contoh: /tutup K7."),
        ("/jawab K9 siap", "Kendala K9 tidak ada."),
        ("/tutup K9", "Kendala K9 tidak ada."),
        ("/jawab K1", "Apa jawabannya?"),
    ],
)
async def test_wrong_answers_change_nothing(town: Town, command: str, beginning: str) -> None:
    await report(town)
    said = await town.says(town.people["coordinator"], command)

    assert said.text.startswith(beginning)
    assert await events(town) == []


@pytest.mark.parametrize("data", ["reply:1:0", "shut:1", "up:1", "show:1"])
@pytest.mark.parametrize("name", ["sari", "auditor", "stranger"])
async def test_no_other_post_acts_on_it(town: Town, name: str, data: str) -> None:
    said = await report(town)
    seen = await town.forges(town.people[name], said, data)

    assert seen.text.startswith("Hanya untuk koordinator")
    assert await events(town) == []


@pytest.mark.parametrize("name", ["budi", "coordinator", "stranger"])
async def test_nobody_reports_for_an_opd_without_a_post_there(town: Town, name: str) -> None:
    said = await town.says(town.people[name], f"/kendala 3 sarana: {WORDS}", town.groups["DIKBUD"])

    assert said.text.startswith("Hanya untuk sekretaris, kepala, atau operator Dinas")
    assert await rows(town, Obstacle) == 0


async def test_who_is_coordinator_no_more_answers_no_more(town: Town) -> None:
    await report(town)
    told = await letter(town)
    await end_all(town, "coordinator")
    await replies(town, town.people["coordinator"], "suku cadang dikirim", told)

    assert await events(town) == []


# its end, and its item's


async def test_a_confirmation_leaves_it_open_and_tells_the_coordinators(town: Town) -> None:
    rudi = town.people["coordinator"]
    await report(town)
    await report(town, "1 anggaran belum cair")
    await town.says(town.people["sari"], "/done 1, 3", town.groups["DIKBUD"])
    await town.sends()
    told = town.last(rudi)
    golden.check("obstacle-passed", shown(told))
    await town.presses(rudi, told, "✔️ Tutup K2")

    assert await state(town, "DIKBUD", 3) is State.SUBMITTED
    assert await events(town) == [("close", "")]


async def test_a_confirmation_taken_back_in_time_is_not_told(town: Town) -> None:
    await report(town)
    said = len(town.said_to(town.people["coordinator"]))
    await town.says(town.people["sari"], "/done 3", town.groups["DIKBUD"])
    await town.says(town.people["sari"], "/batalkan 3", town.groups["DIKBUD"])
    await town.sends()

    assert len(town.said_to(town.people["coordinator"])) == said


async def test_an_opd_without_a_group_hears_the_answer_in_private(town: Town) -> None:
    await report(town)
    town.people["sari"].removes(town.bot, town.groups["DIKBUD"])
    await town.hears()
    await town.says(town.people["coordinator"], "/jawab K1 suku cadang dikirim")
    await town.sends()

    assert "suku cadang dikirim" in town.said_to(town.people["sari"])[-1].text


# in the digest


def decisions(text: str) -> list[str]:
    _, _, rest = text.partition("Keputusan")
    return [line for line in rest.split("\n\n")[0].split("\n")[1:] if line]


async def test_it_stands_in_the_digest_after_a_working_day_until_it_is_closed(town: Town) -> None:
    sekda = town.people["sekda"]
    await report(town)  # on Tuesday at 10.00
    await town.at(wita(11, 24, 16, 0))
    assert "Keputusan" not in town.last(sekda).text
    await town.at(wita(11, 25, 9, 59))
    assert "Keputusan" not in (await town.says(sekda, "/ringkasan")).text
    await town.at(wita(11, 25, 16, 0))
    assert decisions(town.last(sekda).text) == ["Kendala K1 DIKBUD, sudah 1 hari kerja"]
    assert town.last(sekda).buttons[0] == ["⚠️ K1 DIKBUD", ANSWER]
    await town.at(wita(11, 30, 16, 0))  # a weekend between
    assert decisions(town.last(sekda).text) == ["Kendala K1 DIKBUD, sudah 4 hari kerja"]
    await town.says(town.people["coordinator"], "/tutup K1")

    assert "Keputusan" not in (await town.says(sekda, "/ringkasan")).text


async def test_what_was_passed_on_stands_there_at_once_and_first(town: Town) -> None:
    await report(town, "1 anggaran belum cair")
    await town.at(wita(11, 25, 11, 0))
    await report(town)
    await town.presses(town.people["coordinator"], await letter(town), FORWARD)

    assert decisions((await town.says(town.people["sekda"], "/ringkasan")).text) == [
        "Kendala K2 DIKBUD, hari ini",
        "Kendala K1 DIKBUD, sudah 1 hari kerja",
    ]


async def test_three_are_named_and_all_are_counted(town: Town) -> None:
    for number in range(4, 9):
        await town.item("DIKBUD", number, f"Butir {number}", wita(12, 30))
        await report(town, f"{number} anggaran belum cair")
    await town.at(wita(11, 25, 16, 0))
    sent = town.last(town.people["sekda"])

    assert "Keputusan (5 menunggu)" in sent.text
    assert len(decisions(sent.text)) == 3
    assert (await town.says(town.people["sekda"], "/ringkasan")).text == sent.text


async def test_an_obstacle_of_a_dropped_item_asks_for_nothing(town: Town) -> None:
    await report(town)
    rudi = town.people["coordinator"]
    await town.says(rudi, "/tidak_relevan DIKBUD 3 tidak memberi layanan langsung")

    await town.at(wita(11, 26, 16, 0))

    assert "Keputusan" not in town.last(town.people["sekda"]).text


async def test_the_digests_buttons_work_and_leave_it_as_it_is(town: Town) -> None:
    sekda = town.people["sekda"]
    await report(town)
    await town.at(wita(11, 25, 16, 0))
    digest, text = town.last(sekda), town.last(sekda).text
    await town.presses(sekda, digest, "⚠️ K1 DIKBUD")
    assert WORDS in town.last(sekda).text
    await town.presses(sekda, digest, ANSWER)
    await replies(town, sekda, "Kominfo membantu hari ini", town.last(sekda))
    await town.says(sekda, "/tutup K1")
    seen = await town.presses(sekda, digest, ANSWER)

    assert digest.text == text
    assert seen.text == "Kendala K1 sudah ditutup."
    assert [verb for verb, _ in await events(town)] == ["answer", "close"]


async def test_an_auditor_reads_the_digest_without_buttons(town: Town) -> None:
    await report(town)
    await town.at(wita(11, 25, 16, 0))

    assert (await town.says(town.people["auditor"], "/ringkasan")).buttons == []
    assert (await town.says(town.people["coordinator"], "/ringkasan")).buttons
