"""A watchdog outside hears that all is well as long as it is; a deaf process ends."""

from __future__ import annotations

import asyncio
import faulthandler
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

import httpx
import pytest
import structlog

from bot import app as application
from bot import auditor, messages, send, words
from bot.context import Context
from bot.ticks import outages
from db.reports.health import Lot
from tests import golden
from tests.faults.base import Base
from tests.shown import until, when_shown
from tests.test_receive import away
from tests.town import Town, wita

SECRET = "c0ffee-secret"


@asynccontextmanager
async def watchdog(town: Town) -> AsyncIterator[list[str]]:
    """The paths that were fetched."""
    fetched: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fetched.append((await reader.readuntil(b"\r\n\r\n")).decode().split()[1])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    heard_at(town, f"http://127.0.0.1:{port}/ping/{SECRET}")
    async with server:
        yield fetched


def heard_at(town: Town, address: str) -> None:
    settings = town.desk.settings.model_copy(update={"heartbeat_url": address})
    town.desk = replace(town.desk, settings=settings)
    town.app.bot_data = town.desk


async def looks(town: Town) -> None:
    await auditor.look(Context(town.app))


async def is_alive(town: Town) -> None:
    await outages.beat(town.desk)
    town.desk.signs.update({"receiving": time.monotonic(), "sending": time.monotonic()})


async def owes_late(town: Town) -> None:
    """A notice that Telegram did not take."""
    await town.says(town.people["sari"], "/done 1", to=town.groups["DIKBUD"])
    await town.says(town.people["coordinator"], "/verifikasi DIKBUD 1")
    town.telegram.refuses_next(500, "Internal Server Error")
    await town.sends()


async def test_the_watchdog_hears_while_all_is_well(town: Town) -> None:
    await is_alive(town)
    async with watchdog(town) as fetched:
        await looks(town)
        await looks(town)

    assert fetched == [f"/ping/{SECRET}"] * 2


async def test_the_watchdog_hears_nothing_while_nothing_is_received(town: Town) -> None:
    await is_alive(town)
    town.clock.now = wita(11, 24, 10, 6)
    async with watchdog(town) as fetched:
        with structlog.testing.capture_logs() as logged:
            await looks(town)

    assert not fetched
    assert "nothing is received" in str(logged)


async def test_the_watchdog_hears_nothing_while_the_database_is_away(town: Town) -> None:
    await is_alive(town)
    await owes_late(town)
    town.clock.now = wita(11, 24, 10, 45)
    async with watchdog(town) as fetched:
        with away(town), structlog.testing.capture_logs() as logged:
            await looks(town)

    assert not fetched
    assert "the database is away" in str(logged)


async def test_what_waits_too_long_is_told_to_the_coordinators_once(town: Town) -> None:
    coordinator = town.people["coordinator"]
    await owes_late(town)
    town.clock.now = wita(11, 24, 10, 45)
    await is_alive(town)
    async with watchdog(town) as fetched:
        await looks(town)
        await looks(town)
    town.telegram.refuses_next(500, "Internal Server Error")  # the notice itself
    await town.sends()

    told = [m.text for m in town.said_to(coordinator) if "belum terkirim" in m.text]
    assert len(told) == 1
    assert not fetched


async def test_what_left_meanwhile_is_not_told(town: Town) -> None:
    await owes_late(town)
    town.clock.now = wita(11, 24, 10, 45)
    await is_alive(town)
    await looks(town)
    await town.sends()

    assert not [m for m in town.said_to(town.people["coordinator"]) if "belum terkirim" in m.text]


async def test_a_deaf_process_ends_and_the_coordinators_hear_of_it(town: Town) -> None:
    await is_alive(town)
    town.desk.signs["sending"] -= auditor.DEAF + 1
    async with watchdog(town) as fetched:
        with pytest.raises(auditor.Deaf, match=r"sending: no sign of life for 10 minutes"):
            await looks(town)
    await town.restarts()
    await town.sends()

    assert not fetched
    assert "sempat macet" in town.said_to(town.people["coordinator"])[-1].text


async def test_what_the_coordinators_hear_of_it_waits_for_the_window_however_often_it_fails(
    town: Town,
) -> None:
    coordinator = town.people["coordinator"]
    town.clock.now = wita(11, 24, 17, 28)
    await is_alive(town)
    town.desk.signs["sending"] -= auditor.DEAF + 1
    with pytest.raises(auditor.Deaf):
        await looks(town)
    town.telegram.refuses_next(502, "Bad Gateway", method="sendMessage")
    await town.sends()
    await town.later(minutes=10)
    at_night = [m.text for m in town.said_to(coordinator) if "sempat macet" in m.text]
    await town.at(wita(11, 25, 8, 0))

    assert at_night == []
    assert [m.text for m in town.said_to(coordinator) if "sempat macet" in m.text]


