"""Where the city stands, counted from its bubbles alone: with what coordinators do to items."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from demo.telegram import Message
from tests.counting import MONTHS, WITA, Count, dotted, numbers, short

DATE = r"(\d+) (\w{3})\w* (\d{4}) pukul (\d\d)\.(\d\d) WITA"
REVIEWED = re.compile(r"^(?:➖|➕) ([\d,– ]+)(?:\. .*)?: dinyatakan (tidak relevan|relevan), ")
GRANTED = re.compile(rf"^👍 Perpanjangan (\S+) butir (\d+) disetujui\n(?:.*\n)*?Menjadi: {DATE}")
MOVED = re.compile(rf"Tenggat diubah oleh (?:.*\n)+Menjadi: {DATE}")
LISTED = re.compile(r"^(\d+)\. ", re.M)
OUT = "not_applicable"


@dataclass
class Ledger(Count):
    """`before`: what an item was when it was taken out of the counts. `seen`: bubbles read."""

    before: dict[tuple[str, int], str] = field(default_factory=dict)
    seen: int = 0

    def catch_up(self, transcript: list[Message]) -> None:
        new, self.seen = transcript[self.seen :], len(transcript)
        self.read(new)
        for bubble in new:
            if bubble.sender.is_bot and (granted := GRANTED.match(bubble.text)):
                self.items[granted[1], int(granted[2])].due = _moment(granted.groups()[2:])

    def _read(self, code: str, bubble: Message) -> None:
        super()._read(code, bubble)
        if moved := MOVED.search(bubble.text):
            for number in LISTED.findall(bubble.text):
                self.items[code, int(number)].due = _moment(moved.groups())
        if "Dihapus dari daftar oleh" in bubble.text:
            for number in LISTED.findall(bubble.text):
                self.items.pop((code, int(number)), None)
        for line in bubble.text.split("\n"):
            if told := REVIEWED.match(line):
                for number in numbers(told[1]):
                    self._count_in(code, number, is_in=told[2] == "relevan")

    def _count_in(self, code: str, number: int, *, is_in: bool) -> None:
        item = self.items[code, number]
        if is_in:
            item.state = self.before.pop((code, number))
        else:
            self.before[code, number], item.state = item.state, OUT

    # what a digest says

    def total(self) -> int:
        return sum(item.state != OUT for item in self.items.values())

    def is_late(self, key: tuple[str, int], now: datetime) -> bool:
        item = self.items[key]
        return item.state in ("open", "returned") and item.due < now

    def numbers(self, now: datetime) -> Numbers:
        late = sum(self.is_late(key, now) for key in self.items)
        return Numbers(self.confirmed(), self.verified(), late, self.total())


class Numbers(NamedTuple):
    """What a digest begins with, by the names that it gives to changes."""

    dikonfirmasi: int
    terverifikasi: int
    lewat: int
    butir: int

    @property
    def first_line(self) -> str:
        confirmed, verified, late, total = map(dotted, self)
        return (
            f"Dikonfirmasi {confirmed} dari {total} butir"
            f" (terverifikasi {verified}) · lewat tenggat {late}"
        )

    def since(self, before: Numbers, day: date) -> str:
        pairs = zip(self._fields, self, before, strict=True)
        changes = [f"{name} {now - was:+d}" for name, now, was in pairs if now != was]
        told = ", ".join(changes).replace("-", "−") or "tidak ada perubahan"
        return f"Sejak {short(day)}: {told}"


def _moment(found: tuple[str, ...]) -> datetime:
    day, month, year, hour, minute = found
    numbered = (int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute))
    return datetime(*numbered, tzinfo=WITA)
