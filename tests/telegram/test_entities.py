"""Telegram finds commands, links and names by itself, counted in UTF-16 units."""

import pytest

from demo.telegram import entities
from tests.telegram.conftest import Town


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/done 3", [("bot_command", "/done")]),
        ("/done@tuntas_bot 3", [("bot_command", "/done@tuntas_bot")]),
        ("🏟 tolong /done, ya", [("bot_command", "/done")]),
        ("a/done", []),
        ("//done", []),
        ("/done/3", []),
        ("/selesai. /batal", [("bot_command", "/selesai"), ("bot_command", "/batal")]),
        ("/done@ab", []),
        ("/tidak-ada", [("bot_command", "/tidak")]),
        ("/", []),
        ("/ä", []),
        ("lihat https://drive.example.com/a?b=1.", [("url", "https://drive.example.com/a?b=1")]),
        ("di kendarikota.go.id ya", [("url", "kendarikota.go.id")]),
        ("tulis ke ani@kendari.go.id", [("email", "ani@kendari.go.id")]),
        ("halo @tuntas_bot, #pekppp", [("mention", "@tuntas_bot"), ("hashtag", "#pekppp")]),
        ("#12", []),
        ("30.9.2026", []),
    ],
)
def test_only_what_telegram_would_find_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(e["type"], entities.cut(text, e)) for e in entities.find(text)] == found


async def test_a_command_behind_an_emoji_begins_at_its_utf16_offset(town: Town) -> None:
    town.sari.says("🏟🏟 /done 3", to=town.tuntas)

    (update,) = await town.hears()

    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 5, "length": 5}]


async def test_a_style_is_cut_where_code_stands_inside_it(town: Town) -> None:
    said = {"chat_id": town.sari.id, "text": "<b>a<code>x</code>b</b>", "parse_mode": "HTML"}

    message = await town.asks("sendMessage", **said)

    assert [(e["type"], e["offset"]) for e in message["entities"]] == [
        ("bold", 0),
        ("code", 1),
        ("bold", 2),
    ]


async def test_blanks_around_a_text_fall_away_and_its_entities_move_along(town: Town) -> None:
    said = {"chat_id": town.sari.id, "text": "\n  <b>hai</b> ya  ", "parse_mode": "HTML"}

    message = await town.asks("sendMessage", **said)

    assert message["text"] == "hai ya"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 3}]


async def test_what_telegram_drops_is_gone_and_the_entities_move_along(town: Town) -> None:
    bold = {"type": "bold", "offset": 11, "length": 1}
    said = {"chat_id": town.sari.id, "text": "a\u2028b\u202ec\u030ad\u0333e\u033f f"}

    message = await town.asks("sendMessage", **said, entities=[bold])

    assert message["text"] == "abcde f"
    assert message["entities"] == [{"type": "bold", "offset": 6, "length": 1}]


async def test_what_people_write_is_cleaned_too(town: Town) -> None:
    said = town.sari.says("  /done\t3\r\n ", to=town.tuntas)

    assert said.text == "/done 3"
