"""How a post is named together with its OPD: `Kepala Dinas Kesehatan`, `Camat Baruga`."""

from __future__ import annotations

HOUSES = {
    "Camat": "Kecamatan",
    "Inspektur": "Inspektorat",
    "Lurah": "Kelurahan",
    "Sekretaris": "Sekretariat",
}


def in_office(title: str, opd: str) -> str:
    """What both say is said once; a title that stands for its house replaces the house."""
    words, names = title.split(), opd.split()
    if words[-1:] == names[:1]:
        return " ".join([*words, *names[1:]])
    if names and HOUSES.get(words[0]) == names[0] and names[1 : len(words)] == words[1:]:
        return " ".join([words[0], *names[1:]])
    return f"{title} {opd}"
