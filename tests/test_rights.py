"""Who may do what, where: the whole table, to the letter. A route that is missing here fails."""

from __future__ import annotations

import pytest

from bot import table
from db.models import Role
from demo.telegram import Chat, Person
from tests.town import Town

POSTS = ("coordinator", "sekda", "auditor", "secretary", "head", "operator", "nobody")
PLACES = ("own", "other", "none", "private")

# One row a command, one word a post, one sign a place: the group of the OPD that the person has a
# post in (for the others: DIKBUD's), another OPD's group, a group without an OPD, in private.
# + done or answered · - refused, the post is another · ? asked which OPD is meant, or told that
# this group has none · x told that it belongs into the other kind of chat
COMMANDS = """
done        --?- --?- --?- +-?+ +-?+ +-?+ --?-
batalkan    --?- --?- --?- +-?+ +-?+ +-?+ --?-
bukti       --?- --?- --?- +-?+ +-?+ +-?+ --?-
daftar      ++?? ++?? ++?? ++++ ++++ ++++ ++?-
kendala     ++++ ++++ --?- +-?+ +-?+ +-?+ --?-
perpanjang  ++++ ++++ --?- +-?+ +-?+ --?- --?-
jawab       ++++ ++++ ---- ---- ---- ---- ----
tutup       ++++ ++++ ---- ---- ---- ---- ----
undang      xxx+ xxx- xxx- xxx+ xxx+ xxx- xxx-
akhiri      xxx+ xxx- xxx- xxx+ xxx+ xxx- xxx-
cek         ++++ ---- ---- ---- ---- ---- ----
verifikasi  ++?+ ---- ---- ---- ---- ---- ----
tidak_relevan ++?? ---- ---- ---- ---- ---- ----
relevan     ++?? ---- ---- ---- ---- ---- ----
kembalikan  ++?? ---- ---- ---- ---- ---- ----
tenggat     ++++ ---- ---- ---- ---- ---- ----
ubah        ++++ ---- ---- ---- ---- ---- ----
hapus       ++++ ---- ---- ---- ---- ---- ----
instruksi   ++++ ++++ ---- ---- ---- ---- ----
aduan       ++?? ---- ---- ---- ---- ---- ----
hubungkan   +++x ---x ---x ---x ---x ---x ---x
lepas       ++?x ---x ---x ---x ---x ---x ---x
opd         ++++ ++++ ++++ ---- ---- ---- ----
ringkasan   xxx+ xxx+ xxx+ xxx- xxx- xxx- xxx-
ingatkan    ++++ ++++ ---- ---- ---- ---- ----
rekap       xxx+ xxx+ xxx+ xxx- xxx- xxx- xxx-
privasi     xxx+ xxx+ xxx+ xxx+ xxx+ xxx+ xxx+
start       ++++ ++++ ++++ ++++ ++++ ++++ ++++
bantuan     ++++ ++++ ++++ ++++ ++++ ++++ ++++
"""

# One row a button, one sign a post; pressed under a message of DIKBUD's group.
PRESSES = """
done      ---+++-
back      ---+++-
backsome  ---+++-
attach    ---+++-
proofs    ++++++-
file      ++++++-
list      +++++++
below     +++++++
card      +++++++
ok        +------
mend      +------
skip      +------
keep      +------
queue     +------
accept    +------
acceptall +------
notme     +------
inviteop  ---++--
link      +--+++-
claim     +++++++
city      +++----
recap     +++----
nudge     ++-----
undo      ++-----
asitem    ++-----
got       ---+++-
gotby     +++----
ifile     +++++++
snag      ---+++-
later     ---++--
reply     ++-----
shut      ++-----
up        +------
show      ++-----
showlater ++-----
open      ++-+++-
grant     ++-----
deny      ++-----
save      +++++++
drop      +++++++
"""

REFUSED = ("Hanya untuk", "Hanya pengirim perintah")
NOWHERE = (
    "Grup ini belum terhubung dengan OPD. Koordinator menghubungkannya dengan /hubungkan KODE, "
    "sekretaris OPD dengan /start."
)
UNCLEAR = (NOWHERE, "OPD mana yang dimaksud")
ELSEWHERE = ("Kirim perintah ini di",)


def rows(table: str) -> dict[str, list[str]]:
    return {row.split()[0]: row.split()[1:] for row in table.strip().splitlines()}


def test_every_command_and_button_has_its_row() -> None:
    assert set(rows(COMMANDS)) == {command.names[0] for command in table.COMMANDS}
    assert set(rows(PRESSES)) == {press.button.WORD for press in table.PRESSES}


@pytest.mark.parametrize("post", POSTS)
async def test_a_command_is_answered_as_the_table_says(town: Town, post: str) -> None:
    who = await holder(town, post)
    places = await where(town, who)
    found = {}
    for name in rows(COMMANDS):
        found[name] = "".join([await said(town, who, name, place) for place in places])

    column = POSTS.index(post)
    assert found == {name: signs[column] for name, signs in rows(COMMANDS).items()}


@pytest.mark.parametrize("post", POSTS)
async def test_a_button_is_answered_as_the_table_says(town: Town, post: str) -> None:
    who = await holder(town, post)
    await town.says(town.people["sari"], "/daftar", to=town.groups["DIKBUD"])
    under = town.said_in(town.groups["DIKBUD"])[-1]
    found = {}
    for press in table.PRESSES:
        facts = {"int": 99, "str": "DIKBUD"}
        kinds = press.button.__dataclass_fields__.values()
        data = press.button(*(facts[str(kind.type)] for kind in kinds)).pack()
        seen = await town.forges(who, under, data)
        found[press.button.WORD] = "-" if seen.text.startswith(REFUSED) else "+"

    column = POSTS.index(post)
    assert found == {word: signs[0][column] for word, signs in rows(PRESSES).items()}


async def holder(town: Town, post: str) -> Person:
    """Somebody who holds that post alone; an OPD's posts are DIKBUD's."""
    known = {"secretary": "sari", "operator": "dewi", "nobody": "stranger", "head": "stranger"}
    who = town.people[known.get(post, post)]
    if post == "head":
        await town.appoint(who, Role.HEAD, "DIKBUD")
    who.starts(town.bot)
    await town.hears()
    return who


async def where(town: Town, who: Person) -> list[Chat | None]:
    unlinked = town.telegram.group("Arisan", creator=who, members=[town.bot])
    await town.hears()
    return [town.groups["DIKBUD"], town.groups["DINKES"], unlinked, None]


async def said(town: Town, who: Person, command: str, place: Chat | None) -> str:
    before = len(town.telegram.transcript)
    await town.says(who, f"/{command}", to=place)
    chat = place or who.chat(town.bot)
    answers = [m for m in town.telegram.transcript[before:] if m.sender is town.bot]
    text = next((m.text for m in answers if m.chat is chat), "")
    for sign, beginnings in (("-", REFUSED), ("?", UNCLEAR), ("x", ELSEWHERE)):
        if text.startswith(beginnings):
            return sign
    assert text, "every command is answered"
    return "+"
