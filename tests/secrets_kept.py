"""What counts as told: a secret whole, percent-encoded, or in a piece that would help somebody."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from config.settings import Settings
from demo.telegram import Message, Telegram

PIECE = 12  # characters of the token's secret half
HEARTBEAT = "https://hc.example.org/ping/0d5e4f2a-geheim?key=Rahasia-Sekali"
PASSWORD = "kata/sandi@kota-7"
POSTGRES = f"postgresql+psycopg://tuntas:{quote(PASSWORD, safe='')}@db.example.org/tuntas"
INVITED = "Zm9vYmFyYmF6cXV4cXV1eA"


def told(text: str, settings: Settings) -> set[str]:
    """The secrets of the settings that stand in the text."""
    return {secret for secret in secrets_of(settings) if secret in text}


def secrets_of(settings: Settings) -> set[str]:
    half = settings.token.partition(":")[2]
    pieces = {half[n : n + PIECE] for n in range(len(half) - PIECE + 1)}
    parts = urlsplit(settings.heartbeat_url or "")
    of_address = {parts.path, parts.query} - {""}
    password = urlsplit(settings.database_url).password
    return pieces | of_address | ({password, PASSWORD} if password else set())


def everything_shown(telegram: Telegram) -> str:
    """What people saw and could press, in every chat, whenever."""
    return "\n".join(map(_shown, telegram.transcript)) + repr(
        [pop_up.text for person in telegram.people for pop_up in person.pop_ups]
    )


def _shown(message: Message) -> str:
    return repr([message.text, message.html, message.keyboard, message.earlier, message.service])
