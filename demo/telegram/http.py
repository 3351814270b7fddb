"""The second door: any Bot API call over HTTP on loopback, as api.telegram.org answers it.

In the loop of the world::

    async with served(telegram) as address:           # TELEGRAM_API_URL=address
        …

From code that is not async, in a thread of its own (look at the world, and leave its people's
hands alone meanwhile)::

    with served_aside(telegram) as address:
        …

Trouble is real here: what was cut is reset, or closed without an answer (RemoteProtocolError); a
timeout hangs until the client gives up; while Telegram is down, connections are refused. What
cannot happen to a request that came through (ConnectError, PoolTimeout) is a reset or a hang.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC
from email.utils import format_datetime
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from demo.telegram.http_request import said
from demo.telegram.listener import Listener
from demo.telegram.trouble import Cut, Nonsense
from demo.telegram.world import Answer, Telegram

VERBS = ["GET", "POST"]
HEADERS = {
    "Server": "nginx/1.18.0",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Expose-Headers": "Content-Length,Content-Type,Date,Server,Connection",
}


@asynccontextmanager
async def served(telegram: Telegram) -> AsyncIterator[str]:
    """Its address, for TELEGRAM_API_URL."""
    door = HttpDoor(telegram)
    keeping = asyncio.create_task(door.keep())
    await door.listener.open()
    try:
        yield door.listener.address
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await door.leave()


@contextmanager
def served_aside(telegram: Telegram) -> Iterator[str]:
    """The same from code that is not async: in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    door = served(telegram)

    def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result()

    try:
        yield run(door.__aenter__())
    finally:
        run(door.__aexit__(None, None, None))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class HttpDoor:
    """The application behind the listener."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.listener = Listener(
            Starlette(
                routes=[
                    Route("/bot{token}/{method}", self.call, methods=VERBS),
                    Route("/file/bot{token}/{path:path}", self.file, methods=VERBS),
                ],
                exception_handlers={
                    HTTPException: self.no_such_place,
                    ClientDisconnect: self.never_sent,
                },
            )
        )
        self.calls: set[asyncio.Task[Answer]] = set()

    async def keep(self) -> None:
        """Listen while Telegram can be reached."""
        line, turned, loop = self.telegram.line, asyncio.Event(), asyncio.get_running_loop()

        def hear() -> None:
            loop.call_soon_threadsafe(turned.set)

        line.heard_by.append(hear)
        try:
            while await turned.wait():
                turned.clear()
                await (self.listener.close if line.is_down else self.listener.open)()
        finally:
            line.heard_by.remove(hear)

    async def leave(self) -> None:
        for call in self.calls:
            call.cancel()
        await self.listener.leave()

    async def call(self, request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        params, files = await said(request)
        try:
            code, body = await self._made(request, method, (token, method, params, files))
        except Cut as cut:
            return Broken(self.listener, cut.cause)
        except Nonsense as nonsense:
            return self._answer(nonsense.code, nonsense.body.encode(), "text/html")
        except asyncio.CancelledError:  # nobody waits for it any more
            return Broken(self.listener, httpx.ReadError(""))
        return self._json(code, body)

    async def file(self, request: Request) -> Response:
        token, path = request.path_params["token"], request.path_params["path"]
        try:
            code, content = await self.telegram.download(token, path)
        except Cut as cut:
            return Broken(self.listener, cut.cause)
        except Nonsense as nonsense:
            return self._answer(nonsense.code, nonsense.body.encode(), "text/html")
        kind = "application/octet-stream" if code == 200 else "application/json"
        return self._answer(code, content, kind)

    async def no_such_place(self, _: Request, wrong: Exception) -> Response:
        assert isinstance(wrong, HTTPException)
        code, said = wrong.status_code, wrong.detail
        return self._json(code, {"ok": False, "error_code": code, "description": said})

    async def never_sent(self, _: Request, wrong: Exception) -> Response:
        """The client went in the middle of its request: nothing arrived."""
        return Broken(self.listener, wrong)

    async def _made(self, request: Request, method: str, what: tuple[Any, ...]) -> Answer:
        """What arrived is done, though its client be gone; only its long poll ends with it."""
        call = asyncio.create_task(self.telegram.call(*what))
        self.calls.add(call)
        call.add_done_callback(self.calls.discard)
        gone = asyncio.create_task(_gone(request.receive))
        await asyncio.wait({call, gone}, return_when=asyncio.FIRST_COMPLETED)
        if gone.done() and method.lower() == "getupdates":
            call.cancel()
        gone.cancel()
        return await call

    def _json(self, code: int, body: dict[str, Any]) -> Response:
        answer = self._answer(
            code, json.dumps(body, separators=(",", ":")).encode(), "application/json"
        )
        if wait := body.get("parameters", {}).get("retry_after"):
            answer.headers["Retry-After"] = str(wait)
        return answer

    def _answer(self, code: int, content: bytes, kind: str) -> Response:
        now = format_datetime(self.telegram.clock().astimezone(UTC), usegmt=True)
        return Response(content, code, HEADERS | {"Date": now, "Content-Type": kind})


class Broken(Response):
    """No answer: `cause` is how httpx is to find it."""

    def __init__(self, listener: Listener, cause: Exception) -> None:
        super().__init__()
        self.listener, self.cause = listener, cause

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not isinstance(self.cause, httpx.TimeoutException):
            rudely = not isinstance(self.cause, httpx.RemoteProtocolError)
            self.listener.cut(scope["client"], rudely=rudely)
        await _gone(receive)


async def _gone(receive: Callable[[], Awaitable[Any]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
