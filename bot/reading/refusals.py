"""Every way in which what was typed cannot be read. Texts in them are quotes, 40 characters at
most, not escaped."""

from __future__ import annotations

from datetime import date, datetime

from db.refusal import Refusal


class NoNumbers(Refusal):
    """No item was named at all. Example: `/done 3` or `/done 3, 7`."""


class BadNumbers(Refusal):
    """Nobody can say which items `text` means. Example: `3`, `3, 7`, `5-8`, `3: catatan`."""

    def __init__(self, text: str) -> None:
        self.text = text


class LongNumber(Refusal):
    """`text` is longer than any item's number, six digits. Example: `3, 7`; a number that belongs
    to the note comes after a colon: `3: nomor surat 800123456`."""

    def __init__(self, text: str) -> None:
        self.text = text


class BackwardRange(Refusal):
    """A range from `first` down to `last`. Example: the same the other way round, `last`-`first`."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last


class TooManyNumbers(Refusal):
    """`count` items where one command takes `limit`. Example: `1-200`, then `201-400`."""

    def __init__(self, count: int, limit: int) -> None:
        self.count, self.limit = count, limit


class NoDate(Refusal):
    """A date is missing where one must stand. Example: `30/9/2026`, `Senin`, `H+14`."""


class UnreadableDate(Refusal):
    """`text` begins with no date that we know. Example: `30/9/2026`, `30 September 2026 pukul
    16.00 WITA`, `besok`, `Senin`, `3 hari lagi`, `H+14 hari kerja`."""

    def __init__(self, text: str) -> None:
        self.text = text


class ImpossibleDate(Refusal):
    """`text` is a date or an hour that no calendar or clock has (31/2, 13/30, 25.00). Example: day
    before month, `30/9/2026`; hours up to `23.59`."""

    def __init__(self, text: str) -> None:
        self.text = text


class WrongWeekday(Refusal):
    """`day` does not fall on a `said` (a day's Indonesian name). Example: the day's right name and
    date, or the date alone."""

    def __init__(self, said: str, day: date) -> None:
        self.said, self.day = said, day


class PastDate(Refusal):
    """`moment`, aware, has gone by. Example: `besok` or a later date with its year."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment


class FarDate(Refusal):
    """`text` is more than two years away; the last day accepted is `latest`. Example: that day."""

    def __init__(self, text: str, latest: date) -> None:
        self.text, self.latest = text, latest


class NoTarget(Refusal):
    """Nobody was named. Example: `semua`, `DINKES`, `DINKES, KOMINFO`."""


class UnknownTarget(Refusal):
    """No OPD (nor bundle or programme, where those may stand) is called `name`; `near` are at most
    three known codes like it, the likest first. Example: the first of `near`, else `/opd`."""

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        self.name, self.near = name, near
