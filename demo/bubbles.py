"""Draw the day in a terminal, or as plain text where there is none: the bot speaks on the left,
people on the right. A bar instead of a box: terminals disagree about how wide an emoji is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rich.console import Console
from rich.text import Text

from demo.moments import Bubble, Event, Moment, Narration, Place, PopUp, Press, Run

BUBBLE, EDGE = 40, 60  # columns
STYLES = {
    "bold": "bold", "italic": "italic", "underline": "underline", "strikethrough": "strike",
    "code": "cyan", "pre": "cyan", "bot_command": "blue", "url": "blue", "text_link": "blue",
    "mention": "blue", "hashtag": "blue", "blockquote": "dim",
}  # fmt: skip
BOT, PERSON, QUIET = "green", "yellow", "dim"


class Screen:
    """`draw` prints a moment; above the first of each chat stands the chat's name."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = min(console.width, EDGE)
        self.bubble = min(BUBBLE, self.width - 4)
        self.place: Place | None = None

    def draw(self, moment: Moment) -> None:
        if isinstance(moment, Narration):
            self._narrate(moment)
            return
        if moment.place != self.place:
            self._open(moment.place)
        match moment:
            case Bubble():
                self._bubble(moment)
            case Event():
                self._print(Text(moment.text, QUIET), (self.width - len(moment.text)) // 2)
            case Press():
                pressed = Text.assemble((f"{moment.who} menekan ", QUIET), _button(moment.label))
                self._print(pressed, self._right(pressed.cell_len))
            case PopUp():
                self._pop_up(moment)
        self.console.print()

    def _narrate(self, moment: Narration) -> None:
        self.place = None
        self.console.print(Text("─" * self.width, QUIET))
        hour = f"{_hour(moment.when)}  " if moment.when else ""
        line = Text.assemble((hour, "bold"), (moment.text, "italic" if hour else "bold"))
        self._print(line, 0)
        self.console.print()

    def _open(self, place: Place) -> None:
        self.place = place
        name = f"{place.title} · pribadi, {place.whose}" if place.whose else f"Grup {place.title}"
        self.console.print(Text(f"▌ {name}", "bold reverse"))
        self.console.print()

    def _bubble(self, moment: Bubble) -> None:
        colour = BOT if moment.is_bot else PERSON
        lines = self._wrapped(_styled(moment.runs))
        if moment.file:
            lines = [Text(f"📎 {moment.file}", "bold"), *lines]
        edited = " · diubah" if moment.is_edited else ""
        head = Text.assemble(
            (moment.who, f"bold {colour}"), (f" · {_hour(moment.when)}{edited}", QUIET)
        )
        longest = max(line.cell_len for line in [head, *lines])
        left = 0 if moment.is_bot else self._right(longest + 2)
        self._print(head, left + 2)
        for line in lines:
            barred = Text.assemble(("┃ " if line else "┃", colour), line)
            self._put(barred, left)
        for row in moment.buttons:
            self._buttons(row, left + 2)

    def _buttons(self, row: Iterable[str], left: int) -> None:
        """In a row while they fit, as the apps do; a phone would make them narrower instead."""
        line = Text()
        for button in map(_button, row):
            if line and line.cell_len + 1 + button.cell_len > self.bubble:
                self._print(line, left)
                line = Text()
            line = Text(" ").join([line, button]) if line else button
        self._print(line, left)

    def _pop_up(self, moment: PopUp) -> None:
        lines = self._wrapped(Text(f"“{moment.text}”"))
        head = Text(f"{moment.who} melihat sekilas:", QUIET)
        left = self._right(max(line.cell_len for line in [head, *lines]))
        for line in [head, *lines]:
            self._print(line, left)

    def _wrapped(self, text: Text) -> list[Text]:
        return [line for part in text.split("\n", allow_blank=True) for line in self._fold(part)]

    def _fold(self, line: Text) -> list[Text]:
        folded = list(line.wrap(self.console, self.bubble)) or [Text()]
        for one in folded:
            one.rstrip()
        return folded

    def _right(self, width: int) -> int:
        return max(0, self.width - width)

    def _print(self, text: Text, left: int) -> None:
        for line in text.wrap(self.console, max(10, self.width - left)):
            line.rstrip()
            self._put(line, left)

    def _put(self, line: Text, left: int) -> None:
        self.console.print(" " * left, line, sep="", no_wrap=True, crop=False)


def _styled(runs: Iterable[Run]) -> Text:
    text = Text()
    for words, kinds in runs:
        text.append(words, " ".join(STYLES[kind] for kind in sorted(kinds) if kind in STYLES))
    return text


def _button(label: str) -> Text:
    return Text(f"[ {label} ]", "bold blue")


def _hour(moment: datetime) -> str:
    return f"{moment:%H.%M}"
