"""Groups that become supergroups, with topics or without, and groups that are renamed."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.ticks import outages
from db.models import Owed
from demo.telegram import Chat, Topic
from tests.coordinating import SAVE, second_coordinator
from tests.groups import alarms, audited, quiet, reminders
from tests.test_chats import free_group, opd_of, place_of, told
from tests.town import Town, wita

# a group becomes a supergroup


@pytest.mark.parametrize("order", [*permutations(("a send", "the old chat", "the new chat"))])
async def test_a_migration_is_told_in_three_ways_and_followed_once(
    town: Town, order: tuple[str, ...]
) -> None:
    """Each telling arrives twice, as after a crash."""
    sari, old = town.people["sari"], town.groups["DIKBUD"]
    new = sari.upgrades(old)
    in_old, in_new = town.bot.queue.waiting
    for telling in order:
        town.bot.queue.waiting = {"the old chat": [in_old], "the new chat": [in_new]}.get(
            telling, []
        )
        await town.hears_but_dies()
        await town.hears()
        if telling == "a send":
            await town.minute()
        assert await place_of(town, "DIKBUD") == (new.id, 0)
    await town.later(minutes=2)

    assert (reminders(town, old), reminders(town, new)) == (0, 1)
    assert [(e.before["chat"], e.after) for e in await audited(town, "migrated")] == [
        (old.id, {"chat": new.id})
    ]
    assert (await opd_of(town, "DIKBUD")).is_reachable


async def test_a_group_reminded_before_is_not_reminded_again_that_day(town: Town) -> None:
    old = town.groups["DIKBUD"]
    await town.minute()
    new = town.people["sari"].upgrades(old)
    await town.hears()
    await town.later(hours=1)

    assert (reminders(town, old), reminders(town, new)) == (1, 0)


async def test_a_message_under_way_is_delivered_to_the_new_group(town: Town) -> None:
    await town.minute()
    new = town.people["sari"].upgrades(town.groups["DIKBUD"])
    town.bot.queue.waiting.clear()
    await town.says(town.people["coordinator"], "/tenggat DIKBUD H+14 Laporan SKM")
    await town.presses(town.people["coordinator"], town.last(town.people["coordinator"]), SAVE)
    await town.sends()

    [notice] = town.said_in(new)
    assert "Laporan SKM" in notice.text


async def test_buttons_under_the_old_messages_still_do_what_they_say(town: Town) -> None:
    sari, old = town.people["sari"], town.groups["DIKBUD"]
    await town.minute()
    reminder = old.last
    new = sari.upgrades(old)
    await town.hears()
    await town.presses(sari, reminder, "✅ 1")
    await town.presses(sari, reminder, "📋 Daftar")

    receipt, listing = town.said_in(new)
    assert "1. Maklumat pelayanan: dicatat" in receipt.text
    assert listing.buttons
    assert not [call for call in town.telegram.refused if call.code != 400]


async def test_a_preview_in_the_old_group_is_saved_by_its_author_and_shown_in_the_new(
    town: Town,
) -> None:
    rudi, old = town.people["coordinator"], town.groups["DIKBUD"]
    preview = await town.says(rudi, "/hapus DIKBUD 3 tidak berlaku lagi", old)
    new = town.people["sari"].upgrades(old)
    await town.hears()
    seen = await town.presses(rudi, preview, SAVE)

    assert seen.answered
    assert (await audited(town, "drop"))[-1].subject == "DIKBUD"
    assert "3. Foto loket" in town.said_in(new)[0].text


async def test_topics_may_begin_with_the_supergroup(town: Town) -> None:
    rudi = town.people["coordinator"]
    forum = town.people["sari"].upgrades(town.groups["DIKBUD"], forum=True)
    topic = rudi.opens_topic(forum, "Tenggat")
    await town.hears()
    before = await place_of(town, "DIKBUD")
    await town.says(rudi, "/hubungkan DIKBUD", forum, topic=topic)
    await town.minute()

    assert before == (forum.id, 0)
    assert forum.last.text.startswith("⏰")
    assert forum.last.topic is topic


async def test_two_opd_in_topics_move_together_and_keep_their_topics(town: Town) -> None:
    """A forum is a supergroup already; but ids have been known to change."""
    rudi = town.people["coordinator"]
    forum = await free_group(town, "Pemkot", forum=True)
    one, two = rudi.opens_topic(forum, "Dikbud"), rudi.opens_topic(forum, "Dinkes")
    await town.says(rudi, "/hubungkan DIKBUD", forum, topic=one)
    await town.says(rudi, "/hubungkan DINKES", forum, topic=two)
    new = rudi.upgrades(forum, forum=True)
    await town.hears()

    assert await place_of(town, "DIKBUD") == (new.id, one.id)
    assert await place_of(town, "DINKES") == (new.id, two.id)


async def test_who_was_linked_to_the_supergroup_meanwhile_keeps_it_and_nobody_is_lost(
    town: Town,
) -> None:
    """The migration was never told, for the bot was away too long; then a sending tells it."""
    rudi, budi = town.people["coordinator"], town.people["budi"]
    await quiet(town)
    new = town.people["sari"].upgrades(town.groups["DIKBUD"])
    town.bot.queue.waiting.clear()
    await town.says(rudi, "/hubungkan DINKES", new)
    await town.item("DIKBUD", 7, "Papan nama", wita(11, 23))
    await town.at(wita(11, 25, 9, 0))
    await town.later(minutes=1)

    assert await place_of(town, "DINKES") == (new.id, 0)
    assert await place_of(town, "DIKBUD") == (None, 0)
    assert [e.subject for e in await audited(town, "unlinked")] == ["DIKBUD"]
    assert reminders(town, new) == 0
    assert told(town, town.people["sari"])[-1].startswith("⏰ Dinas Pendidikan & Kebudayaan")
    assert [text for text in told(town, rudi) if "menjadi supergrup" in text] == [
        "OPD berikut tidak lagi mempunyai grup, karena grupnya menjadi supergrup yang sudah "
        "dihubungkan dengan OPD lain:\n• Dinas Pendidikan & Kebudayaan\nSampai ada grup lain, "
        "pengingat dikirim secara pribadi kepada sekretaris atau operator. Hubungkan: kirim "
        "/hubungkan DIKBUD di grup yang benar."
    ]
    assert told(town, budi) != []


async def test_a_group_lost_to_an_answer_at_night_is_told_in_the_morning(town: Town) -> None:
    rudi, sari, old = town.people["coordinator"], town.people["sari"], town.groups["DIKBUD"]
    town.clock.now = wita(11, 24, 20, 0)
    sari.says("/daftar@tuntas_bot", to=old)
    asked, town.bot.queue.waiting = town.bot.queue.waiting, []
    new = sari.upgrades(old)
    town.bot.queue.waiting = []
    await town.says(rudi, "/hubungkan DINKES", new)
    town.bot.queue.waiting = asked
    await town.hears()
    await town.later(minutes=1)
    at_night = moved(told(town, rudi))
    await town.at(wita(11, 25, 8, 0))
    await town.later(minutes=1)

    assert at_night == []
    assert len(moved(told(town, rudi))) == 1


def moved(texts: list[str]) -> list[str]:
    return [text for text in texts if "menjadi supergrup" in text]


async def test_the_same_opd_linked_anew_to_the_supergroup_is_not_displaced(town: Town) -> None:
    new = town.people["sari"].upgrades(town.groups["DIKBUD"])
    tellings, town.bot.queue.waiting = town.bot.queue.waiting, []
    await town.says(town.people["coordinator"], "/hubungkan DIKBUD", new)
    town.bot.queue.waiting = tellings
    await town.hears()
    await town.later(minutes=1)

    assert await place_of(town, "DIKBUD") == (new.id, 0)
    assert "displaced" not in await kinds(town)


async def kinds(town: Town) -> list[str]:
    async with town.desk.view() as session:
        return list(await session.scalars(select(Owed.kind)))


async def test_what_stood_against_the_old_group_is_not_held_against_the_new(town: Town) -> None:
    await quiet(town)
    old = town.groups["DIKBUD"]
    town.telegram.refuses_next(400, "Bad Request: group chat was upgraded to a supergroup chat")
    await town.item("DIKBUD", 7, "Papan nama", wita(11, 23))
    await town.at(wita(11, 25, 8, 0))
    was_lost = not (await opd_of(town, "DIKBUD")).is_reachable
    town.people["sari"].upgrades(old)
    await town.hears()

    assert was_lost
    assert (await opd_of(town, "DIKBUD")).is_reachable


async def test_the_notice_of_a_move_follows_its_group(town: Town) -> None:
    maya = await second_coordinator(town)
    rudi = town.people["coordinator"]
    group = await free_group(town, "Grup lain")
    await town.says(rudi, "/hubungkan DIKBUD", group)
    rudi.upgrades(group)
    await town.hears()
    await town.sends()

    assert "pindah ke grup “Grup lain”" in told(town, maya)[-1]


async def test_after_an_outage_the_supergroup_hears_of_the_buttons_in_the_old_one(
    town: Town,
) -> None:

    await town.minute()
    await outages.beat(town.desk)
    new = town.people["sari"].upgrades(town.groups["DIKBUD"])
    await town.hears()
    town.clock.now += timedelta(minutes=10)
    await outages.beat(town.desk)
    await town.sends()

    assert new.last.text.startswith("Bot tidak aktif")


async def test_a_message_from_a_group_without_an_opd_does_not_read_the_whole_log(
    town: Town,
) -> None:
    writer, asked = town.desk.database.writer.sync_engine, list[tuple[str, Any]]()

    def keep(_connection: object, _cursor: object, said: str, given: Any, *_: object) -> None:
        if "FROM audit" in said:
            asked.append((said, given))

    rudi = town.people["coordinator"]
    group = await free_group(town, "Arisan")
    event.listen(writer, "before_cursor_execute", keep)
    await town.says(rudi, "/daftar", group)
    event.remove(writer, "before_cursor_execute", keep)
    async with town.desk.view() as session:
        ask = (await session.connection()).exec_driver_sql
        plans = [(await ask(f"EXPLAIN QUERY PLAN {said}", given)).all() for said, given in asked]

    assert asked
    assert not [plan for plan in plans for *_, step in plan if step == "SCAN audit"]


# renamed


async def test_a_new_title_is_known_to_the_coordinators(town: Town) -> None:
    budi, group = town.people["budi"], town.groups["DINKES"]
    await quiet(town)
    budi.renames(group, "Dinkes Kota Kendari")
    await town.hears()
    budi.removes(town.bot, group)
    await town.hears()
    await town.later(minutes=1)

    assert "(grup “Dinkes Kota Kendari”)" in alarms(town, town.people["coordinator"])[0]
    assert [(e.subject, e.before, e.after) for e in await audited(town, "renamed")] == [
        ("DINKES", {"title": "Dinkes Kendari"}, {"title": "Dinkes Kota Kendari"})
    ]
    assert town.said_in(group) == []


async def test_a_title_changed_while_the_bot_was_out_is_learnt_when_it_is_back(town: Town) -> None:
    budi, group = town.people["budi"], town.groups["DINKES"]
    budi.removes(town.bot, group)
    budi.renames(group, "Dinkes baru")
    budi.adds(town.bot, group)
    await town.hears()

    assert (await opd_of(town, "DINKES")).chat_title == "Dinkes baru"


# topics


async def with_topics(town: Town) -> tuple[Chat, list[Topic]]:
    rudi = town.people["coordinator"]
    forum = await free_group(town, "Pemkot", *town.people.values(), forum=True)
    topics = [rudi.opens_topic(forum, name) for name in ("Dikbud", "Dinkes")]
    for code, topic in zip(("DIKBUD", "DINKES"), topics, strict=True):
        await town.says(rudi, f"/hubungkan {code}", forum, topic=topic)
    await quiet(town)
    return forum, topics


def lost_topics(town: Town) -> list[str]:
    return [text for text in told(town, town.people["coordinator"]) if "dihapus atau dit" in text]


async def test_a_topic_opened_again_is_noticed_by_itself(town: Town) -> None:
    rudi = town.people["coordinator"]
    forum, (one, _) = await with_topics(town)
    rudi.closes_topic(one)
    await town.item("DIKBUD", 7, "Papan nama", wita(11, 24))
    await town.at(wita(11, 25, 8, 0))
    await town.later(minutes=1)
    lost, alarmed = (await opd_of(town, "DIKBUD")).chat_trouble, len(lost_topics(town))
    rudi.reopens_topic(one)
    await town.hears()
    await town.item("DIKBUD", 8, "Kotak saran", wita(11, 25))
    await town.at(wita(11, 26, 8, 0))

    assert (lost, alarmed) == ("message thread not found", 1)
    assert forum.last.topic is one
    assert len(lost_topics(town)) == 1


async def test_a_forum_switched_off_loses_every_topic_and_general_hears_each_once(
    town: Town,
) -> None:
    rudi = town.people["coordinator"]
    forum, _ = await with_topics(town)
    rudi.switches_topics(forum, on=False)
    for code in ("DIKBUD", "DINKES"):
        await town.item(code, 7, "Papan nama", wita(11, 24))
    await town.at(wita(11, 25, 8, 0))
    await town.later(minutes=1)
    in_general = [said.text[:1] for said in town.said_in(forum)[-2:]]
    await town.item("DIKBUD", 8, "Kotak saran", wita(11, 25))
    await town.at(wita(11, 26, 8, 0))

    [alarm] = lost_topics(town)
    assert alarm.count("•") == 2
    assert in_general == ["⏰", "⏰"]
    assert told(town, town.people["sari"])[-1].startswith("⏰")


async def test_a_closed_general_says_nothing_of_the_topics(town: Town) -> None:
    rudi = town.people["coordinator"]
    forum, (one, _) = await with_topics(town)
    await town.says(rudi, "/hubungkan DINKES", forum)
    rudi.hides_general(forum)
    for code in ("DIKBUD", "DINKES"):
        await town.item(code, 7, "Papan nama", wita(11, 24))
    await town.at(wita(11, 25, 8, 0))
    await town.later(minutes=1)
    closed = (await opd_of(town, "DINKES")).chat_trouble
    at_first = (await opd_of(town, "DIKBUD")).is_reachable
    await town.says(town.people["sari"], "/daftar", forum, topic=one)
    still = (await opd_of(town, "DINKES")).chat_trouble
    rudi.unhides_general(forum)
    await town.hears()

    assert closed == still == "topic closed"
    assert at_first
    assert "Topik Umum ditutup" in alarms(town, rudi)[-1]
    assert (await opd_of(town, "DINKES")).is_reachable


async def test_a_lost_topic_stays_lost_when_the_group_is_lost_and_found(town: Town) -> None:
    rudi = town.people["coordinator"]
    forum, (one, _) = await with_topics(town)
    rudi.deletes_topic(one)
    await town.item("DIKBUD", 7, "Papan nama", wita(11, 24))
    await town.at(wita(11, 25, 8, 0))
    rudi.removes(town.bot, forum)
    rudi.adds(town.bot, forum)
    await town.hears()

    assert (await opd_of(town, "DIKBUD")).chat_trouble == "message thread not found"
    assert (await opd_of(town, "DINKES")).is_reachable


async def test_a_group_may_be_one_opds_and_a_topic_of_it_anothers(town: Town) -> None:
    rudi, sari, budi = (town.people[name] for name in ("coordinator", "sari", "budi"))
    forum, (one, two) = await with_topics(town)
    await town.says(rudi, "/hubungkan DINKES", forum)
    said = {
        "DIKBUD": await town.says(sari, "/done 3", forum, topic=one),
        "the rest": await town.says(budi, "/done 1", forum, topic=two),
    }
    again = await town.says(rudi, "/hubungkan DIKBUD", forum)

    assert said["DIKBUD"].text.startswith("Dinas Pendidikan & Kebudayaan")
    assert said["the rest"].text.startswith("Dinas Kesehatan")
    assert "sudah terhubung dengan Dinas Kesehatan" in again.text
    assert await place_of(town, "DIKBUD") == (forum.id, one.id)
