"""Which buttons stand under greetings, handovers, and what is said of an OPD's group."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import Claim, InviteOperator, LinkHere, Listing, NotThem, rows
from bot.keyboards_decisions import to_matters
from db.chats import OpdFacts
from db.models import Role
from db.people import Holder
from db.reports.briefing import Briefing


def for_lead(opd: OpdFacts, group_url: str) -> InlineKeyboardMarkup | None:
    """Who leads an OPD links its group, while it has none, and invites operators."""
    group = [InlineKeyboardButton("➕ Hubungkan grup", url=group_url)] if group_url else []
    return rows(group, [InviteOperator(opd.code).labelled("👥 Undang operator")])


def for_installed(new: Holder, brief: Briefing | None) -> InlineKeyboardMarkup | None:
    """The OPD's list; for those who decide, what waits for them."""
    if new.opd:
        return for_group(new.opd)
    waits = brief and (brief.blocked or brief.asked) and new.role is not Role.AUDITOR
    return rows(to_matters() if waits else [])


def for_group_link(url: str) -> InlineKeyboardMarkup | None:
    return rows([InlineKeyboardButton("➕ Hubungkan grup", url=url)])


def for_group(opd: OpdFacts) -> InlineKeyboardMarkup | None:
    return rows([Listing(opd.code).labelled("📋 Daftar")])


def for_claim(token: str) -> InlineKeyboardMarkup | None:
    return rows([Claim(token).labelled("🔗 Hubungkan grup ini")])


def for_offer(opds: list[OpdFacts]) -> InlineKeyboardMarkup | None:
    return rows(*([LinkHere(opd.code).labelled(opd.name[:60])] for opd in opds))


def for_appointed(new: Holder) -> InlineKeyboardMarkup | None:
    return rows([NotThem(new.tenure_id).labelled("Bukan orangnya")])
