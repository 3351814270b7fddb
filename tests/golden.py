"""Golden files: what a message looks like, kept beside the tests and read as people would."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check(name: str, text: str) -> None:
    """As tests/golden/NAME.txt says; with TUNTAS_GOLDEN=record that file is written anew."""
    file = FOLDER / f"{name}.txt"
    if os.environ.get("TUNTAS_GOLDEN") == "record":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", encoding="utf-8")
    kept = file.read_text(encoding="utf-8") if file.exists() else ""

    assert text + "\n" == kept, f"{file} says otherwise: TUNTAS_GOLDEN=record writes it anew"
