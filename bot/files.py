"""Fetch a file from Telegram onto our shelf, outside any transaction."""

from __future__ import annotations

import asyncio

import structlog
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot import failing
from bot.attachment import MOST, Attachment, FileAway, FileTooBig, Wanted
from bot.context import Context, Desk
from db import evidence, shelf
from db.pieces import KeptFile
from db.refusal import Refusal

READ = 60.0  # seconds without a byte
log = structlog.get_logger(__name__)


async def fetch(context: Context, wanted: Wanted) -> KeptFile | Refusal:
    """The file, or why it will never be had. Raises TelegramError where it may be had later: from
    Telegram, or once the disk takes it."""
    async with context.desk.fetching:
        try:
            content = await _download(context, wanted.attachment)
        except (BadRequest, Forbidden) as refused:
            return _refused(wanted.attachment, refused)
        except RetryAfter:
            raise
        except TelegramError as trouble:
            raise failing.Repeatable(str(trouble)) from trouble
        if len(content) > MOST:
            return FileTooBig(wanted.attachment.name, len(content))
        try:
            return await _keep(context.desk, wanted, content)
        except OSError as trouble:
            log.exception("The disk does not take a file", folder=wanted.folder)
            raise failing.Repeatable("The disk does not take a file") from trouble


async def _download(context: Context, attachment: Attachment) -> bytes:
    file = await context.bot.get_file(attachment.file_id, read_timeout=READ)
    return bytes(await file.download_as_bytearray(read_timeout=READ))


def _refused(attachment: Attachment, refused: TelegramError) -> Refusal:
    log.warning("A file is not to be had", trouble=str(refused))
    if "too big" in str(refused).lower():
        return FileTooBig(attachment.name, attachment.size)
    return FileAway(attachment.name)


async def _keep(desk: Desk, wanted: Wanted, content: bytes) -> KeptFile:
    """Where the same content lies already, if it does; what is missing or changed there is mended
    by it."""
    root, name = desk.settings.evidence_dir, wanted.attachment.name
    digest = shelf.digest(content)
    async with desk.view() as session:
        known = await evidence.known(session, digest)
    stored_as = known.stored_as if known else shelf.place(wanted.folder, name, digest)
    await asyncio.to_thread(shelf.put, root, stored_as, digest, content)
    return KeptFile(name, stored_as, digest, len(content))
