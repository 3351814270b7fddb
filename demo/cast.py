"""Who plays: invented people, each an example, and the real OPD they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

from demo.telegram import Chat, Person, Telegram


@dataclass
class Cast:
    """`secretaries` and `groups` by the code of the OPD; `staff` holds no post."""

    coordinator: Person
    sekda: Person
    staff: Person
    secretaries: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Chat] = field(default_factory=dict)


PLAYING = {
    "DINKES": ("Sari Wulandari", "Dinkes Kendari"),
    "DUKCAPIL": ("Budi Santoso", "Dukcapil Kendari"),
    "RSUD": ("Dewi Anggraini", "RSUD Kota Kendari"),
    "KEC-BARUGA": ("Tono Sugiarto", "Kecamatan Baruga"),
    "DPMPTSP": ("Maya Lestari", "DPMPTSP Kendari"),
    "BAPENDA": ("Agus Salam", "Bapenda Kendari"),
    "KEC-MANDONGA": ("Ratna Dewi", "Kecamatan Mandonga"),
}
"""The OPD that take part: their secretaries, and what the groups are called."""


def gather(telegram: Telegram) -> Cast:
    return Cast(
        coordinator=telegram.person("Rina Wijaya"),
        sekda=telegram.person("Bambang Setiawan"),
        staff=telegram.person("Lina Marlina"),
    )


def hire(cast: Cast, telegram: Telegram, code: str) -> None:
    """A secretary with a group of their own, in which the bot is not yet."""
    name, title = PLAYING[code]
    secretary = telegram.person(name)
    members = [cast.staff] if code == "DINKES" else []
    cast.secretaries[code] = secretary
    cast.groups[code] = telegram.group(title, creator=secretary, members=members)
