"""What must hold when all has come to rest, told by the make-believe Telegram's transcript, by what
passed between it and the bot, and by the database's file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from tests.faults import judge_owed
from tests.faults.city import City, Deed
from tests.faults.process import Minute
from tests.faults.scenes import SORRY
from tests.faults.wiretap import POP_UP, Came, Death, Try
from tests.secrets_kept import everything_shown, told

BECAME = {
    "submit": "submitted", "withdraw": "open", "verify": "verified", "return": "returned"
}  # fmt: skip
EVENTS = (
    "SELECT event.verb, opd.code, item.number, event.source FROM event"
    " JOIN item ON item.id = event.item_id JOIN opd ON opd.id = item.opd_id"
)
STATES = "SELECT opd.code, item.number, item.state FROM item JOIN opd ON opd.id = item.opd_id"
ENTRIES = "SELECT verb, source FROM audit WHERE verb IN ('submit', 'withdraw', 'verify', 'return')"


def wrongs(city: City, days: list[str], minutes: list[Minute], log: str) -> list[str]:
    """`days` on which each OPD had something to hear; `log`: all of it."""
    return [
        *(f"effect: {wrong}" for wrong in effects(city)),
        *(f"answer: {wrong}" for wrong in answers(city)),
        *(f"press: {wrong}" for wrong in presses(city)),
        *(f"owed: {wrong}" for wrong in judge_owed.wrongs(city, days, minutes)),
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
        yield from (f"not followed: {one}" for one in judge_owed.left_behind(tries))
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
    if last is None or last.came in (Came.LATER, Came.MOVED):
        yield f"left without an answer: {deed}, {last}"
    elif (
        last.came is Came.NEVER and "parse" in last.fault and "pesan yang menunggu" not in last.text
    ):
        behind = city.tap.tries[city.tap.place(last) :]
        if not any(one.chat in deed.chats and SORRY in one.text for one in behind):
            yield f"nobody said sorry: {deed}"


def _death_between(city: City, first: Try, again: Try, deed: Deed) -> Death | None:
    """That excuses a repeat: Telegram hands the update over again, and nobody knows better."""
    began, ended = city.tap.place(first), city.tap.place(again)
    for death in city.tap.deaths:
        if began < death.tries <= ended and deed.update in death.waiting - death.given:
            return death
    return None


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
