"""Everything that can wake the bot, in one table, with its gate, in the order it is tried.

A command's `where` says in which chats it is answered; its `menu` is what the `/` menu shows: the
first seven that a person may say, and the help, which stands last.
"""

from __future__ import annotations

from datetime import timedelta

from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot import edge, talk
from bot.buttons import (
    Card,
    Choose,
    CityPage,
    Claim,
    Discard,
    Done,
    InviteOperator,
    LinkHere,
    NotThem,
    Page,
    Save,
    Undo,
    Verify,
    Withdraw,
)
from bot.commands import FRESH, GROUP, PRIVATE, Command, Press
from bot.context import Answer, App, Call
from bot.gate import (
    LEADS,
    OF_CITY,
    OF_OPD,
    anyone,
    either,
    leading,
    looking,
    naming,
    of_city,
    of_opd,
    on_opd,
)
from bot.handlers import (
    bundles,
    chats,
    checklist,
    confirm,
    deadlines,
    errors,
    help,
    near,
    overview,
    people,
    previews,
    readiness,
    review,
    start,
    summary,
)
from bot.handlers.previews import Preview
from bot.ticks import TICKS
from bot.way import Way
from db.models import Role

EDITED = filters.UpdateType.EDITED_MESSAGE

CONFIRMING = of_opd(*OF_OPD)
REVIEWING = on_opd(Role.COORDINATOR)
COORDINATING = of_city(Role.COORDINATOR)
APPOINTING = naming(either(COORDINATING, leading(*LEADS)))
LINKING = either(COORDINATING, of_opd(*OF_OPD))


async def _start(call: Call) -> Answer:
    return await start.start(call, COMMANDS)


async def _help(call: Call) -> Answer:
    return await help.help(call, COMMANDS)


async def _save(call: Call) -> Answer:
    return await previews.save(call, PREVIEWS)


async def _discard(call: Call) -> Answer:
    return await previews.discard(call, PREVIEWS)


