"""Words behind a moment that may still belong to it: better refused than read by half."""

from __future__ import annotations

from bot.reading.days import LETTERS_END
from bot.reading.hours import AT, PART_NAMES, ZONE_NAMES
from bot.reading.names import MONTH, WEEKDAY
from bot.reading.text import DASH, B, compiled

TO = rf"(?:{DASH}|/|s/d\.?|s\.?d\.?|sampai(?:{B}dengan)?|hingga|atau)"
SAID = (
    rf"(?:[0-9]{{1,2}}[/.:-][0-9]{{1,2}}(?![0-9])|[0-9]{{1,2}}{B}{MONTH}"
    rf"|(?:besok|lusa|{WEEKDAY}){LETTERS_END})"
)
DOUBTS = tuple(
    compiled(B + doubt)
    for doubt in (
        rf"{TO}{B}{SAID}",  # `30/9 s.d. 5/10`, `16.00-17.00`, `Senin/Selasa`
        rf"{MONTH}{LETTERS_END}",  # `1-3 Oktober`
        rf"['’]?[0-9]{{2}}{B}(?:$|,|{AT}{B}[0-9])",  # `30 September 27`, `besok 14`
        rf"[0-9]{{1,2}}{B}{ZONE_NAMES}(?!\w)",  # `besok 16 WITA`
        rf"\({B}[0-9]{{1,2}}[.:][0-9]{{2}}",  # `besok (16.00)`
        rf"{PART_NAMES}(?!\w){B}(?:$|,|[0-9]|{AT}{B}[0-9])",  # `besok sore`
        rf"(?:minggu|pekan){B}(?:depan|ini|lalu){LETTERS_END}",  # `Jumat minggu depan`
        rf"(?:tanggal|tgl\.?){B}[0-9]",  # `Senin tanggal 28`
    )
)


def is_doubtful(text: str, end: int) -> bool:
    """`text[:end]` is the moment that was read."""
    return any(doubt.match(text, end) for doubt in DOUBTS)
