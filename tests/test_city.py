"""The whole of Kota Kendari, from an empty city to its digests, over the make-believe Telegram.

The city is set up as a coordinator does it, and every number that the bot claims is held
against a count made from what people could read (tests/counting.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from demo import city, eve
from demo.moments import Moment
from tests.counting import WITA, Count, dotted, short
from tests.kendari import Kendari

OPD, ITEMS, MOST_ACTIONS = 44, 31, 49
LINK = "https://drive.example/bukti"


async def nobody_watches(moment: Moment) -> None: ...


@pytest.fixture
async def kendari_town() -> AsyncIterator[Kendari]:
    async with city.opened(eve.EVE, nobody_watches) as opened:
        yield Kendari(opened)
        assert opened.telegram.refused == []


async def test_a_city_is_set_up_is_reminded_confirms_and_its_digests_are_right(
    kendari_town: Kendari,
) -> None:
    town = kendari_town

    await town.is_set_up()

    assert len(town.groups) == OPD
    assert town.actions <= MOST_ACTIONS
    assert all("terhubung" in group.last.text for group in town.groups.values())
    await town.invites_sekda()

    await a_morning(town)
    await a_working_day(town)
    await an_afternoon(town)
    await the_days_until_the_deadline(town)
    await the_day_after_the_deadline(town)


async def a_morning(town: Kendari) -> None:
    """Seven days before the deadline, each group hears once, and nobody else hears anything."""
    before = len(town.city.telegram.transcript)
    for hour, minute in ((7, 59), (8, 0), (8, 1), (8, 30), (9, 0)):
        await town.at(23, hour, minute)
    new = town.city.telegram.transcript[before:]

    assert sorted(b.chat.title for b in new) == sorted(g.title for g in town.groups.values())
    assert all(len(town.reminders(code)) == 1 for code in town.codes)
    assert {f"{b.when.astimezone(WITA):%H.%M}" for b in new} == {"08.00"}


async def a_working_day(town: Kendari) -> None:
    """Everybody at once; some by buttons, some mistaken, some without evidence."""
    for n, code in enumerate(town.codes):
        match n % 4:
            case 0:
                town.says(code, f"/done 1-3, 8 {LINK}/{code}")
            case 1:
                town.presses(code, town.reminders(code)[0], 0, 0)
                town.presses(code, town.reminders(code)[0], 0, 1)
            case 2:
                town.says(code, "/selesai 5, 7 dan 9 sudah lengkap")
    await town.at(23, 9, 1)
    count = town.count()

    assert count.confirmed() == 11 * 4 + 11 * 2 + 11 * 3

    for code in town.codes[0:20:4]:
        town.says(code, "/batalkan 8")
    late = "DINKES, RSUD, KEC-ABELI"
    await town.acts(f"/tenggat {late} 23/9/2026 15.00 Kirim nama petugas loket")
    preview = town.coordinator.chat(town.city.bot).last
    await town.city.presses(town.coordinator, preview, "✅ Simpan")
    town.says("RSUD", "/done 32")
    for code in town.codes[0:12:4]:
        await town.acts(f"/verifikasi {code} 1, 2")
        await town.acts(f"/kembalikan {code} 3 foto belum terlihat jelas")
    town.says(town.codes[0], f"/done 3 {LINK}/baru")
    await town.at(23, 14)


async def an_afternoon(town: Kendari) -> None:
    await town.at(23, 15, 59)
    count, now = town.count(), datetime(2026, 9, 23, 16, tzinfo=WITA)
    await town.at(23, 16)

    assert town.digest().split("\n") == expected(count, now)
    assert count.total() == OPD * ITEMS + 3
    assert len(count.late(now)) == 2
    await asked_now_it_says_the_same(town)


async def the_days_until_the_deadline(town: Kendari) -> None:
    """Three days before (a Sunday, so on Friday), one day before, and on the day itself; the two
    that missed an earlier deadline on the first and third working day after it."""
    everybody, late = town.codes, ["DINKES", "KEC-ABELI"]
    for day, whom in ((24, late), (25, everybody), (28, late), (29, everybody), (30, everybody)):
        before = Counter({code: len(town.reminders(code)) for code in town.codes})
        for hour, minute in ((8, 0), (8, 1), (16, 0)):
            await town.at(day, hour, minute)
        after = Counter({code: len(town.reminders(code)) for code in town.codes})

        assert after - before == Counter(whom)


async def the_day_after_the_deadline(town: Kendari) -> None:
    earlier = town.count()
    before = datetime(2026, 9, 30, 16, 0, tzinfo=WITA)
    await town.at(1, 8, month=10)
    for n, code in enumerate(town.codes):
        if n % 3 == 0:
            town.says(code, f"/done 10-{10 + n % 5} {LINK}/{code}")
    for code in town.codes[0:8:4]:
        await town.acts(f"/verifikasi {code} 10")
    await town.at(1, 15, 59, month=10)
    count, now = town.count(), datetime(2026, 10, 1, 16, tzinfo=WITA)
    await town.at(1, 16, month=10)

    assert len(count.late(now)) == OPD
    assert town.digest().split("\n") == expected(count, now, earlier, before)
    await asked_now_it_says_the_same(town)


async def asked_now_it_says_the_same(town: Kendari) -> None:
    told = town.digest()
    town.sekda.says("/ringkasan", to=town.city.bot)
    await town.city.happen()

    assert town.sekda.chat(town.city.bot).last.text == told


def expected(
    count: Count, now: datetime, earlier: Count | None = None, before: datetime | None = None
) -> list[str]:
    """The digest's lines, all of their numbers counted here."""
    late, today = count.late(now), count.today(now.date())
    n_late = sum(map(len, late.values()))
    lines = [
        f"Dikonfirmasi {dotted(count.confirmed())} dari {dotted(count.total())} butir"
        f" (terverifikasi {dotted(count.verified())}) · lewat tenggat {dotted(n_late)}"
    ]
    if earlier and before:
        was_late = sum(map(len, earlier.late(before).values()))
        changes = [
            ("dikonfirmasi", count.confirmed() - earlier.confirmed()),
            ("terverifikasi", count.verified() - earlier.verified()),
            ("lewat", n_late - was_late),
            ("butir", count.total() - earlier.total()),
        ]
        told = ", ".join(f"{name} {by:+,}".replace(",", ".") for name, by in changes if by)
        lines.append(f"Sejak {short(before)}: {told}")
    lines += ["", f"Perlu perhatian ({len(late)} OPD lewat tenggat)"]
    for code, items in list(late.items())[:5]:
        since = short(min(item.due for item in items).astimezone(WITA))
        lines.append(f"{code} {len(items)} butir, sejak {since}")
    went_up = sum(now - item.due > timedelta(days=7) for items in late.values() for item in items)
    if went_up:  # five working days ago, in a September without free days; told before
        lines.append(f"Naik ke Sekda: {went_up} butir, tidak ada yang baru")
    busiest = ", ".join(f"{code} {number}" for code, number in today[:3])
    mark = ": " if len(today) <= 3 else ", terbanyak "
    lines += ["", f"Hari ini dikonfirmasi {sum(n for _, n in today)}{mark}{busiest}"]
    lines.append(f"Dikonfirmasi tanpa bukti: {count.without_evidence()} butir")
    return lines
