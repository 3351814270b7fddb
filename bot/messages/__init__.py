"""Every message the bot can send, one function each. The words are in bot/templates/."""

from bot.messages.answers import question, refusal, trouble
from bot.messages.checklist import card, listing, reviewed, reviewed_notice
from bot.messages.clock import lost_topic, reminder, repeat
from bot.messages.confirming import receipt

__all__ = [
    "card",
    "listing",
    "lost_topic",
    "question",
    "receipt",
    "refusal",
    "reminder",
    "repeat",
    "reviewed",
    "reviewed_notice",
    "trouble",
]
