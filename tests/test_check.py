"""check: each thing that can be wrong is brought about, and named with its remedy."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.checks import account, backups, city, database, groups, machine
from bot.checks.finding import Finding, Kind
from bot.cli import door, failures, findings, parts
from bot.ticks import outages
from config.settings import Settings
from db import chats, engine, linking, reach, upgrade
from db.act import Act
from db.archive import asides, making, nightlies, restoring
from db.archive.making import Source
from db.archive.streams import Damaged
from db.migrations import HEAD
from db.models import Role
from db.shape import Incomplete
from demo.telegram import Chat
from demo.telegram.http import served
from tests.town import Town, wita

NOBODY_THERE = "http://127.0.0.1:9"
PATIENCE = 3.0  # seconds with a busy machine: who asks waits five for an answer


@dataclass
class Keeper:
    """Whoever keeps the server, beside the running bot."""

    town: Town
    settings: Settings

    async def finds(self, *names: str) -> list[Finding]:
        """What `check` finds, in the parts of these names; without a name in all."""
        looked = [parts.PARTS[name] for name in names or parts.PARTS]
        clock = self.town.clock
        return [one for part in looked for one in await parts.tried(part, self.settings, clock)]

    async def reads(self, *names: str) -> list[str]:
        zone = self.settings.timezone
        return [f"{f.kind} {findings.line(f, zone)}" for f in await self.finds(*names)]

    def with_(self, **settings: object) -> Keeper:
        return Keeper(self.town, self.settings.model_copy(update=settings))


@pytest.fixture
async def keeper(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Keeper]:
    monkeypatch.chdir(tmp_path)
    async with served(town.telegram) as address:
        folders = {"backup_dir": tmp_path / "backups", "evidence_dir": tmp_path / "evidence"}
        given = {"telegram_api_url": address} | folders
        yield Keeper(town, town.desk.settings.model_copy(update=given))


def problems(found: list[Finding]) -> list[str]:
    return [one.name for one in found if one.kind is Kind.PROBLEM]


async def test_a_good_installation_is_told_in_few_lines(keeper: Keeper) -> None:
    await keeper.town.hears()
    read = await keeper.reads("Telegram", "Groups", "Database", "City")

    assert read == [
        "fine Telegram accepts the token of @tuntas_bot",
        "fine the clock agrees with Telegram's",
        "fine the bot can write to the groups of 2 OPD",
        f"fine the database is whole, at revision {HEAD}",
        *(line for line in read if line.startswith("hint SQLite")),
        "fine 2 of 2 OPD are ready, with a group and a secretary in reach",
        "hint the free days of 2027 are not official yet: "
        "update Tuntas once they are, or name them in HOLIDAYS_FILE",
    ]


# Telegram


async def test_without_a_token_telegram_is_not_asked(keeper: Keeper) -> None:
    without = keeper.with_(bot_token=None)

    assert await without.reads("Telegram", "Groups") == [
        "problem BOT_TOKEN is missing: put the one @BotFather gives you in .env"
    ]


async def test_a_wrong_token_is_one_problem(keeper: Keeper) -> None:
    wrong = Settings(
        _env_file=None, bot_token="7:" + "x" * 35, database_url=keeper.settings.database_url,
        telegram_api_url=keeper.settings.telegram_api_url,
    )  # type: ignore[call-arg]  # fmt: skip
    read = await Keeper(keeper.town, wrong).reads("Telegram", "Groups")

    assert read == [
        "problem Telegram does not accept BOT_TOKEN: put the one @BotFather gives you in .env",
        "hint the groups of 2 OPD were not looked at (the token is not accepted): try again later",
    ]


async def test_a_telegram_out_of_reach_is_two_lines_not_one_for_each_group(keeper: Keeper) -> None:
    for n in range(20):
        await keeper.town.opd(f"OPD-{n}", f"Dinas {n}")
        await keeper.town.group(f"OPD-{n}", f"Grup {n}", keeper.town.people["sari"])
    away = await keeper.with_(telegram_api_url=NOBODY_THERE).reads("Telegram", "Groups")

    assert len(away) == 2
    assert away[0].startswith(f"problem Telegram cannot be reached at {NOBODY_THERE}: ")
    assert away[0].endswith("see the network, the clock and TELEGRAM_API_URL")
    assert away[1].startswith("hint the groups of 22 OPD were not looked at (")


async def test_a_telegram_that_goes_away_between_two_groups_is_one_line(keeper: Keeper) -> None:
    town = keeper.town
    town.telegram.cuts_next(httpx.RemoteProtocolError("gone"), method="getChat")
    read = await keeper.reads("Groups")

    assert len(read) == 1
    assert read[0].startswith("hint the groups of 2 OPD were not looked at (")


@pytest.mark.parametrize(
    ("hours", "seconds", "name", "said"),
    [
        (0, 59, "clock", "agrees"),
        (0, -59, "clock", "agrees"),
        (0, 0, "clock", "agrees"),
        (0, 70, "clock-wrong", "70 seconds ahead of"),
        (-1, 0, "clock-wrong", "3600 seconds behind"),
    ],
)
def test_a_clock_that_is_wrong_is_a_problem(hours: int, seconds: int, name: str, said: str) -> None:
    there = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    here = there + timedelta(hours=hours, seconds=seconds)
    finding = account.of_date("Tue, 24 Nov 2026 02:00:00 GMT", here, here)
    line = findings.line(finding, wita(1, 1).tzinfo)  # type: ignore[arg-type]

    assert finding.name == name
    assert said in line or abs(finding.facts["ahead"]) == abs(hours * 3600 + seconds) - 1
    assert (name == "clock") or line.endswith("timedatectl set-ntp true")


async def test_a_clock_is_compared_with_what_telegram_says(keeper: Keeper) -> None:
    town = keeper.town

    def fast() -> datetime:
        return town.clock.now + timedelta(hours=1)

    found = await parts.of_telegram(keeper.settings, fast)

    assert problems(found) == ["clock-wrong"]


def test_an_answer_without_a_date_is_said_to_be_of_no_use() -> None:
    now = datetime.now(UTC)

    assert account.of_date("", now, now).name == "clock-unseen"


async def test_what_botfather_set_wrong_is_named(keeper: Keeper) -> None:
    bot = keeper.town.bot
    bot.webhook, bot.can_join_groups, bot.privacy = "https://example.org/hook", False, False
    read = await keeper.reads("Telegram")

    assert read[1:4] == [
        "problem a webhook is set, so nothing can be fetched: "
        "run the bot, or call deleteWebhook of the Bot API",
        "hint the bot may not be added to groups: @BotFather, /setjoingroups, Enable",
        "hint privacy mode is off, so all talk in groups arrives here: "
        "@BotFather, /setprivacy, Enable",
    ]


# groups, as Telegram has them now and the bot has not heard


async def dikbud_says(keeper: Keeper) -> list[str]:
    return [line for line in await keeper.reads("Groups") if "DIKBUD" in line]


async def test_a_group_that_threw_the_bot_out_is_named(keeper: Keeper) -> None:
    town = keeper.town
    town.people["sari"].removes(town.bot, town.groups["DIKBUD"])

    assert await dikbud_says(keeper) == ["hint the bot is not in the group of DIKBUD: add it again"]


async def test_a_bot_that_was_silenced_is_named(keeper: Keeper) -> None:
    group = await supergroup(keeper, "DIKBUD")
    keeper.town.people["sari"].restricts(keeper.town.bot, group)

    assert await dikbud_says(keeper) == [
        "hint the bot may not write in the group of DIKBUD: allow it, or make it an admin"
    ]


async def test_a_muted_group_matters_only_while_the_bot_is_no_admin(keeper: Keeper) -> None:
    town, sari = keeper.town, keeper.town.people["sari"]
    group = await supergroup(keeper, "DIKBUD")
    sari.mutes(group)
    muted = await dikbud_says(keeper)
    sari.promotes(town.bot, group)

    assert muted == [
        "hint only admins may write in the group of DIKBUD: make the bot an admin there"
    ]
    assert await dikbud_says(keeper) == []


async def test_a_group_with_a_new_id_is_named(keeper: Keeper) -> None:
    town = keeper.town
    town.people["sari"].upgrades(town.groups["DIKBUD"])

    assert await dikbud_says(keeper) == [
        "hint the group of DIKBUD got a new id as a supergroup: "
        "the running bot follows with its next message"
    ]


async def test_a_topic_that_was_deleted_is_named_and_its_neighbour_is_not(keeper: Keeper) -> None:
    town, sari = keeper.town, keeper.town.people["sari"]
    forum = await supergroup(keeper, "DIKBUD", forum=True)
    lost, kept = sari.opens_topic(forum, "Dikbud"), sari.opens_topic(forum, "BPBD")
    await town.opd("BPBD", "Badan Penanggulangan Bencana Daerah")
    await link(town, "DIKBUD", forum, lost.id)
    await link(town, "BPBD", forum, kept.id)
    sari.deletes_topic(lost)

    assert await keeper.reads("Groups") == [
        "fine the bot can write to the groups of 2 OPD",
        "hint the topic of DIKBUD was deleted or closed: send /hubungkan CODE in another topic",
    ]


async def test_a_topic_that_was_closed_is_known_once_something_was_sent(keeper: Keeper) -> None:
    """Telegram tells no other way."""
    town, sari = keeper.town, keeper.town.people["sari"]
    forum = await supergroup(keeper, "DIKBUD", forum=True)
    topic = sari.opens_topic(forum, "Dikbud")
    await link(town, "DIKBUD", forum, topic.id)
    sari.closes_topic(topic)
    await town.minute()

    assert (
        "hint the topic of DIKBUD was deleted or closed: send /hubungkan CODE in another topic"
    ) in await keeper.reads("City")
    assert await dikbud_says(keeper) == []


async def test_a_group_that_can_be_written_to_again_is_named(keeper: Keeper) -> None:
    town = keeper.town
    async with town.desk.transaction() as session:
        act = Act(town.clock.now, "stage:trouble")
        await reach.lost(session, act, town.groups["DIKBUD"].id, "Bad Request: whatever")

    assert await dikbud_says(keeper) == [
        "hint the group of DIKBUD is noted as out of reach but can be written to: "
        "send /daftar there"
    ]
    assert (
        "hint the group of DIKBUD takes no messages (Bad Request: whatever): "
        "add the bot again, or link another group with /hubungkan"
    ) in await keeper.reads("City")


async def test_looking_at_groups_shows_nothing_there_and_is_never_a_crowd(keeper: Keeper) -> None:
    town = keeper.town
    for n in range(20):
        await town.opd(f"OPD-{n}", f"Dinas {n}")
        await town.group(f"OPD-{n}", f"Grup {n}", town.people["sari"])
    said = len(town.telegram.transcript)
    crowd = Crowd()
    town.telegram.arriving.append(crowd.comes)
    town.telegram.answering.append(crowd.goes)
    read = await keeper.reads("Groups")

    assert read == ["fine the bot can write to the groups of 22 OPD"]
    assert len(town.telegram.transcript) == said
    assert {action for _, action in town.bot.actions} == {"cancel"}
    assert crowd.most == groups.AT_ONCE


async def test_looking_leaves_room_for_the_running_bot(keeper: Keeper) -> None:
    town = keeper.town
    for n in range(8):
        await town.opd(f"OPD-{n}", f"Dinas {n}")
        await town.group(f"OPD-{n}", f"Grup {n}", town.people["sari"])
    began: list[float] = []

    async def comes(*_: object) -> None:
        began.append(asyncio.get_running_loop().time())

    town.telegram.arriving.append(comes)
    await keeper.reads("Groups")
    getme, *asked = began  # before the first question, however late that one comes

    assert len(asked) == 3 * 10
    assert asked[-1] - getme > 0.9 * groups.EVENLY * (len(asked) - 1)


@pytest.mark.parametrize("method", ["sendChatAction", "getChatMember", "getChat"])
async def test_looking_waits_when_telegram_asks_for_it(keeper: Keeper, method: str) -> None:
    keeper.town.telegram.refuses_next(
        429, "Too Many Requests: retry after 1", method=method, retry_after=1
    )

    assert await keeper.reads("Groups") == ["fine the bot can write to the groups of 2 OPD"]


class Crowd:
    """How many calls are under way at once. The first ones wait for as many as may be, and then
    whether there are too many."""

    def __init__(self) -> None:
        self.now = self.most = self.came = 0
        self.all_here, self.too_many = asyncio.Event(), asyncio.Event()

    async def comes(self, *_: object) -> None:
        self.now, self.came = self.now + 1, self.came + 1
        self.most = max(self.most, self.now)
        if self.most >= groups.AT_ONCE:
            self.all_here.set()
        if self.most > groups.AT_ONCE:
            self.too_many.set()
        if 1 < self.came <= groups.AT_ONCE + 1:  # getMe is alone
            with suppress(TimeoutError):
                await asyncio.wait_for(self.all_here.wait(), PATIENCE)
                await asyncio.wait_for(self.too_many.wait(), 0.5)

    async def goes(self, *_: object) -> None:
        self.now -= 1


async def supergroup(keeper: Keeper, code: str, *, forum: bool = False) -> Chat:
    town = keeper.town
    group = town.people["sari"].upgrades(town.groups[code], forum=forum)
    await town.hears()
    return group


async def link(town: Town, code: str, chat: Chat, topic: int) -> None:
    async with town.desk.transaction() as session:
        opd = await chats.by_code(session, code)
        assert opd
        act = Act(town.clock.now, f"stage:link:{code}")
        await linking.link(session, act, opd.id, chat.id, topic, chat.title)


# the database


async def test_without_a_database_nothing_is_made(keeper: Keeper, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "tuntas.db"
    read = await keeper.with_(database_url=f"sqlite+aiosqlite:///{file}").reads("Database")

    assert read == [f"hint there is no database yet at {file}: the first import makes it"]
    assert not file.parent.exists()


@pytest.mark.parametrize(
    ("revision", "read"),
    [
        ("0000", "hint the database is at revision 0000, this Tuntas at {HEAD}: "
                 "the next start or import brings it up to date"),
        ("9999", "problem the database is at revision 9999, this Tuntas knows {HEAD}: "
                 "update Tuntas"),
    ],
)  # fmt: skip
async def test_a_database_of_another_version_is_named(
    keeper: Keeper, revision: str, read: str
) -> None:
    async with keeper.town.desk.database.writer.begin() as connection:
        await connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")

    assert (await keeper.reads("Database"))[0] == read.format(HEAD=HEAD)
    assert (await keeper.finds("City"))[0].name == "calendar"


async def test_a_damaged_database_is_one_problem(keeper: Keeper) -> None:
    town = keeper.town
    await town.desk.database.close()
    file = engine.file_of(keeper.settings.database_url)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(page,)] = connection.execute("PRAGMA page_size")
        [(root,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'item'")
    with file.open("r+b") as content:
        content.seek((root - 1) * page)
        content.write(b"\xff" * page)
    read = [line for line in await keeper.reads() if line.startswith("problem")]

    assert len(read) == 1
    assert read[0].startswith("problem the database is damaged (")
    assert read[0].endswith(f"then {door.called()} restore FILE with a backup")


@pytest.mark.parametrize(
    ("statement", "lacks"),
    [
        ("DROP TABLE living", "living"),
        ("DROP TABLE item", "item"),
        ("DROP TRIGGER audit_in_order", "audit_in_order"),
    ],
)
async def test_a_database_from_which_something_was_taken_is_one_problem_and_not_kept_as_a_backup(
    keeper: Keeper, tmp_path: Path, statement: str, lacks: str
) -> None:
    file = engine.file_of(keeper.settings.database_url)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
        connection.commit()
    read = [line for line in await keeper.reads() if line.startswith("problem")]

    remedy = f"stop the bot, then {door.called()} restore FILE with a backup"
    assert read == [f"problem the database lacks {lacks}: {remedy}"]
    with pytest.raises(Incomplete) as start:
        await upgrade.to_head(keeper.settings.database_url, None)
    assert failures.sentence(start.value, keeper.settings) == read[0].removeprefix("problem ")
    source, target = Source(file, tmp_path / "evidence", "Kendari"), tmp_path / "kept.zip"
    with pytest.raises((Damaged, sqlite3.OperationalError)):
        await asyncio.to_thread(making.make, source, target, keeper.town.clock.now)
    assert not target.exists()


async def test_a_database_that_another_process_keeps_locked_is_a_problem(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAITED", 0.1)
    file = engine.file_of(keeper.settings.database_url)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        locked = await keeper.reads("Database")
        other.execute("ROLLBACK")
    free = await keeper.finds("Database")

    assert locked == [
        "problem another process keeps the database locked, so nothing can be written: end it"
    ]
    assert problems(free) == []


@pytest.mark.parametrize(("version", "is_named"), [((3, 51, 2), True), ((3, 51, 3), False)])
async def test_an_sqlite_with_the_wal_reset_bug_is_named(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], is_named: bool
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(sqlite3, "sqlite_version", ".".join(map(str, version)))
    read = await keeper.reads("Database")

    assert (
        "hint SQLite 3.51.2 has the WAL-reset bug (mended in 3.51.3): harmless as long as nothing "
        "but Tuntas, over its one connection, writes to the database" in read
    ) is is_named


async def test_looking_changes_nothing_in_the_database(keeper: Keeper) -> None:
    file = engine.file_of(keeper.settings.database_url)
    with closing(sqlite3.connect(file)) as connection:
        before = list(connection.iterdump())
        await keeper.finds()

        assert list(connection.iterdump()) == before


# the city


async def test_an_empty_city_is_told_what_to_do(bare_town: Town, tmp_path: Path) -> None:
    async with bare_town.desk.view() as session:
        found = await city.city(session, bare_town.desk.calendar, bare_town.clock.now)

    assert [one.name for one in found] == ["no-coordinator", "no-sekda", "no-opd", "calendar"]


async def test_who_cannot_be_written_to_is_named_by_post_only(keeper: Keeper) -> None:
    town = keeper.town
    await town.appoint(town.people["stranger"], Role.HEAD, "DIKBUD")
    for name in ("sekda", "budi", "stranger"):
        town.people[name].blocks(town.bot)
    await town.hears()
    read = await keeper.reads("City")

    assert "hint the Sekda blocked the bot or never pressed Start: ask them to" in read
    assert "hint head DIKBUD blocked the bot or never pressed Start: ask them to" in read
    assert (
        "hint the secretary of DINKES blocked the bot or never pressed Start: "
        "ask them to, or invite another" in read
    )
    assert not any(person.first_name in " ".join(read) for person in town.people.values())


async def test_messages_are_told_in_numbers_kinds_codes_and_reasons(keeper: Keeper) -> None:
    town, item = keeper.town, "/tenggat DIKBUD 30/12 Kirim laporan"
    town.telegram.refuses_next(400, "Bad Request: message is too long", method="sendMessage")
    await town.minute()
    preview = await town.says(town.people["coordinator"], item)
    await town.presses(town.people["coordinator"], preview, "✅ Simpan")
    town.telegram.refuses_next(400, "Bad Request: message is too long", method="sendMessage")
    await town.sends()
    read = await keeper.reads("City")

    assert (
        "hint 1 messages of the last 14 days were given up "
        "(1 added DIKBUD, Message is too long): mend the reason, then say it there yourself"
    ) in read
    assert (
        "hint 1 messages of the last 14 days were not sent on their day "
        "(1 reminder DIKBUD, Message is too long): nothing to do, the next ones say what still "
        "matters"
    ) in read


async def test_what_waits_while_the_bot_does_not_run_is_told(keeper: Keeper) -> None:
    town = keeper.town
    town.clock.now = wita(11, 24, 10, 1)
    await town.sends()
    await town.ticks()
    await beat(town)
    fresh = await keeper.reads("City")
    town.clock.now = wita(11, 24, 10, 40)
    read = await keeper.reads("City")

    assert not any("receiving was last" in line for line in fresh)
    assert (
        "hint receiving was last alive at 2026-11-24 10:01: start the bot, or see its log" in read
    )
    assert (
        "hint 1 messages wait for more than 30 minutes (1 reminder DIKBUD): "
        "start the bot, or see its log" in read
    )


async def beat(town: Town) -> None:
    await outages.beat(town.desk)


@pytest.mark.parametrize(
    ("today", "years"), [(wita(3, 1), []), (wita(8, 1), []), (wita(11, 24), [2027]),
                         (wita(1, 4, year=2027), [2027])],
)  # fmt: skip
async def test_a_calendar_is_named_in_time_to_be_mended(
    bare_town: Town, today: datetime, years: list[int]
) -> None:
    found = city.of_calendar(bare_town.desk.calendar, today)

    assert [one.facts["year"] for one in found] == years


# the machine


@pytest.mark.parametrize(
    ("free", "a_day", "read"),
    [
        (50 * 2**20, None, "problem data is full, 50 MiB free, and confirmations will not be "
                           "taken: make room"),
        (900 * 2**20, None, "hint only 900 MiB free at data: make room"),
        (5 * 2**30, 2**30, "hint only 5.0 GiB free at data, enough for at least 5 days: make room"),
        (80 * 2**30, 2**30, "fine 80.0 GiB free at data, enough for at least 80 days"),
        (80 * 2**30, 10.0, "fine 80.0 GiB free at data, enough for more than a year"),
        (80 * 2**30, 0.0, "fine 80.0 GiB free at data, enough for more than a year"),
        (80 * 2**30, None, "fine 80.0 GiB free at data"),
    ],
)  # fmt: skip
def test_room_on_a_disk_is_told_with_how_long_it_lasts(
    free: int, a_day: float | None, read: str
) -> None:
    finding = machine.of_room(Path("data"), free, a_day)

    assert f"{finding.kind} {findings.line(finding, None)}" == read  # type: ignore[arg-type]


async def test_growth_is_all_that_we_keep_over_the_time_since_the_first_entry(
    keeper: Keeper,
) -> None:
    keeper.settings.evidence_dir.mkdir()
    (keeper.settings.evidence_dir / "photo.jpg").write_bytes(b"x" * 4_000_000)
    size = machine.grown(keeper.settings)
    keeper.town.clock.now += timedelta(hours=23)
    [young] = [f for f in await keeper.finds("Machine") if f.name == "disk"]
    keeper.town.clock.now += timedelta(days=4)
    [grown] = [f for f in await keeper.finds("Machine") if f.name == "disk"]

    assert size >= 4_000_000
    assert young.facts["days"] is None
    assert grown.facts["days"] == pytest.approx(grown.facts["free"] / (size / (4 + 23 / 24)), 0.01)


async def test_files_that_others_may_read_are_named_with_the_command(keeper: Keeper) -> None:
    town = keeper.town
    await town.says(town.people["sari"], "/done 1")  # what is written lies beside the database
    file = engine.file_of(keeper.settings.database_url)
    for path in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        path.chmod(0o600)
    os.close(os.open(".env", os.O_CREAT, 0o600))
    tight = await keeper.reads("Machine")
    os.chmod(".env", 0o640)
    file.chmod(0o602)
    keeper.settings.backup_dir.mkdir(mode=0o700)
    keeper.settings.backup_dir.chmod(0o750)
    loose = await keeper.reads("Machine")

    assert not any("chmod" in line for line in tight)
    assert (
        f"hint others on this machine may read or write .env {file} {keeper.settings.backup_dir}: "
        f"chmod go-rwx .env {file} {keeper.settings.backup_dir}" in loose
    )


async def test_who_runs_as_root_or_without_a_watchdog_is_told(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    as_root = await keeper.reads("Machine")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    watched = await keeper.with_(heartbeat_url="https://hc.example/ping").reads("Machine")

    assert "hint this runs as root: use an account of its own" in as_root
    assert "hint nobody outside would notice if this machine stops: set HEARTBEAT_URL" in as_root
    assert not {line for line in as_root if "root:" in line or "HEARTBEAT" in line} & {*watched}


async def test_files_that_we_may_not_write_are_a_problem(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests may run as root, who may write everything."""
    keeper.settings.evidence_dir.mkdir()
    monkeypatch.setattr(os, "access", lambda path, _: path != keeper.settings.evidence_dir)

    assert (
        f"problem we may not read and write {keeper.settings.evidence_dir}: "
        "chown them to this account"
    ) in await keeper.reads("Machine")


