"""Groups and people out of reach: told once, with the remedy, inside the window; and back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.ticks import outages
from db.models import Fate, Role
from demo.telegram import Person
from tests.coordinating import SAVE, end_all, second_coordinator
from tests.groups import alarms, audited, fates, quiet, reminders
from tests.test_chats import free_group, opd_of, place_of, told
from tests.test_start import token_for
from tests.town import Town, wita

MUTED = "Bad Request: not enough rights to send text messages to the chat"


# lost and found


LOST = {
    "kicked": (403, "Forbidden: bot was kicked from the supergroup chat", "tambahkan kembali"),
    "no member": (
        403,
        "Forbidden: bot is not a member of the supergroup chat",
        "tambahkan kembali",
    ),
    "muted": (400, MUTED, "izinkan anggota mengirim pesan"),
    "restricted": (400, "Bad Request: CHAT_WRITE_FORBIDDEN", "izinkan anggota mengirim pesan"),
    "unknown": (400, "Bad Request: chat not found", "tambahkan bot ke grup yang baru"),
    "deleted": (403, "Forbidden: the group chat was deleted", "tambahkan bot ke grup yang baru"),
    "off": (400, "Bad Request: group chat was deactivated", "tambahkan bot ke grup yang baru"),
}


@pytest.mark.parametrize("why", LOST)
async def test_a_group_that_is_lost_is_told_once_with_the_remedy_and_its_people_hear_instead(
    town: Town, why: str
) -> None:
    code, words, remedy = LOST[why]
    rudi, sari = town.people["coordinator"], town.people["sari"]
    town.telegram.refuses_next(code, words)
    await town.minute()
    await town.later(minutes=1)
    for day in (25, 26):
        await town.item("DIKBUD", 60 + day, "Papan nama", wita(11, day - 1))
        await town.at(wita(11, day, 9, 0))

    assert len(alarms(town, rudi)) == 1
    assert remedy in alarms(town, rudi)[0]
    assert [text[:1] for text in told(town, sari)[-3:]] == ["⏰"] * 3
    assert reminders(town, town.groups["DIKBUD"]) == 0


async def test_a_muted_group_that_speaks_again_is_noticed_by_an_answer_in_it(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    sari.mutes(group)
    await town.minute()
    was_lost = not (await opd_of(town, "DIKBUD")).is_reachable
    sari.unmutes(group)
    await town.says(sari, "/daftar", group)

    assert was_lost
    assert (await opd_of(town, "DIKBUD")).is_reachable


async def test_the_answer_that_a_muted_group_cannot_hear_is_no_bug_and_the_effect_stays(
    town: Town,
) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    await town.minute()
    sari.mutes(group)
    await town.presses(sari, group.last, "✅ 1")

    assert [e.subject for e in await audited(town, "submit")] == ["DIKBUD"]


async def test_a_bot_added_again_by_somebody_without_a_post_is_linked_as_before(
    town: Town,
) -> None:
    tono, group = town.people["stranger"], town.groups["DINKES"]
    town.people["budi"].removes(town.bot, group)
    await town.hears()
    tono.adds(town.bot, group)
    await town.hears()

    assert (await opd_of(town, "DINKES")).is_reachable
    assert group.last.text.startswith("Grup ini terhubung dengan Dinas Kesehatan.")


async def test_a_lost_opd_is_offered_to_a_new_group(town: Town) -> None:
    rudi, budi = town.people["coordinator"], town.people["budi"]
    budi.removes(town.bot, town.groups["DINKES"])
    await town.hears()
    group = await free_group(town, "Dinkes baru")
    await town.later(seconds=10)
    await town.presses(rudi, group.last, "Dinas Kesehatan")
    await town.later(minutes=1)

    assert await place_of(town, "DINKES") == (group.id, 0)
    assert alarms(town, rudi) == []  # mended before it was told


# when the coordinators hear


async def test_a_group_lost_at_night_is_told_at_the_opening(town: Town) -> None:
    rudi = town.people["coordinator"]
    town.clock.now = wita(11, 24, 22, 0)
    town.people["budi"].removes(town.bot, town.groups["DINKES"])
    await town.hears()
    await town.sends()
    at_night = alarms(town, rudi)
    await town.at(wita(11, 25, 7, 59))
    before = alarms(town, rudi)
    await town.at(wita(11, 25, 8, 0))

    assert at_night == before == []
    assert len(alarms(town, rudi)) == 1


async def test_a_sending_refused_at_night_is_told_at_the_opening(town: Town) -> None:
    """A command at night is answered to the OPD at night; the alarm is no command's."""
    rudi = town.people["coordinator"]
    await quiet(town)
    town.clock.now = wita(11, 24, 22, 0)
    await town.says(rudi, "/tenggat DINKES H+14 Laporan SKM")
    await town.presses(rudi, town.last(rudi), SAVE)
    town.telegram.refuses_next(403, "Forbidden: bot was kicked from the group chat")
    await town.sends()
    at_night = alarms(town, rudi)
    await town.at(wita(11, 25, 8, 0))

    assert at_night == []
    assert len(alarms(town, rudi)) == 1
    assert "Laporan SKM" in told(town, town.people["budi"])[-1]


