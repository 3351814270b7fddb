"""Every setting: what it may be, how it is refused, and what never shows."""

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dotenv import dotenv_values
from pydantic import ValidationError

from config import settings
from config.settings import KNOWN, Settings

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _an_empty_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    for name in KNOWN:
        monkeypatch.delenv(name, raising=False)


def refusal(**options: object) -> str:
    """The sentence with which the start is stopped; a text, so the exit code is 1."""
    with pytest.raises(SystemExit) as stopped:
        settings.read(**options)
    assert isinstance(stopped.value.code, str)
    return stopped.value.code


def test_every_default_is_the_contract_s():
    assert settings.read().model_dump() == {
        "bot_token": None,
        "database_url": "sqlite+aiosqlite:///data/tuntas.db",
        "telegram_api_url": "https://api.telegram.org",
        "city": "Kota Kendari",
        "timezone": ZoneInfo("Asia/Makassar"),
        "remind_at": time(8),
        "digest_at": time(16),
        "quiet_from": time(17, 30),
        "remind_before": (14, 7, 3, 1, 0),
        "remind_after": (1, 3, 5, 10),
        "escalate_head_after": 3,
        "escalate_sekda_after": 5,
        "holidays_file": None,
        "evidence_dir": Path("data/evidence"),
        "backup_dir": Path("data/backups"),
        "heartbeat_url": None,
        "log_level": "INFO",
        "log_format": "text",
    }


def test_the_example_names_every_setting_once_in_order_with_its_default():
    names = [line.partition("=")[0] for line in EXAMPLE.read_text().splitlines() if line[0] != "#"]

    assert names == list(KNOWN)
    assert settings.read(file=EXAMPLE) == settings.read()


def test_what_is_empty_in_the_example_has_its_default(tmp_path):
    emptied = tmp_path / ".env"
    emptied.write_text("".join(f"{name}=\n" for name in KNOWN))

    assert settings.read(file=emptied) == settings.read()
    assert "# What is empty or missing has its default" in EXAMPLE.read_text()


