"""No secret in any log line, error, traceback, message or repr, whatever fails."""

from __future__ import annotations

import asyncio
import io
import logging
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import structlog
from telegram import Update
from telegram.error import InvalidToken, TelegramError

from bot import app as application
from bot import discreet, logs, menus
from bot.cli.failures import sentence
from bot.context import Context
from bot.letters import LETTERS
from bot.table import COMMANDS
from config.settings import Settings
from db import checklist, engine
from db.reports import reminders
from demo.telegram import Telegram
from demo.telegram.http import served_aside
from demo.telegram.trouble import Cut, Nonsense, Trouble
from tests.secrets_kept import HEARTBEAT, INVITED, PASSWORD, POSTGRES, everything_shown, told
from tests.test_cli import NOBODY_THERE, Home
from tests.town import Town, wita

BUSY = ("getme", "getupdates")


class Log:
    """Everything that was logged, as it would stand in the journal."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()


@pytest.fixture(params=["text", "json"])
def log(
    request: pytest.FixtureRequest, town: Town, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Log]:
    """At DEBUG, with tracebacks; nothing but the log's own formatter keeps the secrets."""
    kept = Log()
    monkeypatch.setattr(sys, "stderr", kept.stream)
    before = logging.getLogger().handlers[:]
    show = warnings.showwarning
    settings = town.desk.settings.model_copy(update={"heartbeat_url": HEARTBEAT})
    logs.set_up("DEBUG", request.param, discreet.hider(settings))
    yield kept
    logging.captureWarnings(False)
    warnings.showwarning = show
    logging.basicConfig(level="WARNING", handlers=before, force=True)
    structlog.reset_defaults()


# what Telegram does


def ways(town: Town) -> dict[str, Trouble]:
    """Every way of failing, each as talkative as it can be."""
    address = f"https://api.telegram.org/bot{town.bot.token}/sendMessage"
    said = f"<html>{address} {quote(town.bot.token, safe='')} {town.bot.token[:30]}</html>"
    refused = {
        code: Trouble((code, {"ok": False, "error_code": code, "description": f"{why}: {said}"}))
        for code, why in {
            400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
            409: "Conflict", 413: "Request Entity Too Large", 500: "Internal Server Error",
        }.items()
    }  # fmt: skip
    cut = (httpx.ReadTimeout, httpx.ConnectError, httpx.RemoteProtocolError, httpx.PoolTimeout)
    return (
        {str(code): trouble for code, trouble in refused.items()}
        | {kind.__name__: Trouble(Cut(kind(said))) for kind in cut}
        | {"502 with HTML": Trouble(Nonsense(502, said)), "a portal": Trouble(Nonsense(200, said))}
    )


WAYS = ("400", "401", "403", "404", "409", "413", "500", "ReadTimeout", "ConnectError",
        "RemoteProtocolError", "PoolTimeout", "502 with HTML", "a portal")  # fmt: skip


def always(town: Town, trouble: Trouble, *but: str) -> None:
    town.telegram.line.next = (  # type: ignore[method-assign]
        lambda method: None if method.lower() in but else trouble
    )


def is_kept(town: Town, text: str) -> None:
    settings = town.desk.settings.model_copy(update={"heartbeat_url": HEARTBEAT})
    assert told(text, settings) == set()
    assert INVITED not in text


def in_the_database(town: Town) -> str:
    with closing(sqlite3.connect(engine.file_of(town.desk.settings.database_url))) as connection:
        return "\n".join(connection.iterdump())


@pytest.mark.parametrize("way", WAYS)
async def test_every_method_may_fail_in_every_way(town: Town, log: Log, way: str) -> None:
    pressed = await town.says(town.people["sari"], "/daftar", to=town.groups["DIKBUD"])
    trouble = ways(town)[way]
    always(town, trouble, *BUSY)
    sari, coordinator = town.people["sari"], town.people["coordinator"]
    sari.says("/done@tuntas_bot 1", to=town.groups["DIKBUD"])
    sari.presses(pressed, "⬜ 3. Foto loket")
    for text in ("/undang semua", "/cek", f"/start {INVITED}", "/tenggat semua H+14 Laporan"):
        coordinator.says(text, to=town.bot)
    await town.hears()
    await menus.keep(Context(town.app), COMMANDS)
    await town.minute()
    await town.later(minutes=10)

    is_kept(town, log.text)
    is_kept(town, everything_shown(town.telegram).replace(INVITED, ""))
    is_kept(town, in_the_database(town))
    assert len(log.text) > 1000
    assert len(town.telegram.calls) > 8


