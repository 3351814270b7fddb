"""The command line, mostly as a process of its own: what it prints, and how it ends."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.cli import invite
from config import kendari
from config.settings import KNOWN
from db.migrations import HEAD
from db.models import Role
from demo.telegram import Bot, Telegram
from demo.telegram.http import served_aside
from tests import warm
from tests.town import settings_for

ROOT = Path(__file__).parent.parent
PATIENCE = 60  # seconds
NOBODY_THERE = "http://127.0.0.1:9"
TUNTAS = f"{sys.executable} -m bot"
LIST = ["--programme", "PEKPPP-2026", "--due", "H+60"]


class Home:
    """A folder of its own, where the bot is at home, and the settings it is started with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "data" / "tuntas.db"
        kept = {k: v for k, v in os.environ.items() if k.upper() not in KNOWN}
        self.environment = kept | {"PYTHONPATH": str(ROOT)}

    def starts(self, *words: object, **settings: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *map(str, words)],
            cwd=self.folder,
            env=self.environment | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def does(self, *words: object, **settings: str) -> warm.Ended:
        done = self.ends(*words, **settings)
        assert "Traceback" not in done.stdout + done.stderr
        return done

    def ends(self, *words: object, **settings: str) -> warm.Ended:
        """However that is."""
        environment = self.environment | settings
        return warm.runs(*words, module="bot", folder=self.folder, environment=environment)

    def asks(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def tuntas() -> Iterator[Bot]:
    """The bot of a make-believe Telegram that a process can reach."""
    telegram = Telegram(lambda: datetime.now(UTC))
    bot = telegram.bot("tuntas_bot", "Tuntas")
    with served_aside(telegram) as bot.address:  # type: ignore[attr-defined]
        yield bot


def line_to(bot: Bot) -> dict[str, str]:
    return {"BOT_TOKEN": bot.token, "TELEGRAM_API_URL": bot.address}  # type: ignore[attr-defined]


def said(process: subprocess.Popen[str], words: str) -> str:
    """Everything on standard error up to the line with these words."""
    assert process.stderr
    lines = []
    for line in process.stderr:
        lines.append(line)
        if words in line:
            break
    return "".join(lines)


def ends(process: subprocess.Popen[str]) -> str:
    """The rest of standard error, once it has ended; one that does not end is made to."""
    impatience = threading.Timer(PATIENCE, process.kill)
    impatience.start()
    with process:
        assert process.stderr
        rest = process.stderr.read()
    impatience.cancel()
    return rest


# files in


def test_kendari_comes_in_by_two_commands(home: Home) -> None:
    opd = home.does("import", "opd", kendari.OPD)
    items = home.does("import", "checklist", kendari.CHECKLIST, *LIST)
    again = home.does("import", "opd", kendari.OPD)

    assert (opd.returncode, opd.stderr) == (items.returncode, items.stderr) == (0, "")
    assert len(opd.stdout.splitlines()) == 45
    assert opd.stdout.splitlines()[0] == " 2  new      SETDA              Sekretariat Daerah"
    assert opd.stdout.splitlines()[-1] == "44 rows: 44 new, 0 changed, 0 same, 0 wrong"
    assert items.stdout.splitlines()[-1] == "31 rows: 31 new, 0 changed, 0 same, 0 wrong"
    assert again.stdout.splitlines()[-1] == "44 rows: 0 new, 0 changed, 44 same, 0 wrong"
    assert home.asks("SELECT count(*) FROM item") == [(1364,)]


def test_a_dry_run_does_not_even_make_the_database(home: Home) -> None:
    done = home.does("import", "opd", kendari.OPD, "--dry-run")

    assert done.returncode == 0
    assert done.stdout.endswith(
        "44 new, 0 changed, 0 same, 0 wrong; a dry run, nothing was written\n"
    )
    assert not home.database.exists()


def test_one_wrong_row_and_nothing_is_written(home: Home) -> None:
    file = home.folder / "opd.csv"
    file.write_text("code,name,kind\nDINKES,Dinas Kesehatan,dinas\nA,\x1b[31mMerah,dinas\n")
    done = home.does("import", "opd", file)

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "2  new      DINKES  Dinas Kesehatan",
        "3  wrong    A       [31mMerah: the code must be 2 to 20 of A-Z 0-9 _ -, not A",
        "2 rows: 1 new, 0 changed, 0 same, 1 wrong; nothing was written",
    ]
    assert home.asks("SELECT count(*) FROM opd") == [(0,)]


