"""Long messages leave in parts that Telegram takes."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from bot.parts import LONGEST, in_parts
from demo.telegram import html_reader


def test_a_short_message_stays_whole() -> None:
    assert in_parts("<b>Satu</b>\ndua") == ["<b>Satu</b>\ndua"]


def test_a_long_message_is_divided_between_lines() -> None:
    lines = [f"{number}. {'x' * 90}" for number in range(100)]
    found = in_parts("\n".join(lines))

    assert [line for part in found for line in part.split("\n")] == lines
    assert all(len(part) <= LONGEST for part in found)


def test_a_long_line_is_cut_and_what_was_bold_stays_so() -> None:
    first, second = in_parts(f"<b><i>{'&lt;' * 1500}</i></b> selesai")

    assert first.endswith("&lt;</i></b>")
    assert second.startswith("<b><i>&lt;")
    assert second.endswith("</i></b> selesai")


@given(st.lists(st.text("ab<>&\U0001f642 ", max_size=40).map(lambda s: s * 200), max_size=4))
def test_every_part_is_html_that_telegram_takes(lines: list[str]) -> None:
    source = "\n".join(f"<b>{escape(line)}</b>!" for line in lines)
    read = [html_reader.read(part)[0] for part in in_parts(source)]

    assert all(len(part) <= LONGEST for part in read)
    assert "".join(read).replace("\n", "") == "".join(f"{line}!" for line in lines)