async def test_a_repeat_that_waits_for_the_morning_silences_no_watchdog(town: Town) -> None:
    await town.says(town.people["sari"], "/done 1", to=town.groups["DIKBUD"])
    town.clock.now = wita(11, 24, 17, 20)
    await town.says(town.people["coordinator"], "/verifikasi DIKBUD 1")
    town.telegram.cuts_next(httpx.ReadTimeout(""), method="sendMessage")
    await town.sends()
    town.clock.now = wita(11, 24, 17, 29)
    town.telegram.refuses_next(500, "Internal Server Error", method="sendMessage")
    await town.sends()
    town.clock.now = wita(11, 24, 22, 0)
    await is_alive(town)
    async with watchdog(town) as fetched:
        await looks(town)
        at_night = list(fetched)
        town.clock.now = wita(11, 25, 8, 31)
        await is_alive(town)
        await looks(town)

    assert len(at_night) == 1
    assert fetched == at_night


async def test_a_process_ends_though_the_deaf_task_hangs(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hangs(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(send, "drain", hangs)
    monkeypatch.setattr(auditor, "EVERY", 0.01)
    monkeypatch.setattr(auditor, "DEAF", 0.05)
    monkeypatch.setattr(application, "ENDING", 0.05)
    try:
        async with asyncio.timeout(10):
            with pytest.raises(auditor.Deaf, match="no sign of life"):
                await application.run(town.app, asyncio.Event())
    finally:
        faulthandler.cancel_dump_traceback_later()
        await town.app.initialize()

    assert not town.app.running


async def test_a_long_silence_that_telegram_wants_is_no_deafness(town: Town) -> None:
    await owes_late(town)
    town.clock.now = wita(11, 24, 10, 5)
    town.telegram.refuses_next(429, "Too Many Requests: retry after 900", retry_after=900)
    stop = asyncio.Event()
    began = time.monotonic()
    sending = asyncio.create_task(send.forever(Context(town.app), stop))
    await until(lambda: town.desk.signs.get("sending", 0.0) > began + 800)
    stop.set()
    await sending

    assert town.desk.signs["sending"] >= began + 900


async def test_what_cannot_be_written_down_yet_is_no_deafness(town: Town) -> None:
    """The message has arrived, and the database is away."""
    await town.says(town.people["sari"], "/done 1", to=town.groups["DIKBUD"])
    await town.says(town.people["coordinator"], "/verifikasi DIKBUD 1")
    base, stop = Base(town, "read-only"), asyncio.Event()
    with when_shown(town, base.begin), structlog.testing.capture_logs() as logged:
        sending = asyncio.create_task(send.forever(Context(town.app), stop))
        await until(lambda: logged)
        town.desk.signs["sending"] = 0.0
        await until(lambda: town.desk.signs["sending"])
    base.end()
    stop.set()
    await sending

    assert "settled later" in str(logged)


async def test_a_watchdog_that_is_away_harms_nothing_and_its_address_stays_secret(
    town: Town,
) -> None:
    await is_alive(town)
    heard_at(town, f"http://127.0.0.1:9/ping/{SECRET}")
    with structlog.testing.capture_logs() as logged:
        await looks(town)

    [line] = logged
    assert line["how"] == httpx.ConnectError.__name__
    assert SECRET not in str(line)


@pytest.mark.parametrize("host", ["hc-\u200bping.com", "xn--zzzzzzzzz99999.com", "hc..example"])
async def test_an_address_that_is_none_ends_no_process_and_stays_secret(
    town: Town, host: str
) -> None:
    """The settings refuse it; httpx, and the resolver, have each an error of its own."""
    await is_alive(town)
    heard_at(town, f"https://{host}/ping/{SECRET}")
    with structlog.testing.capture_logs() as logged:
        await looks(town)

    [line] = logged
    assert line["event"] == "The watchdog at HEARTBEAT_URL was not reached"
    assert SECRET not in str(line)


@pytest.mark.parametrize(
    ("name", "lots"),
    [
        ("usual", [Lot("reminder", 3, ("DIKBUD", "DINKES"), "Bad Gateway")]),
        ("worst", [Lot("reminder", 1999, tuple(f"KEC-PANJANG-{n}" for n in range(99)), "")]),
        ("digest", [Lot("digest", 1, (), "")]),
    ],
)
def test_what_waits_reads_well(name: str, lots: list[Lot]) -> None:
    golden.check(f"late-mail-{name}", words.bare(messages.late_mail(lots)))


def test_having_been_deaf_reads_well() -> None:
    at: datetime = wita(11, 24, 10, 5)
    golden.check("was-deaf", words.bare(messages.was_deaf(at)))


def test_what_cannot_be_sent_reads_well() -> None:
    golden.check("undeliverable", words.bare(messages.undeliverable(3)))


async def test_words_that_telegram_refuses_are_not_tried_again_and_told_once_a_day(
    town: Town,
) -> None:
    town.telegram.refuses_next(400, "Bad Request: can't parse entities: nonsense")
    await town.minute()
    await town.later(minutes=1)
    await town.later(minutes=1)

    refused = [call for call in town.telegram.refused if call.code == 400]
    assert len(refused) == 1
    told = [m.text for m in town.said_to(town.people["coordinator"]) if "tidak dapat" in m.text]
    assert [text.split()[1] for text in told] == ["1"]
