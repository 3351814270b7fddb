"""A real application of python-telegram-bot lives on the door."""

import asyncio

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from tests.telegram.conftest import Town

Context = ContextTypes.DEFAULT_TYPE


async def done(update: Update, context: Context) -> None:
    button = InlineKeyboardButton("✅ 3", callback_data="done:3")
    await update.effective_message.reply_html(
        f"<b>Butir</b> {' '.join(context.args)}", reply_markup=InlineKeyboardMarkup([[button]])
    )


async def pressed(update: Update, context: Context) -> None:
    await update.callback_query.answer("Dicatat", show_alert=True)
    await update.callback_query.edit_message_text("Butir 3 dicatat")


async def work(app: Application, town: Town) -> None:
    for update in await app.bot.get_updates(offset=town.offset):
        town.offset = update.update_id + 1
        await app.process_update(update)


async def test_a_command_is_answered_and_its_button_pressed(town: Town) -> None:
    door = town.telegram.door(town.tuntas.token)
    builder = Application.builder().token(town.tuntas.token).updater(None)
    app = builder.request(door).get_updates_request(door).build()
    app.add_handler(CommandHandler("done", done))
    app.add_handler(CallbackQueryHandler(pressed))

    async with app:
        town.sari.says("/done@tuntas_bot 3", to=town.group)
        await work(app, town)
        receipt = town.group.last
        assert (receipt.text, receipt.html, receipt.buttons) == (
            "Butir 3",
            "<b>Butir</b> 3",
            [["✅ 3"]],
        )
        town.budi.presses(receipt, "✅ 3")
        await work(app, town)

    assert receipt.text == "Butir 3 dicatat"
    assert receipt.edited
    assert receipt.buttons == []
    assert [(p.text, p.show_alert, p.answered) for p in town.budi.pop_ups] == [
        ("Dicatat", True, True)
    ]
    assert town.telegram.refused == []


async def test_the_updater_of_ptb_polls_through_the_door(town: Town) -> None:
    door = town.telegram.door(town.tuntas.token)
    app = Application.builder().token(town.tuntas.token).request(door)
    app = app.get_updates_request(door).build()
    answered = asyncio.Event()

    async def start(update: Update, context: Context) -> None:
        await update.effective_message.reply_text("Selamat datang")
        answered.set()

    app.add_handler(CommandHandler("start", start))
    async with app:
        await app.updater.start_polling(timeout=50)
        await app.start()
        town.budi.starts(town.tuntas)
        await asyncio.wait_for(answered.wait(), 2)
        await app.updater.stop()
        await app.stop()

    assert town.budi.chat(town.tuntas).last.text == "Selamat datang"
    assert await town.hears() == []
