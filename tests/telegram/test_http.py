"""The second door: what a client on the wire gets, and the troubles that are real there."""

from __future__ import annotations

import ast
import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Bot as PtbBot
from telegram import error as tg

import demo.telegram
from demo.telegram import Telegram
from demo.telegram.http import served, served_aside
from tests.telegram.conftest import Town


@dataclass
class Wire:
    """A client of the town's second door."""

    town: Town
    address: str
    client: httpx.AsyncClient

    def url(self, method: str) -> str:
        return f"{self.address}/bot{self.town.tuntas.token}/{method}"

    async def posts(self, method: str, **how: Any) -> httpx.Response:
        return await self.client.post(self.url(method), **how)

    async def says(self, text: str = "satu", **how: Any) -> httpx.Response:
        return await self.posts(
            "sendMessage", data={"chat_id": self.town.sari.id, "text": text}, **how
        )

    @property
    def arrived(self) -> list[str]:
        chat = self.town.sari.chat(self.town.tuntas)
        return [m.text for m in chat.messages if m.sender is self.town.tuntas]


@pytest.fixture
async def wire(town: Town) -> AsyncIterator[Wire]:
    async with served(town.telegram) as address, httpx.AsyncClient(trust_env=False) as client:
        yield Wire(town, address, client)


@pytest.fixture
async def ptb(wire: Wire) -> AsyncIterator[PtbBot]:
    """A real python-telegram-bot Bot over its own HTTP client."""
    address = wire.address
    bot = PtbBot(
        wire.town.tuntas.token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot"
    )
    async with bot:
        yield bot


async def test_the_three_kinds_of_body_and_an_address_say_the_same(wire: Wire) -> None:
    words: dict[str, Any] = {"chat_id": wire.town.sari.id, "text": "a&b <é>"}
    parts = {key: (None, str(value)) for key, value in words.items()}
    answers = [
        await wire.posts("sendMessage", data=words),
        await wire.posts("sendMessage", json=words | {"disable_notification": True}),
        await wire.posts("sendMessage", files=parts),
        await wire.client.get(wire.url("sendmessage"), params=words),
    ]

    assert [a.json()["result"]["text"] for a in answers] == ["a&b <é>"] * 4
    assert [m.silent for m in wire.town.sari.chat(wire.town.tuntas).messages[1:]] == [
        False, True, False, False,
    ]  # fmt: skip


async def test_an_answer_has_the_headers_of_the_real_one(wire: Wire) -> None:
    wire.town.passes(days=2)
    answer = await wire.posts("getMe")

    assert answer.headers["content-type"] == "application/json"
    assert parsedate_to_datetime(answer.headers["date"]) == wire.town.now
    assert answer.headers["server"] == "nginx/1.18.0"
    assert b'"ok":true' in answer.content


async def test_a_refusal_brings_its_code_and_how_long_to_wait(wire: Wire) -> None:
    wire.town.telegram.refuses_next(429, "Too Many Requests: retry after 7", retry_after=7)
    answer = await wire.says()

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert answer.json()["parameters"] == {"retry_after": 7}


async def test_what_is_no_object_is_refused(wire: Wire) -> None:
    kind = {"content-type": "application/json"}
    said = [
        (await wire.posts("getMe", content=body, headers=kind)).json()
        for body in (b"[]", b"{", b'{"chat_id": 1}')
    ]

    assert [one.get("description") for one in said] == [
        "Bad Request: JSON object expected",
        "Bad Request: JSON object expected",
        "Make-believe Telegram: the parameter chat_id of getMe is not offered here",
    ]


async def test_elsewhere_there_is_nothing(wire: Wire) -> None:
    answer = await wire.client.get(f"{wire.address}/sendMessage")

    assert (answer.status_code, answer.json()["description"]) == (404, "Not Found")


async def test_files_go_up_and_come_down(wire: Wire, ptb: PtbBot) -> None:
    content = bytes(range(256)) * 8000
    sent = await ptb.send_document(wire.town.sari.id, content, filename="b.bin", caption="c")
    wire.town.sari.sends_document(to=wire.town.tuntas, data=b"%PDF", name="x.pdf")
    (update,) = await ptb.get_updates()
    file = await update.message.document.get_file()

    assert sent.document.file_size == len(content)
    assert wire.town.sari.chat(wire.town.tuntas).messages[-2].media.data == content  # type: ignore[union-attr]
    assert bytes(await file.download_as_bytearray()) == b"%PDF"


async def test_what_is_not_there_is_not_downloaded(wire: Wire) -> None:
    answer = await wire.client.get(f"{wire.address}/file/bot{wire.town.tuntas.token}/a/b.pdf")

    assert (answer.status_code, answer.json()["error_code"]) == (404, 404)


async def test_a_long_poll_ends_the_moment_something_arrives(wire: Wire, ptb: PtbBot) -> None:
    polls = _arrival(wire.town.telegram, "getUpdates")
    polling = asyncio.create_task(ptb.get_updates(timeout=50))
    await polls.wait()
    wire.town.sari.says("satu", to=wire.town.tuntas)
    (update,) = await asyncio.wait_for(polling, 5)

    assert update.message.text == "satu"


async def test_a_long_poll_ends_with_its_client(wire: Wire) -> None:
    """Else what is fetched next would be answered to nobody."""
    with pytest.raises(httpx.ReadTimeout):
        await wire.posts("getUpdates", data={"timeout": 50}, timeout=0.1)
    await wire.posts("getMe")
    wire.town.telegram.calls.clear()
    wire.town.sari.says("satu", to=wire.town.tuntas)
    answer = await wire.posts("getUpdates", data={"timeout": 0})

    assert len(answer.json()["result"]) == 1
    assert [c.code for c in wire.town.telegram.calls if c.method == "getUpdates"] == [200]


