"""Debts: what the bot owes whom, as facts. Every key is built here, from what never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

NOT_SAID = ("part", "elsewhere")  # how far a sending came


@dataclass(frozen=True, slots=True)
class Debt:
    """For an OPD's group, for the holder of a post, or for one person (while in that post)."""

    key: str
    kind: str
    day: date | None = None
    opd_id: int | None = None
    post_id: int | None = None
    user_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def recipient(self) -> tuple[int | None, int | None]:
        return self.opd_id, self.user_id

    @property
    def part(self) -> int:
        return int(self.facts.get("part", 1))


def reminder(code: str, opd_id: int, day: date) -> Debt:
    return Debt(f"reminder:{code}:{day}", "reminder", day, opd_id=opd_id)


def reminder_in_private(code: str, opd_id: int, day: date, to: tuple[int, int]) -> Debt:
    """`to`: post and user, where the OPD has no group that can be reached."""
    post_id, user_id = to
    key = f"reminder:{code}:{day}:{user_id}"
    return Debt(key, "reminder", day, opd_id=opd_id, post_id=post_id, user_id=user_id)


def digest(post_id: int, user_id: int, day: date) -> Debt:
    """One a day for each person, whatever the posts they hold."""
    return Debt(f"digest:{user_id}:{day}", "digest", day, None, post_id, user_id)


def escalated(opd_id: int, to: tuple[int, int], day: date) -> Debt:
    """`to`: the OPD's head, post and user, who hears in private what is late for too long."""
    post_id, user_id = to
    key = f"escalated:{opd_id}:{day}:{user_id}"
    return Debt(key, "escalated", day, opd_id, post_id, user_id)


def notice(kind: str, source: str, opd_id: int, **facts: Any) -> Debt:
    """The OPD's group hears of what somebody's message or press (`source`) changed."""
    return Debt(f"{kind}:{opd_id}:{source}", kind, opd_id=opd_id, facts=facts)


def notice_in_private(
    kind: str, source: str, opd_id: int, to: tuple[int, int], **facts: Any
) -> Debt:
    """`to`: post and user, where the OPD has no group that can be reached."""
    post_id, user_id = to
    key = f"{kind}:{opd_id}:{source}:u{user_id}"
    return Debt(key, kind, None, opd_id, post_id, user_id, facts)


def letter(kind: str, source: str, user_id: int, post_id: int | None = None, **facts: Any) -> Debt:
    """One person hears of it in private."""
    return Debt(f"{kind}:u{user_id}:{source}", kind, None, None, post_id, user_id, facts)


def outage(opd_id: int, outage_id: int, day: date) -> Debt:
    key = f"outage:{opd_id}:{outage_id}"
    return Debt(key, "outage", day, opd_id=opd_id, facts={"outage": outage_id})


def next_part(debt: Debt) -> Debt:
    """The part that follows the one that `debt` is."""
    part = debt.part + 1
    return replace(debt, key=f"{_whole(debt.key)}#{part}", facts=debt.facts | {"part": part})


def for_person(debt: Debt, to: tuple[int, int]) -> Debt:
    """What was owed to an OPD's group, or to another of its people, owed to this one (`to`: post
    and user), from the beginning."""
    post_id, user_id = to
    key, facts = f"{_of_group(debt)}:u{user_id}", _from_the_beginning(debt.facts)
    return Debt(key, debt.kind, debt.day, debt.opd_id, post_id, user_id, facts)


def for_group(debt: Debt) -> Debt:
    """What was owed to one of an OPD's people, owed to its group, from the beginning."""
    facts = _from_the_beginning(debt.facts)
    return Debt(_of_group(debt), debt.kind, debt.day, debt.opd_id, facts=facts)


def is_same(one: Debt, other: Debt) -> bool:
    """Whether they say the same thing, to whomever of the OPD."""
    return _of_group(one) == _of_group(other)


def _whole(key: str) -> str:
    return key.partition("#")[0]


def _of_group(debt: Debt) -> str:
    return _whole(debt.key).removesuffix(f":u{debt.user_id}")


def _from_the_beginning(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if name not in NOT_SAID}