async def test_the_last_backup_is_looked_at(keeper: Keeper) -> None:
    town, settings = keeper.town, keeper.settings
    folder = settings.backup_dir
    none = list(backups.backups(settings, town.desk.now()))
    file = engine.file_of(settings.database_url)
    source = Source(file, settings.evidence_dir, settings.city)
    now = town.desk.now()
    await asyncio.to_thread(nightlies.make, source, folder, now.date(), now, lambda: False)
    fresh = list(backups.backups(settings, town.desk.now()))
    old = list(backups.backups(settings, town.desk.now() + timedelta(days=3)))
    [made] = folder.iterdir()
    made.write_bytes(b"no archive any more")
    bad = list(backups.backups(settings, town.desk.now()))

    assert [one.name for one in none] == ["no-backup"]
    assert [one.name for one in fresh] == ["backup", "same-disk"]
    assert [one.name for one in old] == ["old-backup", "same-disk"]
    assert [one.name for one in bad] == ["bad-backup", "same-disk"]
    assert problems(bad) == ["bad-backup"]


async def test_what_restores_replaced_is_named_with_its_size_once_it_is_old(
    keeper: Keeper, tmp_path: Path
) -> None:
    """It is the only copy: only people delete it. What only looks like one is not named."""
    file, now = engine.file_of(keeper.settings.database_url), keeper.town.desk.now()
    for days, name in [(31, "old"), (29, "young")]:
        folder = file.parent / asides.name(now - timedelta(days=days))
        (folder / "evidence").mkdir(parents=True)
        (folder / "evidence" / name).write_bytes(b"x" * 5 * 2**20)
    old = file.parent / asides.name(now - timedelta(days=31))
    (file.parent / "before-restore-notes").mkdir()
    named = list(backups.replaced(keeper.settings, now))

    assert [(one.kind, one.facts["paths"]) for one in named] == [(Kind.HINT, (str(old),))]
    assert (
        f"hint 5 MiB that restores replaced more than 30 days ago lie in {old}: "
        f"rm -r {old} once nothing there is missed"
    ) in await keeper.reads("Machine")