def test_files_of_no_use_are_refused_in_one_sentence(home: Home) -> None:
    (home.folder / "empty").touch()
    (home.folder / "picture.csv").write_bytes(bytes(range(256)))
    (home.folder / "book.xlsx").write_bytes(b"PK\x03\x04 no workbook at all")
    (home.folder / "other.csv").write_text("nomor,judul\n1,A\n")
    whys = {
        "nowhere.csv": "it cannot be read: No such file or directory",
        ".": "it cannot be read: Is a directory",
        "empty": "it is empty",
        "picture.csv": "it is neither CSV nor XLSX",
        "book.xlsx": "it is a damaged XLSX workbook, or none",
        "other.csv": "the column number is missing; the first row says: nomor, judul",
    }
    found = {name: home.does("import", "checklist", name, *LIST) for name in whys}

    assert {name: done.stderr for name, done in found.items()} == {
        name: f"{name}: {why}\n" for name, why in whys.items()
    }
    assert {done.returncode for done in found.values()} == {1}
    assert not home.database.exists()


def test_a_checklist_for_nobody_is_a_failure(home: Home) -> None:
    home.does("import", "opd", kendari.OPD)
    done = home.does("import", "checklist", kendari.CHECKLIST, *LIST, "--opd", "dinkes,dinks")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "there is no OPD DINKS\n"


# wrong usage

MISUSE = {
    "nothing": "Usage: ",
    "foo": "No such command 'foo'",
    "import": "Usage: ",
    "import opd": "Missing argument 'FILE'",
    "import opd a.csv b.csv": "unexpected extra argument",
    "import opd --fast a.csv": "No such option: --fast",
    "import checklist a.csv --due H+1": "Missing option '--programme'",
    "import checklist a.csv --programme X --due H+1": "--programme: the code must be 2 to 20",
    "import checklist a.csv --programme semua --due H+1": "the code must not be SEMUA",
    "import checklist a.csv --programme T12 --due H+1": "T12 would be a bundle in /ubah",
    "import checklist a.csv --programme P1 --due kapan": "--due: write it like 30/9/2027",
    "import checklist a.csv --programme P1 --due 30/9/2090": "--due: it is later than",
    "import checklist a.csv --programme P1 --due 31/2/2027": "--due: there is no such day",
    "import checklist a.csv --programme P1 --due H+1 --opd ,": "--opd: nothing is named",
    "invite": "Usage: ",
    "invite walikota": "No such command 'walikota'",
    "invite head": "Missing option '--opd'",
    "invite group": "Missing option '--opd'",
    "invite sekda --opd DINKES": "No such option: --opd",
    "invite head --opd DINKES --acting pjs": "--acting: it must be plt, plh or pj",
    "person export abc tono.json": "'USER_ID': it must be a Telegram id, such as 123456789",
    "person reduce 1.5": "'USER_ID': it must be a Telegram id, such as 123456789",
    "invite all": "Missing argument 'FILE.xlsx'",
    "invite all undangan.csv": "the file's name must end in .xlsx",
    "backup": "Missing argument 'FILE'",
    "backup kept.tar": "the file's name must end in .zip",
    "restore a.zip b.zip": "unexpected extra argument",
}


@pytest.mark.parametrize(("words", "why"), MISUSE.items(), ids=MISUSE.keys())
def test_wrong_usage_ends_with_2(
    words: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, words.split() if words != "nothing" else [])

    assert done.exit_code == 2
    assert why in done.output


@pytest.mark.parametrize(
    "words",
    ["", "run", "demo", "check", "audit", "backup", "restore", "import opd", "import checklist"]
    + ["invite all"]
    + [f"invite {role}" for role in Role],
)
def test_every_verb_explains_itself_with_an_example(words: str) -> None:
    done = CliRunner().invoke(cli, [*words.split(), "--help"])

    assert done.exit_code == 0
    assert not words or f"Example: python -m bot {words}" in done.output


def test_what_help_says_can_be_typed_as_it_stands(home: Home) -> None:
    """A server knows what is installed in `.venv` by that folder's python alone."""
    (home.folder / ".venv").symlink_to(sys.prefix)
    said = subprocess.check_output(
        [home.folder / ".venv/bin/python", "-m", "bot", "invite", "head", "--help"],
        cwd=home.folder, env=home.environment, text=True,
    )  # fmt: skip

    assert "Usage: .venv/bin/python -m bot invite head [OPTIONS]" in said
    assert "Example: .venv/bin/python -m bot invite head --opd DINKES" in said


def test_help_comes_fast() -> None:
    slow = ("telegram", "sqlalchemy", "alembic", "openpyxl", "pydantic", "holidays")
    code = f"import sys, bot.__main__; print([m for m in {slow} if m in sys.modules])"
    said = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT)

    assert said == "[]\n"


# failures


