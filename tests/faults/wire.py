"""What can go wrong between the bot and Telegram, fault by fault."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from demo.telegram import Topic
from tests.town import Town

HTML = "<html><body>Sign in to the network: {}</body></html>"
Bring = Callable[[Town, str], None]


@dataclass(frozen=True)
class Fault:
    """`bring` lets the next call of a method go wrong. `lasts`: so it goes with the same text
    whenever it is tried. `in_topic`: it concerns who works in a topic of a forum."""

    bring: Bring
    lasts: bool = False
    in_topic: bool = False


def _address(town: Town, method: str) -> str:
    """A library or a proxy may say it when it fails, and the token stands in it."""
    return f"https://api.telegram.org/bot{town.bot.token}/{method}"


def refused(code: int, said: str, *, lasts: bool = False, **parameters: Any) -> Fault:
    def bring(town: Town, method: str) -> None:
        town.telegram.refuses_next(code, said, method=method, **parameters)

    return Fault(bring, lasts)


def cut(cause: type[httpx.TransportError], *, after: bool = False) -> Fault:
    """`after`: it was delivered, and only the answer is lost."""

    def bring(town: Town, method: str) -> None:
        town.telegram.cuts_next(
            cause(f"broken: {_address(town, method)}"), method=method, after=after
        )

    return Fault(bring)


def garbled(code: int, *, after: bool = False) -> Fault:
    def bring(town: Town, method: str) -> None:
        html = HTML.format(_address(town, method))
        town.telegram.garbles_next(html, code=code, method=method, after=after)

    return Fault(bring)


def _is_slow(town: Town, _method: str) -> None:
    async def dawdle(*_: object) -> None:
        town.telegram.answering.remove(dawdle)
        await asyncio.sleep(0.02)

    town.telegram.answering.append(dawdle)


def _becomes_a_supergroup(town: Town, _method: str) -> None:
    town.people["sari"].upgrades(town.groups["DIKBUD"])


def _is_put_out(town: Town, _method: str) -> None:
    town.people["sari"].removes(town.bot, town.groups["DIKBUD"])


def _is_muted(town: Town, _method: str) -> None:
    town.people["sari"].mutes(town.groups["DIKBUD"])


def _is_silenced(town: Town, _method: str) -> None:
    town.people["sari"].restricts(town.bot, town.groups["DIKBUD"])


def _topic_is_closed(town: Town, _method: str) -> None:
    town.people["sari"].closes_topic(topic_of(town))


def _topic_is_deleted(town: Town, _method: str) -> None:
    town.people["sari"].deletes_topic(topic_of(town))


def topic_of(town: Town) -> Topic:
    [topic] = town.groups["DIKBUD"].topics.values()
    return topic


LINE = {
    "429, retry after 40": refused(429, "Too Many Requests: retry after 40", retry_after=40),
    "429 without retry_after": refused(429, "Too Many Requests"),
    "400 chat not found": refused(400, "Bad Request: chat not found", lasts=True),
    "400 can't parse": refused(400, "Bad Request: can't parse entities: x", lasts=True),
    "401": refused(401, "Unauthorized"),
    "403": refused(403, "Forbidden: bot was kicked from the group chat", lasts=True),
    "404": refused(404, "Not Found"),
    "413": refused(413, "Request Entity Too Large"),
    "500": refused(500, "Internal Server Error"),
    "502 with HTML": garbled(502),
    "504": refused(504, "Gateway Timeout"),
    "504 with HTML, delivered": garbled(504, after=True),
    "200 with HTML": garbled(200),
    "200 with HTML, delivered": garbled(200, after=True),
    "connection refused": cut(httpx.ConnectError),
    "connect timeout": cut(httpx.ConnectTimeout),
    "pool timeout": cut(httpx.PoolTimeout),
    "connection reset": cut(httpx.ReadError),
    "connection reset, delivered": cut(httpx.ReadError, after=True),
    "closed without answer, delivered": cut(httpx.RemoteProtocolError, after=True),
    "read timeout": cut(httpx.ReadTimeout),
    "read timeout, delivered": cut(httpx.ReadTimeout, after=True),
    "write error": cut(httpx.WriteError),
    "write timeout": cut(httpx.WriteTimeout),
    "slow answer": Fault(_is_slow),
}
FETCH = LINE | {
    "409 another copy": refused(
        409,
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    ),
}
CHAT = {
    "became a supergroup": Fault(_becomes_a_supergroup),
    "put out of the group": Fault(_is_put_out),
    "group muted": Fault(_is_muted),
    "bot silenced": Fault(_is_silenced, in_topic=True),
    "topic closed": Fault(_topic_is_closed, in_topic=True),
    "topic deleted": Fault(_topic_is_deleted, in_topic=True),
}


def beset(town: Town, fault: Fault, method: str, chat_id: int | None = None) -> None:
    """The next call of this method (into this chat) meets the fault."""
    met: list[object] = []

    async def hook(_bot: object, called: str, params: dict[str, Any]) -> None:
        if called != method or (chat_id and str(params.get("chat_id")) != str(chat_id)):
            return
        if not met or (fault.lasts and params.get("text") == met[0]):
            met.append(params.get("text"))
            fault.bring(town, method)

    town.telegram.arriving.append(hook)
