"""What coordinators and the Sekda do to the OPD, one after the other, and who takes a post."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

from db.models import Role
from demo.telegram import Message, Person
from tests.month.cast import City, Office

SAVE, GRANT, DENY = "✅ Simpan", "👍", "👎"
OBSTACLE = re.compile(r"^⚠️ Kendala (K\d+) · ")


async def acts(city: City) -> None:
    for _ in range(city.dice.randint(1, 3)):
        await city.dice.choices(DEEDS, WEIGHTS)[0](city, city.dice.choice(_with_group(city)))
        await city.town.sends()


async def verifies(city: City, office: Office) -> None:
    some = _in_state(city, "submitted")
    code, number = city.dice.choice(some) if some else (office.code, 1)
    await _says(city, f"/verifikasi {code} {number}")


async def returns(city: City, office: Office) -> None:
    some = _in_state(city, "submitted", "verified")
    code, number = city.dice.choice(some) if some else (office.code, 1)
    await _says(city, f"/kembalikan {code} {number} foto loket belum terlihat jelas")


async def excludes(city: City, office: Office) -> None:
    await _says(city, f"/tidak_relevan {office.code} 2 tidak memberi layanan langsung")


async def includes(city: City, office: Office) -> None:
    some = _in_state(city, "not_applicable")
    code, number = city.dice.choice(some) if some else (office.code, 2)
    await _says(city, f"/relevan {code} {number}")


async def adds(city: City, office: Office) -> None:
    others = {office.code, *(one.code for one in city.dice.sample(_with_group(city), 2))}
    await _saves(city, f"/tenggat {', '.join(sorted(others))} {_day(city)} Laporan bulanan")


async def moves(city: City, office: Office) -> None:
    await _saves(city, f"/ubah {office.code} {city.dice.randint(1, 4)} {_day(city)}")


async def drops(city: City, office: Office) -> None:
    await _saves(city, f"/hapus {office.code} 3 sudah tidak berlaku lagi")


async def instructs(city: City, office: Office) -> None:
    others = {office.code, *(one.code for one in city.dice.sample(_with_group(city), 5))}
    text = f"/instruksi {', '.join(sorted(others))} {_day(city)} Kirim data SPM"
    await _saves(city, text, city.sekda)


async def nudges(city: City, office: Office) -> None:
    await _says(city, f"/ingatkan {office.code}")


async def settles(city: City, _: Office) -> None:
    """An obstacle is answered or closed, by its letter."""
    who = city.coordinators[0]
    letters = [OBSTACLE.match(m.text) for m in city.town.said_to(who)]
    if known := [found[1] for found in letters if found]:
        verb = city.dice.choice(("jawab", "tutup"))
        await _says(city, f"/{verb} {city.dice.choice(known)} sudah dianggarkan", who)


async def decides(city: City, _: Office) -> None:
    """The oldest request for a later deadline that has its buttons; the Sekda under a digest."""
    who = city.dice.choice((city.coordinators[0], city.sekda))
    for message in city.town.said_to(who):
        labels = [label for row in message.buttons for label in row]
        if some := [label for label in labels if label[0] in (GRANT, DENY)]:
            await city.town.presses(who, message, city.dice.choice(some))
            return


async def replaces(city: City, office: Office) -> None:
    """The new secretary opens the link; from that moment the former one has no right."""
    said = await _says(city, f"/undang sekretaris {office.code}")
    new = city.town.telegram.person(f"Sekretaris {office.code} {len(office.former) + 2}")
    assert office.chat
    office.secretary.adds(new, office.chat)
    city.left(office.secretary)
    new.follows(dict(said.parts)["url"])
    await city.town.hears()
    city.took(new, Role.SECRETARY, office.code)
    office.former.append(office.secretary)
    office.secretary = new


async def _says(city: City, text: str, who: Person | None = None) -> Message:
    return await city.town.says(who or city.dice.choice(city.coordinators), text)


async def _saves(city: City, text: str, who: Person | None = None) -> None:
    who = who or city.dice.choice(city.coordinators)
    said = await _says(city, text, who)
    if any(SAVE in row for row in said.buttons):
        await city.town.presses(who, said, SAVE)


def _with_group(city: City) -> list[Office]:
    return [one for one in city.offices.values() if one.chat]


def _in_state(city: City, *states: str) -> list[tuple[str, int]]:
    return [key for key, item in city.ledger.items.items() if item.state in states]


def _day(city: City) -> str:
    return f"{city.now + timedelta(city.dice.randint(1, 25)):%d/%m/%Y}"


Deed = Callable[[City, Office], Awaitable[None]]
CHANCES: dict[Deed, int] = {
    verifies: 8, returns: 4, excludes: 2, includes: 1, adds: 1, moves: 2, drops: 1,
    instructs: 1, nudges: 2, settles: 5, decides: 9, replaces: 1,
}  # fmt: skip
DEEDS, WEIGHTS = list(CHANCES), list(CHANCES.values())
