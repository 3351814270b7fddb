"""Moments as people type them: each form, what follows it, each refusal."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.dates import When, when
from bot.reading.days import latest
from bot.reading.names import MONTH_VARIANTS, weekday_name
from bot.reading.refusals import (
    FarDate,
    ImpossibleDate,
    NoDate,
    PastDate,
    UnreadableDate,
    WrongWeekday,
)
from db.refusal import Refusal
from tests.reading.said import CITY, HOSTILE, NOW, TODAY, outcome, quote, weekdays_on

JAKARTA, JAYAPURA = "Asia/Jakarta", "Asia/Jayapura"


def read(text: str, now: datetime = NOW) -> When:
    return when(text, now, CITY, weekdays_on)


DAYS = [  # as of Tuesday 22 September 2026
    ("30/9/2026", "2026-09-30"),
    ("30/09/2026", "2026-09-30"),
    ("30/9/26", "2026-09-30"),
    ("30/9", "2026-09-30"),
    ("30-9", "2026-09-30"),
    ("1/2", "2027-02-01"),
    ("21/9", "2027-09-21"),
    ("22/9", "2026-09-22"),
    ("30-9-2026", "2026-09-30"),
    ("30–9–2026", "2026-09-30"),
    ("30-9-26", "2026-09-30"),
    ("30.9.2026", "2026-09-30"),
    ("30.9.26", "2026-09-30"),
    ("30 / 9 / 2026", "2026-09-30"),
    ("30 - 9 - 2026", "2026-09-30"),
    ("2026-09-30", "2026-09-30"),
    ("2026-9-30", "2026-09-30"),
    ("2026/09/30", "2026-09-30"),
    ("30 September 2026", "2026-09-30"),
    ("30 SEPTEMBER 2026", "2026-09-30"),
    ("30  september\u00a02026", "2026-09-30"),
    ("30 September, 2026", "2026-09-30"),
    ("30September2026", "2026-09-30"),
    ("30 September", "2026-09-30"),
    ("30 Sept", "2026-09-30"),
    ("30 Sept.", "2026-09-30"),
    ("30 Sept. 2026", "2026-09-30"),
    ("30 sep", "2026-09-30"),
    ("30-Sep-26", "2026-09-30"),
    ("30-Sept-2026", "2026-09-30"),
    ("30/Sep/2026", "2026-09-30"),
    ("3 Januari", "2027-01-03"),
    ("3 Jan", "2027-01-03"),
    ("3 Pebruari", "2027-02-03"),
    ("3 Peb 2027", "2027-02-03"),
    ("3 Februari", "2027-02-03"),
    ("3 Maret", "2027-03-03"),
    ("3 April", "2027-04-03"),
    ("3 Mei", "2027-05-03"),
    ("3 Juni", "2027-06-03"),
    ("3 Juli", "2027-07-03"),
    ("3 Agustus", "2027-08-03"),
    ("3 Agust", "2027-08-03"),
    ("3 Agt", "2027-08-03"),
    ("3 Agt. 2027", "2027-08-03"),
    ("3 Okt", "2026-10-03"),
    ("3 Oktober 2026", "2026-10-03"),
    ("3 Nopember", "2026-11-03"),
    ("3 Nop", "2026-11-03"),
    ("3 November 2026", "2026-11-03"),
    ("3 Des", "2026-12-03"),
    ("3 Desember", "2026-12-03"),
    ("Rabu, 30 September 2026", "2026-09-30"),
    ("rabu 30/9", "2026-09-30"),
    ("Rab, 30 Sep 2026", "2026-09-30"),
    ("hari Rabu tanggal 30 September 2026", "2026-09-30"),
    ("Rabu, tgl. 30/9", "2026-09-30"),
    ("Jum'at 2/10", "2026-10-02"),
    ("Jumat, 2026-10-02", "2026-10-02"),
    ("Ahad 27/9", "2026-09-27"),
    ("tanggal 30 September", "2026-09-30"),
    ("tgl 30/9", "2026-09-30"),
    ("hari ini", "2026-09-22"),
    ("besok", "2026-09-23"),
    ("Besok", "2026-09-23"),
    ("esok", "2026-09-23"),
    ("lusa", "2026-09-24"),
    ("besok lusa", "2026-09-24"),
    ("Senin", "2026-09-28"),
    ("senin depan", "2026-09-28"),
    ("hari Senin", "2026-09-28"),
    ("Selasa", "2026-09-29"),
    ("Selasa depan", "2026-09-29"),
    ("Rabu", "2026-09-23"),
    ("Kamis", "2026-09-24"),
    ("Jumat", "2026-09-25"),
    ("Jum'at", "2026-09-25"),
    ("Jum’at depan", "2026-09-25"),
    ("JUM`AT", "2026-09-25"),
    ("Sabtu", "2026-09-26"),
    ("Minggu", "2026-09-27"),
    ("hari Minggu depan", "2026-09-27"),
    ("Ahad", "2026-09-27"),
    ("Ahad depan", "2026-09-27"),
    ("1 hari lagi", "2026-09-23"),
    ("3 hari lagi", "2026-09-25"),
    ("3 HARI LAGI", "2026-09-25"),
    ("5 hari kerja lagi", "2026-09-29"),
    ("H+14", "2026-10-06"),
    ("h+14", "2026-10-06"),
    ("h + 14", "2026-10-06"),
    ("H+0", "2026-09-22"),
    ("H+14 hari kerja", "2026-10-12"),
    ("H+14 Hari Kerja", "2026-10-12"),
    ("22/9/2028", "2028-09-22"),
    ("29/2/2028", "2028-02-29"),
    ("\u200e30/9", "2026-09-30"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days(text: str, day: str) -> None:
    moment = datetime.fromisoformat(f"{day}T23:59").replace(tzinfo=ZoneInfo(CITY))

    assert read(text) == When(moment, CITY, "")


@pytest.mark.parametrize(("text", "day"), DAYS)
@pytest.mark.parametrize("title", ["Laporan SKM  triwulan III", "14 komponen SP", "<b>{{ x }}</b>"])
def test_a_title_survives_behind_any_day(text: str, day: str, title: str) -> None:
    assert read(f"{text} {title}").rest == title
    assert read(f"{text} pukul 16.00 WIB {title}").rest == title


HOURS = [
    ("30/9 16.00", "16:00", CITY),
    ("30/9 16:00", "16:00", CITY),
    ("30/9, 16.00", "16:00", CITY),
    ("30/9\n16.00", "16:00", CITY),
    ("30/9 8.05", "08:05", CITY),
    ("30/9 00.00", "00:00", CITY),
    ("30/9 pukul 16.00", "16:00", CITY),
    ("30/9, Pukul 16:00", "16:00", CITY),
    ("30/9 jam 16.00", "16:00", CITY),
    ("30/9 jam 9", "09:00", CITY),
    ("30/9 pukul 16", "16:00", CITY),
    ("30/9 pkl. 16.00", "16:00", CITY),
    ("30/9 pkl 16.00", "16:00", CITY),
    ("30/9 24.00", "23:59", CITY),
    ("30/9 pukul 24", "23:59", CITY),
    ("30/9 16.00 WITA", "16:00", CITY),
    ("30/9 16.00 WIB", "16:00", JAKARTA),
    ("30/9 16.00 wib", "16:00", JAKARTA),
    ("30/9 16.00WIB", "16:00", JAKARTA),
    ("30/9 pukul 16 WIT", "16:00", JAYAPURA),
    ("30/9 WIB", "23:59", JAKARTA),
    ("30 September 2026 pukul 16.00 WIT", "16:00", JAYAPURA),
    ("Rabu depan 16.00", "16:00", CITY),
    ("30/9 16.00 (WIB)", "16:00", JAKARTA),
    ("30/9 16.00 WITA.", "16:00", CITY),
    ("30/9 16:00:00", "16:00", CITY),
    ("30/9 jam 16.00 sore,", "16:00", CITY),
    ("30/9 pukul 9 pagi WIT", "09:00", JAYAPURA),
    ("30/9 23.59 WIB (00.59 WITA)", "23:59", JAKARTA),
    ("30/9 23.59 WIB (1 Oktober 2026 pukul 00.59 WITA)", "23:59", JAKARTA),
]


@pytest.mark.parametrize(("text", "hour", "zone"), HOURS)
def test_hours_and_zones(text: str, hour: str, zone: str) -> None:
    said = read(f"{text} Unggah bukti")

    assert (f"{said.moment:%H:%M}", said.zone, said.rest) == (hour, zone, "Unggah bukti")
    assert said.moment.tzinfo == ZoneInfo(zone)


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("besok 14 komponen SP", "2026-09-23", "14 komponen SP"),
        ("besok 140", "2026-09-23", "140"),
        ("besok Pagi bersih-bersih", "2026-09-23", "Pagi bersih-bersih"),
        ("besok: Mei bersih", "2026-09-23", "Mei bersih"),
        ("besok sampai selesai", "2026-09-23", "sampai selesai"),
        ("besok atau segera", "2026-09-23", "atau segera"),
        ("H+14 hari", "2026-10-06", ""),
        ("H+14 hari kalender Laporan", "2026-10-06", "Laporan"),
        ("30/9 19.00 Malam penganugerahan", "2026-09-30", "Malam penganugerahan"),
        ("30/9. Laporan", "2026-09-30", "Laporan"),
        ("30/9 14 komponen", "2026-09-30", "14 komponen"),
        ("30/9 10.000 pohon", "2026-09-30", "10.000 pohon"),
        ("30/9 97.50% capaian", "2026-09-30", "97.50% capaian"),
        ("30/9 3.5 juta", "2026-09-30", "3.5 juta"),
        ("30/9 - 14 dokumen", "2026-09-30", "14 dokumen"),
        ("30/9: Laporan", "2026-09-30", "Laporan"),
        ("30/9, Laporan", "2026-09-30", "Laporan"),
        ("30/9 – Laporan", "2026-09-30", "Laporan"),
        ("30/9\nLaporan\nSKM", "2026-09-30", "Laporan\nSKM"),
        ("30/9 (revisi) Laporan", "2026-09-30", "(revisi) Laporan"),
        ("30/9 pukul", "2026-09-30", "pukul"),
        ("30/9 wibawa", "2026-09-30", "wibawa"),
        ("30 September 14 komponen", "2026-09-30", "14 komponen"),
        ("30 September 1500 pohon", "2026-09-30", "1500 pohon"),
        ("30 September 2026 2027 Renja", "2026-09-30", "2027 Renja"),
        ("30/9/2026 2027 Renja", "2026-09-30", "2027 Renja"),
        ("Senin 3 komponen", "2026-09-28", "3 komponen"),
        ("Senin, Laporan", "2026-09-28", "Laporan"),
        ("Senin depan depan", "2026-09-28", "depan"),
        ("H+14 Hari Kesehatan Nasional", "2026-10-06", "Hari Kesehatan Nasional"),
        ("H+14 hari kerjasama", "2026-10-06", "hari kerjasama"),
        ("3 hari lagi 3 dokumen", "2026-09-25", "3 dokumen"),
    ],
)
def test_what_follows_the_date_is_left(text: str, day: str, rest: str) -> None:
    said = read(text)

    assert (f"{said.moment:%Y-%m-%d}", said.rest) == (day, rest)


REFUSED: list[tuple[str, type[Refusal], dict[str, Any]]] = [
    ("", NoDate, {"said": ""}),
    (" \n\u200b", NoDate, {}),
    ("Laporan SKM", UnreadableDate, {"said": "Laporan SKM"}),
    ("3", UnreadableDate, {}),
    ("3 komponen", UnreadableDate, {}),
    ("16.00", UnreadableDate, {}),
    ("30.9", UnreadableDate, {}),
    ("30 9 2026", UnreadableDate, {}),
    ("30092026", UnreadableDate, {}),
    ("300/9", UnreadableDate, {}),
    ("30/9/202", UnreadableDate, {}),
    ("30/9/20266", UnreadableDate, {}),
    ("30/9/2026/1", UnreadableDate, {}),
    ("30/9Laporan", UnreadableDate, {}),
    ("30/9 2026", UnreadableDate, {"said": "30/9 2026"}),
    ("30/9 2026 Renja", UnreadableDate, {"said": "30/9 2026"}),
    ("30 Septembr", UnreadableDate, {}),
    ("30 Septemberan", UnreadableDate, {}),
    ("September", UnreadableDate, {}),
    ("minggu depan", UnreadableDate, {}),
    ("Minggu ini", UnreadableDate, {}),
    ("Senin ini", UnreadableDate, {}),
    ("Senin lalu", UnreadableDate, {}),
    ("Seninan", UnreadableDate, {}),
    ("kemarin", UnreadableDate, {}),
    ("bulan depan", UnreadableDate, {}),
    ("besoknya", UnreadableDate, {}),
    ("H-3", UnreadableDate, {}),
    ("H14", UnreadableDate, {}),
    ("+14", UnreadableDate, {}),
    ("tiga hari lagi", UnreadableDate, {}),
    ("jam 4 sore", UnreadableDate, {}),
    ("besok jam 4 sore", UnreadableDate, {"said": "besok jam 4 sore"}),
    ("besok 4.00 PM", UnreadableDate, {}),
    ("besok 16.00 UTC", UnreadableDate, {}),
    ("besok pukul 16.5", UnreadableDate, {}),
    ("besok pukul 16abc", UnreadableDate, {}),
    ("besok pukul 160", UnreadableDate, {}),
    ("1-3 Oktober", UnreadableDate, {"said": "1-3 Oktober"}),
    ("30 September 27", UnreadableDate, {}),
    ("30 September '27", UnreadableDate, {}),
    ("30/9 26 pukul 16.00", UnreadableDate, {}),
    ("besok 14", UnreadableDate, {}),
    ("besok 16 WITA", UnreadableDate, {}),
    ("besok pukul 16 00", UnreadableDate, {}),
    ("besok (16.00)", UnreadableDate, {}),
    ("besok sore", UnreadableDate, {}),
    ("besok pagi jam 9", UnreadableDate, {}),
    ("30/9 pukul 16.00-17.00", UnreadableDate, {}),
    ("30/9 16.00 - 17.00", UnreadableDate, {}),
    ("30/9 s.d. 5/10", UnreadableDate, {}),
    ("30/9 - 5/10", UnreadableDate, {}),
    ("30/9 sampai dengan 5 Oktober", UnreadableDate, {}),
    ("Senin/Selasa", UnreadableDate, {}),
    ("besok atau lusa", UnreadableDate, {}),
    ("Jumat minggu depan", UnreadableDate, {}),
    ("Senin pekan depan", UnreadableDate, {}),
    ("Senin tanggal 28", UnreadableDate, {}),
    ("30/9 23.59 WIB (02.00 WITA)", UnreadableDate, {}),
    ("tomorrow", UnreadableDate, {}),
    ("２０/９", UnreadableDate, {}),
    ("٣٠/٩", UnreadableDate, {}),
    ("<b>30/9</b>", UnreadableDate, {"said": "<b>30/9</b>"}),
    ("3" * 5000, UnreadableDate, {"said": "3" * 39 + "…"}),
    ("31/2", ImpossibleDate, {"said": "31/2"}),
    ("31/4/2027", ImpossibleDate, {"said": "31/4/2027"}),
    ("13/30", ImpossibleDate, {"said": "13/30"}),
    ("9/30/2026", ImpossibleDate, {}),
    ("0/9", ImpossibleDate, {}),
    ("30/0", ImpossibleDate, {}),
    ("32 September", ImpossibleDate, {"said": "32 September"}),
    ("31 September 2026", ImpossibleDate, {}),
    ("2026-13-01", ImpossibleDate, {}),
    ("2026-02-30", ImpossibleDate, {}),
    ("29/2", ImpossibleDate, {"said": "29/2"}),
    ("29/2/2027", ImpossibleDate, {}),
    ("1/1/0001", ImpossibleDate, {}),
    ("1/1/0000", ImpossibleDate, {}),
    ("30/9 25.00", ImpossibleDate, {"said": "25.00"}),
    ("30/9 24.01", ImpossibleDate, {}),
    ("30/9 16.60", ImpossibleDate, {"said": "16.60"}),
    ("30/9 pukul 25", ImpossibleDate, {}),
    ("Selasa, 30 September 2026", WrongWeekday, {"weekday": "Selasa", "day": date(2026, 9, 30)}),
    ("sen 30/9", WrongWeekday, {"weekday": "Senin", "said": "sen 30/9"}),
    ("Ahad 30/9", WrongWeekday, {"weekday": "Minggu"}),
    ("Jum'at 2026-09-30", WrongWeekday, {"weekday": "Jumat"}),
    ("21/9/2026", PastDate, {"moment": datetime(2026, 9, 21, 23, 59, tzinfo=ZoneInfo(CITY))}),
    ("22/9 09.00", PastDate, {}),
    ("22/9 10.00", PastDate, {}),
    ("hari ini 09.59", PastDate, {}),
    ("hari ini 10.30 WIT", PastDate, {}),
    ("30 September 2025", PastDate, {}),
    ("1/1/00", PastDate, {}),
    ("23/9/2028", FarDate, {"said": "23/9/2028", "latest": date(2028, 9, 22)}),
    ("30/9/2062", FarDate, {}),
    ("30/9/99", FarDate, {}),
    ("31/12/9999", FarDate, {}),
    ("H+732", FarDate, {}),
    ("H+9999", FarDate, {}),
    ("H+" + "9" * 4000, FarDate, {"said": "H+" + "9" * 37 + "…"}),
    ("H+700 hari kerja", FarDate, {}),
    ("1000 hari lagi", FarDate, {}),
]


@pytest.mark.parametrize(("text", "kind", "facts"), REFUSED)
def test_refusals(text: str, kind: type[Refusal], facts: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        read(text)

    assert type(refused.value) is kind
    assert facts.items() <= vars(refused.value).items()


def test_a_date_without_year_is_judged_by_its_day_alone() -> None:
    evening = NOW.replace(hour=23, minute=58)

    assert read("22/9", evening).moment == NOW.replace(hour=23, minute=59)
    with pytest.raises(PastDate):
        read("22/9", NOW.replace(hour=23, minute=59))


def test_a_29_february_without_year_is_next_year_s_once_this_year_s_is_gone() -> None:
    march = datetime(2027, 3, 1, tzinfo=ZoneInfo(CITY))

    assert read("29/2", march).moment.date() == date(2028, 2, 29)


def test_two_years_from_a_leap_day() -> None:
    assert latest(date(2028, 2, 29)) == date(2030, 2, 28)


def test_besok_is_the_city_s_whatever_the_zone() -> None:
    after_midnight = datetime(2026, 9, 22, 0, 30, tzinfo=ZoneInfo(CITY))

    said = read("besok 16.00 WIB", after_midnight)

    assert said.moment == datetime(2026, 9, 23, 16, 0, tzinfo=ZoneInfo(JAKARTA))


PATTERNS = [
    "d/M/y",
    "dd/MM/yyyy",
    "d/M/yy",
    "d-M-y",
    "d.M.y",
    "y-MM-dd",
    "d MMMM y",
    "d MMM y",
    "EEEE, d MMMM y",
    "EEE, d MMM y",
    "EEEE d/M/y",
]
AHEAD = st.dates(TODAY + timedelta(1), latest(TODAY))


@given(AHEAD, st.sampled_from(PATTERNS), st.times(), st.sampled_from(["WIB", "WITA", "WIT"]))
def test_every_printed_date_is_read_back(day: date, pattern: str, hour: Any, zone: str) -> None:
    said = read(f"{format_date(day, pattern, locale='id')} pukul {hour:%H.%M} {zone} Laporan")

    assert (said.moment.date(), f"{said.moment:%H.%M}") == (day, f"{hour:%H.%M}")
    assert said.rest == "Laporan"


@given(st.dates(TODAY, TODAY + timedelta(364)), st.sampled_from(["d/M", "d MMMM", "d MMM"]))
def test_without_a_year_the_next_one_is_meant(day: date, pattern: str) -> None:
    assert read(format_date(day, pattern, locale="id")).moment.date() == day


@given(AHEAD)
def test_a_weekday_is_checked_against_the_date(day: date) -> None:
    for number in range(7):
        said = outcome(read, f"{weekday_name(number)}, {day:%d/%m/%Y}")

        assert isinstance(said, When if number == day.weekday() else WrongWeekday)


@pytest.mark.parametrize(
    ("number", "name"), [(n, name) for n, names in MONTH_VARIANTS.items() for name in names]
)
def test_every_variant_of_a_month(number: int, name: str) -> None:
    for text in (f"3 {name} 2027", f"3 {name.upper()}. 2027", f"3-{name}-27"):
        assert read(text).moment.date() == date(2027, number, 3)


PIECES = st.sampled_from([
    "30/9", "31/2", "2026", "30", "September", "Sept", "Senin", "depan", "besok", "lusa",
    "hari", "lagi", "kerja", "H+14", "h", "+", "16.00", "pukul", "jam", "16", "WIB", "(", ")",
    ",", ".", ":", "-", " ", "\n", "tanggal", "Laporan", "sore", "٣", "24.00", "0",
])  # fmt: skip
NOWS = st.builds(
    datetime.combine, st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.times(), st.just(NOW.tzinfo)
)


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)), NOWS)
def test_any_text_is_read_or_refused(text: str, now: datetime) -> None:
    said = outcome(read, text, now)

    assert isinstance(said, When | Refusal)
    assert len(quote(said)) <= 40
    assert not isinstance(said, When) or (said.moment > now and said.rest in text)


@pytest.mark.parametrize("times", [1, 20])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_read_or_refused(text: str, times: int) -> None:
    for before in ("", "30/9 ", "Senin", "besok pukul 1", "30 September 2026("):
        said = outcome(read, before + text * times)

        assert isinstance(said, When | Refusal)
        assert len(quote(said)) <= 40
