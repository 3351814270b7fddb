"""What a person's hands do on the page. Each act takes half a minute of the city's time."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from demo.city import BREATH
from demo.telegram import Chat, Message, Person
from demo.web.stage import Stage

LONGEST, CAPTION = 4096, 1024  # characters, as Telegram's apps have it
LARGEST = 8 * 1024 * 1024  # bytes; Telegram takes more, a page on one's own machine need not
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


class Refused(Exception):
    """What Telegram's app would not let this person do, in a sentence for them."""


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    data: bytes

    @property
    def picture(self) -> str:
        """The type of a picture that the page may show; empty for anything else."""
        return picture(self.data)


def picture(data: bytes) -> str:
    return next((kind for start, kind in PICTURES.items() if data.startswith(start)), "")


async def say(
    stage: Stage, who: Person, chat: Chat, text: str, answered: Message | None, file: Upload | None
) -> None:
    _may_write(who, chat)
    text = text.strip()
    if not text and not file:
        raise Refused("Tuliskan pesan lebih dahulu.")
    if len(text) > (CAPTION if file else LONGEST):
        raise Refused(f"Pesan terlalu panjang: paling banyak {CAPTION if file else LONGEST} huruf.")
    where = {"to": chat if chat.type != "private" else stage.bot, "reply_to": answered}
    with_pass(stage)
    if file is None:
        who.says(text, **where)  # type: ignore[arg-type]
    elif file.picture:
        who.sends_photo(caption=text, data=file.data, **where)  # type: ignore[arg-type]
    else:
        who.sends_document(caption=text, data=file.data, name=file.name, **where)  # type: ignore[arg-type]
    done(stage)


async def press(stage: Stage, who: Person, message: Message, data: str) -> str:
    """The press's id, by which the page finds what was answered."""
    known = [button.get("callback_data") for row in message.keyboard for button in row]
    if data not in known:
        raise Refused("Tombol ini sudah tidak ada.")
    with_pass(stage)
    pressed = who.forges(message, data)
    done(stage)
    return pressed.id


async def follow(stage: Stage, who: Person, url: str, into: Chat | None) -> Chat:
    """Where the person is after opening a t.me link."""
    with_pass(stage)
    try:
        who.follows(url, into=into)
    except (ValueError, LookupError) as wrong:
        raise Refused("Tautan ini tidak dapat dibuka.") from wrong
    done(stage)
    return into or who.chat(stage.bot)


async def edit(stage: Stage, who: Person, message: Message, text: str) -> None:
    if message.sender is not who or message.service:
        raise Refused("Hanya pesan Anda sendiri yang dapat diubah.")
    if not (text := text.strip()):
        raise Refused("Tuliskan pesan lebih dahulu.")
    with_pass(stage)
    who.edits(message, text)
    done(stage)


def message_in(chat: Chat, key: Any) -> Message:
    found = chat.message(int(key)) if str(key).isdigit() else None
    if found is None:
        raise Refused("Pesan itu sudah tidak ada.")
    return found


def upload(given: Any) -> Upload | None:
    if not given:
        return None
    try:
        data = base64.b64decode(given["data"], validate=True)
    except (binascii.Error, KeyError, TypeError, ValueError) as wrong:
        raise Refused("Berkas itu tidak dapat dibaca.") from wrong
    if not 0 < len(data) <= LARGEST:
        raise Refused("Berkas kosong atau lebih besar daripada 8 MB.")
    return Upload(str(given.get("name") or "berkas")[:120], data)


def with_pass(stage: Stage) -> None:
    stage.clock.now += BREATH


def done(stage: Stage) -> None:
    stage.machine.wake()
    stage.hub.changed()


def _may_write(who: Person, chat: Chat) -> None:
    member = chat.member(who)
    if not member.is_admin and not (member.can_send and chat.can_send):
        raise Refused("Anda tidak dapat menulis di sini.")
