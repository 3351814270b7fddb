"""What can go wrong in an exercise, and how to say it to the one who did it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from demo.telegram import Bot, Message, privacy
from demo.web.facts import Deed
from demo.web.practice.exercises import Exercise

VERBS = {"submit": "mengonfirmasi", "withdraw": "membatalkan"}
BACK = {"submit": "/batalkan", "withdraw": "/done"}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was written since the exercise began, what the bot said to the newest of it, and what
    came of it all."""

    bot: Bot
    said: Message | None
    answer: Message | None
    deeds: list[Deed]
    proven: Collection[int]


def is_right(exercise: Exercise, attempt: Attempt) -> bool:
    numbers = _numbers(exercise, attempt)
    if exercise.by_button:
        return any(d.verb == exercise.verb and d.by_button for d in attempt.deeds)
    has_proof = not exercise.link or exercise.numbers <= set(attempt.proven)
    return exercise.numbers <= numbers and not numbers - exercise.numbers and has_proof


def wrong(exercise: Exercise, attempt: Attempt) -> str:
    """Empty where nothing is wrong, or not yet."""
    said = attempt.said
    if attempt.deeds:
        return _half_right(exercise, attempt)
    if said is None:
        return ""
    if said.edited:
        return (
            "Pesan yang diubah tidak dibaca lagi sebagai perintah. Kirim pesan baru:"
            f" {exercise.right}"
        )
    if not privacy.sees(attempt.bot, said):
        return (
            "Tuntas tidak mendengar pesan itu: di grup ia hanya membaca perintah, yang diawali"
            f" garis miring. Yang benar: {exercise.right}"
        )
    if attempt.answer is None or exercise.by_button:
        return ""
    return f"Belum ada yang berubah; bacalah jawaban Tuntas. Yang benar: {exercise.right}"


def _half_right(exercise: Exercise, attempt: Attempt) -> str:
    numbers = _numbers(exercise, attempt)
    if exercise.by_button:
        return "Butirnya sudah berubah, tetapi dengan perintah. Cobalah dengan tombol: /daftar"
    if others := numbers - exercise.numbers:
        return (
            f"Anda {VERBS[exercise.verb]} butir {_listed(others)}, padahal yang diminta butir"
            f" {_listed(exercise.numbers)}. Perbaiki: {BACK[exercise.verb]} {_listed(others)}"
        )
    if missing := exercise.numbers - numbers:
        return f"Masih kurang: butir {_listed(missing)}."
    return f"Sudah tercatat, tetapi tanpa tautan bukti. Kirim lagi: {exercise.right}"


def _numbers(exercise: Exercise, attempt: Attempt) -> set[int]:
    """Those to which it was done, and not undone since."""
    done: set[int] = set()
    for deed in attempt.deeds:
        (done.add if deed.verb == exercise.verb else done.discard)(deed.number)
    return done


def _listed(numbers: Collection[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers))
