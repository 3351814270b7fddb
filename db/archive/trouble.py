"""Why a backup failed, in the few ways that somebody can mend."""

from __future__ import annotations

import errno
import sqlite3
from enum import StrEnum

from db.archive.streams import Damaged

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DENIED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}


class Trouble(StrEnum):
    FULL = "full"
    DENIED = "denied"  # the folder is not there, or not ours to write in
    DAMAGED = "damaged"  # what was written, or the database itself
    OTHER = "other"


def of(wrong: Exception) -> Trouble:
    match wrong:
        case OSError() if wrong.errno in FULL:
            return Trouble.FULL
        case OSError() if wrong.errno in DENIED:
            return Trouble.DENIED
        case sqlite3.OperationalError() if wrong.sqlite_errorcode == sqlite3.SQLITE_FULL:
            return Trouble.FULL
        case Damaged() | sqlite3.DatabaseError() if not isinstance(wrong, sqlite3.OperationalError):
            return Trouble.DAMAGED
        case _:
            return Trouble.OTHER
