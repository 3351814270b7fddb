"""Count where a city stands from what anybody could read: its bubbles, and the imported files.

Nothing here asks the bot's database, so what the bot claims can be held against it.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from demo.telegram import Message

WITA = ZoneInfo("Asia/Makassar")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
TOLD = re.compile(
    r"^(?:✅|↩️) ([\d,– ]+)(?:\. .*)?: (dicatat|konfirmasi dibatalkan|terverifikasi|dikembalikan)"
)
BECAME = {
    "dicatat": "submitted", "konfirmasi dibatalkan": "open", "terverifikasi": "verified",
    "dikembalikan": "returned",
}  # fmt: skip
PROVEN = re.compile(r"^(\d+)\. .*; bukti ditambahkan$")
BARE = re.compile(r"Bukti belum ada: butir ([\d,– ]+)\.")
NEW = re.compile(r"^(\d+)\. .*\nTenggat: (\d+) (\w{3})\w* (\d{4}) pukul (\d\d)\.(\d\d) WITA", re.M)


@dataclass
class Item:
    """`weight` in hundredths of a per cent; `at`: when it was confirmed."""

    due: datetime
    weight: int = 0
    asks_evidence: bool = False
    state: str = "open"
    at: datetime | None = None
    has_evidence: bool = False

    @property
    def is_confirmed(self) -> bool:
        return self.state in ("submitted", "verified")


@dataclass
class Count:
    """Every item of every OPD, by code and number."""

    names: Mapping[str, str]  # code by name
    items: dict[tuple[str, int], Item] = field(default_factory=dict)

    def read(self, bubbles: Iterable[Message]) -> None:
        for bubble in bubbles:
            code = self.names.get(re.sub(r"^\W+", "", bubble.text.split("\n")[0]))
            if code and bubble.sender.is_bot:
                self._read(code, bubble)

    def _read(self, code: str, bubble: Message) -> None:
        if "Butir baru dari" in bubble.text:
            for number, day, month, year, hour, minute in NEW.findall(bubble.text):
                moment = (int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute))
                self.items[code, int(number)] = Item(datetime(*moment, tzinfo=WITA))
        bare = set(numbers(found[1])) if (found := BARE.search(bubble.text)) else set()
        for line in bubble.text.split("\n"):
            if proven := PROVEN.match(line):
                self.items[code, int(proven[1])].has_evidence = True
            if told := TOLD.match(line):
                for number in numbers(told[1]):
                    self._become(code, number, BECAME[told[2]], bubble, number in bare)

    def _become(self, code: str, number: int, state: str, bubble: Message, is_bare: bool) -> None:
        item = self.items[code, number]
        item.state = state
        if state == "submitted":
            item.at = bubble.when
            item.has_evidence = item.asks_evidence and not is_bare

    # what a digest says

    def total(self) -> int:
        return len(self.items)

    def confirmed(self) -> int:
        return sum(item.is_confirmed for item in self.items.values())

    def verified(self) -> int:
        return sum(item.state == "verified" for item in self.items.values())

    def late(self, now: datetime) -> dict[str, list[Item]]:
        """By code, the OPD with most weight first, then the oldest."""
        found: dict[str, list[Item]] = {}
        for (code, _), item in self.items.items():
            if not item.is_confirmed and item.due < now:
                found.setdefault(code, []).append(item)
        return dict(sorted(found.items(), key=lambda one: _press(*one)))

    def today(self, day: date) -> list[tuple[str, int]]:
        """By code, the OPD with most confirmations first."""
        count = Counter(
            code
            for (code, _), item in self.items.items()
            if item.is_confirmed and item.at and item.at.astimezone(WITA).date() == day
        )
        return sorted(count.items(), key=lambda one: (-one[1], one[0]))

    def without_evidence(self) -> int:
        return sum(
            item.is_confirmed and item.asks_evidence and not item.has_evidence
            for item in self.items.values()
        )


def of_files(opd: Path, checklist: Path, due: datetime) -> Count:
    """Where a city stands that has just imported these."""
    names = {row["name"]: row["code"] for row in _rows(opd)}
    count = Count(names)
    for row in _rows(checklist):
        for code in names.values():
            weight = int(row["aspect_weight_pct"]) * int(row["weight_in_aspect_pct"])
            count.items[code, int(row["number"])] = Item(due, weight, bool(row["evidence"]))
    return count


def numbers(text: str) -> Iterator[int]:
    """`1–3, 7`."""
    for part in text.split(","):
        first, _, last = part.strip().partition("–")
        yield from range(int(first), int(last or first) + 1)


def short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _press(code: str, late: list[Item]) -> tuple[int, datetime, str]:
    return -sum(item.weight for item in late), min(item.due for item in late), code


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
