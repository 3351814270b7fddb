"""What must hold, told by the make-believe Telegram's transcript and the database's file alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from demo.telegram import Chat, Message, PopUp
from tests.counting import numbers
from tests.crash.people import Said
from tests.crash.stage import WITA, City

TOLD = re.compile(r"^(?:✅ )?([\d,– ]+)(?:\. .*)?: (?:dicatat|sudah tercatat)")
REMINDER, DIGEST, AGAIN = "⏰", "Dikonfirmasi ", "Mungkin pesan ulang"


@dataclass
class Verdict:
    """Each list names what went wrong. `repeats`: when a message that somebody got twice was
    first sent, one for each time too many."""

    sent: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    repeats: list[datetime] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def wrongs(self) -> list[str]:
        named = ("lost", "doubled", "unanswered", "broken")
        return [f"{name}: {one}" for name in named for one in getattr(self, name)]


def judge(city: City, said: Sequence[Said]) -> Verdict:
    """Of confirmations."""
    verdict = Verdict(len(said), repeats=repeats(city), broken=list(broken(city)))
    entries = Counter(source for (source,) in city.asks(_ENTRIES))
    events = Counter(city.asks(_EVENTS))
    states = {(code, number): state for code, number, state in city.asks(_STATES)}
    told = {office.code: told_in(office.group.messages, city) for office in city.offices}
    for one in said:
        name, item = f"{one.office.code} {one.number}, {one.source}", (one.office.code, one.number)
        if states[item] != "submitted" or not entries[one.source]:
            verdict.lost.append(name)
        if entries[one.source] > 1 or events[item] > 1:
            verdict.doubled.append(name)
        if not is_answered(one, told[one.office.code]):
            verdict.unanswered.append(name)
    verdict.doubled += twice(city)
    return verdict


def twice(city: City) -> Iterator[str]:
    """Groups that were reminded more often than once, without a word that it may be a repeat."""
    for code, got in reminders(city).items():
        if sum(m.text.startswith(REMINDER) for m in got) > 1:
            yield f"{len(got)} reminders of {code}"


_ENTRIES = "SELECT source FROM audit WHERE verb = 'submit'"
_EVENTS = (
    "SELECT opd.code, item.number FROM event JOIN item ON item.id = event.item_id "
    "JOIN opd ON opd.id = item.opd_id WHERE event.verb = 'submit'"
)
_STATES = "SELECT opd.code, item.number, item.state FROM item JOIN opd ON opd.id = item.opd_id"


def told_in(messages: Iterable[Message], city: City) -> list[set[int]]:
    """The numbers that each message of the bot calls confirmed."""
    return [_numbers(m) for m in messages if m.sender is city.tuntas]


def _numbers(message: Message) -> set[int]:
    found = (TOLD.match(line.strip()) for line in message.text.split("\n"))
    return {number for match in found if match for number in numbers(match[1])}


def is_answered(said: Said, told: list[set[int]]) -> bool:
    """Somebody who pressed sees the button come to rest, too."""
    rests = not isinstance(said.what, PopUp) or said.what.answered
    return rests and any(said.number in one for one in told)


def repeats(city: City) -> list[datetime]:
    """Messages of the bot that tell of confirmations, and of none that was not told before: when
    it was told before."""
    found = []
    for office in city.offices:
        told: dict[int, datetime] = {}
        for message in office.group.messages:
            numbers = _numbers(message) if message.sender is city.tuntas else set()
            if numbers and numbers <= told.keys():
                found.append(max(told[number] for number in numbers))
            told |= dict.fromkeys(numbers, message.when)
    return found


@dataclass(frozen=True)
class Kill:
    """`at`: when the process was gone."""

    point: str
    at: datetime


def most_for_one(kills: Sequence[Kill], repeats: Iterable[datetime]) -> int:
    """How many repeats the worst kill has cost: each is put down to the first kill after the
    message was first sent."""
    blamed = Counter(bisect_left(kills, first, key=lambda kill: kill.at) for first in repeats)
    return max(blamed.values(), default=0)


def broken(city: City) -> Iterator[str]:
    """What the file itself shows: its integrity, and whether each entry names the one before."""
    for (said,) in city.asks("PRAGMA integrity_check"):
        if said != "ok":
            yield f"integrity: {said}"
    last = (0, "0" * 64)
    for number, previous, sealed in city.asks("SELECT id, previous, hash FROM audit ORDER BY id"):
        if (number, previous) != (last[0] + 1, last[1]):
            yield f"entry {number} does not follow from {last[0]}"
        last = (number, sealed)


def reminders(city: City) -> dict[str, list[Message]]:
    """By OPD, as its group saw them."""
    return {
        office.code: [m for m in office.group.messages if REMINDER in m.text[:200]]
        for office in city.offices
    }


def judge_broadcasts(city: City) -> Verdict:
    """One reminder for each OPD and one digest for each reader on every day that was begun; what
    comes twice says that it may be a repeat."""
    verdict = Verdict(broken=list(broken(city)))
    days = [day for (day,) in city.asks("SELECT DISTINCT day FROM owed WHERE kind = 'reminder'")]
    for chat, mark in [*((o.group, REMINDER) for o in city.offices), *_readers(city)]:
        for day in days:
            got = [m for m in chat.messages if mark in m.text[:200] and on(m, day)]
            verdict.sent += len(got[:1])
            name = f"{chat.title or chat.person} on {day}"
            if not got:
                verdict.lost.append(name)
            verdict.repeats += [got[0].when for _ in got[1:]]
            verdict.doubled += [name for m in got[1:] if AGAIN not in m.text or len(got) > 2]
    return verdict


def _readers(city: City) -> list[tuple[Chat, str]]:
    return [(reader.chat(city.tuntas), DIGEST) for reader in city.readers]


def on(message: Message, day: str) -> bool:
    return message.when.astimezone(WITA).date().isoformat() == day


def fates(city: City, day: str) -> Counter[tuple[str, str]]:
    """How many of a day's (kind, fate)."""
    return Counter(city.asks("SELECT kind, fate FROM owed WHERE day = ?", day))
