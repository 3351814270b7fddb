"""One thing found: how bad it is, its name, and the facts that words are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """A problem keeps something from working; a hint does not."""

    FINE = "fine"
    HINT = "hint"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """`name` is what the words of both tongues are found by (bot.cli.findings in English)."""

    kind: Kind
    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def fine(name: str, **facts: Any) -> Finding:
    return Finding(Kind.FINE, name, facts)


def hint(name: str, **facts: Any) -> Finding:
    return Finding(Kind.HINT, name, facts)


def problem(name: str, **facts: Any) -> Finding:
    return Finding(Kind.PROBLEM, name, facts)
