"""Lists of items as people type them: each form, each doubt, each refusal."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.numbers import (
    Ambiguous,
    Numbers,
    code_first,
    links,
    numbers,
    numbers_before_date,
    ranges,
)
from bot.reading.refusals import (
    BackwardRange,
    BadNumbers,
    LongNumber,
    NoNumbers,
    TooManyNumbers,
)
from db.refusal import Refusal
from tests.reading.said import HOSTILE, outcome, quote

LISTS = [
    ("3", (3,)),
    (" 3 ", (3,)),
    ("3, 7", (3, 7)),
    ("3,7", (3, 7)),
    ("3 ,7", (3, 7)),
    ("3;7", (3, 7)),
    ("3, 7, 12", (3, 7, 12)),
    ("3,, 7", (3, 7)),
    ("3,", (3,)),
    ("3.", (3,)),
    ("3)", (3,)),
    ("3:", (3,)),
    ("7, 3", (3, 7)),
    ("3, 3", (3,)),
    ("3 dan 7", (3, 7)),
    ("3 DAN 7", (3, 7)),
    ("3, dan 7", (3, 7)),
    ("3, 5 dan 7", (3, 5, 7)),
    ("3 & 7", (3, 7)),
    ("3&7", (3, 7)),
    ("3 + 7", (3, 7)),
    ("3 7", (3, 7)),
    ("3 7 14", (3, 7, 14)),
    ("3\n7\n14", (3, 7, 14)),
    ("3\u00a07", (3, 7)),
    ("3\u20037", (3, 7)),
    ("\u200e3", (3,)),
    ("5-8", (5, 6, 7, 8)),
    ("5–8", (5, 6, 7, 8)),
    ("5 — 8", (5, 6, 7, 8)),
    ("5--8", (5, 6, 7, 8)),
    ("5 - 8", (5, 6, 7, 8)),
    ("5 s.d. 8", (5, 6, 7, 8)),
    ("5 s.d 8", (5, 6, 7, 8)),
    ("5 S.D. 8", (5, 6, 7, 8)),
    ("5 s/d 8", (5, 6, 7, 8)),
    ("5 sd 8", (5, 6, 7, 8)),
    ("5sd8", (5, 6, 7, 8)),
    ("5 sampai 8", (5, 6, 7, 8)),
    ("5 sampai dengan 8", (5, 6, 7, 8)),
    ("5 hingga 8", (5, 6, 7, 8)),
    ("3-3", (3,)),
    ("1, 5-8, 3 dan 11 s.d. 12", (1, 3, 5, 6, 7, 8, 11, 12)),
    ("1 5-6", (1, 5, 6)),
    ("no. 3", (3,)),
    ("no 3", (3,)),
    ("No.3", (3,)),
    ("no3", (3,)),
    ("nomor 3", (3,)),
    ("nomer 3", (3,)),
    ("butir 3", (3,)),
    ("Butir No. 3", (3,)),
    ("#3", (3,)),
    ("# 3", (3,)),
    ("#3, #7", (3, 7)),
    ("#3 #7", (3, 7)),
    ("#3#7", (3, 7)),
    ("butir 3 dan butir 7", (3, 7)),
    ("no. 5 s.d. no. 8", (5, 6, 7, 8)),
    ("03", (3,)),
    ("0", (0,)),
    ("0-2", (0, 1, 2)),
    ("999999", (999999,)),
    ("1-200", tuple(range(1, 201))),
    ("1-200, 1-200", tuple(range(1, 201))),
]


@pytest.mark.parametrize(("text", "said"), LISTS)
def test_lists(text: str, said: tuple[int, ...]) -> None:
    assert numbers(text) == Numbers(said, "")


NOTES = [
    ("3 sudah lengkap", (3,), "sudah lengkap"),
    ("3, sudah lengkap", (3,), "sudah lengkap"),
    ("3,sudah", (3,), "sudah"),
    ("3. sudah lengkap", (3,), "sudah lengkap"),
    ("3) sudah", (3,), "sudah"),
    ("3 - sudah lengkap", (3,), "sudah lengkap"),
    ("3 – sudah", (3,), "sudah"),
    ("3-sudah", (3,), "sudah"),
    ("3: sudah", (3,), "sudah"),
    ("3 : sudah", (3,), "sudah"),
    ("3:sudah", (3,), "sudah"),
    ("3: 14 komponen lengkap", (3,), "14 komponen lengkap"),
    ("3: 14", (3,), "14"),
    ("3: -5", (3,), "-5"),
    ("3: 800123456789", (3,), "800123456789"),
    ("3 14: lengkap", (3, 14), "lengkap"),
    ("3 14 : lengkap", (3, 14), "lengkap"),
    ("3, 7: 2 berkas", (3, 7), "2 berkas"),
    ("3, 7 lengkap", (3, 7), "lengkap"),
    ("3 dan 7 lengkap", (3, 7), "lengkap"),
    ("3 dan berkasnya sudah", (3,), "dan berkasnya sudah"),
    ("3, dan berkasnya", (3,), "dan berkasnya"),
    ("3 dana desa cair", (3,), "dana desa cair"),
    ("3 & berkasnya", (3,), "berkasnya"),
    ("3 sampai selesai", (3,), "sampai selesai"),
    ("3 nomor surat 12", (3,), "nomor surat 12"),
    ("3 no surat 12", (3,), "no surat 12"),
    ("3 notulen 7", (3,), "notulen 7"),
    ("3 butiran", (3,), "butiran"),
    ("3-5 lengkap", (3, 4, 5), "lengkap"),
    ("5 s.d. 8 lengkap", (5, 6, 7, 8), "lengkap"),
    ("3 selesai 12/9", (3,), "selesai 12/9"),
    ("3 tanggal 30-9", (3,), "tanggal 30-9"),
    ("3 12/9 selesai", (3,), "12/9 selesai"),
    ("3 12/9/2026", (3,), "12/9/2026"),
    ("3 12 / 9 selesai", (3,), "12 / 9 selesai"),
    ("3, 12/9 selesai", (3,), "12/9 selesai"),
    ("3 30-9-2026 selesai", (3,), "30-9-2026 selesai"),
    ("3 2026-09-30 selesai", (3,), "2026-09-30 selesai"),
    ("3 16.00 rapat", (3,), "16.00 rapat"),
    ("3 16:00 rapat", (3,), "16:00 rapat"),
    ("3 nilai 3.5", (3,), "nilai 3.5"),
    ("3 3.5 rata-rata", (3,), "3.5 rata-rata"),
    ("3 1.364 berkas", (3,), "1.364 berkas"),
    ("3 100% lengkap", (3,), "100% lengkap"),
    ("3 97,5% lengkap", (3,), "97,5% lengkap"),
    ("3 27°C", (3,), "27°C"),
    ("3 2x diunggah", (3,), "2x diunggah"),
    ("3, 2x diunggah", (3,), "2x diunggah"),
    ("3 7a lengkap", (3,), "7a lengkap"),
    ("3 08123456789 hubungi", (3,), "08123456789 hubungi"),
    ("3 8️⃣", (3,), "8️⃣"),
    ("3 (2 berkas)", (3,), "(2 berkas)"),
    ("3 ✅", (3,), "✅"),
    ("3✅", (3,), "✅"),
    ("3 ?", (3,), "?"),
    ("3  dua  spasi ", (3,), "dua  spasi"),
    ("3 baris satu\nbaris dua", (3,), "baris satu\nbaris dua"),
    ("3\n\nlengkap", (3,), "lengkap"),
    ("3 https://drive.id/a?b=1", (3,), "https://drive.id/a?b=1"),
    ("3, https://drive.id/7", (3,), "https://drive.id/7"),
    ("3: https://drive.id/7", (3,), "https://drive.id/7"),
    ("3 <b>lengkap</b>", (3,), "<b>lengkap</b>"),
    ("3 {{ 7*7 }}", (3,), "{{ 7*7 }}"),
    ("3 September sudah dilaporkan", (3,), "September sudah dilaporkan"),
]


@pytest.mark.parametrize(("text", "said", "note"), NOTES)
def test_a_note_begins_where_the_list_ends(text: str, said: tuple[int, ...], note: str) -> None:
    assert numbers(text) == Numbers(said, note)


DOUBTS = [
    (
        "3 14 komponen lengkap",
        Numbers((3,), "14 komponen lengkap"),
        Numbers((3, 14), "komponen lengkap"),
    ),
    ("3 7 14 komponen", Numbers((3, 7), "14 komponen"), Numbers((3, 7, 14), "komponen")),
    ("3, 7 14 komponen", Numbers((3, 7), "14 komponen"), Numbers((3, 7, 14), "komponen")),
    ("3 14, 15 lengkap", Numbers((3,), "14, 15 lengkap"), Numbers((3, 14, 15), "lengkap")),
    ("3 5-6 lengkap", Numbers((3,), "5-6 lengkap"), Numbers((3, 5, 6), "lengkap")),
    ("3 #7 lengkap", Numbers((3,), "#7 lengkap"), Numbers((3, 7), "lengkap")),
    ("3 30 September", Numbers((3,), "30 September"), Numbers((3, 30), "September")),
    ("3, 30 Sept beres", Numbers((3,), "30 Sept beres"), Numbers((3, 30), "Sept beres")),
    ("3 dan 7 Mei", Numbers((3,), "dan 7 Mei"), Numbers((3, 7), "Mei")),
    ("3, 5 hari lagi", Numbers((3,), "5 hari lagi"), Numbers((3, 5), "hari lagi")),
    ("3 14 - lengkap", Numbers((3,), "14 - lengkap"), Numbers((3, 14), "lengkap")),
    ("3 14, lengkap", Numbers((3,), "14, lengkap"), Numbers((3, 14), "lengkap")),
]


@pytest.mark.parametrize(("text", "first", "second"), DOUBTS)
def test_a_number_that_may_begin_the_note_is_asked_about(
    text: str, first: Numbers, second: Numbers
) -> None:
    assert numbers(text) == Ambiguous(first, second)


@pytest.mark.parametrize(("text", "first", "second"), DOUBTS)
def test_both_answers_can_be_said_without_doubt(text: str, first: Numbers, second: Numbers) -> None:
    for way in (first, second):
        assert numbers(f"{', '.join(map(str, way.numbers))}: {way.note}") == way


REFUSED: list[tuple[str, type[Refusal], dict[str, Any]]] = [
    ("", NoNumbers, {"said": ""}),
    ("  \n\u200b", NoNumbers, {"said": ""}),
    ("sudah", BadNumbers, {"said": "sudah"}),
    ("no.", BadNumbers, {"said": "no."}),
    ("#", BadNumbers, {}),
    (",3", BadNumbers, {}),
    ("-3", BadNumbers, {}),
    ("+3", BadNumbers, {}),
    ("(3)", BadNumbers, {}),
    ("3.5", BadNumbers, {}),
    ("3/9", BadNumbers, {"said": "3/9"}),
    ("3 / 9", BadNumbers, {}),
    ("3/9/2026", BadNumbers, {}),
    ("30-9-2026", BadNumbers, {}),
    ("2026-09-30", BadNumbers, {}),
    ("5-8-9", BadNumbers, {}),
    ("5-8/9", BadNumbers, {}),
    ("3a", BadNumbers, {}),
    ("3sudah", BadNumbers, {}),
    ("3dan7", BadNumbers, {}),
    ("3%", BadNumbers, {}),
    ("3:14 komponen", BadNumbers, {}),
    ("16:00", BadNumbers, {}),
    ("3-", BadNumbers, {}),
    ("3 -", BadNumbers, {}),
    ("3 /", BadNumbers, {}),
    ("3 &", BadNumbers, {}),
    ("3 +", BadNumbers, {}),
    ("3 dan", BadNumbers, {}),
    ("3, dan", BadNumbers, {}),
    ("3, -5", BadNumbers, {}),
    ("3. 7", BadNumbers, {}),
    ("3 ... 7", BadNumbers, {}),
    ("3 & 12/9", BadNumbers, {}),
    ("3️⃣", BadNumbers, {}),
    ("３", BadNumbers, {}),
    ("٣", BadNumbers, {}),
    ("3, ٧", BadNumbers, {}),
    ("3 ٧", BadNumbers, {}),
    ("3 ７ lengkap", BadNumbers, {}),
    ("tiga", BadNumbers, {}),
    ("<b>3</b>", BadNumbers, {"said": "<b>3</b>"}),
    ("x" * 4096, BadNumbers, {"said": "x" * 39 + "…"}),
    ("\u202esudah", BadNumbers, {"said": "sudah"}),
    ("1000000", LongNumber, {"said": "1000000"}),
    ("0000003", LongNumber, {}),
    ("3, 1234567", LongNumber, {"said": "1234567"}),
    ("3 1234567", LongNumber, {}),
    ("1-999999999", LongNumber, {"said": "999999999"}),
    ("3" * 5000, LongNumber, {"said": "3" * 39 + "…"}),
    ("1-" + "9" * 5000, LongNumber, {}),
    ("9-3", BackwardRange, {"first": 9, "last": 3}),
    ("9 s.d. 3", BackwardRange, {"first": 9, "last": 3}),
    ("1, 30-9", BackwardRange, {"first": 30, "last": 9}),
    ("3 30-9 selesai", BackwardRange, {"first": 30, "last": 9}),
    ("1-201", TooManyNumbers, {"count": 201, "limit": 200}),
    ("1-999999", TooManyNumbers, {"count": 999999, "limit": 200}),
    ("1-100, 201-301", TooManyNumbers, {"count": 201, "limit": 200}),
    ("1-200, 999", TooManyNumbers, {"count": 201, "limit": 200}),
    (", ".join(map(str, range(1, 202))), TooManyNumbers, {"count": 201}),
]


@pytest.mark.parametrize(("text", "kind", "facts"), REFUSED)
def test_refusals(text: str, kind: type[Refusal], facts: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        numbers(text)

    assert type(refused.value) is kind
    assert facts.items() <= vars(refused.value).items()


@pytest.mark.parametrize(
    ("text", "said", "rest"),
    [
        ("3 30/9", (3,), "30/9"),
        ("3, 7 30 September 2026", (3, 7), "30 September 2026"),
        ("3 7 30/9", (3,), "7 30/9"),
        ("3-5 H+14", (3, 4, 5), "H+14"),
        ("3 30 September", (3,), "30 September"),
        ("3, 30 September", (3,), "30 September"),
        ("3, 5 hari lagi", (3,), "5 hari lagi"),
        ("3 5 hari kerja lagi", (3,), "5 hari kerja lagi"),
        ("3, 7 besok", (3, 7), "besok"),
        ("3, besok", (3,), "besok"),
        ("3: 30/9 alasan", (3,), "30/9 alasan"),
        ("3 5-9", (3,), "5-9"),
        ("3 2026-09-30", (3,), "2026-09-30"),
        ("no. 3 dan 4 Senin", (3, 4), "Senin"),
        ("3", (3,), ""),
    ],
)
def test_before_a_date_blanks_join_nothing(text: str, said: tuple[int, ...], rest: str) -> None:
    assert numbers_before_date(text) == (said, rest)


@pytest.mark.parametrize(
    "text", ["30/9", "30 September", "3 hari lagi", "besok", "3-30/9", "9-3", ""]
)
def test_before_a_date_some_item_must_stand(text: str) -> None:
    with pytest.raises((BadNumbers, BackwardRange)):
        numbers_before_date(text)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("DINKES 3, 7", ("DINKES", "3, 7")),
        ("dinkes 3", ("DINKES", "3")),
        (" Dinkes  3", ("DINKES", "3")),
        ("\u200eDINKES\u00a03", ("DINKES", "3")),
        ("kec-wua-wua 3", ("KEC-WUA-WUA", "3")),
        ("DP3A 3", ("DP3A", "3")),
        ("a_b 3", ("A_B", "3")),
        ("DINKES", ("DINKES", "")),
        ("DINKES: 3", ("DINKES", "3")),
        ("DINKES, 3", ("DINKES", "3")),
        ("DINKES\n3", ("DINKES", "3")),
        ("DINKES3", ("DINKES3", "")),
        ("sudah 3", ("SUDAH", "3")),
        ("24 3", None),
        ("5-8", None),
        ("3, 7", None),
        ("", None),
        ("<DINKES> 3", None),
        ("A" * 21 + " 3", None),
    ],
)
def test_what_may_be_an_opd_stands_first(text: str, first: tuple[str, str] | None) -> None:
    assert code_first(text) == first


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("", ()),
        ("lengkap", ()),
        ("https://drive.id/a", ("https://drive.id/a",)),
        ("lihat http://a.id/x?y=1&z=2#q.", ("http://a.id/x?y=1&z=2#q",)),
        ("(https://a.id/b), https://c.id!", ("https://a.id/b", "https://c.id")),
        ("https://a.id/x_(1)).", ("https://a.id/x_(1)",)),
        ("[a](https://a.id/b)", ("https://a.id/b",)),
        ('<a href="https://a.id/b">', ("https://a.id/b",)),
        ("HTTPS://A.id https://a.id https://a.id", ("HTTPS://A.id", "https://a.id")),
        ("https:// http://, ftp://a.id javascript:alert(1) www.a.id", ()),
    ],
)
def test_links(note: str, found: tuple[str, ...]) -> None:
    assert links(note) == found


@pytest.mark.parametrize(
    ("said", "short"),
    [
        ([], ""),
        ([3], "3"),
        ([1, 2, 3, 7], "1–3, 7"),
        ([7, 3, 1, 2, 2], "1–3, 7"),
        ([1, 2], "1, 2"),
        ([1, 2, 4, 5, 6, 8], "1, 2, 4–6, 8"),
        (range(1, 201), "1–200"),
    ],
)
def test_ranges(said: list[int], short: str) -> None:
    assert ranges(said) == short


@given(st.sets(st.integers(0, 999_999), min_size=1, max_size=200))
def test_ranges_are_read_back(said: set[int]) -> None:
    assert numbers(ranges(said)) == Numbers(tuple(sorted(said)), "")


@given(st.sets(st.integers(0, 999), min_size=1, max_size=50), st.text(max_size=60))
def test_a_colon_keeps_list_and_note_apart(said: set[int], note: str) -> None:
    read = numbers(f"{ranges(said)}: {note}")

    assert isinstance(read, Numbers)
    assert read.numbers == tuple(sorted(said))
    assert read.note in note


PIECES = st.sampled_from([
    "3", "14", "5-8", "30/9", "9", " ", ",", "dan", ":", "-", ".", "#", "no.", "s.d.", "&", "/",
    "September", "lengkap", "%", "\n", "1234567", "hari", "lagi", "٣", "\u200b", "https://a.id",
])  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (numbers, numbers_before_date):
        assert len(quote(outcome(read, text))) <= 40
    assert set(links(text)) == {link for link in links(text) if link in text}
    first = code_first(text)
    assert first is None or first[1] in text


@pytest.mark.parametrize("times", [1, 20])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_read_or_refused(text: str, times: int) -> None:
    for read in (numbers, numbers_before_date):
        assert len(quote(outcome(read, text * times))) <= 40
    assert all(link in text * times for link in links(text * times))
