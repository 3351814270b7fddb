"""A Python in which the libraries are loaded, and none of our modules: it forks for each process
that is asked for on its standard input (tests.warm), which then goes on as one that was begun cold.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import sys
from typing import Any

LIBRARIES = (
    "aiosqlite", "alembic.command", "alembic.config", "apscheduler.schedulers.asyncio",
    "babel.dates", "babel.numbers", "holidays", "httpx", "jinja2", "openpyxl",
    "pydantic_settings", "sqlalchemy.dialects.postgresql", "sqlalchemy.ext.asyncio",
    "sqlalchemy.orm", "structlog", "telegram.ext", "typer.main",
)  # fmt: skip


def serve() -> dict[str, Any] | None:
    """In each child what it is to be; None in the parent, when nobody asks for more."""
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        if not (child := os.fork()):
            asked: dict[str, Any] = json.loads(line)
            answers.close()
            return asked
        print(child, file=answers, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)
    return None


def become(asked: dict[str, Any]) -> None:
    for number, path in enumerate((os.devnull, asked["out"], asked["err"])):
        opened = os.open(path, os.O_RDWR)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["-c", *asked["words"]]
    sys.path[0] = asked["folder"] if asked["module"] else ""


if __name__ == "__main__":
    for library in LIBRARIES:
        importlib.import_module(library)
    gc.freeze()
    if (process := serve()) is not None:
        become(process)
        if process["module"]:
            runpy.run_module(process["module"], run_name="__main__", alter_sys=True)
        else:
            exec(compile(process["code"], "<string>", "exec"), {"__name__": "__main__"})
