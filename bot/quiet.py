"""The bot as the house holds it: its token is in no repr, and so in no traceback or debugger."""

from __future__ import annotations

import os
from typing import Any

from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import BaseRequest, HTTPXRequest

from config.settings import Settings

os.environ.setdefault("PTB_TIMEDELTA", "true")  # or RetryAfter warns that it will count so
CONNECTIONS = 12  # httpx gets slower the more it does at once
FREE_AT_LAST = 30.0  # seconds that an answer waits for one of them while Telegram is slow


class QuietBot(ExtBot[Any]):
    def __repr__(self) -> str:
        return f"<bot {self.token.partition(':')[0]}>"


def bot_of(
    settings: Settings,
    request: BaseRequest | None = None,
    pace: BaseRateLimiter[Any] | None = None,
) -> QuietBot:
    """Where the settings say that Telegram is. `request` is another way there, such as a test's."""
    address = settings.telegram_api_url
    return QuietBot(
        settings.token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=request
        or HTTPXRequest(connection_pool_size=CONNECTIONS, pool_timeout=FREE_AT_LAST),
        get_updates_request=request or HTTPXRequest(connection_pool_size=1),
        rate_limiter=pace,
    )
