"""One fault at a time, and what became of who was owed a message, asked, or pressed.

`python -m tests.faults` prints what happened beside what should have.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
import structlog

from bot import parts, receive, send
from tests.faults import base, scenes
from tests.faults.scenes import Answering, Fetching, Owing, Popping
from tests.faults.wire import CHAT, FETCH, LINE, Fault, beset
from tests.questions import count
from tests.town import Town

Note = Callable[[str, object], None]
Fared = Owing | Answering | Popping | Fetching

# A message that is owed: what never arrived is tried again; what perhaps did, once more and with
# a warning; what never will be goes to somebody else, and the coordinators hear of the group.
LATER = Owing()
AT_ONCE = Owing(tries=1)
SAID_ANEW = Owing(marked=1)
PERHAPS_TWICE = Owing(seen=2, marked=1)
NEVER = Owing("failed", tries=1, seen=0)
IN_GENERAL = Owing(told=1, trouble="message thread not found")
NO_RIGHT = "Not enough rights to send text messages to the chat"
OWED = {
    "429, retry after 40": LATER,
    "429 without retry_after": LATER,
    "400 chat not found": NEVER._replace(instead=1, told=1, trouble="Chat not found"),
    "400 can't parse": NEVER._replace(told=1),
    "401": LATER,
    "403": NEVER._replace(
        instead=1, told=1, trouble="Forbidden: bot was kicked from the group chat"
    ),
    "404": LATER,
    "413": LATER,
    "500": LATER,
    "502 with HTML": LATER,
    "504": SAID_ANEW,
    "504 with HTML, delivered": PERHAPS_TWICE,
    "200 with HTML": SAID_ANEW,
    "200 with HTML, delivered": PERHAPS_TWICE,
    "connection refused": LATER,
    "connect timeout": LATER,
    "pool timeout": LATER,
    "connection reset": SAID_ANEW,
    "connection reset, delivered": PERHAPS_TWICE,
    "closed without answer, delivered": PERHAPS_TWICE,
    "read timeout": SAID_ANEW,
    "read timeout, delivered": PERHAPS_TWICE,
    "write error": SAID_ANEW,
    "write timeout": SAID_ANEW,
    "slow answer": AT_ONCE,
    "became a supergroup": LATER,
    "put out of the group": NEVER._replace(instead=1, told=1, trouble="removed"),
    "group muted": NEVER._replace(instead=1, told=1, trouble=NO_RIGHT),
    "bot silenced": NEVER._replace(instead=1, told=1, trouble="silenced"),
    "topic closed": IN_GENERAL,
    "topic deleted": IN_GENERAL,
}
HANDED_ON = {  # the same row no longer: another is owed to the secretary
    fault: OWED[fault]._replace(fate="obsolete")
    for fault in (
        "400 chat not found",
        "403",
        "put out of the group",
        "group muted",
        "bot silenced",
    )
}

# An answer: what never arrived comes with the update's second turn; what perhaps did is not said
# again, since asking again is safe; where only the words were refused, there are others.
SECOND_TURN = Answering()
AT_THE_FIRST = Answering(turns=1)
UNHEARD = Answering(answers=0, turns=1)
ANSWERED = {
    "429, retry after 40": AT_THE_FIRST,  # the pace waits, and says it then
    "429 without retry_after": SECOND_TURN,
    "400 chat not found": UNHEARD,
    "400 can't parse": Answering(sorry=1, turns=1),
    "401": SECOND_TURN,
    "403": UNHEARD,
    "404": SECOND_TURN,
    "413": SECOND_TURN,
    "500": SECOND_TURN,
    "502 with HTML": SECOND_TURN,
    "504": UNHEARD,
    "504 with HTML, delivered": AT_THE_FIRST,
    "200 with HTML": UNHEARD,
    "200 with HTML, delivered": AT_THE_FIRST,
    "connection refused": SECOND_TURN,
    "connect timeout": SECOND_TURN,
    "pool timeout": SECOND_TURN,
    "connection reset": UNHEARD,
    "connection reset, delivered": AT_THE_FIRST,
    "closed without answer, delivered": AT_THE_FIRST,
    "read timeout": UNHEARD,
    "read timeout, delivered": AT_THE_FIRST,
    "write error": UNHEARD,
    "write timeout": UNHEARD,
    "slow answer": AT_THE_FIRST,
    "became a supergroup": AT_THE_FIRST,
    "put out of the group": UNHEARD,
    "group muted": UNHEARD,
    "bot silenced": UNHEARD,
    "topic closed": AT_THE_FIRST,
    "topic deleted": AT_THE_FIRST,
}

# The pop-up of a press: where it is all that is said, it comes with the second turn; where a
# receipt follows in the chat, the receipt comes whatever became of the pop-up.
SHOWN_LATER = Popping()
SHOWN_AT_ONCE = Popping(turns=1)
NOT_SHOWN = Popping(answered=False, turns=1)
REFUSED = {
    fault: {SECOND_TURN: SHOWN_LATER, AT_THE_FIRST: SHOWN_AT_ONCE}.get(was, NOT_SHOWN)
    for fault, was in ANSWERED.items()
    if fault in LINE
} | {"400 can't parse": NOT_SHOWN}

# Fetching: whatever becomes of it, what waited is fetched the next time.
FETCHED = {"slow answer": Fetching(failed=0)}

# The database: nothing is acknowledged or claimed before it is back, and then all is as ever.
DATABASE = ["locked by another process", "full", "full at the commit", "read-only"]


def test_every_fault_stands_in_every_table() -> None:
    assert set(OWED) == set(ANSWERED) == set(LINE | CHAT)
    assert set(REFUSED) == set(LINE)


@pytest.mark.parametrize("name", OWED)
async def test_a_reminder(town: Town, name: str, record_property: Note) -> None:
    happened = await scenes.reminder(town, _fault(name))

    _same(record_property, happened, OWED[name])


@pytest.mark.parametrize("name", OWED)
async def test_a_notice(town: Town, name: str, record_property: Note) -> None:
    happened = await scenes.notice(town, _fault(name))

    _same(record_property, happened, (OWED | HANDED_ON)[name])


@pytest.mark.parametrize("name", ANSWERED)
async def test_the_answer_to_a_command(town: Town, name: str, record_property: Note) -> None:
    happened = await scenes.command(town, _fault(name))

    _same(record_property, happened, ANSWERED[name])


@pytest.mark.parametrize("name", ANSWERED)
async def test_the_receipt_of_a_press(town: Town, name: str, record_property: Note) -> None:
    happened = await scenes.press(town, _fault(name))

    _same(record_property, happened, ANSWERED[name])


@pytest.mark.parametrize("name", LINE)
async def test_the_pop_up_before_a_receipt(town: Town, name: str, record_property: Note) -> None:
    happened = await scenes.pressed(town, _fault(name))

    _same(record_property, happened, AT_THE_FIRST)


@pytest.mark.parametrize("name", REFUSED)
async def test_the_pop_up_that_is_all(town: Town, name: str, record_property: Note) -> None:
    happened = await scenes.refusal(town, _fault(name))

    _same(record_property, happened, REFUSED[name])


@pytest.mark.parametrize("name", FETCH)
async def test_fetching(
    town: Town, name: str, record_property: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A running copy goes on, whatever it is; that a newcomer gives way is another story."""
    monkeypatch.setattr(receive, "BREATH", 0.0)
    monkeypatch.setattr(receive, "NEW", 0.0)
    happened = await scenes.fetching(town, _fault(name))

    _same(record_property, happened, FETCHED.get(name, Fetching()))


