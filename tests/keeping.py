"""How tests make archives, look into them, and spoil them."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db import engine
from db.archive import making
from db.archive.making import Source
from db.guards import AUDIT
from tests.town import Town

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
MAKE = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from db.archive.making import Source, make

moment, of, file, evidence, target = sys.argv[1:]

def die(event, about):
    if event == moment and (not of or str(about[0]).endswith(of)):
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(die)
print("begins", flush=True)
make(Source(Path(file), Path(evidence), "Kota Kendari"), Path(target), datetime.now(UTC))
"""


def source_of(town: Town) -> Source:
    file = engine.file_of(town.desk.settings.database_url)
    return Source(file, file.parent / "evidence", "Kota Kendari")


def gives_evidence(source: Source, **files: bytes) -> None:
    for name, content in files.items():
        file = source.evidence / "DIKBUD" / f"{name}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def kept(source: Source, name: str = "kept.zip") -> Path:
    target = source.database.with_name(name)
    making.make(source, target, NOW)
    return target


def asks(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def has(database: Path, statements: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executescript(statements)


def database_in(archive: Path, into: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        return Path(opened.extract("database.db", into))


def manifest_in(archive: Path) -> dict[str, Any]:
    with zipfile.ZipFile(archive) as opened:
        said: dict[str, Any] = json.loads(opened.read("manifest.json"))
        return said


def rewritten(
    archive: Path, change: Callable[[dict[str, bytes]], None], more: tuple[str, bytes] | None = None
) -> None:
    """Its members as somebody else would have them. `more`: a member of a name that is taken."""
    with zipfile.ZipFile(archive) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    with zipfile.ZipFile(archive, "w") as new:
        for name, content in [*members.items(), *([more] if more else [])]:
            new.writestr(name, content)


def says(members: dict[str, bytes], /, **facts: Any) -> None:
    """Another manifest."""
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | facts).encode()


def process(source: Source, target: Path, moment: str = "", of: str = "") -> subprocess.Popen[str]:
    """A backup as a process of its own, which kills itself at the first event `moment` of
    Python's own audit hooks, whose path ends with `of`."""
    told = (moment, of, str(source.database), str(source.evidence), str(target))
    return subprocess.Popen(
        [sys.executable, "-c", MAKE, *told],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def spoiled(archive: Path, seed: int) -> str:
    """One bit, anywhere. Which."""
    where = random.Random(seed)
    content = bytearray(archive.read_bytes())
    place, bit = where.randrange(len(content)), where.randrange(8)
    content[place] ^= 1 << bit
    archive.write_bytes(content)
    return f"bit {bit} of byte {place}"


def member_of(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def unguarded(statements: str) -> str:
    """What changes the audit log in spite of its guards, which stand there again afterwards."""
    names = AUDIT["sqlite"]
    drops = [f"DROP TRIGGER {name}" for name in names]
    guards = [f"CREATE TRIGGER {name} BEFORE UPDATE ON audit BEGIN SELECT 1; END" for name in names]
    return "; ".join([*drops, statements, *guards])