@pytest.mark.parametrize("way", WAYS)
async def test_receiving_may_fail_in_every_way(town: Town, log: Log, way: str) -> None:
    always(town, ways(town)[way], "getme")
    tried, stop = asyncio.Event(), asyncio.Event()

    async def asked(_: object, method: str, __: object) -> None:
        if method.lower() == "getupdates" and len(town.telegram.calls) > 2:
            tried.set()

    town.telegram.arriving.append(asked)
    running = asyncio.create_task(application.run(town.app, stop))
    with suppress(TimeoutError):
        async with asyncio.timeout(5):
            await asyncio.wait(
                {running, asyncio.create_task(tried.wait())}, return_when=asyncio.FIRST_COMPLETED
            )
    stop.set()
    died = (await asyncio.gather(running, return_exceptions=True))[0]
    await town.app.initialize()

    is_kept(town, log.text)
    if isinstance(died, Exception):
        is_kept(town, sentence(died, town.desk.settings))


# what we do wrong ourselves


async def test_a_bug_anywhere_may_have_a_secret_in_its_text(
    town: Town, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object, **__: object) -> None:
        secret = f"{town.bot.token} {quote(town.bot.token, safe='')} {HEARTBEAT} {INVITED}"
        try:
            raise InvalidToken(f"The token `{town.bot.token}` was rejected by the server.")
        except InvalidToken as why:
            raise RuntimeError(f"https://t.me/tuntas_bot?start={INVITED} {secret[:-23]}") from why

    await town.ticks()
    monkeypatch.setattr(checklist, "act_on", breaks)
    monkeypatch.setattr(reminders, "due", breaks)
    monkeypatch.setitem(LETTERS, "reminder", breaks)
    answer = await town.says(town.people["sari"], "/done 1", to=town.groups["DIKBUD"])
    await town.sends()
    await the_clock_strikes(town)
    monkeypatch.setattr(Update, "de_json", classmethod(lambda *_: 1 / 0))
    town.people["sari"].says(f"/start {INVITED}", to=town.bot)
    await town.hears()

    is_kept(town, log.text)
    assert answer.text == "Terjadi gangguan. Mohon dicoba kembali beberapa saat lagi."
    assert all(place in log.text for place in ("handling", "cannot be written", "the clock"))
    assert "[token]" in log.text
    assert "start=[link]" in log.text
    assert "Sari" not in log.text


async def the_clock_strikes(town: Town) -> None:
    """As the library's job queue does it."""
    try:
        await town.ticks()
    except RuntimeError as bug:
        await town.app.process_error(None, bug)


async def test_an_answer_that_is_cut_off_names_nobody(town: Town, log: Log) -> None:
    town.telegram.garbles_next(
        '{"ok":true,"result":[{"update_id":7,"message":{"from":{"first_name":"Sari"',
        method="getUpdates",
    )
    with pytest.raises(TelegramError, match="Invalid server response"):
        await town.hears()

    assert "Sari" not in log.text


async def test_what_libraries_say_at_debug_names_nobody(town: Town, log: Log) -> None:
    town.people["sari"].says("/done@tuntas_bot 1 rahasia warga", to=town.groups["DIKBUD"])
    await town.hears()
    await town.minute()

    assert "rahasia warga" not in log.text
    assert "Sari" not in log.text


def test_a_log_hides_what_libraries_and_warnings_say(town: Town, log: Log) -> None:
    token = town.bot.token
    logging.getLogger("httpx").warning("GET https://api.telegram.org/bot%s/getMe", token)
    logging.getLogger("asyncio").error("never retrieved", exc_info=ValueError(HEARTBEAT))
    logging.getLogger("x").info("cut: https://api.telegram.org/bot%s", token[:25])
    logging.getLogger("x").info("wrapped:\n%s\n%s", token[:25], token[25:])
    structlog.get_logger("y").info(token, **{"address": quote(token, safe=""), "of": {token: 1}})
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"a warning with {token}", stacklevel=1)

    is_kept(town, log.text)
    assert log.text.count("[token]") >= 7
    assert "hc.example.org" in log.text


# what things look like


def test_no_repr_has_a_secret(town: Town) -> None:
    given = {"heartbeat_url": HEARTBEAT, "database_url": POSTGRES}
    settings = town.desk.settings.model_copy(update=given)
    desk = replace(town.desk, settings=settings)
    app = application.build(desk, town.telegram.door(town.bot.token))
    context = Context(app)
    things = (settings, desk, app, app.bot, context, context.bot, app.bot.request, app.job_queue)
    shown = "".join(f"{thing!r} {thing!s} {vars(settings)['bot_token']!r}" for thing in things)

    assert told(shown, settings) == set()
    assert "<bot " in repr(app)


