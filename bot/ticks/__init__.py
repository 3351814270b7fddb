"""What the clock asks for, once a minute: it writes down what is owed, and nothing else."""

from bot.ticks import alive, digest, reminders

TICKS = (alive.tick, reminders.tick, digest.tick)
