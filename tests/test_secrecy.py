"""No secret in any log line, error, traceback, message or repr, whatever fails."""

from __future__ import annotations

from telegram import Update

from bot import logs
from tests.town import Town

INVITED = "Zm9vYmFyYmF6cXV4cXV1eA"


async def test_an_update_is_logged_whole_but_for_names_and_the_tokens_of_links(town: Town) -> None:
    sari, group = town.people["sari"], town.groups["DIKBUD"]
    sari.says(f"/start {INVITED}", to=town.bot)
    sari.says(f"/start@tuntas_bot {INVITED}", to=group)
    sari.says(f"tautannya https://t.me/tuntas_bot?startgroup={INVITED}, bukan?", to=town.bot)
    sari.says(f"/satrt {INVITED}", to=town.bot)
    raw = [update.to_dict() for update in await town.app.bot.get_updates()]
    read = [Update.de_json(one, town.app.bot) for one in raw]

    kept = [logs.whole(update) for update in read]
    assert kept == [logs.whole(one) for one in raw]
    assert INVITED not in repr(kept)
    assert "Sari" not in repr(kept)
    assert [one["message"]["text"] for one in kept] == [
        "/start [link]",
        "/start@tuntas_bot [link]",
        "tautannya https://t.me/tuntas_bot?startgroup=[link], bukan?",
        "/satrt [link]",
    ]
    assert kept[1]["message"]["from"] == {
        "id": sari.id, "is_bot": False, "first_name": "[name]", "last_name": "[name]"
    } | {k: v for k, v in kept[1]["message"]["from"].items() if k == "language_code"}  # fmt: skip
    assert kept[1]["message"]["chat"]["id"] == group.id
    assert kept[1]["message"]["chat"]["title"] == "Dikbud Kendari"


def test_an_update_of_any_shape_can_be_logged() -> None:
    odd = {"update_id": 7, "message": None, "x": [1, {"username": ["a"], "title": 3}], "y": ()}

    assert logs.whole(odd) == {
        "update_id": 7, "message": None, "x": [1, {"username": "[name]", "title": 3}], "y": []
    }  # fmt: skip
