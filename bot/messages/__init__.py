"""Every message the bot can send, one function each. The words are in bot/templates/."""

from bot.messages.answers import question, refusal, trouble
from bot.messages.clock import reminder
from bot.messages.confirming import receipt

__all__ = ["question", "receipt", "refusal", "reminder", "trouble"]
