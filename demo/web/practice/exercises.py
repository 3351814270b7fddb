"""What a secretary practises: what is asked, and what must have come of it."""

from __future__ import annotations

from dataclasses import dataclass

PART = "DINKES"
"""The OPD whose secretary practises, in its group."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """`verb` done to exactly these `numbers` (none: to any one item); `link`: with evidence;
    `by_button`: without a word written. `right` is what would have been right."""

    title: str
    text: str
    verb: str
    numbers: frozenset[int] = frozenset()
    link: bool = False
    by_button: bool = False
    right: str = ""


EXERCISES = (
    Exercise(
        "Dua butir sekaligus", "Butir 5 dan 8 sudah selesai. Konfirmasi keduanya di grup,"
        " sebaiknya dengan satu pesan.", "submit", frozenset({5, 8}), right="/done 5, 8",
    ),
    Exercise(
        "Rentang dengan bukti", "Butir 16 sampai 18 selesai; buktinya ada di"
        " https://drive.example/bukti. Konfirmasi ketiganya dengan bukti itu.", "submit",
        frozenset({16, 17, 18}), link=True, right="/done 16-18 https://drive.example/bukti",
    ),
    Exercise(
        "Batalkan", "Ternyata butir 8 belum selesai. Batalkan konfirmasinya.", "withdraw",
        frozenset({8}), right="/batalkan 8",
    ),
    Exercise(
        "Tanpa mengetik nomor", "Buka daftar dengan /daftar, pilih sebuah butir yang belum"
        " dikonfirmasi, lalu konfirmasi dengan tombolnya.", "submit", by_button=True,
        right="/daftar",
    ),
)  # fmt: skip
