"""What the tests of the readers share: a moment, a calendar, and texts that mean harm."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.refusal import Refusal

CITY = "Asia/Makassar"
NOW = datetime(2026, 9, 22, 10, 0, tzinfo=ZoneInfo(CITY))  # a Tuesday
TODAY = NOW.date()

HOSTILE = (
    "<b>3</b>",
    "<script>alert(1)</script>",
    '<a href="https://x.id">3</a>',
    "{{ 7*7 }}",
    "{% raw %}3",
    "_*[3](http://x)",
    "😀" * 500,
    "3️⃣",
    "\u202e3, 7",
    "\u200f\u202b٣، ٧",
    "３，７",
    "٣",
    "३",
    "𝟛",
    "³",
    "½",
    "3" * 5000,
    "3," * 2048,
    "3 " * 2048,
    "3 - " * 1024,
    "1-200," * 682,
    "#" * 4096,
    "no." * 1365,
    "no " * 1365 + "3",
    " " * 4096 + "3",
    "3" + " " * 4095,
    "\u200b " * 2048,
    "3" + "-" * 4095,
    "3" + "," * 4094 + "7",
    "3 dan " * 682,
    "s.d." * 1024,
    "h+" * 2048,
    "h" + " " * 4000 + "+" + " " * 90 + "x",
    "hari " * 819,
    "Senin, " * 585,
    "30/" * 1365,
    "30 September " * 315,
    "30/9 pukul " * 372,
    "(" * 4096,
    "A" * 4096,
    "DINKES," * 585,
    "T" * 4096,
    "/" * 4096,
    "/" + "done" * 1023,
    "/" + "_" * 4095,
    "http://" * 585,
    "https://x.id/" + ")" * 4000,
    "\x00\x01\x1b[31m",
    "\ud800",
    "9-3",
    "1-999999999",
    "-1",
    "1e9",
    "0x10",
    "1_000",
    "'; DROP TABLE item; --",
)


def weekdays_on(day: date, n: int) -> date:
    """The n-th day from Monday to Friday after `day`."""
    while n:
        day += timedelta(1)
        n -= day.weekday() < 5
    return day


def outcome(read: Callable[..., object], *said: object) -> object:
    """What was read, or the refusal; whatever else is raised is a bug."""
    try:
        return read(*said)
    except Refusal as refusal:
        return refusal


def quote(read: object) -> str:
    """What a refusal quotes of the text, if it is one that does."""
    return (
        str(getattr(read, "said", getattr(read, "code", ""))) if isinstance(read, Refusal) else ""
    )
