"""What people read about posts and groups: each message's usual and its worst."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import keyboards, keyboards_people, messages, words
from bot.commands import greeting, seen
from bot.offices import in_office
from bot.table import COMMANDS
from db.chats import OpdFacts
from db.models import Acting, Role
from db.people import Appointment, Holder
from tests import golden
from tests.town import Town, wita

DINKES = OpdFacts(
    2, "DINKES", "Dinas Kesehatan", "dinas", "Kepala Dinas", "Sekretaris", -1, 0, "Dinkes", ""
)
LONG = replace(
    DINKES,
    code="DP3A-P2KB",
    name="Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk & <KB>",
    head_title="Kepala Dinas",
    chat_title="Grup “resmi” <Dinas> Pemberdayaan Perempuan dan Perlindungan Anak",
)
SARI = Holder(
    1, 1, Role.SECRETARY, Acting.NO, 7, "Sari Wulandari", DINKES, wita(3, 2, 9, 0), wita(11, 24, 10)
)
WORST = Holder(
    2, 2, Role.HEAD, Acting.PLT, 8, "Dr. <b>Ir.</b> H. Andi Muhammad Fachrul Rozi Pratama, M.Si.",
    LONG, wita(3, 2, 9, 0), wita(11, 24, 10),
)  # fmt: skip
LINK = "https://t.me/tuntas_bot?start=Zm9vYmFyYmF6cXV4cXV1eA"
UNTIL = wita(12, 1, 10, 0)


MADE = {
    "usual": Appointment(SARI, replace(SARI, name="Budi Santoso")),
    "worst": Appointment(WORST, WORST),
}


@pytest.mark.parametrize("case", ["usual", "worst"])
async def test_what_is_said_of_a_handover(bare_town: Town, case: str) -> None:
    made, desk = MADE[case], bare_town.desk
    of_group = messages.group_link(desk, made.new.opd or DINKES, UNTIL)
    written = [
        messages.invitation(
            desk.settings, made.new.role, made.new.opd, made.new.acting, LINK, UNTIL
        ),
        golden.with_buttons(
            messages.installed(made, greeting(COMMANDS, {made.new.role}), True),
            keyboards_people.for_lead(made.new.opd or DINKES, LINK),
        ),
        golden.with_buttons(of_group, keyboards_people.for_group_link(LINK)),
        golden.with_buttons(messages.appointed(made), keyboards_people.for_appointed(made.new)),
        messages.appointed_group(made),
        messages.relieved(desk, made),
        golden.with_buttons(messages.ending(desk, made.new, False), keyboards.for_preview(1)),
        messages.ended(desk, made.new),
        messages.ended_group(made.new),
        messages.dismissed(desk, made.new),
    ]

    golden.check(f"handover-{case}", pages(written))


TROUBLES = (
    "removed",
    "Forbidden: bot was kicked from the supergroup chat",
    "silenced",
    "Bad Request: not enough rights to send text messages to the chat",
    "Bad Request: chat not found",
    "Forbidden: the group chat was deleted",
    "topic closed",
    "Bad Request: PEER_ID_INVALID",
)


@pytest.mark.parametrize("case", ["usual", "worst"])
async def test_what_is_said_of_groups(case: str) -> None:
    opd = {"usual": DINKES, "worst": LONG}[case]
    lost = replace(opd, chat_trouble="removed")
    moved_from = "" if case == "usual" else LONG.chat_title
    opds = [opd] if case == "usual" else [LONG, DINKES, replace(DINKES, code="DIKBUD")]
    written = [
        messages.linked(opd, is_topic=case == "worst", moved_from=moved_from),
        messages.moved_group(opd),
        messages.unlinked(opd, is_topic=case == "worst"),
        golden.with_buttons(messages.offer(opds), keyboards_people.for_offer(opds)),
        messages.offer([]),
        golden.with_buttons(messages.claim_group(), keyboards_people.for_claim("token")),
        messages.unreachable([lost]),
        messages.unreachable([replace(opd, chat_trouble=why) for why in TROUBLES]),
        messages.lost_topic([opd]),
        messages.lost_topic([opd, DINKES]),
        messages.displaced(opds),
        messages.unreachable_person([replace(SARI, opd=opd), replace(SARI, role=Role.SEKDA)]),
        messages.welcome_group(opd),
    ]

    golden.check(f"groups-{case}", pages(written))


@pytest.mark.parametrize("role", [*Role, None], ids=str)
async def test_what_each_post_can_do(bare_town: Town, role: Role | None) -> None:
    opd = None if role is None or role.is_of_city else DINKES
    posts = [replace(SARI, role=role, opd=opd)] if role else []
    roles = {role} if role else set()
    private = seen(COMMANDS, roles, is_private=True)
    written = [
        messages.welcome(bare_town.desk, posts, greeting(COMMANDS, roles), False),
        messages.help(posts, private, None, ""),
        messages.help(posts, seen(COMMANDS, roles, is_private=False), DINKES, "tuntas_bot"),
    ]

    golden.check(f"help-{role or 'nobody'}", pages(written))


@pytest.mark.parametrize(
    ("title", "opd", "said"),
    [
        ("Kepala Dinas", "Dinas Kesehatan", "Kepala Dinas Kesehatan"),
        ("Sekretaris", "Dinas Kesehatan", "Sekretaris Dinas Kesehatan"),
        ("Camat", "Kecamatan Baruga", "Camat Baruga"),
        ("Sekretaris Kecamatan", "Kecamatan Baruga", "Sekretaris Kecamatan Baruga"),
        ("Inspektur", "Inspektorat", "Inspektur"),
        ("Sekretaris Inspektorat", "Inspektorat", "Sekretaris Inspektorat"),
        ("Direktur", "RSUD Kota Kendari", "Direktur RSUD Kota Kendari"),
        ("Sekretaris DPRD", "Sekretariat DPRD", "Sekretaris DPRD"),
        ("Sekretaris Daerah", "Sekretariat Daerah", "Sekretaris Daerah"),
        ("Kepala Bagian Umum", "Sekretariat DPRD", "Kepala Bagian Umum Sekretariat DPRD"),
        ("Kepala Satuan", "Satuan Polisi Pamong Praja", "Kepala Satuan Polisi Pamong Praja"),
        ("Sekretaris", "Sekretariat Daerah", "Sekretaris Daerah"),
    ],
)
def test_a_post_is_named_with_its_opd_as_people_say_it(title: str, opd: str, said: str) -> None:
    assert in_office(title, opd) == said


def pages(written: list[str]) -> str:
    """Each as a phone shows it, one below the other."""
    shown = ("\n".join(golden.on_phone(words.bare(text))) for text in written)
    return "\n----\n".join(shown)
