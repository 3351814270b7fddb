"""Every message the bot can send, one function each. The words are in bot/templates/."""

from bot.messages.answers import question, refusal, trouble
from bot.messages.chats import claim_group, linked, offer, unlinked, unreachable
from bot.messages.checklist import card, listing, reviewed, reviewed_notice
from bot.messages.clock import lost_topic, outage, reminder, repeat
from bot.messages.confirming import receipt
from bot.messages.deadlines import (
    add_preview,
    added_notice,
    bundle_saved,
    discarded,
    drop_preview,
    dropped,
    dropped_notice,
    move_preview,
    moved,
    moved_notice,
    undone_notice,
)
from bot.messages.digest import digest
from bot.messages.imports import imported
from bot.messages.near import file_not_kept, remark, suggested, unknown_command
from bot.messages.overview import city
from bot.messages.people import (
    appointed,
    appointed_group,
    dismissed,
    ended,
    ended_group,
    ending,
    group_link,
    help,
    installed,
    invitation,
    invitation_rows,
    invitations_workbook,
    relieved,
    welcome,
    welcome_group,
)

__all__ = [
    "add_preview",
    "added_notice",
    "appointed",
    "appointed_group",
    "bundle_saved",
    "card",
    "city",
    "claim_group",
    "digest",
    "discarded",
    "dismissed",
    "drop_preview",
    "dropped",
    "dropped_notice",
    "ended",
    "ended_group",
    "ending",
    "file_not_kept",
    "group_link",
    "help",
    "imported",
    "installed",
    "invitation",
    "invitation_rows",
    "invitations_workbook",
    "linked",
    "listing",
    "lost_topic",
    "move_preview",
    "moved",
    "moved_notice",
    "offer",
    "outage",
    "question",
    "receipt",
    "refusal",
    "relieved",
    "remark",
    "reminder",
    "repeat",
    "reviewed",
    "reviewed_notice",
    "suggested",
    "trouble",
    "undone_notice",
    "unknown_command",
    "unlinked",
    "unreachable",
    "welcome",
    "welcome_group",
]
