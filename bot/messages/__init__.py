"""Every message the bot can send, one function each. The words are in bot/templates/."""

from bot.messages.answers import question, refusal, trouble
from bot.messages.checklist import card, listing, reviewed, reviewed_notice
from bot.messages.clock import reminder
from bot.messages.confirming import receipt

__all__ = [
    "card",
    "listing",
    "question",
    "receipt",
    "refusal",
    "reminder",
    "reviewed",
    "reviewed_notice",
    "trouble",
]
