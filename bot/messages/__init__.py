"""Every message the bot can send, one function each. The words are in bot/templates/."""

from bot.messages.answers import question, refusal, together, trouble
from bot.messages.auditing import late_mail, was_deaf
from bot.messages.backups import backup_failed, restored
from bot.messages.chats import claim_group, linked, moved_group, offer, unlinked, unreachable
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
    description,
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
    short_description,
    welcome,
    welcome_group,
)
from bot.messages.readiness import readiness, readiness_here

__all__ = [
    "add_preview",
    "added_notice",
    "appointed",
    "appointed_group",
    "backup_failed",
    "bundle_saved",
    "card",
    "city",
    "claim_group",
    "description",
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
    "late_mail",
    "linked",
    "listing",
    "lost_topic",
    "move_preview",
    "moved",
    "moved_group",
    "moved_notice",
    "offer",
    "outage",
    "question",
    "readiness",
    "readiness_here",
    "receipt",
    "refusal",
    "relieved",
    "remark",
    "reminder",
    "repeat",
    "restored",
    "reviewed",
    "reviewed_notice",
    "short_description",
    "suggested",
    "together",
    "trouble",
    "undone_notice",
    "unknown_command",
    "unlinked",
    "unreachable",
    "was_deaf",
    "welcome",
    "welcome_group",
]