async def test_what_a_restore_moved_aside_is_known_by_its_name(
    keeper: Keeper, tmp_path: Path
) -> None:
    settings, now = keeper.settings, keeper.town.desk.now()
    file = tmp_path / "elsewhere" / "tuntas.db"
    source = Source(engine.file_of(settings.database_url), settings.evidence_dir, settings.city)
    archive = tmp_path / "kept.zip"
    await asyncio.to_thread(making.make, source, archive, now)
    home = Source(file, tmp_path / "evidence", settings.city)
    for _ in range(2):
        await asyncio.to_thread(restoring.restore, archive, home, now, now)
    found = asides.beside(home.database, home.evidence)

    assert {one.at for one in found} == {now.replace(microsecond=0)}
    assert {one.folder.parent for one in found} == {file.parent, tmp_path}


# the words


def test_every_name_in_the_code_has_english_words() -> None:
    sources = [*Path(machine.__file__).parent.glob("*.py"), Path(parts.__file__)]
    text = "".join(path.read_text() for path in sources)
    names = set(re.findall(r'(?:fine|hint|problem)\(\s*"([a-z-]+)"', text))
    made = {"no-secretary", "deaf-secretary", "no-group", "group-muted", "group-upgraded"}
    made |= {"mail-unknown", "mail-failed", "mail-lapsed", "mail-waiting", *city.TROUBLES.values()}

    assert names | made == set(findings.SAID)


def test_long_lists_are_cut() -> None:
    codes = tuple(f"OPD-{n}" for n in range(40))
    line = findings.line(Finding(Kind.HINT, "no-secretary", {"opd": codes}), wita(1, 1).tzinfo)  # type: ignore[arg-type]

    assert line == (
        "40 OPD (OPD-0, OPD-1, OPD-2, OPD-3, OPD-4 and 35 more) without a secretary: "
        f"{door.called()} invite all FILE.xlsx"
    )
