"""An obstacle as people write it: the item, the category if it comes first, the words."""

from __future__ import annotations

import pytest

from bot.reading import obstacles
from bot.reading.obstacles import CATEGORIES, NoObstacleNamed, NoWords, OneItem, Told
from db.refusal import Refusal


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3 server mati", Told(3, "", "server mati")),
        ("no. 3: server mati", Told(3, "", "server mati")),
        ("3 2 komputer rusak", Told(3, "", "2 komputer rusak")),
        ("3: 2 komputer rusak", Told(3, "", "2 komputer rusak")),
        ("3 anggaran belum cair", Told(3, "anggaran", "anggaran belum cair")),
        ("3 Anggaran: belum cair", Told(3, "anggaran", "belum cair")),
        ("3: sarana: anggaran: keduanya", Told(3, "sarana", "anggaran: keduanya")),
        ("3 Sarana/aplikasi server mati", Told(3, "sarana", "server mati")),
        ("3 Kewenangan/pihak lain: izin pusat", Told(3, "kewenangan", "izin pusat")),
        ("3 pihak ketiga belum setuju", Told(3, "kewenangan", "pihak ketiga belum setuju")),
        ("3 dokumentasi belum ada", Told(3, "", "dokumentasi belum ada")),
        ("3 datanya belum ada", Told(3, "", "datanya belum ada")),
    ],
)
def test_the_words_are_taken_as_they_are(text: str, told: Told) -> None:
    assert obstacles.told(text) == told


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.code)
def test_each_label_and_each_word_names_its_category(category: obstacles.Category) -> None:
    for name in (category.label, *category.words):
        assert obstacles.told(f"3 {name}: belum ada") == Told(3, category.code, "belum ada")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", OneItem),
        ("server mati", OneItem),
        ("3, 7 server mati", OneItem),
        ("7-3 server mati", OneItem),
        ("1-999 server mati", OneItem),
        ("3", NoWords),
        ("3 SDM", NoWords),
        ("3 Sarana/aplikasi:", NoWords),
    ],
)
def test_what_says_too_little_is_refused(text: str, kind: type[Refusal]) -> None:
    with pytest.raises(kind):
        obstacles.told(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("K7 sudah dikirim", (7, "sudah dikirim")),
        ("k7: sudah dikirim", (7, "sudah dikirim")),
        ("7 sudah dikirim", (7, "sudah dikirim")),
        ("K 7, sudah dikirim", (7, "sudah dikirim")),
        ("K7", (7, "")),
    ],
)
def test_an_obstacle_is_named_by_its_number(text: str, said: tuple[int, str]) -> None:
    assert obstacles.numbered(text, "jawab") == said


@pytest.mark.parametrize("text", ["", "sudah dikirim", "K7a sudah", "K sudah", "K1234567890"])
def test_what_is_no_number_of_an_obstacle_is_refused(text: str) -> None:
    with pytest.raises(NoObstacleNamed):
        obstacles.numbered(text, "jawab")


def test_a_later_deadline_is_that_of_one_item() -> None:
    assert obstacles.before_date("3: 5 Desember menunggu") == (3, "5 Desember menunggu")
    for text in ("", "besok", "3, 4 besok", "4-3 besok"):
        with pytest.raises(OneItem):
            obstacles.before_date(text)
