"""Rules of the house that a reviewer would otherwise have to remember."""

from __future__ import annotations

import ast
import asyncio
import inspect
import pkgutil
import re
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SAWarning

import bot
import db
from bot import messages, table, words
from bot.buttons import Button, Choose
from bot.context import Desk
from bot.gate import OF_OPD
from bot.letters import LETTERS
from bot.ticks import TICKS
from config.settings import Settings
from db import engine, owed
from db.chats import OpdFacts
from db.due import Due
from db.engine import Database
from db.migrations import HEAD
from db.models import Heard, State
from db.refusal import Refusal
from db.reports.changes import Change
from tests import golden
from tests.town import Clock, Town, settings_for, wita

SETTINGS = settings_for("1:make-believe", "sqlite+aiosqlite:///nowhere/none.db")
DESK = Desk(SETTINGS, cast("Database", None), SETTINGS.calendar(), Clock(wita(11, 24)))
OPD = OpdFacts(1, "RSAH", "Rumah Sakit Antero Hamra", "rsud", "Direktur", "", None, 0, "", "")
ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "bot" / "templates"
SAMPLES: dict[str, object] = {
    "roles": OF_OPD,
    "opd": "Dinas " * 10,
    "number": 3,
    "said": "tiga puluh <b>",
    "first": 9,
    "last": 3,
    "count": 999,
    "limit": 200,
    "weekday": "Senin",
    "day": date(2027, 9, 30),
    "latest": date(2028, 11, 24),
    "moment": wita(11, 20),
    "code": "DINKS",
    "closest": ("DINKES",),
    "outcome": "answered",
    "is_newcomer": True,
    "bundle": 12,
    "bundle_id": 12,
    "instruction": 12,
    "obstacle": 107,
    "state": State.NOT_APPLICABLE,
    "due": Due(wita(12, 30), "Asia/Jakarta"),
    "change": Change("T12", ()),
    "command": "undang",
    "title": "Kepala Pelaksana " * 3,
    "name": "Tono " * 20,
    "size": 34_000_000,
}


def every_module() -> list[str]:
    packages = [
        m for root in (bot, db) for m in pkgutil.walk_packages(root.__path__, f"{root.__name__}.")
    ]
    return [m.name for m in packages if "migrations" not in m.name and "__main__" not in m.name]


def every_refusal() -> list[type[Refusal]]:
    for name in every_module():
        __import__(name)
    found, queue = [], [Refusal]
    while queue:
        below = queue.pop().__subclasses__()
        found += [kind for kind in below if kind.__module__.split(".")[0] in {"bot", "db"}]
        queue += below
    return sorted(set(found), key=lambda kind: kind.__name__)


def worded(kind: type[Refusal]) -> str:
    has_facts = kind.__init__ is not Refusal.__init__
    facts = inspect.signature(kind).parameters.values() if has_facts else []
    said = {f.name: OPD if "OpdFacts" in str(f.annotation) else SAMPLES[f.name] for f in facts}
    return worded_as(kind(**said))


def worded_as(refusal: Refusal) -> str:
    return words.bare(messages.refusal(DESK, refusal, "verifikasi"))


@pytest.mark.parametrize("kind", every_refusal(), ids=lambda kind: kind.__name__)
def test_every_refusal_has_words_that_fit_a_pop_up(kind: type[Refusal]) -> None:
    assert worded(kind), "word it in bot/templates/refusal.html.j2"
    assert len(worded(kind)) <= words.POP_UP


def test_every_refusal_reads_well() -> None:
    golden.check("refusals", "\n\n".join(f"[{k.__name__}]\n{worded(k)}" for k in every_refusal()))


def test_every_message_has_a_template_and_every_template_a_message() -> None:
    source = "".join(
        p.read_text() for p in (ROOT / "bot" / "messages").iterdir() if p.suffix == ".py"
    )
    rendered = set(re.findall(r"render\(\s*[\"'](\w+)[\"']", source))
    templates = {p.name.removesuffix(".html.j2") for p in TEMPLATES.iterdir() if p.name[0] != "_"}

    assert rendered == templates


def test_nobody_shouts() -> None:
    written = "".join(path.read_text() for path in TEMPLATES.iterdir())
    spoken = re.sub(r"{%.*?%}|{{.*?}}|<!--.*?-->", "", written)

    assert "!" not in spoken


def test_every_button_is_routed_and_fits_into_callback_data() -> None:
    routed = {press.button for press in table.PRESSES} | {Choose}
    facts = {"int": 999_999_999_999, "str": "X" * 24}

    assert routed == set(Button.__subclasses__())
    for button in routed:
        kinds = inspect.signature(button).parameters.values()
        packed = button(*(facts[str(kind.annotation)] for kind in kinds)).pack()
        assert len(packed.encode()) <= 64, button
        assert button.pattern().match(packed)


def test_words_of_buttons_differ() -> None:
    words_used = [button.WORD for button in Button.__subclasses__()]

    assert len(words_used) == len(set(words_used))


def test_every_kind_of_debt_has_somebody_who_writes_it() -> None:
    source = (
        "".join(p.read_text() for p in ROOT.glob("bot/**/*.py"))
        + (ROOT / "db" / "debts.py").read_text()
    )
    kinds = set(re.findall(r'debts\.(?:notice|letter)\(\s*"(\w+)"', source))

    assert kinds <= set(LETTERS)


