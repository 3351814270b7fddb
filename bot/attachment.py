"""A file that came with a message, and what became of fetching it."""

from __future__ import annotations

from dataclasses import dataclass

from db.pieces import KeptFile
from db.refusal import Refusal

MOST = 20 * 2**20  # bytes that the Bot API hands over (getFile)
PICTURES = {"jpg", "jpeg", "png", "webp", "heic", "heif", "gif", "bmp", "tif", "tiff"}
DOCUMENTS = {"pdf", "doc", "docx", "odt", "rtf", "txt", "ppt", "pptx", "odp"}
TAKEN = PICTURES | DOCUMENTS | {"xls", "xlsx", "ods", "csv", "zip", "rar"}


class FileTooBig(Refusal):
    """`name`: what the file is called; `size` in bytes, 0 where Telegram did not say."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self.size = name, size


class FileNotTaken(Refusal):
    """What can run, and what an office does not keep as evidence."""

    def __init__(self, name: str) -> None:
        self.name = name


class FileAway(Refusal):
    """Telegram, or our own disk, did not let us have it."""

    def __init__(self, name: str) -> None:
        self.name = name


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo, a document or another file, by its id at Telegram. `size` in bytes, 0 where that
    does not say; `album`: the id of the album that it is a piece of."""

    file_id: str
    name: str
    size: int = 0
    album: str = ""

    @property
    def refusal(self) -> Refusal | None:
        """Why it is not even tried."""
        if self.name.rpartition(".")[2].lower() not in TAKEN:
            return FileNotTaken(self.name)
        return FileTooBig(self.name, self.size) if self.size > MOST else None


@dataclass(frozen=True, slots=True)
class Fetched:
    """`folder`: where it was wanted; `found`: the file on our shelf, or why it is not there."""

    folder: str
    found: KeptFile | Refusal


class Wanted(Exception):
    """A handler cannot go on without this file in that folder below EVIDENCE_DIR."""

    def __init__(self, attachment: Attachment, folder: str) -> None:
        super().__init__(folder)
        self.attachment, self.folder = attachment, folder
