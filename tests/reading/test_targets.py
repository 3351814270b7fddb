"""Whom a command is for: everybody, OPD, items, bundles, programmes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.refusals import (
    BackwardRange,
    BadNumbers,
    LongNumber,
    NoNumbers,
    NoTarget,
    TooManyNumbers,
    UnknownTarget,
)
from bot.reading.targets import (
    OfBundle,
    OfOpd,
    OfProgramme,
    Target,
    Unclear,
    closest,
    item_target,
    item_target_and_reason,
    only_target,
    target,
)
from db.refusal import Refusal
from tests.reading.said import HOSTILE, outcome, quote

KNOWN = ("DINKES", "DINSOS", "KOMINFO", "KEC-WUA-WUA", "KEC-KENDARI", "DP3A", "A_B", "24")
PROGRAMMES = ("PEKPPP", "LKE-ZI", "Spbe")
EVERYBODY = tuple(sorted(KNOWN))


@pytest.mark.parametrize(
    ("text", "codes", "rest"),
    [
        ("DINKES", ("DINKES",), ""),
        ("dinkes 30/9 Laporan", ("DINKES",), "30/9 Laporan"),
        (" Dinkes  30/9", ("DINKES",), "30/9"),
        ("DINKES: 30/9", ("DINKES",), "30/9"),
        ("DINKES,DINSOS 30/9", ("DINKES", "DINSOS"), "30/9"),
        ("DINKES, DINSOS 30/9", ("DINKES", "DINSOS"), "30/9"),
        ("DINKES ,DINSOS 30/9", ("DINKES", "DINSOS"), "30/9"),
        ("DINKES , dinsos,kominfo 30/9", ("DINKES", "DINSOS", "KOMINFO"), "30/9"),
        ("DINSOS dan DINKES besok", ("DINSOS", "DINKES"), "besok"),
        ("DINSOS, DINKES dan KOMINFO besok", ("DINSOS", "DINKES", "KOMINFO"), "besok"),
        ("DINSOS & DINKES besok", ("DINSOS", "DINKES"), "besok"),
        ("DINKES\nDINSOS\nbesok", ("DINKES", "DINSOS"), "besok"),
        ("DINKES DINSOS 30/9", ("DINKES", "DINSOS"), "30/9"),
        ("DINKES, DINKES", ("DINKES",), ""),
        ("DINKES,", ("DINKES",), ""),
        ("kec-wua-wua H+14", ("KEC-WUA-WUA",), "H+14"),
        ("dp3a a_b 30/9", ("DP3A", "A_B"), "30/9"),
        ("24 30/9", ("24",), "30/9"),
        ("DINKES, 24 30/9", ("DINKES", "24"), "30/9"),
        ("DINKES 24 September", ("DINKES",), "24 September"),
        ("DINKES 30/9 Laporan,  DINSOS", ("DINKES",), "30/9 Laporan,  DINSOS"),
        ("DINKES <b>{{ x }}</b>", ("DINKES",), "<b>{{ x }}</b>"),
    ],
)
def test_opd(text: str, codes: tuple[str, ...], rest: str) -> None:
    assert target(text, KNOWN) == Target(codes, False, rest)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("semua", ""),
        ("SEMUA 30/9 Laporan", "30/9 Laporan"),
        (" Semua  besok", "besok"),
        ("semua OPD 30/9", "30/9"),
        ("semua: 30/9", "30/9"),
        ("semua opdracht", "opdracht"),
        ("semua kecuali DINKES", "kecuali DINKES"),
    ],
)
def test_everybody(text: str, rest: str) -> None:
    assert target(text, KNOWN) == Target(EVERYBODY, True, rest)


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        ("DINKS 30/9", "DINKS", "DINKES"),
        ("dinkess", "DINKESS", "DINKES"),
        ("WUA-WUA", "WUA-WUA", "KEC-WUA-WUA"),
        ("kendari", "KENDARI", "KEC-KENDARI"),
        ("DINKES, DINSO 30/9", "DINSO", "DINSOS"),
        ("DINKES dan KOMINF", "KOMINF", "KOMINFO"),
        ("DINKES, XYZQ, DINSOS", "XYZQ", None),
        ("DINKES, 30/9", "30/9", None),
        ("DINKES, semua", "SEMUA", None),
        ("semuanya", "SEMUANYA", None),
        ("<b>DINKES</b>", "<B>DINKES</B>", "DINKES"),
        ("٣", "٣", None),
        (",", ",", None),
        ("x" * 4096, "X" * 39 + "…", None),
    ],
)
def test_one_unknown_code_refuses_the_whole(text: str, code: str, near: str | None) -> None:
    with pytest.raises(UnknownTarget) as refused:
        target(text, KNOWN)

    assert refused.value.code == code
    assert near is None or refused.value.closest[0] == near


@pytest.mark.parametrize("text", ["", " ", "\n\u200b"])
def test_somebody_must_be_named(text: str) -> None:
    for read in (target, only_target):
        with pytest.raises(NoTarget):
            read(text, KNOWN)
    for read_items in (item_target, item_target_and_reason):
        with pytest.raises(NoTarget):
            read_items(text, KNOWN, PROGRAMMES)


def test_where_nothing_may_follow_it_is_named() -> None:
    assert only_target("DINKES dan DINSOS", KNOWN).codes == ("DINKES", "DINSOS")
    with pytest.raises(UnknownTarget) as refused:
        only_target("semua kecuali DINKES", KNOWN)

    assert refused.value.code == "KECUALI"


def test_the_closest_are_three_at_most() -> None:
    assert closest("KEC-", ["KEC-A", "KEC-B", "KEC-C", "KEC-D"]) == ("KEC-D", "KEC-C", "KEC-B")
    assert closest("X" * 10_000, KNOWN) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("DINKES 3 30/9", OfOpd("DINKES", (3,), "30/9")),
        ("dinkes 3 30/9 cuti bersama", OfOpd("DINKES", (3,), "30/9 cuti bersama")),
        ("DINKES 3, 7 30 September 2026", OfOpd("DINKES", (3, 7), "30 September 2026")),
        ("DINKES 3-5 H+14", OfOpd("DINKES", (3, 4, 5), "H+14")),
        ("DINKES 3 30 September", OfOpd("DINKES", (3,), "30 September")),
        ("DINKES 3, 30 September", OfOpd("DINKES", (3,), "30 September")),
        ("DINKES 3 30-9-2026", OfOpd("DINKES", (3,), "30-9-2026")),
        ("DINKES 3 2026-09-30", OfOpd("DINKES", (3,), "2026-09-30")),
        ("DINKES 3 5 hari lagi", OfOpd("DINKES", (3,), "5 hari lagi")),
        ("DINKES no. 3 dan 4 Senin", OfOpd("DINKES", (3, 4), "Senin")),
        ("DINKES, 3 besok", OfOpd("DINKES", (3,), "besok")),
        ("DINKES 3: besok", OfOpd("DINKES", (3,), "besok")),
        ("24 3 30/9", OfOpd("24", (3,), "30/9")),
        ("kec-wua-wua 3 30/9", OfOpd("KEC-WUA-WUA", (3,), "30/9")),
        ("T12 30/9", OfBundle(12, "30/9")),
        ("t12 30/9", OfBundle(12, "30/9")),
        ("T12", OfBundle(12, "")),
        ("T12: 30/9", OfBundle(12, "30/9")),
        ("PEKPPP 30/9", OfProgramme("PEKPPP", "30/9")),
        ("lke-zi 30 September", OfProgramme("LKE-ZI", "30 September")),
        ("SPBE besok", OfProgramme("Spbe", "besok")),
    ],
)
def test_items_before_a_date(text: str, said: object) -> None:
    assert item_target(text, KNOWN, PROGRAMMES) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("DINKES 3 dobel", OfOpd("DINKES", (3,), "dobel")),
        ("DINKES 3, 7 dobel", OfOpd("DINKES", (3, 7), "dobel")),
        ("DINKES 3 7", OfOpd("DINKES", (3, 7), "")),
        ("DINKES 3 14: dobel", OfOpd("DINKES", (3, 14), "dobel")),
        ("DINKES 3: 14 komponen dobel", OfOpd("DINKES", (3,), "14 komponen dobel")),
        ("DINKES 3 12/9 sudah", OfOpd("DINKES", (3,), "12/9 sudah")),
        (
            "DINKES 3 14 komponen",
            Unclear(
                OfOpd("DINKES", (3,), "14 komponen"),
                OfOpd("DINKES", (3, 14), "komponen"),
            ),
        ),
        ("T12 dobel", OfBundle(12, "dobel")),
        ("T12, salah ketik", OfBundle(12, "salah ketik")),
        ("T12 3 OPD keliru", OfBundle(12, "3 OPD keliru")),
        ("PEKPPP selesai", OfProgramme("PEKPPP", "selesai")),
    ],
)
def test_items_before_a_reason(text: str, said: object) -> None:
    assert item_target_and_reason(text, KNOWN, PROGRAMMES) == said


@pytest.mark.parametrize(
    ("text", "kind", "facts"),
    [
        ("DINKES", NoNumbers, {}),
        ("DINKES besok", BadNumbers, {"said": "besok"}),
        ("DINKES 30/9", BadNumbers, {"said": "30/9"}),
        ("DINKES, KOMINFO 3 30/9", BadNumbers, {"said": "KOMINFO 3 30/9"}),
        ("DINKES 9-3 30/9", BackwardRange, {"first": 9, "last": 3}),
        ("DINKES 1-999 30/9", TooManyNumbers, {"count": 999}),
        ("DINKES 1234567 30/9", LongNumber, {}),
        ("DINKS 3 30/9", UnknownTarget, {"code": "DINKS"}),
        ("PEKPP 30/9", UnknownTarget, {"code": "PEKPP", "closest": ("PEKPPP",)}),
        ("3 30/9", UnknownTarget, {"code": "3"}),
        ("semua 3 30/9", UnknownTarget, {"code": "SEMUA"}),
        ("T 30/9", UnknownTarget, {"code": "T"}),
        ("T1x 30/9", UnknownTarget, {"code": "T1X"}),
        ("T9999999999 30/9", UnknownTarget, {"code": "T9999999999"}),
        ("T12, T13 salah", UnknownTarget, {"code": "T12, T13 salah"}),
        ("T12 T13", UnknownTarget, {"code": "T12 T13"}),
    ],
)
def test_refusals(text: str, kind: type[Refusal], facts: dict[str, Any]) -> None:
    for read in (item_target, item_target_and_reason):
        with pytest.raises(Refusal) as refused:
            read(text, KNOWN, PROGRAMMES)

        assert type(refused.value) is kind
        assert facts.items() <= vars(refused.value).items()


PIECES = st.sampled_from([
    "DINKES", "dinsos", "24", "semua", "OPD", "T12", "PEKPPP", ",", "dan", "&", ":", "3", "7-9",
    "30/9", "September", " ", "\n", "kecuali", "<b>", "٣",
])  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    for said in (outcome(target, text, KNOWN), outcome(only_target, text, KNOWN)):
        assert len(quote(said)) <= 40
        assert not isinstance(said, Target) or (said.codes and set(said.codes) <= set(KNOWN))
    for read in (item_target, item_target_and_reason):
        assert len(quote(outcome(read, text, KNOWN, PROGRAMMES))) <= 40


@pytest.mark.parametrize("times", [1, 20])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_read_or_refused(text: str, times: int) -> None:
    for before in ("", "DINKES ", "T1 "):
        said = before + text * times

        assert len(quote(outcome(target, said, KNOWN))) <= 40
        for read in (item_target, item_target_and_reason):
            assert len(quote(outcome(read, said, KNOWN, PROGRAMMES))) <= 40
