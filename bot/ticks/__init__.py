"""What the clock asks for, once a minute: it writes down what is owed, and nothing else."""

from bot.ticks import digest, reminders

TICKS = (reminders.tick, digest.tick)
