"""Every way by which state changes, and what each leaves in the audit log.

A route or verb that is added later and has no story here fails.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer
from sqlalchemy import func, select
from typer.testing import CliRunner

from bot import routes, table
from bot.__main__ import cli
from config import kendari
from config.settings import KNOWN
from db import people
from db.models import Audit, Base, Role, Tenure
from demo.telegram import Bot, Chat, Message, Person
from demo.telegram.users import ANONYMOUS
from tests.coordinating import DISCARD, SAVE, UNDO, save
from tests.proof import BOOKKEEPING, Proof
from tests.test_chats import free_group
from tests.test_cli import line_to, tuntas
from tests.test_start import token_for
from tests.town import Town, wita

__all__ = ["tuntas"]

Story = Callable[[Town], Awaitable[Person | None]]
SOURCES = ("message:", "press:", "member:", "send:")


@dataclass(frozen=True)
class Told:
    """`entries`: the verbs that a story must leave in the log, in order."""

    story: Story
    entries: tuple[str, ...]


# the stories: each returns who did it


async def done(town: Town) -> Person:
    await town.says(town.people["sari"], "/done 3 https://bukti.id/3", town.groups["DIKBUD"])
    return town.people["sari"]


async def proven(town: Town) -> Person:
    town.people["sari"].sends_document(to=town.bot, caption="/bukti 3")
    await town.hears()
    return town.people["sari"]


async def withdraw(town: Town) -> Person:
    await town.says(town.people["sari"], "/done 3", town.groups["DIKBUD"])
    await town.says(town.people["sari"], "/batalkan 3", town.groups["DIKBUD"])
    return town.people["sari"]


async def done_pressed(town: Town) -> Person:
    await town.minute()
    await town.presses(town.people["sari"], town.groups["DIKBUD"].last, "✅ 1")
    return town.people["sari"]


async def withdraw_pressed(town: Town) -> Person:
    said = await town.says(town.people["sari"], "/done 3", town.groups["DIKBUD"])
    await town.presses(town.people["sari"], said, "↩️ Batalkan")
    return town.people["sari"]


async def withdraw_some_pressed(town: Town) -> Person:
    said = await town.says(town.people["sari"], "/done 2-3", town.groups["DIKBUD"])
    await town.presses(town.people["sari"], said, "↩️ Batalkan")
    return town.people["sari"]


async def verify(town: Town) -> Person:
    await confirmed(town)
    await town.says(town.people["coordinator"], "/verifikasi DIKBUD 3")
    return town.people["coordinator"]


async def verify_pressed(town: Town) -> Person:
    await confirmed(town)
    listing = await town.says(town.people["coordinator"], "/daftar DIKBUD")
    await town.forges(town.people["coordinator"], listing, "ok:DIKBUD:3")
    return town.people["coordinator"]


async def returned(town: Town) -> Person:
    await confirmed(town)
    await town.says(town.people["coordinator"], "/kembalikan DIKBUD 3 foto loket belum terlihat")
    return town.people["coordinator"]


async def confirmed(town: Town) -> None:
    await town.says(town.people["sari"], "/done 3", town.groups["DIKBUD"])


async def added(town: Town) -> Person:
    await save(town, "/tenggat DINKES H+14 Laporan SKM")
    return town.people["coordinator"]


async def nudged(town: Town) -> Person:
    await town.says(town.people["sekda"], "/ingatkan DIKBUD")
    return town.people["sekda"]


async def late_nudged(town: Town) -> Person:
    digest = await town.says(town.people["sekda"], "/ringkasan")
    await town.presses(town.people["sekda"], digest, "📣 Ingatkan OPD yang terlambat")
    return town.people["sekda"]


async def excluded(town: Town) -> Person:
    rudi = town.people["coordinator"]
    await town.says(rudi, "/tidak_relevan DIKBUD 3 tidak memberi layanan langsung")
    return rudi


async def included(town: Town) -> Person:
    rudi = await excluded(town)
    await town.says(rudi, "/relevan DIKBUD 3")
    return rudi


async def include_pressed(town: Town) -> Person:
    rudi = await excluded(town)
    card = await town.says(rudi, "/opd DIKBUD 3")
    await town.presses(rudi, card, "➕ Relevan")
    return rudi


async def queue_walked(town: Town, label: str) -> Person:
    await town.says(town.people["sari"], "/done 1, 3", town.groups["DIKBUD"])
    queue = await town.says(town.people["coordinator"], "/verifikasi")
    await town.presses(town.people["coordinator"], queue, label)
    return town.people["coordinator"]


async def accepted(town: Town) -> Person:
    return await queue_walked(town, "✅ Verifikasi")


async def all_accepted(town: Town) -> Person:
    return await queue_walked(town, "✅ Semua DIKBUD (2)")


async def obstructed(town: Town) -> Person:
    group = town.groups["DIKBUD"]
    await town.says(town.people["sari"], "/kendala 3 anggaran belum cair", group)
    return town.people["sari"]


async def said_more(town: Town) -> Person:
    await obstructed(town)
    said = await town.says(town.people["dewi"], "/kendala 3 SPM sudah diajukan", to=None)
    assert "Tambahan" in said.text
    return town.people["dewi"]


async def obstacle_told(town: Town) -> Message:
    await obstructed(town)
    await town.sends()
    return town.said_to(town.people["coordinator"])[-1]


async def answered(town: Town) -> Person:
    await obstructed(town)
    await town.says(town.people["sekda"], "/jawab K1 anggaran masuk APBD-P")
    return town.people["sekda"]


async def answered_by_reply(town: Town) -> Person:
    letter = await obstacle_told(town)
    town.people["coordinator"].says("anggaran masuk APBD-P", to=town.bot, reply_to=letter)
    await town.hears()
    return town.people["coordinator"]


async def closed(town: Town) -> Person:
    await obstructed(town)
    await town.says(town.people["coordinator"], "/tutup K1")
    return town.people["coordinator"]


async def close_pressed(town: Town) -> Person:
    await town.presses(town.people["coordinator"], await obstacle_told(town), "✔️ Tutup")
    return town.people["coordinator"]


async def forwarded(town: Town) -> Person:
    letter = await obstacle_told(town)
    await town.presses(town.people["coordinator"], letter, "⬆️ Teruskan ke Sekda")
    return town.people["coordinator"]


async def asked_later(town: Town) -> Person:
    command = "/perpanjang 3 H+60 menunggu pengesahan APBD"
    await town.says(town.people["sari"], command, town.groups["DIKBUD"])
    return town.people["sari"]


async def decided(town: Town, label: str) -> Person:
    await asked_later(town)
    await town.sends()
    letter = town.said_to(town.people["coordinator"])[-1]
    await town.presses(town.people["coordinator"], letter, label)
    return town.people["coordinator"]


async def granted(town: Town) -> Person:
    return await decided(town, "👍 Setujui")


async def denied(town: Town) -> Person:
    return await decided(town, "👎 Tolak")


async def made_moot(town: Town) -> Person:
    await asked_later(town)
    return await done(town)


async def undone(town: Town) -> Person:
    preview = await save(town, "/tenggat DINKES H+14 Laporan SKM")
    await town.presses(town.people["coordinator"], preview, UNDO)
    return town.people["coordinator"]


async def moved(town: Town) -> Person:
    await save(town, "/ubah DINKES 1 H+20")
    return town.people["coordinator"]


async def instructed(town: Town) -> Person:
    await save(town, "/instruksi DINKES H+3 Kirim data SPM", "sekda")
    return town.people["sekda"]


async def acknowledged(town: Town) -> Person:
    await instructed(town)
    said = await town.says(town.people["budi"], "/daftar", town.groups["DINKES"])
    await town.forges(town.people["budi"], said, "got:DINKES:1:0")
    return town.people["budi"]


async def complained(town: Town) -> Person:
    await town.says(town.people["coordinator"], "/aduan DINKES biasa 1234567")
    return town.people["coordinator"]


async def dropped(town: Town) -> Person:
    await save(town, "/hapus DINKES 1 tidak berlaku lagi")
    return town.people["coordinator"]


async def ended(town: Town) -> Person:
    await save(town, "/akhiri operator DIKBUD")
    return town.people["coordinator"]


async def chosen(town: Town) -> Person:
    said = await town.says(town.people["sari"], "/done 3 2 komponen", town.groups["DIKBUD"])
    await town.presses(town.people["sari"], said, said.buttons[0][0])
    return town.people["sari"]


async def invited(town: Town) -> Person:
    await town.says(town.people["coordinator"], "/undang kepala DINKES")
    return town.people["coordinator"]


async def operator_invited(town: Town) -> Person:
    said = await town.starts(town.people["sari"])
    await town.forges(town.people["sari"], said, "inviteop:DIKBUD")
    return town.people["sari"]


async def redeemed(town: Town) -> Person:
    await town.starts(town.people["stranger"], await token_for(town, Role.SECRETARY, "DIKBUD"))
    return town.people["stranger"]


async def not_them(town: Town) -> Person:
    await redeemed(town)
    await town.sends()
    told = town.said_to(town.people["coordinator"])[-1]
    await town.presses(town.people["coordinator"], told, told.buttons[0][0])
    return town.people["coordinator"]


async def linked(town: Town) -> Person:
    group = await free_group(town, "Dinkes baru")
    await town.says(town.people["coordinator"], "/hubungkan DINKES", group)
    return town.people["coordinator"]


async def link_pressed(town: Town) -> Person:
    await town.opd("DISHUB", "Dinas Perhubungan")
    group = await free_group(town, "Dishub")
    said = await town.says(town.people["coordinator"], "/start", group)
    await town.presses(town.people["coordinator"], said, "Dinas Perhubungan")
    return town.people["coordinator"]


async def claimed(town: Town) -> Person:
    token = await token_for(town, None, "DINKES")
    group = await free_group(town, "Dinkes baru")
    said = await town.says(town.people["coordinator"], "/start", group)
    await town.forges(town.people["coordinator"], said, f"claim:{token}")
    return town.people["coordinator"]


async def unlinked(town: Town) -> Person:
    await town.says(town.people["coordinator"], "/lepas", town.groups["DINKES"])
    return town.people["coordinator"]


async def put_out(town: Town) -> Person:
    town.people["budi"].removes(town.bot, town.groups["DINKES"])
    await town.hears()
    return town.people["budi"]


async def upgraded(town: Town) -> Person:
    town.people["budi"].upgrades(town.groups["DINKES"])
    await town.hears()
    return town.people["budi"]


async def renamed(town: Town) -> Person:
    town.people["budi"].renames(town.groups["DINKES"], "Dinkes 2026")
    await town.hears()
    return town.people["budi"]


async def reopened(town: Town) -> Person:
    rudi = town.people["coordinator"]
    forum = await free_group(town, "Pemkot", forum=True)
    topic = rudi.opens_topic(forum, "Dinkes")
    await town.says(rudi, "/hubungkan DINKES", forum, topic=topic)
    rudi.closes_topic(topic)
    await town.item("DINKES", 9, "Papan nama", wita(11, 23))
    await town.minute()
    rudi.reopens_topic(topic)
    await town.hears()
    return rudi


async def sent_in_vain(town: Town) -> None:
    town.telegram.refuses_next(403, "Forbidden: bot was kicked from the group chat")
    await town.minute()


async def blocked(town: Town) -> Person:
    town.people["budi"].blocks(town.bot)
    await town.hears()
    return town.people["budi"]


async def without_right(town: Town) -> Person:
    await town.says(town.people["stranger"], "/done 3", town.groups["DIKBUD"])
    return town.people["stranger"]


async def pressed_without_right(town: Town) -> Person:
    await town.minute()
    await town.presses(town.people["stranger"], town.groups["DIKBUD"].last, "✅ 1")
    return town.people["stranger"]


async def another_authors_preview(town: Town) -> Person:
    await town.says(town.people["coordinator"], "/hapus DINKES 1 usang", town.groups["DINKES"])
    await town.presses(town.people["budi"], town.groups["DINKES"].last, SAVE)
    return town.people["budi"]


async def another_authors_choice(town: Town) -> Person:
    said = await town.says(town.people["sari"], "/done 3 2 komponen", town.groups["DIKBUD"])
    await town.presses(town.people["dewi"], said, said.buttons[0][0])
    return town.people["dewi"]


async def a_token_that_is_none(town: Town) -> Person:
    await town.starts(town.people["stranger"], "tidakada")
    return town.people["stranger"]


async def a_token_that_was_used(town: Town) -> Person:
    token = await token_for(town, Role.SECRETARY, "DIKBUD")
    await town.starts(town.people["budi"], token)
    await town.starts(town.people["stranger"], token)
    return town.people["stranger"]


async def a_claim_with_a_token_that_is_none(town: Town) -> Person:
    said = await town.says(town.people["sari"], "/daftar", town.groups["DIKBUD"])
    await town.forges(town.people["sari"], said, "claim:tidakada")
    return town.people["sari"]


async def without_a_name(town: Town) -> None:
    group = await hidden(town)
    await town.says(town.people["dewi"], "/done 3", group)


async def pressed_without_a_name(town: Town) -> None:
    said = await town.says(town.people["sari"], "/daftar", town.groups["DIKBUD"])
    town.telegram.press(ANONYMOUS, said, "done:DIKBUD:3", [])  # type: ignore[arg-type]
    await town.hears()


async def hidden(town: Town) -> Chat:
    """DIKBUD's group, in which Dewi writes as an anonymous admin."""
    group = town.people["sari"].upgrades(town.groups["DIKBUD"])
    town.people["sari"].promotes(town.people["dewi"], group, anonymous=True)
    await town.hears()
    return group


