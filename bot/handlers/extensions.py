"""Who leads an OPD asks for a later deadline; a coordinator or the Sekda decides, once."""

from __future__ import annotations

from bot import anew, keyboards_decisions, messages
from bot.asking import ask
from bot.buttons import Deny, Grant, Postpone, ShowExtension
from bot.context import Answer, Call
from bot.handlers import matters
from bot.handlers.drafting import due_first, one_line
from bot.handlers.matters import DECIDING
from bot.handlers.review import SHORTEST
from bot.reading.obstacles import before_date
from db import extensions, handovers, hearers
from db.extensions import GRANT, REFUSE
from db.items import still_open
from db.models import Role
from db.refusal import Refusal
from db.reports import city
from db.reports import extensions as reports
from db.reports.extensions import ExtensionFacts


class LaterWhy(Refusal):
    """Whoever decides must be able to understand why."""


async def postpone(call: Call) -> Answer:
    """/perpanjang N DATE reason; without a word, for those who decide, what is open."""
    if not call.text and call.who.role in DECIDING:
        return await matters.listed(call)
    known = await extensions.asked_by(call.session, call.act.source)
    asked = await reports.extension(call.session, known or await _ask(call), call.now)
    return Answer(messages.extension_asked(call.desk, asked), joins=True)


async def postpone_pressed(call: Call) -> Answer:
    press: Postpone = call.press
    item = await still_open(call.session, call.of, press.number)
    return await ask(call, "perpanjang", messages.About(call.of.code, item.number, item.title))


async def shown(call: Call) -> Answer:
    """Below the digest that names it."""
    press: ShowExtension = call.press
    asked = await reports.extension(call.session, press.extension, call.now)
    keyboard = keyboards_decisions.for_extension(asked)
    return Answer(messages.extension(call.desk, asked), keyboard, life=anew.of_extension(asked))


async def grant_pressed(call: Call) -> Answer:
    press: Grant = call.press
    return await _decide(call, press.extension, GRANT, is_listed=bool(press.listed))


async def deny_pressed(call: Call) -> Answer:
    press: Deny = call.press
    return await _decide(call, press.extension, REFUSE, is_listed=bool(press.listed))


async def _ask(call: Call) -> int:
    number, rest = before_date(call.text)
    item = await still_open(call.session, call.of, number)
    due, rest = due_first(call, rest)
    reason = one_line(rest)
    if len(reason) < SHORTEST:
        raise LaterWhy
    made = await extensions.ask(call.session, call.act, item, due, reason, call.now)
    await handovers.coordinators(call.session, call.act, "extension", (), call.now, extension=made)
    return made


async def _decide(call: Call, extension: int, verb: str, *, is_listed: bool) -> Answer:
    """Under a digest, which says more, the decision is said below it, and its buttons go."""
    session, act, calendar = call.session, call.act, call.desk.calendar
    is_theirs = await extensions.decide(session, act, calendar, extension, verb, call.now)
    asked = await reports.extension(session, extension, call.now)
    if is_theirs:
        await _owe(call, asked)
    late = "" if is_theirs else messages.extension_settled(call.desk, asked)
    spent = (Grant(extension, 1).pack(), Deny(extension, 1).pack())
    if is_listed and late:
        return Answer(pop_up=late, spent=spent)
    if is_listed:
        unheard = await city.unheard(session, [asked.opd.code])
        return Answer(messages.extension_decided(call.desk, asked, unheard), spent=spent)
    keyboard = keyboards_decisions.for_extension(asked)
    text, life = messages.extension(call.desk, asked), anew.of_extension(asked)
    return Answer(text, keyboard, edits=True, pop_up=late, life=life)


async def _owe(call: Call, asked: ExtensionFacts) -> None:
    """The OPD hears it; and the coordinators, where the Sekda decided."""
    kind, facts = "extension_decided", {"extension": asked.id}
    await hearers.owe(call.session, call.act, kind, asked.opd.id, call.now, **facts)
    if call.who.role is Role.SEKDA:
        but = {call.speaker.user_id}
        await handovers.coordinators(call.session, call.act, kind, but, call.now, **facts)
