"""What must hold when all has come to rest, told by the make-believe Telegram's transcript, by what
passed between it and the bot, and by the database's file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from demo.telegram import Message
from tests.faults.city import City, Deed, said_by
from tests.faults.scenes import REPEAT, SORRY
from tests.faults.wiretap import POP_UP, Came, Death, Try
from tests.secrets_kept import everything_shown, told
from tests.town import WITA

BECAME = {
    "submit": "submitted", "withdraw": "open", "verify": "verified", "return": "returned"
}  # fmt: skip
OPENS, CLOSES = "08:00", "17:30"
LATE = "09:20"  # UTC: ten minutes before the window closes, in which no database may be there
SOONEST = timedelta(minutes=5)


class Row(NamedTuple):
    id: int
    key: str
    kind: str
    day: str | None
    fate: str
    repeated: bool
    is_over: bool
    message_id: int | None
    made_at: str


ROWS = (
    "SELECT id, key, kind, day, fate, repeated, not_before IS NULL, message_id, made_at FROM owed"
    " ORDER BY id"
)
EVENTS = (
    "SELECT event.verb, opd.code, item.number, event.source FROM event"
    " JOIN item ON item.id = event.item_id JOIN opd ON opd.id = item.opd_id"
)
STATES = "SELECT opd.code, item.number, item.state FROM item JOIN opd ON opd.id = item.opd_id"
ENTRIES = "SELECT verb, source FROM audit WHERE verb IN ('submit', 'withdraw', 'verify', 'return')"


def wrongs(city: City, days: list[str], minutes: list[datetime], log: str) -> list[str]:
    """`days` on which each OPD had something to hear; `minutes` in which the clock woke us."""
    return [
        *(f"effect: {wrong}" for wrong in effects(city)),
        *(f"answer: {wrong}" for wrong in answers(city)),
        *(f"press: {wrong}" for wrong in presses(city)),
        *(f"owed: {wrong}" for row in rows(city) for wrong in owed(city, row, minutes)),
        *(f"once a day: {wrong}" for wrong in once_a_day(city, days)),
        *(f"secret: {wrong}" for wrong in secrets(city, log)),
    ]


# what people did


def effects(city: City) -> Iterator[str]:
    """Each took effect exactly once, with one entry in the log; and nothing else did."""
    done = Counter((deed.verb, *deed.key, deed.source) for deed in city.deeds)
    happened = Counter(city.tap.asks(EVENTS))
    yield from (f"{count} times lost: {one}" for one, count in (done - happened).items())
    yield from (f"{count} times too many: {one}" for one, count in (happened - done).items())
    entered = Counter(city.tap.asks(ENTRIES))
    if entered != Counter((deed.verb, deed.source) for deed in city.deeds):
        yield "the log tells otherwise"
    for code, number, state in city.tap.asks(STATES):
        if state != BECAME.get(city.stands.get((code, number), ""), "open"):
            yield f"{code} {number} is {state}"


def answers(city: City) -> Iterator[str]:
    """Each was answered once. Again only where the process died before it was written down that
    it was answered, which a death brings about for one message; and where nobody could know."""
    repeats: Counter[tuple[Death, bool]] = Counter()
    for deed in city.deeds:
        tries = answering(city, deed)
        yield from _ended(city, deed, tries)
        for first, again in pairwise(t for t in tries if t.may_have_arrived):
            death = _death_between(city, first, again, deed)
            if death is None:
                yield f"said again, {first.came.value} ({first.fault}): {deed}"
            elif first.came is Came.TAKEN and not first.is_away:
                repeats[death, first.bubble] += 1
    by_death = Counter(death for death, _ in repeats)
    yield from (f"{n} repeats by {death}" for death, n in by_death.items() if n > 1)


def answering(city: City, deed: Deed) -> list[Try]:
    return [
        one
        for one in city.tap.tries
        if one.owed is None and one.chat in deed.chats and deed.words in one.text
    ]


def _ended(city: City, deed: Deed, tries: list[Try]) -> Iterator[str]:
    """Answered, or nobody could know, or Telegram takes no answer there; if it is the words that
    it refuses, other words were said."""
    last = tries[-1] if tries else None
    if last is None or last.came is Came.LATER:
        yield f"left without an answer: {deed}, {last}"
    elif (
        last.came is Came.NEVER and "parse" in last.fault and "pesan yang menunggu" not in last.text
    ):
        behind = city.tap.tries[_place(city, last) :]
        if not any(one.chat in deed.chats and SORRY in one.text for one in behind):
            yield f"nobody said sorry: {deed}"


def _death_between(city: City, first: Try, again: Try, deed: Deed) -> Death | None:
    """That excuses a repeat: Telegram hands the update over again, and nobody knows better."""
    began, ended = _place(city, first), _place(city, again)
    for death in city.tap.deaths:
        if began < death.tries <= ended and deed.update in death.waiting - death.given:
            return death
    return None


def _place(city: City, one: Try) -> int:
    return next(n for n, other in enumerate(city.tap.tries) if other is one)


def presses(city: City) -> Iterator[str]:
    """Each button came to rest, unless the line swallowed it; what is refused says why, and comes
    again until it is shown."""
    popped = [one for one in city.tap.tries if one.method == POP_UP]
    seen = {pop_up.id: pop_up for person in city.people for pop_up in person.pop_ups}
    for deed in city.deeds:
        if deed.press and not seen[deed.press].answered:
            tried = [one for one in popped if one.press == deed.press]
            if not tried or any(one.came is Came.TAKEN for one in tried):
                yield f"spins on: {deed}"
    for press in city.trespasses:
        tried = [one for one in popped if one.press == press]
        if (
            not tried
            or tried[-1].came is Came.LATER
            or (seen[press].answered != bool(seen[press].text))
        ):
            yield f"no reason was shown: {press}, {tried}"


# what was owed


def rows(city: City) -> list[Row]:
    return [Row(*row) for row in city.tap.asks(ROWS)]


def owed(city: City, row: Row, minutes: list[datetime]) -> Iterator[str]:
    """It has an end, which is what really became of it; it was said twice only if nobody could
    know, and then with a word about it."""
    tries = [one for one in city.tap.tries if one.owed == row.id]
    if perhaps_once(city, row, tries, minutes):
        yield f"not said once more: {row}, {tries}"
    if row.fate in ("owed", "claimed") or not row.is_over:
        yield f"without an end: {row}"
    perhaps = [one for one in tries if _perhaps(city, one, row)]
    told = [one for one in tries if one.came is Came.TAKEN or one in perhaps]
    yield from (f"{wrong}: {row}, {tries}" for wrong in _repeats(city, row, tries, perhaps, told))
    sure = [one for one in told if one not in perhaps]
    fate = "sent" if sure else "unknown" if told or _claimed_in(city, row) else "failed, obsolete"
    if row.fate not in fate:
        yield f"{row.fate} instead of {fate}: {row}, {tries}"
    if sure and sure[-1].bubble != row.message_id:
        yield f"another message: {row}"
    if row.fate == "failed" and not (row.day or (tries and tries[-1].came is Came.NEVER)):
        yield f"given up without need: {row}, {tries}"
    if row.fate == "failed" and not tries and row.made_at < f"{row.day} {LATE}":
        yield f"never tried: {row}"


def _repeats(
    city: City, row: Row, tries: list[Try], perhaps: list[Try], told: list[Try]
) -> Iterator[str]:
    if len(told) > len(perhaps[:1]) + 1 or (len(told) > 1 and told[0] not in perhaps):
        yield "said too often"
    for number, one in enumerate(tries):
        before = [p for p in tries[:number] if p in perhaps]
        is_repeat = bool(before) or any(
            d.tries <= _place(city, one) for d in _claimed_in(city, row)
        )
        if one.is_marked != is_repeat:
            yield "a repeat without a word" if is_repeat else "a word about no repeat"
        if before and one.at < before[-1].at + SOONEST:
            yield "repeated too soon"
        if (is_repeat or row.day) and not _is_open(one.at):
            yield "outside the window"


def perhaps_once(city: City, row: Row, tries: list[Try], minutes: list[datetime]) -> bool:
    """Of unknown fate, and not said once more though there was time for it."""
    perhaps = [one.at for one in tries if _perhaps(city, one, row)]
    if not perhaps or row.repeated:
        return False
    later = [at for at in minutes if at >= perhaps[0] + SOONEST and _is_open(at)]
    return any(row.day is None or at.date() == perhaps[0].date() for at in later)


def _perhaps(city: City, one: Try, row: Row) -> bool:
    """Nobody knows whether it arrived: cut off, or the process died before it was written down."""
    if one.came is Came.PERHAPS:
        return True
    place = _place(city, one)
    after = [d for d in _claimed_in(city, row) if d.tries > place]
    later = [t for t in city.tap.tries[place + 1 :] if t.owed == row.id]
    return bool(
        one.came is Came.TAKEN and after and not (later and _place(city, later[0]) < after[0].tries)
    )


def _claimed_in(city: City, row: Row) -> list[Death]:
    return [death for death in city.tap.deaths if row.id in death.claimed]


def _is_open(at: datetime) -> bool:
    return OPENS <= f"{at.astimezone(WITA):%H:%M}" < CLOSES


# what everybody saw


def once_a_day(city: City, days: list[str]) -> Iterator[str]:
    """A reminder or digest in a chat, but for what says that it may be a repeat; and each OPD was
    reminded, or it was tried."""
    said = [m for m in said_by(city.town) if _kind(m) and not m.text.startswith(REPEAT)]
    for one, count in Counter((m.chat.id, _kind(m), f"{m.when:%d}") for m in said).items():
        if count > 1:
            yield f"{count} times {one}"
    tried = {one.owed for one in city.tap.tries}
    keys = [row.key for row in rows(city) if row.id in tried]
    for code in city.offices:
        for day in days:
            if not any(key.startswith(f"reminder:{code}:{day}") for key in keys):
                yield f"{code} was not reminded on {day}"


def _kind(message: Message) -> str:
    if message.text.startswith("⏰"):
        return "reminder"
    return "digest" if message.text.startswith("Dikonfirmasi ") else ""


def secrets(city: City, log: str) -> Iterator[str]:
    settings = city.town.desk.settings
    tables = city.tap.asks("SELECT name FROM sqlite_master WHERE type = 'table'")
    dumped = repr([city.tap.asks(f"SELECT * FROM {name}") for (name,) in tables])
    for where, text in (
        ("the log", log),
        ("the chats", everything_shown(city.town.telegram)),
        ("the database", dumped),
    ):
        if told(text, settings):
            yield f"the token stands in {where}"
