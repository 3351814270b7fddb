"""Who may ask: a page of this very machine. And what such a page may load: nothing from outside."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Refuses what is addressed to another name (DNS rebinding), and what another page sends."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if why := _wrong(scope["method"], Headers(scope=scope)):
            return await PlainTextResponse(why, 403, HEADERS)(scope, receive, send)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        return await self.app(scope, receive, sealed)


def _wrong(method: str, headers: Headers) -> str:
    """Why it is refused; empty where it is not."""
    host = headers.get("host", "")
    if _name(host) not in NAMES:
        return "This page is for this machine alone."
    if method in ("GET", "HEAD"):
        return ""
    if headers.get("origin") != f"http://{host}":
        return "Only this page itself may ask for that."
    is_json = headers.get("content-type", "").partition(";")[0] == "application/json"
    return "" if is_json else "Only JSON is read here."


def _name(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()