@pytest.mark.parametrize("name", DATABASE)
async def test_a_database_away_before_the_claim(
    town: Town, name: str, record_property: Note
) -> None:
    happened = await scenes.unclaimed(town, name)

    _same(record_property, happened, AT_ONCE)


@pytest.mark.parametrize("name", DATABASE)
async def test_a_database_away_once_telegram_took_it(
    town: Town, name: str, record_property: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "AGAIN", 0.0)
    with structlog.testing.capture_logs():
        happened = await scenes.unsettled(town, name)

    _same(record_property, happened, AT_ONCE)


@pytest.mark.parametrize("name", DATABASE)
async def test_a_database_away_from_a_command(town: Town, name: str, record_property: Note) -> None:
    happened = await scenes.commanded(town, name)

    _same(record_property, happened, AT_THE_FIRST)


@pytest.mark.parametrize("name", DATABASE)
async def test_a_database_away_from_a_press(town: Town, name: str, record_property: Note) -> None:
    happened = await scenes.pushed(town, name)

    _same(record_property, happened, AT_THE_FIRST)


async def test_while_the_database_is_away_nothing_is_said_nor_done(town: Town) -> None:
    await town.sends()
    town.people["sari"].says("/done@tuntas_bot 3", to=town.groups["DIKBUD"])
    with base.away(town, "full"):
        await town.hears()

    assert len(town.bot.queue.waiting) == 1
    assert (await count(town, "submit"), town.said_in(town.groups["DIKBUD"])) == (0, [])