async def anothers_question(town: Town) -> Person:
    card = await town.says(town.people["sari"], "/daftar 3", town.groups["DIKBUD"])
    await town.presses(town.people["sari"], card, "⚠️ Kendala")
    question = town.groups["DIKBUD"].last
    town.people["dewi"].says("printer rusak", to=town.groups["DIKBUD"], reply_to=question)
    await town.hears()
    return town.people["dewi"]


# which route has which


CHANGING = {
    "/done": Told(done, ("evidence", "submit")),
    "/bukti": Told(proven, ("evidence",)),
    "/batalkan": Told(withdraw, ("submit", "withdraw")),
    "/undang": Told(invited, ("invited",)),
    "/start": Told(redeemed, ("redeemed", "ended", "appointed")),
    "/verifikasi": Told(verify, ("submit", "verify")),
    "/ingatkan": Told(nudged, ("nudge",)),
    "button nudge": Told(late_nudged, ("nudge",)),
    "/tidak_relevan": Told(excluded, ("exclude",)),
    "/relevan": Told(included, ("exclude", "include")),
    "button keep": Told(include_pressed, ("exclude", "include")),
    "button accept": Told(accepted, ("submit", "verify")),
    "button acceptall": Told(all_accepted, ("submit", "verify")),
    "/kembalikan": Told(returned, ("submit", "return")),
    "/hubungkan": Told(linked, ("linked",)),
    "/lepas": Told(unlinked, ("unlinked",)),
    "button done": Told(done_pressed, ("submit",)),
    "button back": Told(withdraw_pressed, ("submit", "withdraw")),
    "button backsome": Told(withdraw_some_pressed, ("submit", "withdraw")),
    "button ok": Told(verify_pressed, ("submit", "verify")),
    "button notme": Told(not_them, ("redeemed", "ended", "appointed", "ended")),
    "button inviteop": Told(operator_invited, ("invited",)),
    "button link": Told(link_pressed, ("linked",)),
    "button claim": Told(claimed, ("linked", "redeemed")),
    "button undo": Told(undone, ("add", "undo", "drop")),
    "/aduan": Told(complained, ("add", "add", "complain")),
    "button got": Told(acknowledged, ("instruct", "acknowledge")),
    "preview instruct": Told(instructed, ("instruct",)),
    "/kendala": Told(obstructed, ("obstacle",)),
    "/jawab": Told(answered, ("obstacle", "answer")),
    "/tutup": Told(closed, ("obstacle", "close")),
    "button shut": Told(close_pressed, ("obstacle", "close")),
    "button up": Told(forwarded, ("obstacle", "forward")),
    "event ANSWERED": Told(answered_by_reply, ("obstacle", "answer")),
    "/perpanjang": Told(asked_later, ("ask_later",)),
    "button grant": Told(granted, ("ask_later", "grant", "move")),
    "button deny": Told(denied, ("ask_later", "refuse")),
    "choice": Told(chosen, ("submit",)),
    "preview add": Told(added, ("add",)),
    "preview drop": Told(dropped, ("drop",)),
    "preview end": Told(ended, ("ended",)),
    "preview move": Told(moved, ("move",)),
    "event MEMBER": Told(put_out, ("reachable",)),
    "event MIGRATED": Told(upgraded, ("migrated",)),
    "event RENAMED": Told(renamed, ("renamed",)),
    "event REOPENED": Told(reopened, ("linked", "reachable", "reachable")),
}
ASKING = {  # these keep a draft; what it becomes is a preview's or a choice's
    "/tenggat": "/tenggat DINKES H+14 Laporan SKM",
    "/ubah": "/ubah DINKES 1 H+20",
    "/hapus": "/hapus DINKES 1 tidak berlaku lagi",
    "/akhiri": "/akhiri operator DIKBUD",
    "/instruksi": "/instruksi DINKES H+3 Kirim data SPM",
}
LOOKING = {
    "/daftar": "/daftar DIKBUD",
    "/opd": "/opd",
    "/ringkasan": "/ringkasan",
    "/rekap": "/rekap",
    "/privasi": "/privasi",
    "/cek": "/cek",
    "/bantuan": "/bantuan",
}
LOOKING_BUTTONS = {
    "button list": "list:DIKBUD:1",
    "button below": "below:DIKBUD",
    "button card": "card:DIKBUD:3:1",
    "button city": "city:1",
    "button recap": "recap:1",
    "button skip": "skip:DIKBUD:3",  # asks likewise, for /tidak_relevan
    "button queue": "queue:-:0:0",
    "button attach": "attach:DIKBUD:3",  # notes what is sent next; that is /bukti
    "button proofs": "proofs:DIKBUD:3",
    "button file": "file:DIKBUD:99",
    "button mend": "mend:DIKBUD:3",  # asks for the reason; the reply is /kembalikan
    "button asitem": "asitem:99:1",  # what a preview will do
    "button gotby": "gotby:99",
    "button ifile": "ifile:DIKBUD:99",
    "button snag": "snag:DIKBUD:3",  # asks for the words; the reply is /kendala
    "button reply": "reply:99:1",  # asks likewise, for /jawab
    "button later": "later:DIKBUD:3",  # and for /perpanjang
    "button show": "show:99",
    "button showlater": "showlater:99",
    "button open": "open:-:1:0",
    "button save": "save:99",  # each kind of preview has a story of its own
    "button drop": "drop:99",
}
OF_OPD_ALONE = ("attach", "later", "snag")
MORE = {
    "more words about an obstacle": Told(said_more, ("obstacle", "say_more")),
    "a confirmation while a later deadline is asked for": Told(
        made_moot, ("ask_later", "evidence", "submit", "moot")
    ),
    "a sending that is refused": Told(sent_in_vain, ("reachable",)),
    "a person who blocks the bot": Told(blocked, ("reachable",)),
    "a command without right": Told(without_right, ("refused",)),
    "a press without right": Told(pressed_without_right, ("refused",)),
    "another's preview": Told(another_authors_preview, ("refused",)),
    "another's choice": Told(another_authors_choice, ("refused",)),
    "another's question": Told(anothers_question, ("refused",)),
    "a command without a name": Told(without_a_name, ("migrated", "refused")),
    "a press without a name": Told(pressed_without_a_name, ("refused",)),
    "a token that is none": Told(a_token_that_is_none, ("refused",)),
    "a token that was used": Told(
        a_token_that_was_used, ("redeemed", "ended", "appointed", "refused")
    ),
    "a claim with a token that is none": Told(a_claim_with_a_token_that_is_none, ("refused",)),
}
ANEW = ("/undang", "button inviteop")  # only a hash of the first link is kept: another is made
STORIES = CHANGING | MORE
WORK = {
    "obstacle",
    "say_more",
    "answer",
    "close",
    "forward",
    "ask_later",
    "grant",
    "refuse",
    "moot",
    "instruct",
    "acknowledge",
    "complain",
    "submit",
    "exclude",
    "include",
    "withdraw",
    "verify",
    "return",
    "add",
    "move",
    "drop",
    "undo",
    "evidence",
}
BARE = ("refused", "undo")  # say all by their subject


