"""Put what was restored in the place of what was there, so that a kill in between is mended by
whoever comes next: once the plan is on disk, it is carried out."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from db.archive import place

Moves = tuple[tuple[Path, Path], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """From where to where, absolute: first `aside` what was there, then `into` its place what was
    restored. `rubbish`: folders that are empty afterwards."""

    aside: Moves
    into: Moves
    rubbish: tuple[Path, ...]


FORM = TypeAdapter(Plan)


class Restoring(Exception):
    """Another process is putting a restored database in place."""


def switch(file: Path, plan: Plan) -> None:
    """`file` is the database, beside which the plan lies while it is carried out. What cannot be
    moved leaves all as it was (OSError)."""
    os.sync()  # all that was restored
    with written(file, plan) as journal:
        try:
            _carry_out(plan)
        except OSError:
            _undo(plan)
            raise
        finally:
            journal.unlink()
            place.sync(file.parent)


def finish(file: Path) -> bool:
    """Carry out a plan that was cut off. False where there is none."""
    file = file.resolve()
    try:
        with _journal(file).open("rb") as journal:
            fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _carry_out(FORM.validate_json(journal.read()))
            _journal(file).unlink(missing_ok=True)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        raise Restoring(f"a restore is at work on {file}: wait until it has ended") from None
    place.sync(file.parent)
    return True


@contextmanager
def written(file: Path, plan: Plan) -> Iterator[Path]:
    """Locked before it has its name, so that nobody takes it for one that was cut off."""
    journal = _journal(file)
    draft = journal.with_name(f"{journal.name}.draft")
    draft.unlink(missing_ok=True)
    with open(draft, "xb", opener=place.private) as target:
        fcntl.flock(target, fcntl.LOCK_EX)
        target.write(FORM.dump_json(plan))
        target.flush()
        os.fsync(target.fileno())
        draft.rename(journal)
        place.sync(file.parent)
        yield journal


def _carry_out(plan: Plan) -> None:
    """May be done again from any point: what lies aside was moved there, and what is restored is
    where it was unpacked until it was moved."""
    for source, to in plan.aside:
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if source.exists() and not to.exists():
            source.rename(to)
            place.sync(to.parent)
            place.sync(source.parent)
    for source, to in plan.into:
        if source.exists():
            source.rename(to)
            place.sync(to.parent)
    for folder in plan.rubbish:
        shutil.rmtree(folder, ignore_errors=True)


def _undo(plan: Plan) -> None:
    """A folder that cannot be moved, say: all as it was."""
    for source, to in reversed(plan.aside + plan.into):
        if to.exists() and not source.exists():
            to.rename(source)


def _journal(file: Path) -> Path:
    return file.with_name(f"{file.name}.restoring")
