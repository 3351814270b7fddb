"""Every way in which what was typed cannot be read. `said` quotes what was typed: one line of 40
characters at most, not escaped."""

from __future__ import annotations

from datetime import date, datetime

from db.refusal import Refusal


class BadNumbers(Refusal):
    """Nobody can say which items were meant. Example: `3`, `3, 7`, `5-8`, `3: catatan`."""

    def __init__(self, said: str) -> None:
        self.said = said


class NoNumbers(BadNumbers):
    """No item was named at all. Example: `/done 3` or `/done 3, 7`."""

    def __init__(self) -> None:
        super().__init__("")


class LongNumber(BadNumbers):
    """Longer than any item's number, six digits. Example: `3, 7`; a number that belongs to the
    note comes after a colon: `3: nomor surat 800123456`."""


class BackwardRange(Refusal):
    """A range from `first` down to `last`. Example: the other way round, `last`-`first`."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last


class TooManyNumbers(Refusal):
    """`count` items where one command takes `limit`. Example: `1-200`, then `201-400`."""

    def __init__(self, count: int, limit: int) -> None:
        self.count, self.limit = count, limit


class UnreadableDate(Refusal):
    """It begins with no date that we know. Example: `30/9/2026`, `30 September 2026 pukul 16.00
    WITA`, `besok`, `Senin`, `3 hari lagi`, `H+14 hari kerja`."""

    def __init__(self, said: str) -> None:
        self.said = said


class NoDate(UnreadableDate):
    """A date is missing where one must stand. Example: `30/9/2026`, `Senin`, `H+14`."""

    def __init__(self) -> None:
        super().__init__("")


class ImpossibleDate(Refusal):
    """A date or an hour that no calendar or clock has (31/2, 13/30, 25.00). Example: the day before
    the month, `30/9/2026`; hours up to `23.59`."""

    def __init__(self, said: str) -> None:
        self.said = said


class WrongWeekday(ImpossibleDate):
    """`day` does not fall on a `weekday` (its Indonesian name). Example: the date alone, or with
    its right weekday."""

    def __init__(self, said: str, weekday: str, day: date) -> None:
        super().__init__(said)
        self.weekday, self.day = weekday, day


class PastDate(Refusal):
    """`moment`, aware, has gone by. Example: `besok`, or a later date with its year."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment


class FarDate(Refusal):
    """More than two years away; `latest` is the last day accepted. Example: that day."""

    def __init__(self, said: str, latest: date) -> None:
        self.said, self.latest = said, latest


class NoTarget(Refusal):
    """Nobody was named. Example: `semua`, `DINKES`, `DINKES, KOMINFO`."""


class UnknownTarget(Refusal):
    """No OPD (nor bundle or programme, where those may stand) has this `code`, a quote in capitals;
    `closest` are at most three known ones like it. Example: the first of them, else `/opd`."""

    def __init__(self, code: str, closest: tuple[str, ...] = ()) -> None:
        self.code, self.closest = code, closest
