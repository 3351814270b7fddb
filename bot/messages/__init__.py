"""Every message the bot can send, one function each. The words are in bot/templates/."""

from bot.messages.answers import question, refusal, trouble
from bot.messages.checklist import card, listing, reviewed, reviewed_notice
from bot.messages.clock import lost_topic, outage, reminder, repeat
from bot.messages.confirming import receipt
from bot.messages.digest import digest

__all__ = [
    "card",
    "digest",
    "listing",
    "lost_topic",
    "outage",
    "question",
    "receipt",
    "refusal",
    "reminder",
    "repeat",
    "reviewed",
    "reviewed_notice",
    "trouble",
]