@pytest.mark.parametrize("url", [POSTGRES, POSTGRES.replace("+psycopg", "")])
def test_the_database_s_password_is_hidden_as_written_and_as_read(url: str) -> None:
    settings = Settings(_env_file=None, bot_token="7:" + "x" * 35, database_url=url)  # type: ignore[call-arg]
    hide = discreet.hider(settings)

    said = hide(f"cannot connect to {url} with password={PASSWORD} or {quote(PASSWORD)}")
    assert told(said, settings) == set()
    assert quote(PASSWORD) not in said
    assert hide("postgresql://a:b@c") == "postgresql://a:[secret]@c"


def test_what_is_no_secret_is_left_alone(town: Town) -> None:
    hide = discreet.hider(town.desk.settings)
    harmless = (
        "@tuntas_bot 10:30 2026-11-24T10:00:00.000000Z message:-1002100000001:17 DINKES 3-7 "
        "https://api.telegram.org/ sqlite+aiosqlite:///data/tuntas.db /start update=3"
    )

    assert discreet.without_links(hide(harmless)) == harmless


# the command line, as a process of its own

HEAVY = {"LOG_LEVEL": "DEBUG", "HEARTBEAT_URL": HEARTBEAT}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def printed(home: Home, *words: object, **settings: str) -> str:
    done = home.ends(*words, **(HEAVY | settings))
    return done.stdout + done.stderr


def of_process(token: str, url: str = POSTGRES) -> Settings:
    given = {"bot_token": token, "heartbeat_url": HEARTBEAT, "database_url": url}
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]


TOKEN = "7012345678:AAH-bukan_token_yang_sungguhan-0123"


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_verb_that_fails_tells_a_secret(home: Home, form: str) -> None:
    given = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": NOBODY_THERE, "LOG_FORMAT": form}
    said = [printed(home, *verb.split(), **given) for verb in ("check", "invite coordinator")]
    given |= {"DATABASE_URL": POSTGRES}
    said += [printed(home, verb, **given) for verb in ("check", "audit", "run")]

    assert told("".join(said), of_process(TOKEN)) == set()
    assert all(said)
    assert "Traceback" in "".join(said)  # LOG_LEVEL=DEBUG shows where it arose


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_token_that_telegram_does_not_know_is_not_told(home: Home, form: str) -> None:
    telegram = Telegram(lambda: wita(11, 24))
    with served_aside(telegram) as address:
        given = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": address, "LOG_FORMAT": form}
        said = [printed(home, *v.split(), **given) for v in ("run", "check", "invite sekda")]

    assert told("".join(said), of_process(TOKEN)) == set()
    assert all("Telegram does not accept BOT_TOKEN" in one for one in said)


DYING = """
import asyncio, logging, sys, threading, warnings
from bot.cli import door
settings = door.settings()
secrets = f"{settings.token} {settings.token.replace(':', '%3A')} {settings.database_url}"
secrets += f" {settings.heartbeat_url}"

class Odd:
    def __del__(self):
        raise RuntimeError(secrets)

async def never_asked():
    task = asyncio.create_task(breaks())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task

async def breaks():
    raise RuntimeError(secrets)

def breaks_aside():
    raise RuntimeError(secrets)

print(secrets)
print(secrets, file=sys.stderr, end="")
warnings.warn(secrets)
logging.getLogger("x").error(secrets)
logging.getLogger("x").error("why", exc_info=RuntimeError(secrets))
asyncio.run(never_asked())
odd = Odd()
del odd
thread = threading.Thread(target=breaks_aside)
thread.start()
thread.join()
END
"""
ENDS = ("raise RuntimeError(secrets)", "sys.exit(secrets)", "door.fail(secrets)",
        "door.run(breaks(), settings)", "raise KeyboardInterrupt(secrets)")  # fmt: skip


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("end", ENDS)
def test_however_a_process_dies_it_tells_no_secret(home: Home, end: str, form: str) -> None:
    given = {"BOT_TOKEN": TOKEN, "DATABASE_URL": POSTGRES, "LOG_FORMAT": form}
    died = subprocess.run(
        [sys.executable, "-c", DYING.replace("END", end)], cwd=home.folder, check=False,
        env=home.environment | HEAVY | given, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    said = died.stdout + died.stderr

    assert told(said, of_process(TOKEN)) == set()
    assert died.returncode != 0
    assert said.count("[token]") >= 14, said
    assert said.count("Traceback") >= 3


def test_a_link_that_was_asked_for_is_printed_whole(home: Home) -> None:
    telegram = Telegram(lambda: wita(11, 24))
    bot = telegram.bot("tuntas_bot", "Tuntas")
    with served_aside(telegram) as address:
        given = {"BOT_TOKEN": bot.token, "TELEGRAM_API_URL": address}
        made = home.does("invite", "coordinator", **given)

    assert made.stdout.startswith("https://t.me/tuntas_bot?start=")
    assert len(made.stdout.strip().partition("=")[2]) == 22


# updates in the log


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