async def test_a_group_lost_as_the_window_closes_is_told_at_the_next_opening(town: Town) -> None:
    rudi = town.people["coordinator"]
    town.clock.now = wita(11, 24, 17, 29) + timedelta(seconds=50)
    town.people["budi"].removes(town.bot, town.groups["DINKES"])
    await town.hears()
    await town.later(seconds=30)
    after_hours = alarms(town, rudi)
    await town.at(wita(11, 25, 8, 0))

    assert after_hours == []
    assert len(alarms(town, rudi)) == 1


async def test_an_alarm_that_telegram_puts_off_past_closing_waits_for_the_opening(
    town: Town,
) -> None:
    rudi = town.people["coordinator"]
    await quiet(town)
    town.clock.now = wita(11, 24, 17, 28)
    town.people["budi"].removes(town.bot, town.groups["DINKES"])
    await town.hears()
    town.telegram.refuses_next(502, "Bad Gateway", method="sendMessage")
    await town.later(minutes=1)
    await town.later(minutes=10)
    after_hours = alarms(town, rudi)
    await town.at(wita(11, 25, 8, 0))

    assert after_hours == []
    assert len(alarms(town, rudi)) == 1


async def test_a_group_that_is_back_before_the_opening_is_not_told_of(town: Town) -> None:
    budi, group = town.people["budi"], town.groups["DINKES"]
    town.clock.now = wita(11, 24, 22, 0)
    for act in (budi.removes, budi.adds, budi.removes, budi.adds):
        act(town.bot, group)
        await town.hears()
        town.clock.now += timedelta(minutes=5)
    await town.at(wita(11, 25, 8, 0))

    assert alarms(town, town.people["coordinator"]) == []
    assert await fates(town, "unreachable") == [Fate.OBSOLETE]


async def test_many_groups_lost_in_one_night_are_one_message(town: Town) -> None:
    rudi = town.people["coordinator"]
    town.clock.now = wita(11, 24, 22, 0)
    for name, code in (("budi", "DINKES"), ("sari", "DIKBUD")):
        town.people[name].removes(town.bot, town.groups[code])
        await town.hears()
        town.clock.now += timedelta(minutes=5)
    await town.at(wita(11, 25, 8, 0))

    [alarm] = alarms(town, rudi)
    assert alarm.count("•") == 2


async def test_a_group_lost_a_second_time_is_told_of_a_second_time(town: Town) -> None:
    budi, group = town.people["budi"], town.groups["DINKES"]
    for act in (budi.removes, budi.adds, budi.removes):
        act(town.bot, group)
        await town.hears()
        await town.later(minutes=1)

    assert len(alarms(town, town.people["coordinator"])) == 2


async def test_a_group_lost_twice_to_the_same_reminder_is_told_of_twice(bare_town: Town) -> None:
    """Nobody else hears for the OPD, so the reminder that came to nothing is owed afresh."""
    town = bare_town
    rudi = town.telegram.person("Rudi Hartono")
    await town.opd("DIKBUD", "Dinas Pendidikan")
    await town.item("DIKBUD", 1, "Maklumat", wita(11, 24))
    group = await town.group("DIKBUD", "Dikbud Kendari", rudi)
    await town.appoint(rudi, Role.COORDINATOR)
    for _ in range(2):
        town.telegram.refuses_next(400, MUTED, method="sendMessage")
        await town.later(minutes=1)
        await town.later(minutes=1)
        await town.says(rudi, "/cek", group)

    assert len(alarms(town, rudi)) == 2


# notices whose group is lost


async def operators(town: Town) -> list[Person]:
    """DINKES without its secretary, with two operators."""

    await end_all(town, "budi")
    two = [town.telegram.person(name) for name in ("Ayu Lestari", "Joko Susilo")]
    for one in two:
        await town.appoint(one, Role.OPERATOR, "DINKES")
    await quiet(town)
    return two


async def test_without_a_secretary_every_operator_hears_what_its_group_could_not(
    town: Town,
) -> None:
    rudi, two = town.people["coordinator"], await operators(town)
    preview = await town.says(rudi, "/tenggat DINKES H+14 Laporan SKM")
    await town.presses(rudi, preview, SAVE)
    town.telegram.refuses_next(403, "Forbidden: bot was kicked from the group chat")
    await town.sends()
    await town.later(minutes=10)

    heard = [[text for text in told(town, one) if "Laporan SKM" in text] for one in two]
    assert [len(texts) for texts in heard] == [1, 1]


async def test_what_waits_for_a_group_that_is_unlinked_goes_to_every_operator(town: Town) -> None:
    rudi, two = town.people["coordinator"], await operators(town)
    group = town.groups["DINKES"]
    preview = await town.says(rudi, "/tenggat DINKES H+14 Laporan SKM")
    await town.presses(rudi, preview, SAVE)
    rudi.adds(rudi, group)
    await town.says(rudi, "/lepas", group)
    await town.sends()

    heard = [[text for text in told(town, one) if "Laporan SKM" in text] for one in two]
    assert [len(texts) for texts in heard] == [1, 1]