async def test_what_arrived_is_done_though_its_client_be_gone(wire: Wire) -> None:
    go_on, arrived = asyncio.Event(), asyncio.Event()

    async def slowly(*_: object) -> None:
        arrived.set()
        await go_on.wait()

    wire.town.telegram.arriving.append(slowly)
    with pytest.raises(httpx.ReadTimeout):
        await wire.says(timeout=0.1)
    await arrived.wait()
    before = list(wire.arrived)
    go_on.set()
    wire.town.telegram.arriving.clear()
    await wire.says("dua")

    assert (before, wire.arrived) == ([], ["satu", "dua"])


async def test_a_client_that_goes_in_the_middle_of_its_request_said_nothing(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    port = int(wire.address.rpartition(":")[2])
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /bot1:x/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n")
    writer.write(b"Content-Type: application/x-www-form-urlencoded\r\n\r\ntext")
    await writer.drain()
    writer.transport.abort()
    answer = await wire.says("dua")

    assert (answer.status_code, wire.arrived) == (200, ["dua"])
    assert [c.method for c in wire.town.telegram.calls if c.method == "sendMessage"] == [
        "sendMessage"
    ]
    assert caplog.records == []


@pytest.mark.parametrize("after", [False, True])
async def test_a_cut_is_a_reset(wire: Wire, *, after: bool) -> None:
    wire.town.telegram.cuts_next(httpx.ReadError(""), after=after)
    with pytest.raises(httpx.ReadError):
        await wire.says()

    assert wire.arrived == (["satu"] if after else [])
    assert (await wire.says("dua")).status_code == 200


async def test_a_protocol_error_is_a_connection_closed_without_an_answer(wire: Wire) -> None:
    wire.town.telegram.cuts_next(httpx.RemoteProtocolError(""))
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        await wire.says()

    assert wire.arrived == []


@pytest.mark.parametrize("after", [False, True])
async def test_a_timeout_hangs_until_the_client_gives_up(wire: Wire, *, after: bool) -> None:
    wire.town.telegram.cuts_next(httpx.ReadTimeout(""), after=after)
    with pytest.raises(httpx.ReadTimeout):
        await wire.says(timeout=0.2)

    assert wire.arrived == (["satu"] if after else [])


async def test_nonsense_is_html_with_its_code(wire: Wire) -> None:
    wire.town.telegram.garbles_next("<html>Bad Gateway</html>", code=502)
    answer = await wire.says()

    assert (answer.status_code, answer.text) == (502, "<html>Bad Gateway</html>")
    assert answer.headers["content-type"].startswith("text/html")


async def test_while_telegram_is_down_connections_are_refused(wire: Wire, ptb: PtbBot) -> None:
    polls = _arrival(wire.town.telegram, "getUpdates")
    polling = asyncio.create_task(ptb.get_updates(timeout=50))
    await polls.wait()
    wire.town.telegram.down()
    with pytest.raises(tg.NetworkError) as broken:
        await asyncio.wait_for(polling, 5)
    with pytest.raises(tg.NetworkError) as refused:
        await ptb.send_message(wire.town.sari.id, "satu")
    wire.town.telegram.up()
    await _listens(wire)
    await ptb.send_message(wire.town.sari.id, "dua")

    assert isinstance(broken.value.__cause__, httpx.ReadError)
    assert isinstance(refused.value.__cause__, httpx.ConnectError)
    assert wire.arrived == ["dua"]


async def test_the_door_closes_though_somebody_hangs_in_it(town: Town) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        async with served(town.telegram) as address:
            wire = Wire(town, address, client)
            town.telegram.cuts_next(httpx.ReadTimeout(""))
            came = [_arrival(town.telegram, name) for name in ("sendMessage", "getUpdates")]
            hanging = asyncio.create_task(wire.says())
            polling = asyncio.create_task(wire.posts("getUpdates", data={"timeout": 50}))
            for event in came:
                await event.wait()
        ended = await asyncio.gather(hanging, polling, return_exceptions=True)

    assert [type(one) for one in ended] == [httpx.ReadError, httpx.ReadError]


def test_from_code_that_is_not_async_it_is_reached_too() -> None:
    telegram = Telegram(lambda: datetime(2026, 11, 24, tzinfo=UTC))
    tuntas = telegram.bot("tuntas_bot", "Tuntas")
    with served_aside(telegram) as address, httpx.Client(trust_env=False) as client:
        answer = client.get(f"{address}/bot{tuntas.token}/getMe")

    assert json.loads(answer.content)["result"]["username"] == "tuntas_bot"


def test_the_web_server_is_loaded_by_this_door_only() -> None:
    folder = Path(demo.telegram.__file__).parent
    users = {
        module.name
        for module in folder.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for name in [getattr(node, "module", None) or "", *(n.name for n in node.names)]
        if name.split(".")[0] in ("starlette", "uvicorn") or name.startswith("demo.telegram.http")
    }

    assert users == {"http.py", "http_request.py", "listener.py"}


def _arrival(telegram: Telegram, method: str) -> asyncio.Event:
    """Set when such a call has come through the door."""
    arrived = asyncio.Event()

    async def notice(_bot: object, called: str, _params: object) -> None:
        if called == method:
            arrived.set()

    telegram.arriving.append(notice)
    return arrived


async def _listens(wire: Wire) -> None:
    """Until connections are taken again."""
    async with asyncio.timeout(5):
        while True:
            try:
                await wire.posts("getMe")
            except httpx.ConnectError:
                await asyncio.sleep(0.005)
            else:
                return