async def test_a_commit_that_is_refused_for_good_is_told_and_holds_up_nobody(town: Town) -> None:
    await town.sends()
    group, sari = town.groups["DIKBUD"], town.people["sari"]
    with base.away(town, "commit refused"), structlog.testing.capture_logs():
        sorry = await town.says(sari, "/done 3", to=group)
        assert await count(town, "submit") == 0
    receipt = await town.says(sari, "/done 3", to=group)

    assert scenes.SORRY in sorry.text
    assert "dicatat" in receipt.text
    assert await count(town, "submit") == 1


async def test_what_was_said_before_a_group_moved_gets_its_receipt_when_it_comes_again(
    town: Town,
) -> None:
    await town.sends()
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    sari.says("/done@tuntas_bot 3", to=group)
    new = sari.upgrades(group)
    beset(town, LINE["502 with HTML"], "sendMessage", new.id)
    await town.hears()
    await town.restarts()
    await town.hears()

    [receipt] = town.said_in(new)
    assert "3. Foto loket: dicatat" in receipt.text
    assert await count(town, "submit") == 1


async def test_the_parts_of_an_answer_that_arrived_are_not_said_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "LONGEST", 60)
    await town.sends()
    town.people["sari"].says("/done@tuntas_bot 1-3", to=town.groups["DIKBUD"])
    breaks_at(town, 3)
    await town.hears()
    assert len(town.said_in(town.groups["DIKBUD"])) == 2
    await town.hears()

    said = [m.text for m in town.said_in(town.groups["DIKBUD"])]
    assert len(said) == len(set(said)) > 3
    assert [line for line in said if line.startswith("✅")] == [
        "✅ 1. Maklumat pelayanan: dicatat",
        "✅ 2. Survei kepuasan <SKM>: dicatat",
        "✅ 3. Foto loket: dicatat",
    ]


async def test_of_answers_given_together_those_that_arrived_are_not_given_again(
    town: Town,
) -> None:
    """Two topics of one chat: a message to each."""
    await town.sends()
    sari = town.people["sari"]
    forum = sari.upgrades(town.groups["DIKBUD"], forum=True)
    topic = sari.opens_topic(forum, "Tenggat")
    await town.hears()
    sari.says("/done@tuntas_bot 1", to=forum)
    sari.says("/done@tuntas_bot 3", topic=topic)
    breaks_at(town, 2)
    await town.hears()
    assert len(town.said_in(forum)) == 1
    await town.hears()

    first, second = (m.text for m in town.said_in(forum))
    assert "1. Maklumat pelayanan: dicatat" in first
    assert "3. Foto loket: dicatat" in second


async def test_what_was_answered_alone_is_not_answered_again_for_those_beside_it(
    town: Town,
) -> None:
    await town.sends()
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    sari.says("/daftar@tuntas_bot", to=group)  # its buttons go with no other
    sari.says("/done@tuntas_bot 3", to=group)
    breaks_at(town, 2)
    await town.hears()
    await town.hears()

    first, second = (m.text for m in town.said_in(group))
    assert "dicatat" not in first
    assert "3. Foto loket: dicatat" in second


def breaks_at(town: Town, message: int) -> None:
    """The so-manieth message from now on meets a server in trouble."""
    sent: list[object] = []

    async def hook(_bot: object, method: str, _params: object) -> None:
        sent.extend(["sent"] * (method == "sendMessage"))
        if method == "sendMessage" and len(sent) == message:
            LINE["500"].bring(town, method)

    town.telegram.arriving.append(hook)


def _fault(name: str) -> Fault:
    return (FETCH | CHAT)[name]


def _same(note: Note, happened: Fared, should: Fared) -> None:
    note("happened", scenes.shown(happened))
    note("should", scenes.shown(should))

    assert happened == should