def every_route() -> set[str]:
    return {
        *(f"/{command.names[0]}" for command in table.COMMANDS),
        *(f"button {press.button.WORD}" for press in table.PRESSES),
        *(f"preview {kind}" for kind in table.PREVIEWS),
        *(f"event {name}" for name, way in vars(routes).items() if isinstance(way, routes.Way)),
        "choice",
    }


def test_every_route_has_its_story() -> None:
    assert every_route() == set(CHANGING) | set(ASKING) | set(LOOKING) | set(LOOKING_BUTTONS)


def test_every_table_holds_state_or_bookkeeping_for_a_reason() -> None:
    """A new table is state, until somebody says why not."""
    tables = set(Base.metadata.tables)

    assert set(BOOKKEEPING) - {"alembic_version"} <= tables
    assert tables - set(BOOKKEEPING) == {
        "opd", "person", "post", "tenure", "invitation", "programme", "indicator", "item", "event",
        "evidence", "bundle", "obstacle", "obstacle_event", "extension", "instruction",
        "addressee", "complaint",
    }  # fmt: skip


async def newest(town: Town) -> int:
    async with town.desk.view() as session:
        return await session.scalar(select(func.max(Audit.id))) or 0


async def entries_since(town: Town, last: int) -> list[Audit]:
    async with town.desk.view() as session:
        return list(await session.scalars(select(Audit).where(Audit.id > last).order_by(Audit.id)))


