"""The files of a request: an uploaded part, or one that is there already; and getFile."""

from typing import Any

from demo.telegram.files import File
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

MEGABYTE = 1024 * 1024
UP = {"photo": 10 * MEGABYTE, "document": 50 * MEGABYTE}
DOWN = 20 * MEGABYTE


def of(call: Call, kind: str, given: str) -> File:
    """`given`: `attach://part`, the id of a known file, or nothing: the part named `kind`."""
    part = given.removeprefix("attach://") if given.startswith("attach://") else kind
    if part in call.files:
        return _kept(call, kind, *call.files[part])
    if not given or given.startswith("attach://"):
        raise Refused("no_file", kind=kind)
    if given.startswith(("http://", "https://")):
        raise Refused("file_by_url_not_offered")
    return _known(call, kind, given)


def get(call: Call) -> dict[str, Any]:
    if not call.text("file_id"):
        raise Refused("file_id_missing")
    found = call.world.files.by_id.get(call.text("file_id"))
    if found is None:
        raise Refused("file_id_unknown")
    if len(found.data) > DOWN:
        raise Refused("file_too_big")
    return {
        "file_id": found.id,
        "file_unique_id": found.unique_id,
        "file_size": len(found.data),
        "file_path": found.path,
    }


def _known(call: Call, kind: str, file_id: str) -> File:
    file = call.world.files.by_id.get(file_id)
    if file is None:
        raise Refused("file_id")
    if file.kind != kind:
        raise Refused("file_of_other_kind", there=file.kind.capitalize(), kind=kind.capitalize())
    return file


def _kept(call: Call, kind: str, name: str, data: bytes) -> File:
    if not data:
        raise Refused("file_empty")
    if len(data) > UP[kind]:
        raise Refused("file_too_big_to_send")
    return call.world.files.keep(kind, data, name)
