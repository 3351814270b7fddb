"""What post holders of an OPD say and press about its items, its people and its group."""

from __future__ import annotations

from bot.buttons import (
    Attach,
    Card,
    Claim,
    Done,
    FileOf,
    InviteOperator,
    LinkHere,
    Listing,
    Obstruct,
    Page,
    Postpone,
    Proofs,
    Withdraw,
    WithdrawSome,
)
from bot.commands import FRESH, PRIVATE, Command, Link, Press
from bot.gate import LEADS, OF_OPD, looking, somebody
from bot.handlers import chats, checklist, confirm, evidence, extensions, obstacles, people
from bot.handlers.checklist import on_card
from bot.keyboards_evidence import ATTACH, SHOW
from bot.table.gates import (
    APPOINTING,
    CONFIRMING,
    LEADING,
    LINKING,
    POSTPONING,
    READING,
    REPORTING,
)
from bot.way import Way

COMMANDS = (
    Command(
        ("done", "selesai"),
        CONFIRMING,
        confirm.done,
        FRESH,
        "Konfirmasi butir selesai",
        OF_OPD,
        "3, 7",
    ),
    Command(
        ("batalkan", "batal"),
        CONFIRMING,
        confirm.withdraw,
        FRESH,
        "Batalkan konfirmasi",
        OF_OPD,
        "3",
    ),
    Command(("daftar",), looking, checklist.listing, FRESH, "Daftar butir", OF_OPD),
    Command(("bukti",), CONFIRMING, evidence.add, FRESH, "Lampirkan bukti", OF_OPD, "3"),
    Command(
        ("kendala",),
        REPORTING,
        on_card(obstacles.report),
        FRESH,
        "Sampaikan kendala; tanpa nomor: lihat yang terbuka",
        OF_OPD,
        "3 server mati sejak Senin",
    ),
    Command(
        ("perpanjang",),
        POSTPONING,
        on_card(extensions.postpone),
        FRESH,
        "Minta perpanjangan tenggat",
        LEADS,
        "3 30/12 menunggu pengesahan APBD",
    ),
    Command(
        ("undang",),
        APPOINTING,
        people.invite,
        PRIVATE,
        "Undang operator OPD Anda",
        LEADS,
        "operator",
    ),
    Command(
        ("akhiri",), APPOINTING, people.end, PRIVATE, "Akhiri tugas operator", LEADS, "operator"
    ),
)
PRESSES = (
    Press(Done, CONFIRMING, on_card(confirm.done_pressed)),
    Press(Withdraw, CONFIRMING, on_card(confirm.withdraw_pressed)),
    Press(WithdrawSome, CONFIRMING, confirm.withdraw_some_pressed),
    Press(Attach, CONFIRMING, evidence.asked),
    Press(Proofs, READING, evidence.list_pressed),
    Press(FileOf, READING, evidence.fetched),
    Press(Page, looking, checklist.page),
    Press(Listing, looking, checklist.opened),
    Press(Card, looking, checklist.card),
    Press(Obstruct, CONFIRMING, obstacles.report_pressed),
    Press(Postpone, LEADING, extensions.postpone_pressed),
    Press(InviteOperator, LEADING, people.invite_pressed),
    Press(LinkHere, LINKING, chats.link_pressed),
    Press(Claim, somebody, chats.claimed),
)
LINKS = (
    Link(ATTACH, Way("bukti", CONFIRMING, evidence.add)),
    Link(SHOW, Way("bukti", READING, evidence.listed)),
)
