"""`/undang kepala DINKES plt`: a post as people name it, in any order of the words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.models import Acting, Role

ROLES = {
    "koordinator": Role.COORDINATOR,
    "sekda": Role.SEKDA,
    "sekretaris": Role.SECRETARY,
    "kepala": Role.HEAD,
    "operator": Role.OPERATOR,
    "pengawas": Role.AUDITOR,
} | {role.value: role for role in Role}
ACTING = {acting.value: acting for acting in Acting if acting}
SEKDA = re.compile(r"\bsekretaris\s+daerah\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """`rest`: the other words, in order: an OPD's code, somebody's name."""

    role: Role | None = None
    acting: Acting = Acting.NO
    rest: tuple[str, ...] = ()


def post(text: str) -> Named:
    """The first word that names a post is it; what is not understood is the rest."""
    role, acting, rest = None, Acting.NO, []
    for word in SEKDA.sub("sekda", text).split():
        plain = word.lower().rstrip(".")
        if role is None and plain in ROLES:
            role = ROLES[plain]
        elif not acting and plain in ACTING:
            acting = ACTING[plain]
        else:
            rest.append(word)
    return Named(role, acting, tuple(rest))