COMMANDS = (
    # post holders of an OPD
    Command(
        ("done", "selesai"), CONFIRMING, confirm.done, FRESH, "Konfirmasi butir", OF_OPD, "3, 7"
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
    # who leads an OPD
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
    # the city
    Command(("opd",), of_city(*OF_CITY), overview.opd, FRESH, "OPD dan keadaannya", OF_CITY),
    Command(("ringkasan",), of_city(*OF_CITY), summary.summary, PRIVATE, "Ringkasan kota", OF_CITY),
    Command(("daftar",), looking, checklist.listing, FRESH, "Daftar butir", OF_CITY, "DINKES"),
    # the coordinator
    Command(
        ("tenggat",),
        COORDINATING,
        bundles.add,
        FRESH,
        "Tambah tenggat",
        (Role.COORDINATOR,),
        "semua H+14 Laporan SKM",
    ),
    Command(
        ("undang",),
        APPOINTING,
        people.invite,
        PRIVATE,
        "Undang pemegang jabatan",
        (Role.COORDINATOR,),
        "sekretaris DINKES",
    ),
    Command(
        ("cek",), COORDINATING, readiness.check, FRESH, "Periksa kesiapan OPD", (Role.COORDINATOR,)
    ),
    Command(
        ("verifikasi",),
        REVIEWING,
        review.verify,
        FRESH,
        "Verifikasi butir",
        (Role.COORDINATOR,),
        "DINKES 3",
    ),
    Command(
        ("kembalikan",),
        REVIEWING,
        review.send_back,
        FRESH,
        "Kembalikan butir",
        (Role.COORDINATOR,),
        "DINKES 3 foto loket belum terlihat",
    ),
    Command(
        ("ubah",),
        COORDINATING,
        deadlines.move,
        FRESH,
        "Ubah tenggat",
        (Role.COORDINATOR,),
        "DINKES 3 H+14",
    ),
    Command(
        ("hapus",),
        COORDINATING,
        deadlines.drop,
        FRESH,
        "Hapus butir",
        (Role.COORDINATOR,),
        "T12 sudah tidak berlaku",
    ),
    Command(
        ("akhiri",),
        APPOINTING,
        people.end,
        PRIVATE,
        "Akhiri tugas",
        (Role.COORDINATOR,),
        "sekretaris DINKES",
    ),
    Command(
        ("hubungkan",),
        COORDINATING,
        chats.link,
        GROUP,
        "Hubungkan grup dengan OPD",
        (Role.COORDINATOR,),
        "DINKES",
    ),
    Command(
        ("lepas",), COORDINATING, chats.unlink, GROUP, "Lepas grup dari OPD", (Role.COORDINATOR,)
    ),
    # everybody
    Command(("start",), anyone, _start),
    Command(("bantuan", "help"), anyone, _help, FRESH, "Bantuan"),
)
PRESSES = (
    Press(Done, CONFIRMING, confirm.done_pressed),
    Press(Withdraw, CONFIRMING, confirm.withdraw_pressed),
    Press(Page, looking, checklist.page),
    Press(Card, looking, checklist.card),
    Press(Verify, REVIEWING, review.verify_pressed),
    Press(NotThem, COORDINATING, people.not_them),
    Press(InviteOperator, of_opd(*LEADS), people.invite_pressed),
    Press(LinkHere, LINKING, chats.link_pressed),
    Press(Claim, anyone, chats.claimed),
    Press(CityPage, of_city(*OF_CITY), overview.page),
    Press(Undo, COORDINATING, bundles.undo),
    Press(Save, anyone, _save),
    Press(Discard, anyone, _discard),
)
PREVIEWS = {
    "add": Preview(bundles.save_added, bundles.added_again),
    "drop": Preview(deadlines.save_dropped, deadlines.dropped_again),
    "end": Preview(people.end_saved, people.end_again),
    "move": Preview(deadlines.save_moved, deadlines.moved_again),
}
MEMBER = Way("member", anyone, chats.member)
MIGRATED = Way("migrated", anyone, chats.migrated)
RENAMED = Way("renamed", anyone, chats.renamed)
REOPENED = Way("reopened", anyone, chats.reopened)
OPENED = (  # a topic, or General
    filters.StatusUpdate.FORUM_TOPIC_REOPENED | filters.StatusUpdate.GENERAL_FORUM_TOPIC_UNHIDDEN
)
WAYS = {command.way.name: command.way for command in COMMANDS}


def add_routes(app: App) -> None:
    for command in COMMANDS:
        run = edge.on_command(command.way)
        app.add_handler(CommandHandler(command.names, run, command.where))
    for command in COMMANDS:
        if command.where is not FRESH:  # in the wrong kind of chat
            elsewhere = edge.on_command(Way(command.way.name, anyone, help.elsewhere))
            app.add_handler(CommandHandler(command.names, elsewhere, FRESH))
    for press in PRESSES:
        run = edge.on_press(press.way, press.button)
        app.add_handler(CallbackQueryHandler(run, press.button.pattern()))
    app.add_handler(CallbackQueryHandler(edge.on_choice(WAYS), Choose.pattern()))
    app.add_handler(CallbackQueryHandler(errors.old_button))
    member = edge.on_event(MEMBER, talk.membership)
    app.add_handler(ChatMemberHandler(member, ChatMemberHandler.MY_CHAT_MEMBER))
    migrated = edge.on_event(MIGRATED, talk.migration)
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, migrated))
    renamed = edge.on_event(RENAMED, talk.place)
    app.add_handler(MessageHandler(filters.StatusUpdate.NEW_CHAT_TITLE, renamed))
    app.add_handler(MessageHandler(OPENED, edge.on_event(REOPENED, talk.place)))
    find = near.finder(COMMANDS)
    app.add_handler(MessageHandler(EDITED, errors.edited(find)))
    app.add_handler(MessageHandler(FRESH & ~filters.StatusUpdate.ALL, edge.on_remark(find)))

    assert app.job_queue, "install python-telegram-bot[job-queue]"
    for tick in TICKS:
        app.job_queue.run_repeating(
            tick, timedelta(minutes=1), job_kwargs={"misfire_grace_time": None}
        )
    app.add_error_handler(errors.on_error)
