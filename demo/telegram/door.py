"""The door for an application of python-telegram-bot: its BaseRequest, without a network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from demo.telegram.trouble import Cut, Nonsense

if TYPE_CHECKING:
    from demo.telegram.world import Telegram


class Door(BaseRequest):
    """Serves as `request` and as `get_updates_request` of the bot with this token."""

    def __init__(self, world: Telegram, token: str) -> None:
        self.world, self.token = world, token

    @property
    def read_timeout(self) -> float:
        return 5

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """As HTTPXRequest: (code, body), or its NetworkError and TimedOut with their cause."""
        address = urlsplit(url)
        before, found, name = unquote(address.path).partition(f"/bot{self.token}/")
        if not found:
            raise ValueError("this door belongs to another bot, or the address is none of Telegram")
        try:
            if before.endswith("/file"):
                return await self.world.download(self.token, name)
            params: dict[str, Any] = dict(parse_qsl(address.query, keep_blank_values=True))
            if request_data:
                params |= request_data.json_parameters
            files = _files(request_data)
            code, body = await self.world.call(self.token, name, params, files)
        except Cut as cut:
            raise _as_ptb_says(cut.cause) from cut.cause
        except Nonsense as nonsense:
            return nonsense.code, nonsense.body.encode()
        return code, json.dumps(body).encode()


def _files(data: RequestData | None) -> dict[str, tuple[str, bytes]]:
    parts = data.multipart_data if data else {}
    return {key: (part[0], _read(part[1])) for key, part in (parts or {}).items()}


def _read(content: Any) -> bytes:
    return content if isinstance(content, bytes) else bytes(content.read())


def _as_ptb_says(cause: Exception) -> NetworkError:
    if isinstance(cause, httpx.PoolTimeout):
        return TimedOut("Pool timeout: All connections in the connection pool are occupied.")
    if isinstance(cause, httpx.TimeoutException):
        return TimedOut()
    return NetworkError(f"httpx.{type(cause).__name__}: {cause}")