async def test_an_outage_whose_group_is_lost_is_told_to_its_people(town: Town) -> None:

    await town.minute()
    await outages.beat(town.desk)
    town.clock.now += timedelta(minutes=10)
    await outages.beat(town.desk)
    town.telegram.refuses_next(403, "Forbidden: bot was kicked from the group chat")
    await town.sends()

    assert await fates(town, "outage") == [Fate.OBSOLETE, Fate.SENT]
    assert town.said_to(town.people["sari"])[-1].silent


async def test_a_handover_whose_group_is_lost_is_told_to_the_opds_people_not_to_the_newcomer(
    town: Town,
) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    sari.removes(town.bot, group)
    await town.hears()
    await quiet(town)
    joko = town.telegram.person("Joko Susilo")

    await town.starts(joko, await token_for(town, Role.OPERATOR, "DIKBUD"))
    await town.sends()

    assert "Joko Susilo" in told(town, sari)[-1]
    assert len(told(town, joko)) == 1


async def test_a_new_secretary_of_an_opd_without_group_does_not_hear_of_themselves(
    town: Town,
) -> None:

    await town.opd("DISHUB", "Dinas Perhubungan")
    joko = town.telegram.person("Joko Susilo")
    await town.starts(joko, await token_for(town, Role.SECRETARY, "DISHUB"))
    await town.sends()

    assert len(told(town, joko)) == 1


# people


def deaf(town: Town, who: Person) -> list[str]:
    return [text for text in told(town, who) if "secara pribadi, karena" in text]


async def test_a_person_who_blocked_the_bot_is_told_of_once_and_found_by_themselves(
    town: Town,
) -> None:
    rudi, sekda = town.people["coordinator"], town.people["sekda"]
    sekda.blocks(town.bot)
    await town.hears()
    await town.sends()
    await town.at(wita(11, 24, 16, 0))
    await town.at(wita(11, 25, 16, 0))
    digest = town.last(rudi).text
    failed = await fates(town, "digest")
    sekda.unblocks(town.bot)
    await town.hears()
    await town.at(wita(11, 26, 16, 0))

    assert deaf(town, rudi) == [
        "Orang berikut tidak dapat dihubungi secara pribadi, karena memblokir bot atau belum "
        "menekan Mulai:\n• Hasan Basri, Sekretaris Daerah\nMinta yang bersangkutan membuka "
        "percakapan dengan bot lalu menekan Mulai. Sampai saat itu pesan pribadi tidak sampai "
        "kepadanya."
    ]
    assert "Tidak terjangkau: 1 orang" in digest
    assert failed.count(Fate.FAILED) == 2
    assert town.last(sekda).text.startswith("Dikonfirmasi")
    assert "Tidak terjangkau" not in town.last(rudi).text
    assert [e.subject for e in await audited(town, "reachable")][-1] == f"user:{sekda.id}"


async def test_a_blocked_digest_is_not_tried_twice_that_day(town: Town) -> None:
    sekda = town.people["sekda"]
    sekda.blocks(town.bot)
    await town.at(wita(11, 24, 16, 0))
    for _ in range(5):
        await town.later(minutes=10)
    tried = [c for c in town.telegram.calls if c.params.get("chat_id") == str(sekda.id)]
    tried = [c for c in tried if c.code == 403]

    assert len(tried) == 1


async def test_a_person_without_a_post_who_blocks_is_nobodys_concern(town: Town) -> None:
    town.people["stranger"].blocks(town.bot)
    await town.hears()
    await town.later(minutes=1)

    assert deaf(town, town.people["coordinator"]) == []


async def test_a_coordinator_who_blocks_is_told_to_the_others_alone(town: Town) -> None:
    maya = await second_coordinator(town)
    maya.blocks(town.bot)
    await town.hears()
    await town.later(minutes=1)

    assert len(deaf(town, town.people["coordinator"])) == 1
    assert await fates(town, "unreachable_person") == [Fate.SENT]


async def test_who_blocked_and_came_back_before_the_alarm_is_not_told_of(town: Town) -> None:
    town.clock.now = wita(11, 24, 22, 0)
    sekda = town.people["sekda"]
    sekda.blocks(town.bot)
    await town.hears()
    sekda.starts(town.bot)
    await town.hears()
    await town.at(wita(11, 25, 8, 0))

    assert deaf(town, town.people["coordinator"]) == []


async def test_a_secretary_who_blocked_leaves_the_reminder_to_the_operators(town: Town) -> None:
    sari = town.people["sari"]
    sari.removes(town.bot, town.groups["DIKBUD"])
    sari.blocks(town.bot)
    await town.hears()
    await town.minute()

    assert told(town, town.people["dewi"])[-1].startswith("⏰")
