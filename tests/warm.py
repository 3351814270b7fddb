"""Processes of their own, without the half second that each would need to load the libraries."""

from __future__ import annotations

import atexit
import functools
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0  # seconds
Ended = subprocess.CompletedProcess[str]


def runs(
    *words: object,
    module: str = "",
    code: str = "",
    folder: Path = ROOT,
    environment: Mapping[str, str] = os.environ,
) -> Ended:
    """`python -m module words…`, or `python -c code words…`, to its end."""
    with tempfile.TemporaryDirectory() as place:
        out, err = Path(place, "out"), Path(place, "err")
        out.touch()
        err.touch()
        given = [str(word) for word in words]
        asked = {
            "module": module, "code": code, "words": given, "folder": str(folder),
            "environment": dict(environment), "out": str(out), "err": str(err),
        }  # fmt: skip
        return Ended(given, _asks(asked), out.read_text(), err.read_text())


def _asks(process: dict[str, object]) -> int:
    """The exit code, negative where a signal ended it. One that goes on and on is ended."""
    python = _warm()
    assert python.stdin
    assert python.stdout
    print(json.dumps(process), file=python.stdin, flush=True)
    child = int(python.stdout.readline())
    impatience = threading.Timer(PATIENCE, os.kill, (child, signal.SIGKILL))
    impatience.start()
    try:
        return int(python.stdout.readline())
    finally:
        impatience.cancel()


@functools.cache
def _warm() -> subprocess.Popen[str]:
    python = subprocess.Popen(
        [sys.executable, "-m", "tests.warm_python"],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    atexit.register(_ends, python)
    return python


def _ends(python: subprocess.Popen[str]) -> None:
    assert python.stdin
    python.stdin.close()
    python.wait()
    assert python.stdout
    python.stdout.close()
