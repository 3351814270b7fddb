"""Every refusal is a row of the table, and every row is provoked."""

import re

import pytest

from demo.telegram.refusals import ROWS, TABLE
from tests.telegram.conftest import Town
from tests.telegram.provoking import PROVOKE


def as_pattern(text: str) -> str:
    return re.sub(r"\\\{\w+\\\}", ".*", re.escape(text))


@pytest.mark.parametrize("name", list(PROVOKE))
async def test_each_row_is_answered_word_for_word(name: str, town: Town) -> None:
    code, body = await PROVOKE[name](town)

    assert code == body["error_code"] == ROWS[name].code
    assert body["ok"] is False
    assert re.fullmatch(as_pattern(ROWS[name].text), body["description"])


def test_no_row_is_without_its_test_and_no_name_is_used_twice() -> None:
    assert sorted(PROVOKE) == sorted(row.name for row in TABLE)


def test_every_row_says_where_its_text_was_found() -> None:
    assert [row.name for row in TABLE if not row.source] == []


def test_what_is_not_of_the_real_one_says_so_in_its_text() -> None:
    ours = {row.name for row in TABLE if row.source.startswith("make-believe only")}

    assert {row.name for row in TABLE if row.text.startswith("Make-believe")} == ours


async def test_the_new_chat_of_an_upgraded_group_is_told(town: Town) -> None:
    new = town.sari.upgrades(town.group)
    asked = {"chat_id": town.group.id, "text": "x"}

    _, body = await town.telegram.call(town.tuntas.token, "sendMessage", asked)

    assert body["parameters"] == {"migrate_to_chat_id": new.id}


async def test_a_refused_message_is_never_seen(town: Town) -> None:
    before = list(town.telegram.transcript)

    await PROVOKE["text_too_long"](town)
    await PROVOKE["button_data"](town)
    await PROVOKE["html_no_end"](town)

    assert town.telegram.transcript == before
    assert len(town.telegram.refused) == 3