async def told(town: Town, told: Told) -> tuple[Person | None, list[Audit]]:
    """Who did it, and what the log says of it; what set the stage is left out."""
    last = await newest(town)
    who = await told.story(town)
    return who, [e for e in await entries_since(town, last) if e.source.startswith(SOURCES)]


@pytest.mark.parametrize("name", STORIES)
async def test_what_changes_state_is_in_the_log_in_the_same_transaction(
    town: Town, proven: Proof, name: str
) -> None:
    proven.changed.clear()
    who, entries = await told(town, STORIES[name])

    assert [entry.verb for entry in entries] == list(STORIES[name].entries)
    assert proven.missing == []
    assert proven.changed or entries[-1].verb in ("refused", "nudge")  # a message, no state
    assert entries[-1].user_id == (who and who.id)
    assert await under_their_own_post(town, entries)
    assert [e.verb for e in entries if e.verb in WORK and e.tenure_id is None] == []
    assert [e.verb for e in entries if not (e.before or e.after or e.verb in BARE)] == []


async def under_their_own_post(town: Town, entries: list[Audit]) -> bool:
    """Where an entry names a tenure, it is one of the person it names."""
    async with town.desk.view() as session:
        query = select(Tenure.id, Tenure.user_id)
        holders = dict((await session.execute(query)).all())
    return all(e.tenure_id is None or holders[e.tenure_id] == e.user_id for e in entries)


