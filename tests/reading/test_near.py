"""Commands that are nearly ours, and none at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.near import Meant, bare, is_one_off, meant
from tests.reading.said import HOSTILE

KNOWN = (
    "start", "bantuan", "help", "daftar", "done", "selesai", "batalkan", "batal", "bukti",
    "kendala", "tenggat", "ubah", "hapus", "tidak_relevan", "relevan", "opd", "cek", "ringkasan",
)  # fmt: skip
BOT = "Tuntas_bot"


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/done", "done", ""),
        ("/done 3", "done", "3"),
        ("/Done 3", "done", "3"),
        ("/DONE 3", "done", "3"),
        ("/done3", "done", "3"),
        ("/done3,7", "done", "3,7"),
        ("/done3, 7", "done", "3, 7"),
        ("/done3 sudah  lengkap", "done", "3 sudah  lengkap"),
        ("/selesai5-8", "selesai", "5-8"),
        ("/done#3", "done", "#3"),
        ("/done-3", "done", "3"),
        ("/done_3", "done", "3"),
        ("/done,3", "done", "3"),
        ("/done:3", "done", "3"),
        ("/done.", "done", ""),
        ("/ done 3", "done", "3"),
        (" /done 3", "done", "3"),
        ("/done\n3", "done", "3"),
        ("/done@tuntas_bot 3", "done", "3"),
        ("/done@TUNTAS_BOT 3", "done", "3"),
        ("/done3@tuntas_bot lengkap", "done", "3 lengkap"),
        ("/batal3", "batal", "3"),
        ("/batalkan3", "batalkan", "3"),
        ("/tidak_relevan DINKES 3", "tidak_relevan", "DINKES 3"),
    ],
)
def test_what_begins_with_one_of_ours_is_understood(text: str, command: str, rest: str) -> None:
    assert meant(text, KNOWN, BOT) == Meant(command, rest, is_plain=True)


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("/slesai 3", "selesai", "3"),
        ("/slesai3", "selesai", "3"),
        ("/sellesai 3", "selesai", "3"),
        ("/selesia 3", "selesai", "3"),
        ("/selesay 3", "selesai", "3"),
        ("/dnoe 3", "done", "3"),
        ("/don 3", "done", "3"),
        ("/donee 3", "done", "3"),
        ("/d0ne 3", "done", "3"),
        ("/Dome3", "done", "3"),
        ("/one 3", "done", "3"),
        ("/batl 3", "batal", "3"),
        ("/batalkn 3", "batalkan", "3"),
        ("/dafar", "daftar", ""),
        ("/odp", "opd", ""),
        ("/cekk@tuntas_bot", "cek", ""),
        ("/tidakrelevan DINKES 3", "tidak_relevan", "DINKES 3"),
        ("/tidak relevan DINKES 3", "tidak_relevan", "DINKES 3"),
        ("/tidak-relevan DINKES 3", "tidak_relevan", "DINKES 3"),
        ("/doneku 3", "done", "3"),
        ("/batalkanlah 3", "batalkan", "3"),
        ("/startgame", "start", ""),
    ],
)
def test_what_is_one_letter_off_is_answered(text: str, command: str, rest: str) -> None:
    assert meant(text, KNOWN, BOT) == Meant(command, rest, is_plain=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "//",
        "/ ",
        "/3",
        "/xyz",
        "/dxnx 3",
        "/selsia 3",
        "/done@other_bot 3",
        "/slesai@other_bot 3",
        "/done@tuntas_bot_2 3",
        "/@tuntas_bot",
        "done 3",
        "3",
        "halo /done 3",
        "／done 3",
        "/ѕelesai_ok",
    ],
)
def test_what_is_neither(text: str) -> None:
    assert meant(text, KNOWN, BOT) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("3", "3"),
        (" 3, 7 ", "3, 7"),
        ("3 dan 7", "3 dan 7"),
        ("3 7", "3 7"),
        ("5-8", "5-8"),
        ("no. 3", "no. 3"),
        ("#3", "#3"),
        ("3.", "3."),
        ("9-3", "9-3"),
        ("1-999", "1-999"),
        ("1234567", "1234567"),
        ("done 3", "3"),
        ("Done 3, 7 sudah", "3, 7 sudah"),
        ("selesai 3", "3"),
        ("done\n3", "3"),
        ("done3", "3"),
        ("done DINKES 3", "DINKES 3"),
        ("selesai no. 3: ok", "no. 3: ok"),
    ],
)
def test_in_private_numbers_or_done_need_no_slash(text: str, rest: str) -> None:
    assert bare(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "halo",
        "3 sudah",
        "3: sudah",
        "3 14 komponen",
        "3/9",
        "3.5",
        "30 September",
        "16.00",
        "done",
        "selesai",
        "selesai semua",
        "selesaikan 3",
        "donee 3",
        "/done 3",
        "٣",
    ],
)
def test_in_private_other_words_mean_nothing(text: str) -> None:
    assert bare(text) is None


LETTERS = st.characters(codec="ascii", categories=["Ll"])


@given(st.text(LETTERS, min_size=3, max_size=12), st.integers(0, 11), LETTERS)
def test_one_letter_more_less_other_or_swapped(name: str, at: int, letter: str) -> None:
    at %= len(name)
    head, tail = name[:at], name[at + 1 :]
    swapped = head + tail[:1] + name[at] + tail[1:]

    for word in {head + tail, head + letter + name[at:], head + letter + tail, swapped} - {name}:
        assert is_one_off(word, name)
        assert is_one_off(name, word)
    assert not is_one_off(name, name)
    assert not is_one_off(name + "äö", name)


@given(st.text())
def test_any_text_is_understood_or_not(text: str) -> None:
    said, alone = meant("/" + text, KNOWN, BOT), bare(text)

    assert said is None or said.command in KNOWN
    assert alone is None or alone in text


@pytest.mark.parametrize("times", [1, 20])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_understood_or_not(text: str, times: int) -> None:
    for before in ("", "/", "/done", "/don", "done"):
        said = before + text * times
        near, alone = meant(said, KNOWN, BOT), bare(said)

        assert near is None or near.command in KNOWN
        assert alone is None or alone in said
