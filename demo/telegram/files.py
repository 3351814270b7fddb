"""Photos and documents, and the place they are kept."""

from dataclasses import dataclass
from typing import Any


@dataclass(eq=False, repr=False)
class File:
    """`kind` is "photo" or "document"; `path` is what getFile tells and the download asks for."""

    id: str
    kind: str
    data: bytes
    name: str
    mime: str
    path: str

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}, {len(self.data)} bytes>"

    @property
    def unique_id(self) -> str:
        return f"u{self.id}"

    def as_json(self) -> dict[str, Any]:
        """The part of a Message that carries this file."""
        facts: dict[str, Any] = {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }
        if self.kind == "photo":
            return {"photo": [facts | {"width": 1280, "height": 960}]}
        return {"document": facts | {"file_name": self.name, "mime_type": self.mime}}


class Store:
    """Files by id and by path. Ids are numbered, so a transcript repeats."""

    def __init__(self) -> None:
        self.by_id: dict[str, File] = {}

    def keep(self, kind: str, data: bytes, name: str, mime: str = "") -> File:
        number = len(self.by_id) + 1
        ending = name.rsplit(".", 1)[-1] if "." in name else "bin"
        path = f"{kind}s/file_{number}.{ending}"
        mime = mime or {"pdf": "application/pdf"}.get(ending, "application/octet-stream")
        file = File(f"AgAC{kind}{number}", kind, data, name, mime, path)
        self.by_id[file.id] = file
        return file

    def at(self, path: str) -> File | None:
        return next((file for file in self.by_id.values() if file.path == path), None)