@pytest.mark.parametrize("name", [name for name in STORIES if name not in ANEW])
async def test_what_arrives_again_adds_no_entry(town: Town, name: str) -> None:
    hears = town.hears

    async def hears_twice() -> None:
        await town.hears_but_dies()
        await hears()

    town.hears = hears_twice  # type: ignore[method-assign]
    _, entries = await told(town, STORIES[name])

    assert [entry.verb for entry in entries] == list(STORIES[name].entries)


@pytest.mark.parametrize("command", [*ASKING.values(), *LOOKING.values()])
async def test_asking_and_looking_change_no_state(town: Town, proven: Proof, command: str) -> None:
    proven.changed.clear()
    last = await newest(town)
    await town.says(town.people["coordinator"], command)

    assert proven.changed == []
    assert await entries_since(town, last) == []


@pytest.mark.parametrize("data", LOOKING_BUTTONS.values())
async def test_buttons_to_look_change_no_state(town: Town, proven: Proof, data: str) -> None:
    who = town.people["sari" if data.split(":", maxsplit=1)[0] in OF_OPD_ALONE else "coordinator"]
    said = await town.says(who, "/daftar DIKBUD")
    proven.changed.clear()
    last = await newest(town)
    await town.forges(who, said, data)

    assert proven.changed == []
    assert await entries_since(town, last) == []


