"""From facts to text: templates, Indonesian dates and numbers, and the one place that escapes."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.offices import in_office
from bot.reading.numbers import ranges
from db.chats import OpdFacts
from db.models import Acting, Role
from db.people import Holder

POP_UP = 200  # characters, and plain (answerCallbackQuery)
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
POSTS = {
    Role.COORDINATOR: "koordinator (Bagian Organisasi)",
    Role.SEKDA: "Sekretaris Daerah",
    Role.SECRETARY: "sekretaris OPD",
    Role.HEAD: "kepala OPD",
    Role.OPERATOR: "operator OPD",
    Role.AUDITOR: "pengawas",
}
TITLES = {
    Role.COORDINATOR: "Koordinator",
    Role.SEKDA: "Sekretaris Daerah",
    Role.AUDITOR: "Pengawas",
}


def render(name: str, **facts: object) -> str:
    """HTML for Telegram. Every fact is escaped; lines that a template leaves empty are dropped."""
    text = _templates.get_template(f"{name}.html.j2").render(facts)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def plain(text: str) -> str:
    """The other door: without markup, and short enough for a pop-up."""
    return textwrap.shorten(bare(text), POP_UP, placeholder=" …")


def bare(text: str) -> str:
    """Without markup."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale="id")


def _short_day(day: date) -> str:
    return format_date(day, "d MMM", locale="id")


def _hour(moment: datetime) -> str:
    return f"{moment:%H.%M}"


def _span(span: tuple[datetime, datetime]) -> str:
    """From when to when; the date again only where it is another."""
    began, ended = span
    date_again = "" if began.date() == ended.date() else f"{_short_day(ended)} "
    return f"{_short_day(began)} {_hour(began)}–{date_again}{_hour(ended)}"


def _zone(name: str, moment: datetime) -> str:
    return ZONES.get(name) or moment.strftime("UTC%:z")


def _due(due_at: datetime, due_zone: str, city: ZoneInfo) -> str:
    """In the zone it was set in, the city's in brackets where that differs."""
    there, here = due_at.astimezone(ZoneInfo(due_zone)), due_at.astimezone(city)
    text = f"{_day(there)} pukul {_hour(there)} {_zone(due_zone, there)}"
    if there.utcoffset() == here.utcoffset():
        return text
    date_here = "" if there.date() == here.date() else f"{_day(here)} pukul "
    return f"{text} ({date_here}{_hour(here)} {_zone(city.key, here)})"


def _count(number: int) -> str:
    return format_decimal(number, locale="id")


def _change(number: int) -> str:
    """`+5`, `−5`."""
    return f"{'−' if number < 0 else '+'}{_count(abs(number))}"


def _percent(hundredths: int) -> str:
    """Hundredths of a per cent, as `7,5%`."""
    return f"{format_decimal(hundredths / 100, '0.##', locale='id')}%"


def _size(size: int) -> str:
    """Bytes, as `820 KB` or `3,4 MB`."""
    if size < 999_500:
        return f"{max(1, round(size / 1000))} KB"
    return f"{format_decimal(size / 1_000_000, '0.#', locale='id')} MB"


def clip(text: str, most: int) -> str:
    """Cut at a blank, unless that would lose more than half."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    whole = head.rpartition(" ")[0]
    return (whole if len(whole) > most // 2 else head).rstrip(" ,;:") + "…"


def _post(holder: Holder) -> str:
    """What a person is: `Plt. Kepala Dinas`, `Operator`, `Sekretaris Daerah`."""
    return titled(holder.role, holder.opd, holder.acting)


def _duty(holder: Holder) -> str:
    """The post with its OPD: `Plt. Kepala Dinas Kesehatan`."""
    return duty(holder.role, holder.opd, holder.acting)


def duty(role: Role, opd: OpdFacts | None, acting: Acting = Acting.NO) -> str:
    title = office(role, opd)
    return _acting(acting, in_office(title, opd.name) if opd else title)


def titled(role: Role, opd: OpdFacts | None, acting: Acting) -> str:
    return _acting(acting, office(role, opd))


def _acting(acting: Acting, title: str) -> str:
    return title if acting is Acting.NO else f"{acting.value.capitalize()}. {title}"


def office(role: Role, opd: OpdFacts | None) -> str:
    """What the post is called, by the kind of its OPD."""
    if opd and role is Role.HEAD:
        return opd.head_title
    if opd and role is Role.SECRETARY:
        return opd.secretary_title
    return TITLES.get(role, "Operator")


def _either(roles: Iterable[Role], opd: str = "") -> str:
    """`sekretaris OPD atau kepala OPD`; of one that is named `sekretaris atau kepala Dinas X`."""
    names = [POSTS[role].removesuffix(" OPD" if opd else "") for role in roles]
    last = ", atau " if names[2:] else " atau "
    said = last.join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    return f"{said} {opd}".strip()


def _inside(text: str) -> str:
    """A line of a menu inside a sentence: `Daftar butir` becomes `daftar butir`, `OPD` stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _code(text: str) -> Markup:
    return Markup("<code>{}</code>").format(escape(text))


_templates = Environment(
    loader=PackageLoader("bot"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters |= {
    "tanggal": _day,
    "tgl": _short_day,
    "jam": _hour,
    "tenggat": _due,
    "ribuan": _count,
    "rentang": _span,
    "selisih": _change,
    "persen": _percent,
    "ukuran": _size,
    "potong": clip,
    "jabatan": _post,
    "tugas": _duty,
    "para": _either,
    "kode": _code,
    "nomor": ranges,
    "kalimat": _inside,
}