def test_a_nonsensical_setting_stops_every_verb(home: Home) -> None:
    done = home.does("audit", REMIND_AT="25:00")

    assert (done.returncode, done.stderr) == (1, "REMIND_AT must be a time such as 08:00\n")


def test_a_database_that_is_none_is_a_failure(home: Home) -> None:
    home.database.parent.mkdir()
    home.database.write_text("no database at all, but a text of some length " * 20)
    done = home.does("import", "opd", kendari.OPD)

    assert done.returncode == 1
    assert done.stderr.startswith(
        "the database is damaged (file is not a database): stop the bot, "
    )


def test_a_database_of_a_newer_tuntas_is_left_alone(home: Home) -> None:
    home.does("import", "opd", kendari.OPD)
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    done = home.does("import", "opd", kendari.OPD)

    assert done.returncode == 1
    assert done.stderr == (
        f"the database is at revision 9999, this Tuntas knows {HEAD}: update Tuntas\n"
    )


def test_a_reader_that_leaves_early_is_no_failure(home: Home) -> None:
    process = home.starts("import", "opd", kendari.OPD)
    assert process.stdout
    process.stdout.readline()
    process.stdout.close()

    assert process.wait(PATIENCE) == 0
    assert process.stderr
    assert process.stderr.read() == ""
    process.stderr.close()


# invitations


def test_the_roles_are_those_of_the_contract() -> None:
    assert {*invite.OF_CITY} == {role.value for role in Role if role.is_of_city}
    assert {*invite.OF_OPD} == {role.value for role in Role if not role.is_of_city}


def test_an_invitation_prints_the_link_alone(home: Home, tuntas: Bot) -> None:
    home.does("import", "opd", kendari.OPD)
    made = [
        home.does("invite", *words.split(), **line_to(tuntas))
        for words in ("coordinator", "secretary --opd dinkes --acting plt", "group --opd DINKES")
    ]
    kinds = [done.stdout.partition("=")[0] for done in made]

    until = datetime.now(ZoneInfo("Asia/Makassar")) + timedelta(days=7)

    assert {(done.returncode, done.stdout.count("\n")) for done in made} == {(0, 1)}
    assert [done.stderr.partition(": ")[2] for done in made] == [
        "whoever opens it becomes coordinator\n",
        "whoever opens it becomes secretary (plt) of DINKES\n",
        "whoever opens it links the group of DINKES, and gets no post\n",
    ]
    assert made[0].stderr.startswith(f"good once, until {until:%Y-%m-%d} ")
    assert kinds == [
        "https://t.me/tuntas_bot?start",
        "https://t.me/tuntas_bot?start",
        "https://t.me/tuntas_bot?startgroup",
    ]
    assert home.asks("SELECT role, acting FROM invitation ORDER BY id") == [
        ("coordinator", ""), ("secretary", "plt"), (None, "")
    ]  # fmt: skip


async def test_who_knows_the_bots_name_need_not_ask(tmp_path: Path) -> None:
    settings = settings_for("1:none_of_your_business", f"sqlite+aiosqlite:///{tmp_path}/t.db")
    made = await invite.make_link(settings, "sekda", None, "", username="tuntas_bot")

    assert made.link.startswith("https://t.me/tuntas_bot?start=")


def test_an_invitation_without_telegram_fails_in_one_sentence(home: Home, tuntas: Bot) -> None:
    away = home.does("invite", "coordinator", BOT_TOKEN=tuntas.token, TELEGRAM_API_URL=NOBODY_THERE)
    wrong = home.does("invite", "coordinator", **line_to(tuntas) | {"BOT_TOKEN": "1:another_token"})
    unset = home.does("invite", "coordinator")

    assert [done.returncode for done in (away, wrong, unset)] == [1, 1, 1]
    assert away.stderr.startswith(f"Telegram cannot be reached at {NOBODY_THERE}: ")
    assert wrong.stderr == (
        "Telegram does not accept BOT_TOKEN: put the one @BotFather gives you in .env\n"
    )
    assert unset.stderr.startswith("BOT_TOKEN is missing")
    assert away.stdout + wrong.stdout + unset.stdout == ""
    assert not home.database.exists()


def test_an_invitation_for_an_unknown_opd_fails(home: Home, tuntas: Bot) -> None:
    done = home.does("invite", "head", "--opd", "DINKS", **line_to(tuntas))

    assert (done.returncode, done.stderr) == (1, "there is no OPD DINKS: import opd adds it\n")