async def test_a_preview_that_is_dropped_changes_no_state(town: Town, proven: Proof) -> None:
    last = await newest(town)
    said = await town.says(town.people["coordinator"], "/hapus DINKES 1 usang")
    proven.changed.clear()
    await town.presses(town.people["coordinator"], said, DISCARD)

    assert proven.changed == []
    assert await entries_since(town, last) == []


async def test_the_clock_changes_no_state(town: Town, proven: Proof) -> None:
    """It owes, and counts what was heard."""
    last = await newest(town)
    proven.changed.clear()
    for day, hour in [(24, 11), (24, 16), (25, 8), (25, 17), (26, 9)]:
        await town.at(wita(11, day, hour, 0))

    assert proven.changed == []
    assert await entries_since(town, last) == []


async def test_the_watch_itself_sees_what_is_not_told(town: Town, proven: Proof) -> None:
    """Whatever the statement is made with, and not what came to nothing or was given up."""
    changed: list[tuple[set[str], str]] = []
    proven.committed = lambda tables, owner: changed.append((tables, owner))  # type: ignore[method-assign]
    async with town.desk.transaction() as session:
        held = await people.holders(session, [Role.SEKDA], None)
        tenure = await session.get_one(Tenure, held[0].tenure_id)
        tenure.acting = "plt"
    async with town.desk.transaction() as session:
        await session.execute(Base.metadata.tables["opd"].update().values(kind="badan"))
    async with town.desk.transaction() as session:
        await session.execute(Base.metadata.tables["item"].delete().where(False))
    proven.committed = lambda *_: None  # type: ignore[method-assign]

    assert [tables for tables, _ in changed] == [{"tenure"}, {"opd"}, set()]
    assert {owner for _, owner in changed} == {"tests/test_audit_routes.py"}


