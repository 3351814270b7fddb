"""Everything that can wake the bot, in one table, with its gate, in the order it is tried.

A command's `where` says in which chats it is answered; its `menu` is what the `/` menu shows.
"""

from __future__ import annotations

from datetime import timedelta

from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot import edge
from bot.buttons import Card, Choose, Done, Page, Verify, Withdraw
from bot.commands import FRESH, PRIVATE, Command, Press
from bot.context import App
from bot.gate import OF_CITY, OF_OPD, looking, of_city, of_opd, on_opd
from bot.handlers import checklist, confirm, errors, review, summary
from bot.ticks import TICKS
from db.models import Role

EDITED = filters.UpdateType.EDITED_MESSAGE

CONFIRMING = of_opd(*OF_OPD)
REVIEWING = on_opd(Role.COORDINATOR)

COMMANDS = (
    # post holders of an OPD
    Command(("done", "selesai"), CONFIRMING, confirm.done, FRESH, "Konfirmasi butir", OF_OPD),
    Command(
        ("batalkan", "batal"), CONFIRMING, confirm.withdraw, FRESH, "Batalkan konfirmasi", OF_OPD
    ),
    Command(("daftar",), looking, checklist.listing, FRESH, "Daftar butir", OF_OPD + OF_CITY),
    # the coordinator
    Command(
        ("verifikasi",), REVIEWING, review.verify, FRESH, "Verifikasi butir", (Role.COORDINATOR,)
    ),
    Command(
        ("kembalikan",),
        REVIEWING,
        review.send_back,
        FRESH,
        "Kembalikan butir",
        (Role.COORDINATOR,),
    ),
    # the city
    Command(
        ("ringkasan",), of_city(*OF_CITY), summary.summary, PRIVATE, "Ringkasan kota", OF_CITY
    ),
)
PRESSES = (
    Press(Done, CONFIRMING, confirm.done_pressed),
    Press(Withdraw, CONFIRMING, confirm.withdraw_pressed),
    Press(Page, looking, checklist.page),
    Press(Card, looking, checklist.card),
    Press(Verify, REVIEWING, review.verify_pressed),
)
WAYS = {command.way.name: command.way for command in COMMANDS}


def add_routes(app: App) -> None:
    for command in COMMANDS:
        run = edge.on_command(command.way)
        app.add_handler(CommandHandler(command.names, run, command.where))
    for press in PRESSES:
        run = edge.on_press(press.way, press.button)
        app.add_handler(CallbackQueryHandler(run, press.button.pattern()))
    app.add_handler(CallbackQueryHandler(edge.on_choice(WAYS), Choose.pattern()))
    app.add_handler(CallbackQueryHandler(errors.old_button))
    app.add_handler(MessageHandler(EDITED & filters.COMMAND, errors.edited))

    assert app.job_queue, "install python-telegram-bot[job-queue]"
    for tick in TICKS:
        app.job_queue.run_repeating(
            tick, timedelta(minutes=1), job_kwargs={"misfire_grace_time": None}
        )
    app.add_error_handler(errors.on_error)