def test_every_alarm_waits_for_the_window() -> None:
    """What is owed by db.alarms is known to leave inside it, however long it is put off."""
    source = "".join(p.read_text() for top in ("bot", "db") for p in ROOT.glob(f"{top}/**/*.py"))
    call = r'(?:alarms\.owe|alarms\.warn|\bwarn)\(\s*\w+, [^"]*?(?:f"[^"]*", )?"(\w+)"'
    kinds = set(re.findall(call, source))

    assert kinds == set(owed.AUTOMATIC)


def test_the_start_knows_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "db" / "migrations"))

    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


async def test_the_migrations_make_what_the_models_say(town: Town) -> None:
    def differences(connection):  # type: ignore[no-untyped-def]
        return compare_metadata(MigrationContext.configure(connection), db.models.Base.metadata)

    async with town.desk.database.writer.connect() as connection:
        with pytest.warns((UserWarning, SAWarning), match="uq_post_role_opd"):
            assert await connection.run_sync(differences) == []


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=lambda d: d.name)
def test_insert_or_ignore_is_understood_by_both_engines(dialect) -> None:  # type: ignore[no-untyped-def]
    row = {"item_id": 1, "due_at": wita(12, 1), "stage": 3, "day": date(2026, 12, 1)}
    statement = engine.insert_or_ignore(dialect.name, Heard, row)

    assert "ON CONFLICT DO NOTHING" in str(statement.compile(dialect=dialect))


async def test_ten_at_once_lose_no_update(town: Town) -> None:
    async def increment() -> None:
        async with town.desk.transaction() as session:
            [number] = (await session.execute(text("SELECT topic_id FROM opd WHERE id = 1"))).one()
            await asyncio.sleep(0)
            await session.execute(text(f"UPDATE opd SET topic_id = {number + 1} WHERE id = 1"))

    await asyncio.gather(*(increment() for _ in range(10)))

    async with town.desk.view() as session:
        assert await session.scalar(text("SELECT topic_id FROM opd WHERE id = 1")) == 10


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", engine.GLANCE),
    ],
)
async def test_sqlite_keeps_its_word(town: Town, pragma: str, value: object) -> None:
    database = engine.connect(town.desk.settings.database_url)

    async with database.writing() as session:
        assert await session.scalar(text(f"PRAGMA {pragma}")) == value
    await database.close()


def test_a_postgresql_that_is_full_or_stops_is_away_and_a_wrong_statement_is_not() -> None:
    """Its driver, which is not installed here, has kinds of kinds of errors."""
    error = type("Error", (Exception,), {})
    operational, internal = (type(n, (error,), {}) for n in ("OperationalError", "InternalError"))
    away = [type(name, (operational,), {}) for name in ("DiskFull", "AdminShutdown")]
    away += [operational, type("ReadOnlySqlTransaction", (internal,), {})]
    wrong = type("UndefinedColumn", (type("ProgrammingError", (error,), {}),), {})

    assert [engine.is_away(kind()) for kind in (*away, wrong, internal)] == [
        *[True] * 4,
        False,
        False,
    ]


async def test_a_view_cannot_write(town: Town) -> None:
    with pytest.raises(engine.Unavailable, match="readonly"):
        async with town.desk.view() as session:
            await session.execute(text("UPDATE opd SET name = 'x'"))


async def test_the_clock_never_drops_a_tick(town: Town) -> None:
    assert town.app.job_queue
    jobs = town.app.job_queue.scheduler.get_jobs()

    assert [job.misfire_grace_time for job in jobs] == [None] * len(TICKS)


def test_no_group_is_possessive() -> None:
    """Python before 3.11.5, as in Debian 12, takes half of such a group for the whole (gh-106052),
    such as `opd` of `opdracht`; atomic groups it reads as they are."""
    rooms = [Path(room.__file__ or "").parent for room in (bot, db)]
    said = {path: path.read_text() for room in rooms for path in room.rglob("*.py")}
    found = [path.name for path, code in said.items() if re.search(r"(?<!\\)\)[?*+]\+", code)]

    assert said
    assert not found


def test_every_module_says_its_charge_in_one_line() -> None:
    for path in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("db/**/*.py"), *ROOT.glob("config/*.py")]:
        source = path.read_text()

        assert not source or ast.get_docstring(ast.parse(source)), path.relative_to(ROOT)


@pytest.mark.parametrize("name", ["reminder-usual", "digest-usual"])
def test_the_readme_shows_what_people_really_see(name: str) -> None:
    rendered = (ROOT / "tests" / "golden" / f"{name}.txt").read_text().strip()

    assert rendered in (ROOT / "README.md").read_text()


def test_the_readme_knows_every_command_and_setting() -> None:
    readme = (ROOT / "README.md").read_text()
    commands = {f"/{command.names[0]}" for command in table.COMMANDS}
    settings = {name.upper() for name in Settings.model_fields}

    assert {name for name in commands | settings if name not in readme} == set()


def test_each_promise_of_the_readme_names_a_test_that_is_there() -> None:
    page = (ROOT / "README.md").read_text().partition("## What Tuntas promises")[2]
    rows = [row for row in page.partition("\n## ")[0].splitlines() if row.startswith("| ")]
    promises = [row for row in rows if "shown by" not in row and "---" not in row]
    named = [re.findall(r"`(test_\w+\.py)::(test_\w+)`", row) for row in promises]

    assert promises
    assert all(named)
    for file, test in (one for found in named for one in found):
        assert f"def {test}(" in (ROOT / "tests" / file).read_text(), f"{file}::{test}"
