"""The limits of the Bots FAQ, by the switch and the world's clock."""

from datetime import timedelta

import pytest

from tests.telegram.conftest import Town


@pytest.fixture
def town() -> Town:
    return Town(limits=True)


async def test_a_chat_takes_a_short_burst_and_then_one_a_second(town: Town) -> None:
    sent = {"chat_id": town.sari.id, "text": "x"}
    answers = [await town.asks("sendMessage", **sent) for _ in range(4)]
    town.passes(seconds=3)
    again = await town.asks("sendMessage", **sent)

    assert [isinstance(a, dict) for a in answers] == [True, True, True, False]
    assert answers[-1] == "Too Many Requests: retry after 3"
    assert again["text"] == "x"


async def test_a_group_takes_twenty_a_minute(town: Town) -> None:
    refused = 0
    for _ in range(25):
        answer = await town.asks("sendMessage", chat_id=town.group.id, text="x")
        refused += isinstance(answer, str)
        town.passes(seconds=1)

    assert refused == 5


async def test_all_chats_together_take_thirty_a_second(town: Town) -> None:
    people = [town.telegram.person(f"P{number}") for number in range(31)]
    for person in people:
        person.starts(town.tuntas)
    answers = [await town.asks("sendMessage", chat_id=p.id, text="x") for p in people]

    assert answers[-1] == "Too Many Requests: retry after 1"
    assert all(isinstance(answer, dict) for answer in answers[:-1])


async def test_the_wait_is_told_to_programs_too(town: Town) -> None:
    for _ in range(3):
        await town.asks("sendMessage", chat_id=town.sari.id, text="x")
    params = {"chat_id": town.sari.id, "text": "x"}

    code, body = await town.telegram.call(town.tuntas.token, "sendMessage", params)

    assert (code, body["parameters"]) == (429, {"retry_after": 3})


async def test_answering_a_press_and_editing_are_not_counted(town: Town) -> None:
    for _ in range(3):
        message = await town.asks("sendMessage", chat_id=town.sari.id, text="x")
    edit = {"chat_id": town.sari.id, "message_id": message["message_id"], "text": "y"}

    assert (await town.asks("editMessageText", **edit))["text"] == "y"


async def test_a_shorter_second_shows_much_in_little_time(town: Town) -> None:
    town = Town(limits=True, second=timedelta(milliseconds=10))
    sent = {"chat_id": town.sari.id, "text": "x"}
    answers = [await town.asks("sendMessage", **sent) for _ in range(4)]
    town.passes(milliseconds=30)
    again = await town.asks("sendMessage", **sent)

    assert answers[-1] == "Too Many Requests: retry after 3"
    assert again["text"] == "x"
    assert [call.code for call in town.telegram.refused] == [429]


async def test_who_heard_nothing_for_a_minute_is_forgotten(town: Town) -> None:
    """Else a broadcast to twenty thousand chats would be remembered for ever."""
    limits = town.telegram.limits
    assert limits
    for number in range(200):
        person = town.telegram.person(f"P{number}")
        person.starts(town.tuntas)
        await town.asks("sendMessage", chat_id=person.id, text="x")
        town.passes(seconds=1)

    assert len(limits.sent) <= 2 * 60 + 1
    assert not town.telegram.refused
