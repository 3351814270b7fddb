"""What was found, in English: one line each, and how to mend it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.checks.finding import Finding
from bot.cli import door

MOST = 5  # named one by one
SAID = {
    # Telegram
    "token": "Telegram accepts the token of @{bot}",
    "no-token": "BOT_TOKEN is missing: put the one @BotFather gives you in .env",
    "wrong-token": "Telegram does not accept BOT_TOKEN: put the one @BotFather gives you in .env",
    "away": "Telegram cannot be reached at {where}: {why}; "
    "see the network, the clock and TELEGRAM_API_URL",
    "refused": "Telegram refuses to answer: {why}; try again later",
    "webhook": "a webhook is set, so nothing can be fetched: "
    "run the bot, or call deleteWebhook of the Bot API",
    "joining-off": "the bot may not be added to groups: @BotFather, /setjoingroups, Enable",
    "privacy-off": "privacy mode is off, so all talk in groups arrives here: "
    "@BotFather, /setprivacy, Enable",
    "clock": "the clock agrees with Telegram's",
    "clock-wrong": "the clock is {seconds} of Telegram's, deadlines are judged by it: "
    "timedatectl set-ntp true",
    "clock-unseen": "the clock could not be compared with Telegram's ({why}): try again later",
    # groups, as they are now
    "groups": "the bot can write to the groups of {count} OPD",
    "groups-unseen": "the groups of {count} OPD were not looked at ({why}): try again later",
    "group-gone": "the bot is not in the group of {opd}: add it again",
    "group-silenced": "the bot may not write in the group of {opd}: allow it, or make it an admin",
    "group-muted": "only admins may write in the group of {opd}: make the bot an admin there",
    "group-upgraded": "the group of {opd} got a new id as a supergroup: "
    "the running bot follows with its next message",
    "group-refused": "the group of {opd} takes no messages ({why}): "
    "add the bot again, or link another group with /hubungkan",
    "group-back": "the group of {opd} is noted as out of reach but can be written to: "
    "send /daftar there",
    "topic-gone": "the topic of {opd} was deleted or closed: send /hubungkan CODE in another topic",
    "general-closed": "the General topic of the group of {opd} is closed: "
    "open it again, or send /hubungkan CODE in another topic",
    # the database
    "database": "the database is whole, at revision {revision}",
    "no-database": "there is no database yet at {file}: the first import makes it",
    "behind": "the database is at revision {revision}, this Tuntas at {known}: "
    "the next start or import brings it up to date",
    "too-new": "the database is at revision {revision}, this Tuntas knows {known}: update Tuntas",
    "damaged": "the database is damaged ({why}): " + door.RESTORE,
    "incomplete": "the database lacks {lacking}: " + door.RESTORE,
    "locked": "another process keeps the database locked, so nothing can be written: end it",
    "unusable": "the database cannot be used: {why}",
    "wal-reset": "SQLite {version} has the WAL-reset bug (mended in 3.51.3): "
    "harmless as long as nothing but Tuntas, over its one connection, writes to the database",
    # the city
    "no-opd": "there are no OPD yet: {tuntas} import opd FILE",
    "ready": "{ready} of {everyone} OPD are ready, with a group and a secretary in reach",
    "unready": "{ready} of {everyone} OPD are ready, with a group and a secretary in reach: "
    "what the others lack follows",
    "no-secretary": "{opd} without a secretary: {tuntas} invite all FILE.xlsx",
    "deaf-secretary": "the secretary of {opd} blocked the bot or never pressed Start: "
    "ask them to, or invite another",
    "no-group": "{opd} without a group: the secretary presses ➕ Hubungkan grup, "
    "or {tuntas} invite group --opd CODE",
    "no-coordinator": "nobody is coordinator: {tuntas} invite coordinator",
    "no-sekda": "nobody is Sekda, so nobody gets the digest: {tuntas} invite sekda",
    "deaf-sekda": "the Sekda blocked the bot or never pressed Start: ask them to",
    "deaf-posts": "{posts} blocked the bot or never pressed Start: ask them to",
    "silent": "receiving was last alive at {since}: start the bot, or see its log",
    "mail-unknown": "{count} messages of the last 14 days may not have arrived "
    "and are not sent again ({lots}): ask there",
    "mail-failed": "{count} messages of the last 14 days were given up ({lots}): "
    "mend the reason, then say it there yourself",
    "mail-lapsed": "{count} messages of the last 14 days were not sent on their day ({lots}): "
    "nothing to do, the next ones say what still matters",
    "mail-waiting": "{count} messages wait for more than 30 minutes ({lots}): "
    "start the bot, or see its log",
    "calendar": "the free days of {year} are not official yet: "
    "update Tuntas once they are, or name them in HOLIDAYS_FILE",
    # the machine
    "disk": "{free} free at {path}{days}",
    "disk-low": "only {free} free at {path}{days}: make room",
    "disk-full": "{path} is full, {free} free, and confirmations will not be taken: make room",
    "disk-hangs": "a disk does not answer: see what DATABASE_URL, EVIDENCE_DIR and BACKUP_DIR "
    "are mounted on",
    "open": "others on this machine may read or write {files}: chmod go-rwx {files}",
    "shut": "we may not read and write {files}: chown them to this account",
    "root": "this runs as root: use an account of its own",
    "no-heartbeat": "nobody outside would notice if this machine stops: set HEARTBEAT_URL",
    "no-backup": "there is no backup in {folder}: leave the bot running overnight, "
    "or {tuntas} backup FILE.zip",
    "old-backup": "the last backup is of {day}: see the bot's log for why",
    "bad-backup": "the last backup, {path}, cannot be read: {tuntas} backup FILE.zip now, "
    "and see the disk",
    "backup": "the last backup is of {day}",
    "evidence": "all {count} files of evidence are there, unchanged",
    "evidence-missing": "{count} files of evidence are gone ({some}): "
    "bring them back from a backup",
    "evidence-changed": "{count} files of evidence were changed or cannot be read ({some}): "
    "bring them back from a backup",
    "replaced": "{size} that restores replaced more than 30 days ago lie in {some}: "
    "rm -r {files} once nothing there is missed",
    "same-disk": "{folder} is on the same disk as the database: copy it elsewhere every day",
    # whatever kept us from looking
    "unseen": "{why}",
}


def line(finding: Finding, zone: ZoneInfo) -> str:
    """`{tuntas}`: how the command is called here."""
    shown = _shown(finding.facts, zone) | {"tuntas": door.called()}
    return SAID[finding.name].format_map(shown)


def _shown(facts: Mapping[str, Any], zone: ZoneInfo) -> dict[str, str]:
    shown: dict[str, str] = {}
    for name, fact in facts.items():
        shown |= SHOWN[name](fact) if name in SHOWN else {name: _plain(fact, zone)}
    return shown


def _plain(fact: object, zone: ZoneInfo) -> str:
    return f"{fact.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(fact, datetime) else str(fact)


def _few(words: Sequence[str]) -> str:
    more = f" and {len(words) - MOST} more" if len(words) > MOST else ""
    return f"{', '.join(words[:MOST])}{more}"


def _of_opd(codes: Sequence[str]) -> str:
    return _few(codes) if len(codes) == 1 else f"{len(codes)} OPD ({_few(codes)})"


def _lot(lot: Any) -> str:
    of, why = f" {_few(lot.opd)}" if lot.opd else "", f", {lot.why}" if lot.why else ""
    return f"{lot.count} {lot.kind}{of}{why}"


def _bytes(count: int) -> str:
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 else f"{count // 2**20} MiB"


def _days(days: int | None) -> str:
    """Counted from all we keep and for how long: it can only be less than that."""
    if days is None:
        return ""
    return ", enough for more than a year" if days > 365 else f", enough for at least {days} days"


def _seconds(ahead: int) -> str:
    return f"{abs(ahead)} seconds {'ahead' if ahead > 0 else 'behind'}"


SHOWN: dict[str, Callable[[Any], dict[str, str]]] = {
    "opd": lambda codes: {"opd": _of_opd(codes)},
    "posts": lambda posts: {"posts": _few([f"{role} {opd}".strip() for role, opd in posts])},
    "lots": lambda lots: {"lots": "; ".join(map(_lot, lots[:MOST]))},
    "paths": lambda paths: {"files": shlex.join(paths), "some": _few(paths)},
    "free": lambda free: {"free": _bytes(free)},
    "lacking": lambda names: {"lacking": _few(names)},
    "size": lambda size: {"size": _bytes(size)},
    "days": lambda days: {"days": _days(days)},
    "ahead": lambda ahead: {"seconds": _seconds(ahead)},
}
