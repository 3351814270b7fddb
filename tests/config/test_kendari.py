"""What ships for Kota Kendari is whole, and titles follow the kind of OPD."""

import csv
import re
from pathlib import Path

import pytest

from config import kendari
from config.titles import Titles, titles


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def test_the_opd():
    opd = rows(kendari.OPD)

    assert len(opd) == len({row["code"] for row in opd}) == len({row["name"] for row in opd}) == 44
    assert all(re.fullmatch(r"[A-Z0-9_-]{2,20}", row["code"]) for row in opd)
    assert {row["kind"] for row in opd} == {row["kind"] for row in rows(kendari.KINDS)}


def test_titles_that_differ_from_their_kind():
    special = {
        row["code"]: (row["head_title"], row["secretary_title"])
        for row in rows(kendari.OPD)
        if row["head_title"] or row["secretary_title"]
    }

    assert special == {
        "SETDA": ("Sekretaris Daerah", "Kepala Bagian Umum"),
        "SETWAN": ("Sekretaris DPRD", "Kepala Bagian Umum"),
        "SATPOLPP": ("Kepala Satuan", ""),
        "BPBD": ("Kepala Pelaksana", ""),
    }


@pytest.mark.parametrize(
    ("kind", "head", "secretary"),
    [
        ("dinas", "Kepala Dinas", "Sekretaris"),
        ("badan", "Kepala Badan", "Sekretaris"),
        ("inspektorat", "Inspektur", "Sekretaris Inspektorat"),
        ("rsud", "Direktur", "Kepala Bagian Tata Usaha"),
        ("kecamatan", "Camat", "Sekretaris Kecamatan"),
        ("Kecamatan ", "Camat", "Sekretaris Kecamatan"),
        ("sekretariat", "Kepala Sekretariat", "Kepala Bagian Umum"),
        ("uptd", "Kepala", "Sekretaris"),
        ("", "Kepala", "Sekretaris"),
    ],
)
def test_titles(kind: str, head: str, secretary: str):
    assert titles(kind) == Titles(head, secretary)


def test_the_instrument():
    indicators = rows(kendari.CHECKLIST)

    assert [int(row["number"]) for row in indicators] == list(range(1, 32))
    assert all(row["title"] and row["evidence"] for row in indicators)


def test_its_weights_sum_to_a_hundred_in_every_aspect_and_over_all():
    scored = rows(kendari.CHECKLIST)[:30]
    aspects = {row["aspect"]: int(row["aspect_weight_pct"]) for row in scored}

    assert len(aspects) == 6
    assert sum(aspects.values()) == 100
    for aspect in aspects:
        weights = [int(r["weight_in_aspect_pct"]) for r in scored if r["aspect"] == aspect]
        assert sum(weights) == 100, aspect


def test_the_heaviest_indicators_are_those_the_sources_name():
    weight = {
        int(row["number"]): int(row["aspect_weight_pct"]) * int(row["weight_in_aspect_pct"])
        for row in rows(kendari.CHECKLIST)
    }
    heaviest = sorted(weight, key=lambda number: -weight[number])[:6]

    assert weight[14] == 750
    assert set(heaviest) == {14, 29, 30, 11, 12, 13}
    assert weight[31] == 0
