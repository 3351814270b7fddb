"""A process from the warm Python is what one begun cold would be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import warm

TELLS = """
import os, sys
print(sys.argv[1:], os.getcwd(), os.environ.get("CITY"), os.getppid() > 1, sys.stdin.read())
print([name for name in sys.modules if name.split(".")[0] in ("bot", "db", "config")])
"""
ENDS = {
    "of itself": "print('done')",
    "with a number": "import sys; print('wrong', file=sys.stderr); sys.exit(3)",
    "with words": "import sys; sys.exit('wrong')",
    "by a bug": "import os; os.nothing",
    "by a signal": "import os; os.kill(os.getpid(), 9)",
    "with a hook": "import sys; sys.excepthook = lambda *_: print('hooked'); 1 / 0",
    "with what is done last": "import atexit; atexit.register(print, 'last')",
}


def cold(code: str, *words: str, folder: Path, city: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder, env=os.environ | {"CITY": city}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, last(done.stderr)


def warmed(code: str, *words: str, folder: Path, city: str) -> tuple[int, str, str]:
    there = os.environ | {"CITY": city}
    done = warm.runs(*words, code=code, folder=folder, environment=there)
    return done.returncode, done.stdout, last(done.stderr)


def last(error: str) -> str:
    """Without the frames of a traceback, which begin elsewhere."""
    return error.splitlines()[-1] if error else ""


@pytest.mark.parametrize("end", ENDS)
def test_it_ends_as_a_cold_one(tmp_path: Path, end: str) -> None:
    assert warmed(ENDS[end], folder=tmp_path, city="") == cold(ENDS[end], folder=tmp_path, city="")


def test_it_stands_where_it_should_and_none_of_ours_is_loaded(tmp_path: Path) -> None:
    told = warmed(TELLS, "3", "a b", folder=tmp_path, city="Kota Baubau")

    assert told == cold(TELLS, "3", "a b", folder=tmp_path, city="Kota Baubau")
    assert told[1].endswith("\n[]\n")


def test_it_imports_from_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("print('mine')")
    done = warm.runs(module="mine", folder=tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, "mine\n", "")
