"""What the database says of the city: posts, OPD, groups, and messages that came to nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.checks.finding import Finding, fine, hint
from config.calendar import Calendar
from db.engine import Session
from db.models import Role
from db.reach import CLOSED, NO_TOPIC, REMOVED, SILENCED
from db.reports import health
from db.reports.health import Mail, Offices, Readiness

SOON = timedelta(days=120)  # the holidays of a year are decreed in the autumn before it
SILENT = timedelta(minutes=5)
TROUBLES = {
    REMOVED: "group-gone",
    SILENCED: "group-silenced",
    NO_TOPIC: "topic-gone",
    CLOSED: "general-closed",
}


async def city(session: Session, calendar: Calendar, now: datetime) -> list[Finding]:
    """For whoever keeps the installation, and for the coordinators."""
    ready = await health.readiness(session)
    return [
        *of_offices(await health.offices(session)),
        *of_opd(ready),
        *of_mail(await health.mail(session, calendar, now)),
        *of_calendar(calendar, now),
    ]


def of_offices(offices: Offices) -> Iterator[Finding]:
    if not offices.coordinators:
        yield hint("no-coordinator")
    if not offices.has_sekda:
        yield hint("no-sekda")
    if (Role.SEKDA, "") in offices.deaf:
        yield hint("deaf-sekda")
    if others := tuple((role, opd) for role, opd in offices.deaf if role is not Role.SEKDA):
        yield hint("deaf-posts", posts=others)


def of_opd(ready: Readiness) -> Iterator[Finding]:
    if not ready.everyone:
        yield hint("no-opd")
        return
    counts = {"ready": ready.ready, "everyone": ready.everyone}
    all_are = ready.ready == ready.everyone
    yield fine("ready", **counts) if all_are else hint("unready", **counts)
    for name in ("no_secretary", "deaf_secretary", "no_group"):
        if codes := getattr(ready, name):
            yield hint(name.replace("_", "-"), opd=codes)
    yield from of_lost(ready.lost)


def of_lost(lost: tuple[tuple[str, str], ...]) -> Iterator[Finding]:
    """Groups that are noted as out of reach, those with one reason together."""
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    for code, why in lost:
        reasons[why].append(code)
    for why, codes in reasons.items():
        yield of_trouble(why, tuple(codes))


def of_trouble(why: str, codes: tuple[str, ...]) -> Finding:
    """`why` as db.reach notes it; anything else is what Telegram said."""
    if name := TROUBLES.get(why):
        return hint(name, opd=codes)
    return hint("group-refused", opd=codes, why=why)


def of_mail(mail: Mail) -> Iterator[Finding]:
    for name in ("unknown", "failed", "lapsed", "waiting"):
        if lots := getattr(mail, name):
            yield hint(f"mail-{name}", lots=lots, count=sum(lot.count for lot in lots))


def of_calendar(calendar: Calendar, now: datetime) -> Iterator[Finding]:
    here = calendar.local(now)
    for year in sorted({here.year, (here + SOON).year}):
        if not calendar.is_official(year):
            yield hint("calendar", year=year)


async def alive(session: Session, now: datetime) -> list[Finding]:
    """Whether the bot receives; an installation where it never ran is not told so."""
    at = await health.last_beat(session)
    return [hint("silent", since=at)] if at and now - at > SILENT else []
