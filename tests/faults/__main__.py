"""Print what happened beside what should have, fault by fault: `python -m tests.faults`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

STORY = Path(__file__).parent.parent / "test_faults.py"


class Table:
    """Collects what each test noted, and prints a table for each story."""

    def __init__(self) -> None:
        self.story = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        noted = dict(report.user_properties)
        if report.when != "call" or "should" not in noted:
            return
        story, _, fault = report.location[2].partition("[")
        if story != self.story:
            self.story = story
            print(f"\n{story.removeprefix('test_').replace('_', ' ')}")
        mark = "as it should" if report.passed else f"NOT {noted['should']}"
        print(f"  {fault.rstrip(']'):34} {noted['happened']!s:44} {mark}")


if __name__ == "__main__":
    quietly = [
        "-q",
        "--no-header",
        "--show-capture=no",
        "-p",
        "no:terminal",
        "-p",
        "no:xdist",
        "-s",
    ]
    sys.exit(pytest.main([*quietly, str(STORY)], plugins=[Table()]))
