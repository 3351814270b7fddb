"""Between Telegram and the house: what was done is answered, whatever becomes of the answer."""

from __future__ import annotations

import httpx
import pytest
from telegram.request import HTTPXRequest

from bot import app as application
from db.models import State
from tests.questions import state
from tests.town import Town


@pytest.mark.parametrize("after", [False, True])
async def test_a_press_whose_answer_times_out_still_gets_its_receipt(
    town: Town, after: bool
) -> None:
    await town.minute()
    reminder = town.groups["DIKBUD"].last
    town.telegram.cuts_next(httpx.ReadTimeout(""), after=after, method="answerCallbackQuery")
    await town.presses(town.people["sari"], reminder, "✅ 1")

    assert "1. Maklumat pelayanan: dicatat" in town.groups["DIKBUD"].last.text


async def test_a_press_whose_answer_is_refused_still_gets_its_receipt(town: Town) -> None:
    await town.minute()
    reminder = town.groups["DIKBUD"].last
    town.telegram.refuses_next(
        429, "Too Many Requests: retry after 5", method="answerCallbackQuery", retry_after=5
    )
    await town.presses(town.people["sari"], reminder, "✅ 1")

    assert "1. Maklumat pelayanan: dicatat" in town.groups["DIKBUD"].last.text
    assert await state(town, "DIKBUD", 1) is State.SUBMITTED


async def test_an_answer_waits_for_a_free_connection_while_telegram_is_slow(town: Town) -> None:
    request = application.build(town.desk).bot.request

    assert isinstance(request, HTTPXRequest)
    assert request._client.timeout.pool == 30
