"""What is said when a coordinator adds, moves or drops items: previews, receipts, notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot import words
from bot.context import Desk
from db.chats import OpdFacts
from db.due import Due
from db.people import Holder
from db.reports.bundles import BundleFacts
from db.reports.changes import Change


@dataclass(frozen=True, slots=True)
class Plan:
    """On which days an item will be reminded of: until its deadline, and the first day after.
    `estimated`: years whose free days no decree has fixed yet."""

    days: tuple[date, ...]
    late: date
    estimated: tuple[int, ...]


def plan(desk: Desk, due: Due) -> Plan:
    """Stages already past count as heard, and today is past."""
    calendar, today = desk.calendar, desk.now().date()
    days = calendar.reminder_days(due.at, today, len(calendar.before) + 1)
    ahead = tuple(day for day in days if day <= calendar.due_day(due.at))
    late = days[len(ahead)]
    years = {late.year, *(day.year for day in ahead)}
    return Plan(ahead, late, tuple(sorted(y for y in years if not calendar.is_official(y))))


def add_preview(desk: Desk, codes: Sequence[str], everyone: int, title: str, due: Due) -> str:
    """`everyone`: how many OPD the city has."""
    return words.render(
        "add_preview",
        codes=codes,
        everyone=everyone,
        title=title,
        due=due,
        plan=plan(desk, due),
        zone=desk.settings.timezone,
    )


def bundle_saved(
    desk: Desk,
    bundle: BundleFacts,
    change: Change,
    everyone: int,
    by: Holder | None,
    unheard: Sequence[str],
) -> str:
    """`unheard`: the OPD in which nobody can be told."""
    at = bundle.made_at.astimezone(desk.settings.timezone)
    zone = desk.settings.timezone
    return words.render(
        "bundle_saved",
        bundle=bundle,
        change=change,
        everyone=everyone,
        by=by,
        unheard=unheard,
        at=at,
        zone=zone,
    )


def move_preview(desk: Desk, change: Change, everyone: int, due: Due, note: str) -> str:
    return words.render(
        "move_preview",
        change=change,
        everyone=everyone,
        due=due,
        note=note,
        plan=plan(desk, due),
        zone=desk.settings.timezone,
    )


def drop_preview(change: Change, everyone: int, note: str) -> str:
    return words.render("drop_preview", change=change, everyone=everyone, note=note)


def moved(
    desk: Desk, change: Change, everyone: int, by: Holder | None, unheard: Sequence[str]
) -> str:
    return words.render(
        "moved",
        change=change,
        everyone=everyone,
        by=by,
        unheard=unheard,
        zone=desk.settings.timezone,
    )


def dropped(change: Change, everyone: int, by: Holder | None, unheard: Sequence[str]) -> str:
    return words.render("dropped", change=change, everyone=everyone, by=by, unheard=unheard)


def added_notice(desk: Desk, opd: OpdFacts, change: Change, by: Holder | None) -> str:
    zone = desk.settings.timezone
    return words.render("added_notice", opd=opd, change=change, by=by, zone=zone)


def moved_notice(desk: Desk, opd: OpdFacts, change: Change, by: Holder | None) -> str:
    zone = desk.settings.timezone
    return words.render("moved_notice", opd=opd, change=change, by=by, zone=zone)


def dropped_notice(opd: OpdFacts, change: Change, by: Holder | None) -> str:
    return words.render("dropped_notice", opd=opd, change=change, by=by)


def undone_notice(opd: OpdFacts, change: Change, by: Holder | None) -> str:
    return words.render("undone_notice", opd=opd, change=change, by=by)


def discarded() -> str:
    """A preview that was let go."""
    return words.render("discarded")
