"""The digest and /ringkasan: where the city stands, in a few lines."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

import pytest

from bot import messages, words
from db import pulse
from db.models import Role, State
from db.pulse import Span
from db.reports.digest import Before, Decision, Digest, LateOpd, Numbers
from db.reports.escalations import AtTop, Late
from db.reports.responses import Waiting
from tests import golden
from tests.town import Town, wita

AT = wita(11, 24, 16, 0)
NUMBERS = Numbers(total=1364, confirmed=912, verified=640, late=37)
MONDAY = Before(date(2026, 11, 23), wita(11, 23, 16, 0), Numbers(1364, 864, 620, 42))
LONG = ("KEC-KENDARI-BARAT", "DISNAKERPERIN", "KEC-MANDONGA", "KEC-KENDARI", "KEC-PUUWATU")
QUIET = Digest(
    at=AT,
    numbers=Numbers(1364, 1364, 1352, 0),
    before=Before(MONDAY.day, MONDAY.sent_at, Numbers(1364, 1352, 1352, 0)),
    busiest=(("KEC-KENDARI-BARAT", 6), ("DISNAKERPERIN", 4), ("KEC-MANDONGA", 2)),
    today=12,
)


def worst(codes: tuple[str, ...] = LONG, **other: Any) -> Digest:
    """Every OPD late, 40 obstacles, and everything that can go wrong on one day."""
    outage = Span(1, wita(11, 23, 16, 50), wita(11, 24, 9, 10))
    facts: dict[str, Any] = {
        "at": AT,
        "numbers": Numbers(1395, 912, 640, 453),
        "before": MONDAY,
        "decisions": (
            Decision(codes[0], 12, 14, ref="K107"),
            Decision(codes[1], 31, 9, until=date(2026, 12, 30)),
            Decision(codes[2], 28, 2, ref="K12"),
        ),
        "waiting": 40,
        "attention": tuple(LateOpd(code, 31, wita(9, 30)) for code in codes),
        "late_opd": 44,
        "busiest": tuple((code, 31) for code in codes[:3]),
        "today": 1012,
        "unproven": 1118,
        "unreached": codes[:2],
        "unreached_groups": 44,
        "unreached_people": 102,
        "outages": (outage, Span(2, wita(11, 24, 11, 0), wita(11, 24, 11, 20))),
        "missed": (date(2026, 11, 19), date(2026, 11, 20)),
        "silent": Waiting(44, timedelta(hours=99)),
        "raised": AtTop(
            tuple(Late(n, n, codes[n], 31, "", AT, 9, False) for n in range(3)), 40, 30
        ),
    }
    return Digest(**facts | other)


def text_of(town: Town, digest: Digest) -> str:
    return words.bare(messages.digest(town.desk, digest))


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("quiet", QUIET),
        ("usual", Digest(
            at=AT, numbers=NUMBERS, before=MONDAY, unproven=118,
            attention=(LateOpd("RSUD", 12, wita(10, 30)), LateOpd("DINKES", 9, wita(11, 13)),
                       LateOpd("KEC-ABELI", 16, wita(11, 20))),
            late_opd=3, busiest=(("DIKBUD", 14), ("PUPR", 9), ("BAPENDA", 7)), today=48,
        )),
        ("first", Digest(at=AT, numbers=Numbers(1364, 0, 0, 0))),
        ("worst", worst()),
    ],
)  # fmt: skip
def test_a_digest_reads_well(bare_town: Town, name: str, digest: Digest) -> None:
    golden.check(f"digest-{name}", text_of(bare_town, digest))


@pytest.mark.parametrize("codes", [LONG, tuple("ABCDE"[n] * 20 for n in range(5))])
@pytest.mark.parametrize("missed", [(date(2026, 11, 23),), (date(2026, 11, 19),) * 12])
def test_the_worst_digest_still_fits(
    bare_town: Town, codes: tuple[str, ...], missed: tuple[date, ...]
) -> None:
    text = text_of(bare_town, worst(codes, missed=missed))

    assert len(text) <= 900
    assert len(text.split("\n")) <= 24
    assert len(golden.on_phone(text)) <= 24 or codes != LONG


def test_a_quiet_day_takes_six_lines(bare_town: Town) -> None:
    assert len(golden.on_phone(text_of(bare_town, QUIET))) <= 6


# what is counted


async def says(town: Town, moment: datetime | None = None, name: str = "sekda") -> str:
    """What the Sekda reads, or somebody else."""
    if moment:
        await town.at(moment)
    return (await town.says(town.people[name], "/ringkasan")).text


def digests(town: Town, name: str) -> list[str]:
    """All that somebody was sent."""
    said = town.said_to(town.people[name])
    return [m.text for m in said if m.text.startswith("Dikonfirmasi")]


async def test_the_first_line_has_the_numbers(town: Town) -> None:
    await town.item("DINKES", 2, "Selesai", wita(11, 1), state=State.VERIFIED)
    await town.item("DINKES", 3, "Menunggu", wita(11, 1), state=State.SUBMITTED)
    await town.item("DINKES", 4, "Dikembalikan", wita(11, 1), state=State.RETURNED)
    await town.item("DINKES", 5, "Tidak relevan", wita(11, 1), state=State.NOT_APPLICABLE)
    await town.item("DINKES", 6, "Dihapus", wita(11, 1), state=State.DROPPED)

    assert (await says(town)).split("\n")[0] == (
        "Dikonfirmasi 2 dari 7 butir (terverifikasi 1) · lewat tenggat 2"
    )


async def test_an_empty_city_has_a_digest_too(bare_town: Town) -> None:
    sekda = bare_town.telegram.person("Hasan Basri")
    await bare_town.appoint(sekda, Role.SEKDA)
    said = await bare_town.says(sekda, "/ringkasan")

    assert said.text == (
        "Dikonfirmasi 0 dari 0 butir (terverifikasi 0) · lewat tenggat 0\n"
        "Hari ini belum ada konfirmasi."
    )


async def test_it_reaches_the_sekda_and_the_coordinators_once_a_working_day(town: Town) -> None:
    await town.at(wita(11, 24, 15, 59))
    assert not digests(town, "sekda")

    for minute in range(3):
        await town.at(wita(11, 24, 16, minute))

    for name, count in {"sekda": 1, "coordinator": 1, "auditor": 0, "sari": 0}.items():
        assert len(digests(town, name)) == count, name
    await town.at(wita(11, 25, 16, 0))
    assert len(digests(town, "sekda")) == 2


@pytest.mark.parametrize("moment", [wita(11, 28, 16), wita(12, 25, 16), wita(11, 24, 17, 30)])
async def test_not_on_free_days_nor_after_hours(town: Town, moment: datetime) -> None:
    await town.at(moment)

    assert not digests(town, "sekda")


async def test_who_holds_two_posts_reads_it_once(town: Town) -> None:
    await town.appoint(town.people["sekda"], Role.COORDINATOR)
    await town.at(AT)

    assert len(digests(town, "sekda")) == 1


async def test_the_digest_and_the_answer_of_the_same_moment_agree(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1")
    await town.at(AT)
    town.clock.now = wita(11, 25, 9, 0)
    await town.says(town.people["sari"], "/done 2, 3")
    await town.at(wita(11, 25, 16, 0))
    sent = digests(town, "sekda")[-1]

    for name in ("sekda", "coordinator", "auditor"):
        assert (await town.says(town.people[name], "/ringkasan")).text == sent


@pytest.mark.parametrize("name", ["sari", "budi", "stranger"])
async def test_who_holds_no_post_of_the_city_is_refused(town: Town, name: str) -> None:
    refusal = await town.says(town.people[name], "/ringkasan")

    assert refusal.text.startswith("Hanya untuk koordinator")


async def test_the_change_is_counted_from_the_last_digest_of_an_earlier_day(town: Town) -> None:
    await town.at(AT)
    await town.says(town.people["sari"], "/done 1, 3")
    assert "Sejak" not in await says(town, wita(11, 24, 17, 0))

    assert (await says(town, wita(11, 25, 9, 0))).split("\n")[1] == (
        "Sejak 24 Nov: dikonfirmasi +2"  # one late came and one went
    )
    await town.says(town.people["sari"], "/batalkan 3")
    await town.item("DINKES", 2, "Baru", wita(12, 30))
    assert "Sejak 24 Nov: dikonfirmasi +1, butir +1\n" in await says(town)


async def test_without_any_change_it_says_so(town: Town) -> None:
    await town.at(wita(11, 25, 16, 0))

    assert "Sejak 25 Nov: tidak ada perubahan\n" in await says(town, wita(11, 26, 9, 0))


async def test_a_digest_that_nobody_got_is_no_measure(town: Town) -> None:
    for name in ("sekda", "coordinator"):
        town.people[name].blocks(town.bot)
    await town.at(AT)
    for name in ("sekda", "coordinator"):
        town.people[name].unblocks(town.bot)

    assert "Sejak" not in await says(town, wita(11, 25, 9, 0))


async def test_the_opd_with_late_items_stand_by_weight_then_by_age(town: Town) -> None:
    codes = cycle(["C", "B", "D", "E", "A", "F"])
    for day, weight in [(10, 0), (9, 0), (8, 500), (8, 500), (7, 9), (6, 9)]:
        code = f"OPD-{next(codes)}"
        await town.opd(code, f"Dinas {code}")
        await town.item(code, 1, "Satu", wita(11, day), weight=weight)

    lines = (await says(town)).split("\n")
    start = lines.index("Perlu perhatian (7 OPD lewat tenggat)")
    assert lines[start + 1 : start + 7] == [
        "OPD-D 1 butir, sejak 8 Nov",
        "OPD-E 1 butir, sejak 8 Nov",
        "DIKBUD 1 butir, sejak 20 Nov",
        "OPD-F 1 butir, sejak 6 Nov",
        "OPD-A 1 butir, sejak 7 Nov",
        "",
    ]


async def test_todays_confirmations_are_those_sent_today_and_not_taken_back(town: Town) -> None:
    sari, budi = town.people["sari"], town.people["budi"]
    town.clock.now = wita(11, 23, 23, 50)
    sari.says("/done 3", to=town.bot)
    town.clock.now = wita(11, 24, 9, 0)
    await town.hears()
    await town.says(sari, "/done 1, 2")
    await town.says(budi, "/done 1")
    await town.says(sari, "/batalkan 1")

    assert "Hari ini dikonfirmasi 2: DIKBUD 1, DINKES 1\n" in await says(town)


async def test_what_was_confirmed_without_the_evidence_asked_for_is_counted(town: Town) -> None:
    sari = town.people["sari"]
    await town.says(sari, "/done 1, 2, 3")
    assert (await says(town)).endswith("Dikonfirmasi tanpa bukti: 1 butir")

    await town.says(sari, "/done 2 https://drive.example/skm")

    assert "tanpa bukti" not in await says(town)


async def test_who_cannot_be_reached_is_named(town: Town) -> None:
    town.people["coordinator"].blocks(town.bot)
    town.people["sari"].removes(town.bot, town.groups["DIKBUD"])
    await town.minute()
    await town.at(AT)

    assert "Tidak terjangkau: grup DIKBUD; 1 orang" in await says(town)


async def test_a_digest_after_an_outage_still_comes_before_the_quiet_hours(town: Town) -> None:
    await town.at(wita(11, 24, 17, 25))

    assert len(digests(town, "sekda")) == 1


async def test_the_next_one_says_that_one_was_missed(town: Town) -> None:
    await town.at(wita(11, 26, 16, 0))
    await town.at(wita(11, 30, 16, 0))
    assert digests(town, "sekda")[-1].endswith(
        "Ringkasan 27 Nov tidak terkirim."  # the 28th and 29th are free
    )

    await town.at(wita(12, 3, 16, 0))

    assert digests(town, "sekda")[-1].endswith("Ringkasan 1 Des–2 Des tidak terkirim.")


async def test_who_missed_one_hears_so_though_others_got_it(town: Town) -> None:
    sekda = town.people["sekda"]
    await town.at(AT)
    sekda.blocks(town.bot)
    await town.says(town.people["sari"], "/done 1")
    await town.at(AT + timedelta(days=1))
    sekda.unblocks(town.bot)
    await town.says(town.people["sari"], "/done 2")
    await town.at(AT + timedelta(days=2))
    his, hers = digests(town, "sekda")[-1], digests(town, "coordinator")[-1]

    assert "Sejak 24 Nov: dikonfirmasi +2" in his
    assert his.endswith("Ringkasan 25 Nov tidak terkirim.")
    assert "Sejak 25 Nov: dikonfirmasi +1" in hers
    assert "tidak terkirim" not in hers
    assert [await says(town), await says(town, name="coordinator")] == [his, hers]


@pytest.mark.parametrize(
    ("hour", "missed"), [(9, "24 Nov–25 Nov"), (18, "25 Nov")], ids=["in-time", "after-hours"]
)
async def test_who_is_new_in_the_post_missed_what_came_after_they_were_appointed(
    town: Town, hour: int, missed: str
) -> None:
    town.clock.now = wita(11, 24, hour)
    successor = town.telegram.person("Wa Ode Rina")
    await town.appoint(successor, Role.SEKDA)
    town.people["successor"] = successor
    successor.blocks(town.bot)
    for day in (24, 25) if hour < 16 else (25,):
        await town.at(wita(11, day, 16, 0))
    successor.unblocks(town.bot)
    await town.at(wita(11, 26, 16, 0))

    assert digests(town, "successor")[-1].endswith(f"Ringkasan {missed} tidak terkirim.")


async def test_an_outage_stands_in_the_digest_of_its_day_only(town: Town) -> None:
    for moment in (wita(11, 24, 10, 0), wita(11, 24, 10, 40)):
        async with town.desk.transaction() as session:
            await pulse.beat(session, town.desk.calendar, moment)
    await town.at(AT)
    line = "Bot tidak aktif 24 Nov 10.00–10.40"

    assert line in digests(town, "sekda")[-1]
    await town.at(AT + timedelta(days=1))
    assert line not in digests(town, "sekda")[-1]
