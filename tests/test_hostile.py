"""Texts, names and buttons that mean harm: a clear sentence or the right effect, never a crash."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from itertools import product
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.buttons import Button
from bot.commands import GROUP, PRIVATE, Command
from bot.table import COMMANDS
from db.models import Base, Role
from demo.telegram import Chat, Person
from tests.town import Town, wita

LONGEST = 4096
NONSENSE = {
    "HTML": "<b>3</b> <script>alert(1)</script>",
    "a broken tag": "</b><a href='https://x.id",
    "template braces": "{{ 7*7 }}{% raw %}{{ config }}",
    "Markdown": "_*[`3`](https://x.id)~|",
    "emoji": "🙂👨‍👩‍👧‍👦3️⃣✅",
    "right-to-left": "\u202e3 ,7\u202c \u200f٣، ٧",
    "full-width": "３，７",
    "a backward range": "9-3",
    "a huge range": "1-999999999",
    "digits": "9" * LONGEST,
    "numbers": "7," * LONGEST,
    "dashes": "3" + "-" * LONGEST,
    "letters": "A" * LONGEST,
    "codes": "DIKBUD," * LONGEST + "X",
    "SQL": "'; DROP TABLE item; --",
    "control characters": "\x01\x1b[31m\u2028\ufeff",
    "a date": "32/13/9999",
}
WORST = ("HTML", "template braces", "Markdown", "right-to-left", "digits", "letters")
BEGINNINGS = (
    "3 ", "3: ", "DIKBUD ", "DIKBUD 3 ", "DIKBUD 3: ", "semua ", "semua besok ",
    "DIKBUD 30/9/2027 ", "DIKBUD 3 H+14 hari kerja ", "T1 ", "operator DIKBUD ", "sekretaris ",
    "koordinator ",
)  # fmt: skip
TROUBLE = "Terjadi gangguan"
UNCHANGED = "message is not modified"  # who presses the page they see changes nothing
NAME = "<b>{{ 7*7 }}</b> _*[`\u202e🙂 & "
SHOWN = "<b>{{ 7*7 }}</b> _*[`🙂 &"  # Telegram takes away what turns the direction of writing


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: "-".join((c.names[0], *c.roles[:1])))
async def test_nonsense_behind_a_command_changes_nothing(town: Town, command: Command) -> None:
    who = entitled(town, command)
    before = await everything(town)
    with nothing_breaks(town):
        for kind, said in NONSENSE.items():
            for place in places(town, command):
                for name in command.names:
                    await answered(town, who, f"/{name} {said}", place)
            after = await everything(town)
            tried = after["audit"][len(before["audit"]) :]  # a link that was never made
            after["audit"] = after["audit"][: len(before["audit"])]
            assert after == before, kind
            assert {(entry.verb, entry.subject[:6]) for entry in tried} <= {("refused", "/start")}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: "-".join((c.names[0], *c.roles[:1])))
async def test_nonsense_behind_a_good_beginning_is_quoted_or_refused(
    town: Town, command: Command
) -> None:
    who = entitled(town, command)
    with nothing_breaks(town):
        for beginning, said in product(BEGINNINGS, map(NONSENSE.get, WORST)):
            place = places(town, command)[-1]
            await answered(town, who, f"/{command.names[0]} {beginning}{said}", place)
        await town.minute()
        await look_around(town)


async def test_nonsense_without_a_command_changes_nothing(town: Town) -> None:
    before = await everything(town)
    with nothing_breaks(town):
        for said in NONSENSE.values():
            await answered(town, town.people["sari"], said, None)
            await answered(town, town.people["stranger"], said, None)
            town.people["sari"].says(said[:LONGEST], to=town.groups["DIKBUD"])
            town.people["sari"].sends_photo(to=town.bot, caption=f"/done {said}"[:1024])
        await town.hears()

    after = await everything(town)
    assert after.pop("audit")[: len(before["audit"])] == before.pop("audit")
    assert after == before


@pytest.mark.parametrize("button", Button.__subclasses__(), ids=lambda b: b.WORD)
async def test_a_forged_button_of_somebody_without_a_post_changes_nothing(
    town: Town, button: type[Button]
) -> None:
    stranger = town.people["stranger"]
    pressed = [await town.starts(stranger), (await reminded(town)).last]
    before = await everything(town)
    with nothing_breaks(town):
        for data, message in product(forged(button), pressed):
            seen = await town.forges(stranger, message, data)

            assert seen.answered, data
            assert TROUBLE not in seen.text, data
    after = await everything(town)

    assert after.pop("audit")[: len(before["audit"])] == before.pop("audit")
    assert after == before


@pytest.mark.parametrize("button", Button.__subclasses__(), ids=lambda b: b.WORD)
@pytest.mark.parametrize("name", ["sari", "coordinator"])
async def test_a_forged_button_of_somebody_with_a_post_is_answered(
    town: Town, button: type[Button], name: str
) -> None:
    who = town.people[name]
    pressed = [town.last(who), (await reminded(town)).last]
    with nothing_breaks(town):
        for data, message in product(forged(button), pressed):
            seen = await town.forges(who, message, data)

            assert seen.answered, data
            assert TROUBLE not in seen.text, data
        await town.minute()


async def test_hostile_names_are_shown_as_they_are(bare_town: Town) -> None:
    town = await hostile(bare_town)
    sari, coordinator, group = town.people["sari"], town.people["coordinator"], town.groups["EVIL"]
    with nothing_breaks(town):
        await town.minute()
        receipt = await answered(town, sari, "/done 1-31", group)
        await answered(town, sari, "/batalkan 1", group)
        await answered(town, coordinator, "/verifikasi EVIL 2-31", None)
        await answered(town, coordinator, "/kembalikan EVIL 2 fotonya belum terlihat", None)
        await answered(town, coordinator, "/tenggat semua besok " + NAME * 60, None)
        await look_around(town)
        await town.at(wita(12, 7, 16, 0))

    assert "{{ 7*7 }}" in receipt
    assert "49" not in receipt.replace("49.", "")


async def test_a_hostile_title_is_saved_announced_and_shown_as_it_is(town: Town) -> None:
    sari, coordinator = town.people["sari"], town.people["coordinator"]
    with nothing_breaks(town):
        for title, shown in ((NAME, SHOWN), ("A" * 300, "A" * 30)):
            await answered(town, coordinator, f"/tenggat semua H+14 {title}", None)
            await town.presses(coordinator, town.last(coordinator), "✅ Simpan")
            await town.minute()

            assert any(shown in m.text for m in town.said_in(town.groups["DIKBUD"]))
        await answered(town, sari, f"/done 4: {NAME}", None)
        await answered(town, coordinator, f"/kembalikan DIKBUD 4 {NAME * 60}", None)
        await town.minute()
        card = await answered(town, sari, "/daftar 4", None)
        await look_around(town)

    assert SHOWN in card


# what the tests above share


@pytest.fixture(autouse=True)
def no_traceback(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert not [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]


def entitled(town: Town, command: Command) -> Person:
    """Somebody whom the gate lets pass, so that the handler is reached."""
    of = {
        Role.COORDINATOR: "coordinator",
        Role.SEKDA: "sekda",
        Role.AUDITOR: "auditor",
        Role.SECRETARY: "sari",
        Role.HEAD: "sari",
        Role.OPERATOR: "dewi",
    }
    return town.people[of[command.roles[0]] if command.roles else "sari"]


def places(town: Town, command: Command) -> list[Chat | None]:
    """Where it is answered; None is in private."""
    everywhere = [None, town.groups["DIKBUD"]]
    return {PRIVATE: everywhere[:1], GROUP: everywhere[1:]}.get(command.where, everywhere)


@contextmanager
def nothing_breaks(town: Town) -> Iterator[None]:
    with capture_logs() as log:
        yield
    assert not [entry for entry in log if entry["log_level"] in ("error", "critical")]
    assert not [call for call in town.telegram.refused if UNCHANGED not in str(call)]


async def answered(town: Town, who: Person, said: str, place: Chat | None) -> str:
    """What was answered: at least one message, and no bug."""
    chat = place or who.chat(town.bot)
    before = len(town.said_in(chat))
    await town.says(who, said[: LONGEST - 30], to=place)
    answers = "\n".join(message.text for message in town.said_in(chat)[before:])

    assert answers, said
    assert TROUBLE not in answers, said
    return answers


async def reminded(town: Town) -> Chat:
    await town.minute()
    return town.groups["DIKBUD"]


async def look_around(town: Town) -> None:
    """Whatever shows what was written."""
    sari, coordinator = town.people["sari"], town.people["coordinator"]
    for said in ["/start", "/bantuan", "/daftar", "/daftar 1", "/daftar 3"]:
        await answered(town, sari, said, None)
    for said in ["/opd", f"/opd {next(iter(town.groups))}", "/ringkasan", "/bantuan", "/start"]:
        await answered(town, coordinator, said, None)
    for group in town.groups.values():
        await answered(town, sari, "/daftar", group)


def forged(button: type[Button]) -> list[str]:
    """Data that fits to the letter and means nothing, and data that only begins so."""
    facts: dict[str, tuple[object, ...]] = {
        "int": (0, 1, 999_999_999_999),
        "str": ("DIKBUD", "NOPE", "_-" * 12),
    }
    kinds = [facts[str(field.type)] for field in fields(button)]  # type: ignore[arg-type]
    fitting = [button(*values).pack() for values in product(*kinds)]
    word, first = button.WORD, fitting[0]
    return [
        *fitting, word, f"{word}:", f"{first}:1", f"{first}\n", f"x{first}", first.upper(),
        f"{word}:٣", f"{word}:" + "9" * 40, f"{word}:{{{{ 7*7 }}}}", f"{word}:<b>:'; --",
    ]  # fmt: skip


async def everything(town: Town) -> dict[str, list[Any]]:
    """Every row of every table, but which updates were answered and what messages show."""
    async with town.desk.view() as session:
        return {
            table.name: list((await session.execute(text(f"SELECT * FROM {table.name}"))).all())
            for table in Base.metadata.sorted_tables
            if table.name not in {"given", "living"}
        }


async def hostile(town: Town) -> Town:
    """Everybody and everything bears a name that means harm."""
    long = NAME * (LONGEST // len(NAME))
    town.people = {key: town.telegram.person(long) for key in ("sari", "coordinator")}
    await town.opd("EVIL", long, head_title=long[:300], secretary_title=long[:300])
    for number in range(1, 32):
        due = wita(11, 20) if number % 2 else wita(12, 1)
        await town.item("EVIL", number, long, due, evidence=long, weight=number)
    await town.group("EVIL", long[:255], *town.people.values())
    await town.appoint(town.people["coordinator"], Role.COORDINATOR)
    await town.appoint(town.people["sari"], Role.SECRETARY, "EVIL")
    return town
