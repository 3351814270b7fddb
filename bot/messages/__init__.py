"""Every message the bot can send, one function each. The words are in bot/templates/."""

from bot.messages.answers import question, refusal, together, trouble
from bot.messages.asking import asked
from bot.messages.auditing import late_mail, undeliverable, was_deaf
from bot.messages.backups import backup_failed, restored
from bot.messages.chats import (
    claim_group,
    displaced,
    linked,
    lost_topic,
    moved_group,
    offer,
    unlinked,
    unreachable,
    unreachable_person,
)
from bot.messages.checklist import card, listing, queue, reviewed, reviewed_notice
from bot.messages.clock import outage, reminder, repeat
from bot.messages.complaints import complaint, complaint_notice, complaint_titles
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
from bot.messages.escalations import escalated, no_head
from bot.messages.extensions import (
    extension,
    extension_asked,
    extension_decided,
    extension_settled,
)
from bot.messages.imports import imported
from bot.messages.instructions import (
    acknowledged_before,
    instruction,
    instruction_preview,
    instruction_sent,
)
from bot.messages.near import file_not_kept, remark, suggested, unknown_command
from bot.messages.nudges import nudge, nudged
from bot.messages.obstacles import (
    obstacle,
    obstacle_passed,
    obstacle_received,
    obstacle_told,
)
from bot.messages.overview import city, readiness_of, recap
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
from bot.messages.privacy import kept
from bot.messages.readiness import readiness, readiness_here

__all__ = [
    "acknowledged_before",
    "add_preview",
    "added_notice",
    "appointed",
    "appointed_group",
    "asked",
    "backup_failed",
    "bundle_saved",
    "card",
    "city",
    "claim_group",
    "complaint",
    "complaint_notice",
    "complaint_titles",
    "description",
    "digest",
    "discarded",
    "dismissed",
    "displaced",
    "drop_preview",
    "dropped",
    "dropped_notice",
    "ended",
    "ended_group",
    "ending",
    "escalated",
    "extension",
    "extension_asked",
    "extension_decided",
    "extension_settled",
    "file_not_kept",
    "group_link",
    "help",
    "imported",
    "installed",
    "instruction",
    "instruction_preview",
    "instruction_sent",
    "invitation",
    "invitation_rows",
    "invitations_workbook",
    "kept",
    "late_mail",
    "linked",
    "listing",
    "lost_topic",
    "move_preview",
    "moved",
    "moved_group",
    "moved_notice",
    "no_head",
    "nudge",
    "nudged",
    "obstacle",
    "obstacle_passed",
    "obstacle_received",
    "obstacle_told",
    "offer",
    "outage",
    "question",
    "queue",
    "readiness",
    "readiness_here",
    "readiness_of",
    "recap",
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
    "undeliverable",
    "undone_notice",
    "unknown_command",
    "unlinked",
    "unreachable",
    "unreachable_person",
    "was_deaf",
    "welcome",
    "welcome_group",
]
