"""Print what happened beside what should have, fault by fault: `python -m tests.faults`; or what
happened in N cities in which everything fails at random: `python -m tests.faults random N [SEED]`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO

import pytest

TESTS = Path(__file__).parent.parent


class Table:
    """Collects what each test noted, and prints a table for each story."""

    def __init__(self, out: TextIO) -> None:
        self.out, self.story, self.wrong = out, "", 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        noted = dict(report.user_properties)
        if report.when != "call" or "should" not in noted:
            self.wrong += report.failed
            return
        story, _, fault = report.location[2].partition("[")
        if story != self.story:
            self.story = story
            self._say(f"\n{story.removeprefix('test_').replace('_', ' ')}")
        self.wrong += report.failed
        beside = "as it should" if report.passed else f"SHOULD: {noted['should']}"
        self._say(f"  {fault.rstrip(']'):34} {noted['happened']!s:48} {beside}")

    def _say(self, line: str) -> None:
        print(line, file=self.out, flush=True)


def main(*said: str) -> int:
    """What the tests log is kept out of the table."""
    story = TESTS / "test_faults.py"
    if said:
        story = TESTS / "test_faults_at_random.py"
        os.environ |= dict(zip(("TUNTAS_SEEDS", "TUNTAS_SEED"), said[1:], strict=False))
    with os.fdopen(os.dup(sys.stdout.fileno()), "w") as out:
        table = Table(out)
        plugins = ["-p", "no:terminal", "-p", "no:xdist", "-p", "no:cacheprovider"]
        pytest.main([*plugins, str(story)], plugins=[table])
        print(f"\n{table.wrong} otherwise than they should", file=out)
    return int(table.wrong > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
