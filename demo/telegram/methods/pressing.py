"""answerCallbackQuery: once for each press, in time, with plain words."""

from demo.telegram import links
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused
from demo.telegram.updates import KEPT

ANSWERABLE = KEPT["callback_query"]  # how long the real one waits was not found


def answer(call: Call) -> bool:
    press = call.bot.presses.get(call.text("callback_query_id"))
    if press is None or press.answered or call.world.clock() - press.when > ANSWERABLE:
        raise Refused("press_unknown")
    if len(call.text("text")) > 200:
        raise Refused("pop_up_too_long")
    if call.text("url") and not _opens_this_bot(call):
        raise Refused("press_url")
    press.answered, press.text, press.url = True, call.text("text"), call.text("url")
    press.show_alert = bool(call.args.get("show_alert"))
    return True


def _opens_this_bot(call: Call) -> bool:
    try:
        return links.read(call.text("url")).username.lower() == call.bot.username.lower()
    except ValueError:
        return False
