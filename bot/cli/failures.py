"""Every failure in one sentence, without values of the database and without the token."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

from telegram import error as tg

from bot import discreet
from bot.auditor import Deaf
from bot.cli import door
from db.archive.halting import Abandoned
from db.archive.making import Misplaced
from db.archive.restoring import Immovable, InUse
from db.archive.streams import Damaged
from db.archive.switching import Restoring
from db.load.checklist import NoSuchOpd
from db.load.shown import Unreadable
from db.shape import Incomplete
from db.upgrade import TooNew, Untouched

if TYPE_CHECKING:
    from config.settings import Settings


def sentence(wrong: Exception, settings: Settings) -> str:
    return discreet.hider(settings)(_sentence(wrong, settings))


def _sentence(wrong: Exception, settings: Settings) -> str:
    match wrong:
        case NoSuchOpd() | Unreadable():
            said = str(wrong)
        case Abandoned() | Immovable() | InUse() | Misplaced() | Restoring():
            said = str(wrong)
        case Damaged():
            said = f"the archive is damaged: {wrong}"
        case Untouched():
            said = _of_upgrade(wrong)
        case Deaf():
            said = f"{wrong}: the process ends, for its supervisor to start it anew"
        case Incomplete() | TooNew():
            said = f"{wrong}: {_remedy(wrong)}"
        case tg.TelegramError():
            said = _of_telegram(wrong, settings)
        case OSError():
            said = _of_file(wrong)
        case ModuleNotFoundError(name="psycopg"):
            said = "PostgreSQL needs its driver: pip install psycopg[binary]"
        case sqlite3.Error():
            said = _of_database(wrong)
        case _ if getattr(wrong, "orig", None):  # what a database's driver said
            said = _of_database(wrong)
        case _:
            said = f"this should not have happened ({type(wrong).__name__}: {_cause(wrong)}); "
            said += "LOG_LEVEL=DEBUG shows where"
    return said


def _of_file(wrong: OSError) -> str:
    if isinstance(wrong, FileExistsError):
        return door.TAKEN.format(file=wrong.filename)
    return f"{wrong.filename or 'a file'}: {wrong.strerror or wrong}"


def _of_database(wrong: BaseException) -> str:
    code = getattr(getattr(wrong, "orig", wrong), "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return f"the database is damaged ({_cause(wrong)}): {_restore()}"
    return f"the database cannot be used: {_cause(wrong)}"


def _of_upgrade(wrong: Untouched) -> str:
    if wrong.current is None:
        return _of_database(wrong.__cause__ or wrong)
    cause = _cause(wrong.__cause__ or wrong)
    copy = f", and a copy of it lies at {wrong.copy}" if wrong.copy else ""
    step = f"from revision {wrong.current} to {wrong.head}"
    return f"the database cannot be brought {step} ({cause}): it is untouched{copy}"


def _remedy(wrong: Incomplete | TooNew) -> str:
    is_newer = isinstance(wrong, TooNew)
    return "update Tuntas" if is_newer else _restore()


def _restore() -> str:
    return door.RESTORE.format(tuntas=door.called())


def _of_telegram(wrong: tg.TelegramError, settings: Settings) -> str:
    match wrong:
        case tg.InvalidToken():
            return "Telegram does not accept BOT_TOKEN: put the one @BotFather gives you in .env"
        case tg.Conflict():
            return "another process is receiving for this bot: stop it first"
        case _:
            said = re.sub(r"^httpx\.\w+: ", "", _cause(wrong))
            where = f"{settings.telegram_api_url}: {said}"
            return f"Telegram cannot be reached at {where}; see the network and TELEGRAM_API_URL"


def _cause(wrong: BaseException) -> str:
    """The driver's own words on one line, without the statement and its values."""
    said = str(getattr(wrong, "orig", None) or wrong)
    return " ".join(said.split())[:300]
