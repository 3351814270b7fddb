"""What shows that an item is finished, as it is handed in, and as it is told of."""

from __future__ import annotations

from dataclasses import dataclass

from db.act import Act


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that lies on the shelf (db.shelf). `name`: what it was called when it was sent;
    `sha256`: of its content, in hexadecimal; `size` in bytes."""

    name: str
    stored_as: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Offered:
    """What came along with a message. `album`: the id of the album that it is a piece of."""

    links: tuple[str, ...] = ()
    file: KeptFile | None = None
    album: str = ""

    def source(self, act: Act) -> str:
        """Of the rows of evidence: the pieces of an album are found by its end."""
        return f"{act.source}{album_end(self.album)}"


def album_end(album: str) -> str:
    return f"#{album}" if album else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A link or a file, and what became of it. `is_new`: recorded by the message (or the album)
    that is answered, else it was there before. `returned_as`: the version of the same item in which
    the same file was returned, 0 if none. `also`: other items of the OPD with the same file."""

    name: str
    size: int = 0
    is_new: bool = True
    returned_as: int = 0
    also: tuple[int, ...] = ()