def test_the_example_explains_every_setting():
    lines = EXAMPLE.read_text().splitlines()
    bare = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if not line.startswith("#") and not before.startswith("#")
    ]

    assert bare == []


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        (
            "database_url",
            "sqlite+aiosqlite:////srv/tuntas.db",
            "sqlite+aiosqlite:////srv/tuntas.db",
        ),
        ("database_url", "postgresql://u:p@db/tuntas", "postgresql://u:p@db/tuntas"),
        ("database_url", "postgresql+psycopg:///tuntas", "postgresql+psycopg:///tuntas"),
        ("telegram_api_url", "http://localhost:8081/", "http://localhost:8081"),
        ("telegram_api_url", "https://proxy.example/botapi/", "https://proxy.example/botapi"),
        ("city", "  Kabupaten Konawe ", "Kabupaten Konawe"),
        ("timezone", "Asia/Jayapura", ZoneInfo("Asia/Jayapura")),
        ("remind_at", "7:30", time(7, 30)),
        ("digest_at", "15.45", time(15, 45)),
        ("quiet_from", "23:59", time(23, 59)),
        ("remind_before", "0, 3,7 ,3", (7, 3, 0)),  # any order, repeats once
        ("remind_before", "365", (365,)),
        ("remind_after", "5,1,1", (1, 5)),
        ("escalate_head_after", "1", 1),
        ("escalate_sekda_after", "365", 365),
        ("evidence_dir", "/srv/bukti", Path("/srv/bukti")),
        ("backup_dir", "cadangan", Path("cadangan")),
        ("heartbeat_url", "https://hc-ping.com/7a3c/", "https://hc-ping.com/7a3c/"),
        ("log_level", "debug", "DEBUG"),
        ("log_format", "JSON", "json"),
    ],
)
def test_a_good_value(name: str, written: str, value: object, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name.upper(), written)

    assert getattr(settings.read(), name) == value


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("BOT_TOKEN", "paste-the-token-from-BotFather-here"),
        ("BOT_TOKEN", "@KendariTuntasBot"),
        ("BOT_TOKEN", "110201543"),
        ("BOT_TOKEN", "110201543:AAHdq TcvCH1vGWJxfSeofSAs0K5PALDsaw"),
        ("DATABASE_URL", "sqlite:///data/tuntas.db"),
        ("DATABASE_URL", "sqlite+aiosqlite://data/tuntas.db"),
        ("DATABASE_URL", "sqlite+aiosqlite:///"),
        ("DATABASE_URL", "sqlite+aiosqlite:///:memory:"),
        ("DATABASE_URL", "postgresql+asyncpg://db/tuntas"),
        ("DATABASE_URL", "data/tuntas.db"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_API_URL", "ftp://api.telegram.org"),
        ("TELEGRAM_API_URL", "https://"),
        ("TELEGRAM_API_URL", "https://x:99999"),
        ("TELEGRAM_API_URL", "https://[::1"),
        ("TELEGRAM_API_URL", "https://api.telegram.org/bot"),
        ("TELEGRAM_API_URL", f"https://api.telegram.org/bot{TOKEN}/getMe"),
        ("TELEGRAM_API_URL", "https://api.telegram.org?x=1"),
        ("CITY", "x" * 101),
        ("CITY", "   "),
        ("CITY", "Kota\nKendari"),
        ("TIMEZONE", "WITA"),
        ("TIMEZONE", "../../etc/passwd"),
        ("REMIND_AT", "8"),
        ("REMIND_AT", "08:00:00"),
        ("REMIND_AT", "08:00+08:00"),
        ("DIGEST_AT", "24:00"),
        ("DIGEST_AT", "16:60"),
        ("QUIET_FROM", "sore"),
        ("REMIND_BEFORE", "-1"),
        ("REMIND_BEFORE", "7;3"),
        ("REMIND_BEFORE", "7,,3"),
        ("REMIND_BEFORE", "366"),
        ("REMIND_BEFORE", "1.5"),
        ("REMIND_AFTER", "0,1"),
        ("REMIND_AFTER", "satu"),
        ("REMIND_AFTER", "9" * 5_000),
        ("ESCALATE_HEAD_AFTER", "0"),
        ("ESCALATE_HEAD_AFTER", "tiga"),
        ("ESCALATE_SEKDA_AFTER", "366"),
        ("HOLIDAYS_FILE", "no/such/file.csv"),
        ("HOLIDAYS_FILE", "/"),
        ("EVIDENCE_DIR", __file__),
        ("BACKUP_DIR", __file__),
        ("HEARTBEAT_URL", "hc-ping.com/7a3c"),
        ("HEARTBEAT_URL", "https://hc-ping.com/a b"),
        ("HEARTBEAT_URL", "https://hc-\u200bping.com/7a3c"),
        ("HEARTBEAT_URL", "https://hc-ping.com/7a3c\u200b"),
        ("HEARTBEAT_URL", "https://hc-ping..com/7a3c"),
        ("HEARTBEAT_URL", "https://xn--zzzzzzzzz99999.com/7a3c"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_bad_value_stops_the_start_and_names_itself(
    name: str, written: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(name, written)

    said = refusal()

    assert said.startswith(f"{name} ")
    assert "\n" not in said
    assert "Value error" not in said
    assert len(said) < 150


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"remind_at": "16:01"}, ["REMIND_AT", "DIGEST_AT"]),
        ({"digest_at": "07:59"}, ["REMIND_AT", "DIGEST_AT"]),
        ({"digest_at": "17:30"}, ["DIGEST_AT", "QUIET_FROM"]),
        ({"quiet_from": "08:00"}, ["DIGEST_AT", "QUIET_FROM"]),
        ({"escalate_head_after": 5}, ["ESCALATE_HEAD_AFTER", "ESCALATE_SEKDA_AFTER"]),
        ({"escalate_sekda_after": 2}, ["ESCALATE_HEAD_AFTER", "ESCALATE_SEKDA_AFTER"]),
    ],
)
def test_what_does_not_agree_is_named_together(given: dict[str, object], named: list[str]):
    said = refusal(**given)

    assert all(name in said for name in named)


def test_the_digest_may_come_with_the_first_reminders():
    assert settings.read(remind_at="08:00", digest_at="08:00")


def test_several_mistakes_are_told_at_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    monkeypatch.setenv("REMIND_BEFORE", "x,y")

    assert refusal() == (
        "REMIND_BEFORE must be days from 0 to 365 separated by commas, such as 7,3,1,0; "
        "LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR"
    )


def test_a_wrong_holidays_file_is_named_with_its_line():
    Path("libur.csv").write_text("date,name,kind\n2026-13-01,HUT,libur\n")

    assert refusal(holidays_file="libur.csv").startswith("HOLIDAYS_FILE line 2: the date must")


# .env


def test_the_environment_beats_the_file_and_what_is_given_beats_both(
    monkeypatch: pytest.MonkeyPatch,
):
    Path(".env").write_text("CITY=Kota Baubau\nLOG_LEVEL=ERROR\nLOG_FORMAT=json\n")
    monkeypatch.setenv("CITY", "Kota Kendari")
    monkeypatch.setenv("LOG_LEVEL", "WARNING")

    read = settings.read(log_level="DEBUG")

    assert (read.city, read.log_level, read.log_format) == ("Kota Kendari", "DEBUG", "json")