# the command line


@pytest.fixture
def verbs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tuntas: Bot) -> Callable[..., str]:
    """Runs a verb here, so that its transactions are watched; a failure is one."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.upper() in KNOWN:
            monkeypatch.delenv(name)
    for name, value in line_to(tuntas).items():
        monkeypatch.setenv(name, value)

    def run(*words: object) -> str:
        result = CliRunner().invoke(cli, [str(word) for word in words])
        assert result.exit_code == 0, result.output
        return result.output

    return run


WRITING = {
    "import opd": (("import", "opd", kendari.OPD), {"opd"}),
    "import checklist": (
        ("import", "checklist", kendari.CHECKLIST, "--programme", "PEKPPP-2026", "--due", "H+60"),
        {"programme", "indicator", "item", "event"},
    ),
    "invite coordinator": (("invite", "coordinator"), {"invitation"}),
    "invite sekda": (("invite", "sekda"), {"invitation"}),
    "invite auditor": (("invite", "auditor"), {"invitation"}),
    "invite secretary": (("invite", "secretary", "--opd", "DINKES"), {"invitation"}),
    "invite head": (("invite", "head", "--opd", "DINKES"), {"invitation"}),
    "invite operator": (("invite", "operator", "--opd", "DINKES"), {"invitation"}),
    "invite group": (("invite", "group", "--opd", "DINKES"), {"invitation"}),
    "invite all": (("invite", "all", "undangan.xlsx"), {"invitation"}),
}
OTHERS = {
    "run": "the bot: every route above",
    "demo": "on a database of its own",
    "check": "looks",
    "audit": "looks",
    "backup": "copies",
    "person export": "looks",
    "person reduce": "needs somebody who left: tests/test_privacy.py",
    "restore": "puts a file in the place of another: tests/test_restore.py",
}


def every_verb(command: Any, name: str = "") -> Iterator[str]:
    """Of a command of typer's, which may be a group of them."""
    below = getattr(command, "commands", None)
    if below is None:
        yield name
    for word, one in (below or {}).items():
        yield from every_verb(one, f"{name} {word}".strip())


def test_every_verb_has_its_story() -> None:
    assert set(every_verb(typer.main.get_command(cli))) == {*WRITING, *OTHERS}


def test_what_a_verb_changes_is_in_the_log(verbs: Callable[..., str], proven: Proof) -> None:
    seen = {}
    for name, (words, _) in WRITING.items():
        proven.changed.clear()
        verbs(*words)
        seen[name] = set().union(*(tables for tables, _ in proven.changed))

    assert proven.missing == []
    assert seen == {name: tables for name, (_, tables) in WRITING.items()}