def test_all_invitations_are_a_workbook(home: Home, tuntas: Bot) -> None:
    home.does("import", "opd", kendari.OPD)
    done = home.does("invite", "all", "undangan.xlsx", **line_to(tuntas))
    again = home.does("invite", "all", "undangan.xlsx", **line_to(tuntas))
    sheet = load_workbook(home.folder / "undangan.xlsx").worksheets[0]

    assert done.stdout == "undangan.xlsx: 44 OPD without a secretary\n"
    assert sheet.max_row == 45
    assert (again.returncode, again.stderr) == (
        1, "undangan.xlsx is there already: choose another name\n"
    )  # fmt: skip
    assert home.asks("SELECT count(*) FROM invitation") == [(44,)]


# check and audit


def test_check_says_what_is_missing_and_how_to_mend_it(home: Home, tuntas: Bot) -> None:
    fresh = home.does("check", **line_to(tuntas))
    left = list(home.folder.iterdir())
    home.does("import", "opd", kendari.OPD)
    filled = home.does("check", **line_to(tuntas))

    assert (fresh.returncode, filled.returncode, left) == (0, 0, [])
    assert "hint     there is no database yet at data/tuntas.db: the first" in fresh.stdout
    assert "fine     Telegram accepts the token of @tuntas_bot" in filled.stdout
    assert f"hint     nobody is coordinator: {TUNTAS} invite coordinator" in filled.stdout
    assert (
        "hint     0 of 44 OPD are ready, with a group and a secretary in reach: " in filled.stdout
    )
    assert "44 OPD (BAPENDA, BAPPEDA, BKPSDM, BPBD, BPKAD and 39 more)" in filled.stdout


def test_check_fails_when_something_cannot_work(home: Home, tuntas: Bot) -> None:
    home.database.parent.mkdir()
    home.database.write_text("no database " * 100)
    done = home.does("check")

    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if line.startswith("problem")] == [
        "problem  BOT_TOKEN is missing: put the one @BotFather gives you in .env",
        "problem  the database is damaged (file is not a database): "
        f"stop the bot, then {TUNTAS} restore FILE with a backup",
    ]


def test_audit_names_the_first_broken_entry(home: Home) -> None:
    none = home.does("audit")
    home.does("import", "opd", kendari.OPD)
    whole = home.does("audit")
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET subject = 'DINKES' WHERE id = 17")
        connection.commit()
    broken = home.does("audit")

    assert none.stderr == "there is no database yet at data/tuntas.db: the first import makes it\n"
    assert whole.returncode == 0
    assert whole.stdout.startswith("the audit log is whole: 44 entries, the last 44:")
    assert (broken.returncode, broken.stdout) == (1, "")
    assert broken.stderr.startswith("the audit log is broken at entry 17")


# running


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT])
def test_the_bot_runs_until_it_is_told_to_stop(
    home: Home, tuntas: Bot, wish: signal.Signals
) -> None:
    process = home.starts("run", **line_to(tuntas))
    log = said(process, "Running")
    process.send_signal(wish)
    rest = ends(process)

    assert process.returncode == 0
    assert home.asks("SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert tuntas.token not in log + rest
    assert "Traceback" not in log + rest


def test_a_second_copy_says_so_and_leaves_the_first_alone(home: Home, tuntas: Bot) -> None:
    first = home.starts("run", **line_to(tuntas))
    said(first, "Running")
    second = home.does("run", **line_to(tuntas))
    first.terminate()
    ends(first)

    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == "another copy of the bot is running on data/tuntas.db\n"
    assert first.returncode == 0


def test_a_copy_elsewhere_is_told_by_telegram(home: Home, tuntas: Bot) -> None:
    elsewhere = f"sqlite+aiosqlite:///{home.folder}/other.db"
    first = home.starts("run", **line_to(tuntas))
    said(first, "Application started")
    second = home.starts("run", **line_to(tuntas), DATABASE_URL=elsewhere)
    log = ends(first)
    second.terminate()
    ends(second)

    assert first.returncode == 1
    assert log.splitlines()[-1] == "another process is receiving for this bot: stop it first"
    assert "Traceback" not in log


def test_a_wrong_token_ends_it_at_once(home: Home, tuntas: Bot) -> None:
    done = home.does("run", **line_to(tuntas) | {"BOT_TOKEN": "12345:another_token"})

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "Telegram does not accept BOT_TOKEN: put the one @BotFather gives you in .env"
    )
    assert "another_token" not in done.stderr


def test_a_network_that_is_late_is_waited_for(home: Home, tuntas: Bot) -> None:
    process = home.starts("run", BOT_TOKEN=tuntas.token, TELEGRAM_API_URL=NOBODY_THERE)
    log = said(process, "Telegram cannot be reached")
    process.terminate()
    rest = ends(process)

    assert process.returncode == 0
    assert tuntas.token not in log + rest
