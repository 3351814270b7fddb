"""answerCallbackQuery: once for each press, in time, with plain words."""

from datetime import timedelta

from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

ANSWERABLE = timedelta(minutes=15)


def answer(call: Call) -> bool:
    press = call.bot.presses.get(call.text("callback_query_id"))
    if press is None or press.answered or call.world.clock() - press.when > ANSWERABLE:
        raise Refused("press_unknown")
    if len(call.text("text")) > 200:
        raise Refused("pop_up_too_long")
    if call.text("url"):
        raise Refused("press_url_invalid")
    press.answered, press.text = True, call.text("text")
    press.show_alert = bool(call.args.get("show_alert"))
    return True
