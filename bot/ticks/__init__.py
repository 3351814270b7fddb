"""What the clock asks for, once a minute: it writes down what is owed; at night it tidies."""

from bot.ticks import alive, digest, escalations, reminders, tidying

TICKS = (alive.tick, escalations.tick, reminders.tick, digest.tick, tidying.tick)
