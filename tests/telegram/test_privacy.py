"""In a group a bot with privacy mode on sees only what is meant for it."""

from typing import Any

import pytest

from tests.telegram.conftest import Town


async def heard(town: Town) -> list[str]:
    updates = await town.hears()
    return [u["message"].get("text") or u["message"].get("caption", "") for u in updates]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("halo semua", False),
        ("halo @tuntas_bot", False),
        ("/done 3", False),
        ("/done@tuntas_bot 3", True),
        ("/done@TUNTAS_bot 3", True),
        ("/done@other_bot 3", False),
        ("ya, /done@tuntas_bot 3", True),
    ],
)
async def test_commands_by_its_name_are_seen(town: Town, text: str, seen: bool) -> None:
    town.sari.says(text, to=town.group)

    assert await heard(town) == ([text] if seen else [])


async def test_bare_commands_are_seen_while_it_was_the_last_bot_to_write(town: Town) -> None:
    town.sari.adds(town.other, town.group)
    await town.hears()

    await town.asks("sendMessage", chat_id=town.group.id, text="halo")
    town.sari.says("/done 3", to=town.group)
    await town.asks("sendMessage", town.other, chat_id=town.group.id, text="I am here")
    town.sari.says("/done 4", to=town.group)

    assert await heard(town) == ["/done 3"]


async def test_answers_to_its_own_messages_are_seen(town: Town) -> None:
    await town.asks("sendMessage", chat_id=town.group.id, text="Alasan?")
    question = town.group.last
    said = town.budi.says("hujan", reply_to=question)
    town.sari.says("benar", reply_to=said)

    assert await heard(town) == ["hujan"]


async def test_captions_are_no_commands_for_it(town: Town) -> None:
    town.sari.sends_photo(to=town.group, caption="/done@tuntas_bot 3")
    town.sari.sends_album([b"1", b"2"], to=town.group, caption="/done@tuntas_bot 3")

    assert await heard(town) == []


async def test_an_admin_sees_everything_but_other_bots(town: Town) -> None:
    town.sari.adds(town.other, town.group)
    town.sari.promotes(town.tuntas, town.group)
    await town.hears()

    town.sari.says("halo semua", to=town.group)
    await town.asks("sendMessage", town.other, chat_id=town.group.id, text="I am here")

    assert await heard(town) == ["halo semua"]


async def test_without_privacy_everything_is_seen(town: Town) -> None:
    town.tuntas.privacy = False
    town.sari.sends_photo(to=town.group, caption="/done 3")

    assert await heard(town) == ["/done 3"]
    assert (await town.asks("getMe"))["can_read_all_group_messages"] is True


async def test_service_messages_are_always_seen(town: Town) -> None:
    town.sari.renames(town.group, "Dinkes")

    (update,) = await town.hears()

    assert update["message"]["new_chat_title"] == "Dinkes"


async def test_in_private_everything_is_seen_by_this_bot_only(town: Town) -> None:
    town.sari.says("halo", to=town.tuntas)

    assert await heard(town) == ["halo"]
    assert await town.hears(town.other) == []


async def test_an_edited_message_comes_again_as_such(town: Town) -> None:
    said = town.sari.says("/done@tuntas_bot 3", to=town.group)
    town.passes(seconds=5)
    town.sari.edits(said, "/done@tuntas_bot 4")

    first, second = await town.hears()

    facts: dict[str, Any] = second["edited_message"]
    assert first["message"]["text"] == "/done@tuntas_bot 3"
    assert (facts["text"], facts["edit_date"] - facts["date"]) == ("/done@tuntas_bot 4", 5)
    assert (said.text, said.earlier) == ("/done@tuntas_bot 4", ["/done@tuntas_bot 3"])