def test_empty_means_not_set(monkeypatch: pytest.MonkeyPatch):
    Path(".env").write_text("BOT_TOKEN=\nHEARTBEAT_URL=\nREMIND_AT=\nHOLIDAYS_FILE= # none\n")
    monkeypatch.setenv("REMIND_BEFORE", "")

    assert settings.read() == settings.read(file=None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_edited_on_windows(encoding: str, newline: str):
    lines = [f"BOT_TOKEN={TOKEN}", "CITY='Kota Kendari'", "LOG_LEVEL=ERROR ", ""]
    Path(".env").write_bytes(newline.join(lines).encode(encoding))

    read = settings.read(need_token=True)

    assert (read.token, read.city, read.log_level) == (TOKEN, "Kota Kendari", "ERROR")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("REMIND_ATT=08:00", "REMIND_ATT is not a setting of Tuntas: did you mean REMIND_AT?"),
        ("telegram_token=x", "TELEGRAM_TOKEN is not a setting of Tuntas"),
        ("FOO=", "FOO is not a setting of Tuntas: see .env.example"),
        ("REMIND_AT 08:00", ".env line 4 is not of the form NAME=value"),
        ("REMIND_AT", ".env line 4 is not of the form NAME=value"),
        ("CITY='Kota Kendari", ".env line 4 is not of the form NAME=value"),
        (TOKEN, ".env line 4 is not of the form NAME=value"),
        (f"{TOKEN}=", ".env line 4 is not of the form NAME=value"),
    ],
)
def test_a_line_that_would_be_stepped_over_stops_the_start(line: str, said: str):
    Path(".env").write_text(f"# Tuntas\nLOG_LEVEL=INFO\n\n{line}\n")

    assert refusal().startswith(said)
    assert TOKEN not in refusal()


def test_a_file_that_is_no_text_is_named():
    Path(".env").write_bytes("CITY=Kota Kendari\n".encode("utf-16"))

    assert refusal() == ".env must be saved as UTF-8"


def test_a_file_that_cannot_be_read_is_named():
    Path(".env").mkdir()

    assert refusal().startswith(".env cannot be read: ")


def test_unknown_names_are_refused_at_every_door():
    assert refusal(cty="Kota Kendari") == "CTY is not a setting of Tuntas: did you mean CITY?"
    with pytest.raises(ValidationError):
        Settings(_env_file=None, cty="Kota Kendari")


# Secrets


def test_who_speaks_to_telegram_needs_a_token_and_nobody_else():
    assert settings.read().bot_token is None
    assert refusal(need_token=True).startswith("BOT_TOKEN is missing")
    with pytest.raises(RuntimeError):
        _ = settings.read().token
    assert settings.read(need_token=True, bot_token=TOKEN).token == TOKEN


def test_secrets_are_not_shown():
    read = settings.read(
        bot_token=TOKEN,
        database_url="postgresql://tuntas:rahasia@db/tuntas",
        heartbeat_url="https://hc-ping.com/rahasia",
    )

    for shown in (repr(read), str(read)):
        assert TOKEN not in shown
        assert "rahasia" not in shown


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("BOT_TOKEN", "110201543:rahasia rahasia"),
        ("DATABASE_URL", "mysql://tuntas:rahasia@db/tuntas"),
        ("HEARTBEAT_URL", "hc-ping.com/rahasia"),
        ("TELEGRAM_API_URL", "https://api.telegram.org/bot110201543:rahasia"),
    ],
)
def test_a_refused_secret_is_not_shown(name: str, written: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, written)

    with pytest.raises(SystemExit) as stopped:
        settings.read()

    assert "rahasia" not in str(stopped.value)
    assert stopped.value.__cause__ is None
    assert stopped.value.__suppress_context__


# What is built from them


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        settings.read().city = "Kota Baubau"


def test_the_calendar_is_made_of_the_settings_and_made_once():
    Path("libur.csv").write_text("date,name,kind\n2026-05-11,HUT,libur\n")
    read = settings.read(holidays_file="libur.csv", remind_at="09:00", remind_after="2,1")
    calendar = read.calendar()

    assert (calendar.zone, calendar.opens, calendar.closes) == (
        ZoneInfo("Asia/Makassar"),
        time(9),
        time(17, 30),
    )
    assert (calendar.before, calendar.after) == ((14, 7, 3, 1, 0), (1, 2))
    assert [change.name for change in calendar.amendments.values()] == ["HUT"]
    assert read.calendar() is calendar


def test_the_example_holds_nothing_that_dotenv_steps_over():
    assert tuple(dotenv_values(EXAMPLE)) == KNOWN
