"""What the clock asks for, once a minute: it writes down what is owed, and nothing else."""

from bot.ticks import alive, digest, escalations, reminders

TICKS = (alive.tick, escalations.tick, reminders.tick, digest.tick)
