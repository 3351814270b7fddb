"""What was asked for by a reply (bot.asking): the command, as if it had been said in one piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from telegram import Update

from bot import asking, messages, talk
from bot.context import Answer, Call, Context
from bot.edge import PtbHandler, call_of, go, text_of
from bot.gate import somebody
from bot.way import Way
from db import chats, drafts
from db.drafts import DraftFacts
from db.engine import Session
from db.refusal import Refusal


def on_reply(ways: Mapping[str, Way]) -> PtbHandler:
    """Where other words would do, the question is asked again, and waits for another reply: who
    just types on in a group is not heard."""

    async def run(update: Update, context: Context) -> None:
        chosen: list[Way] = []
        kept: list[DraftFacts] = []
        draft_id = asking.asked(update.effective_message) or 0

        async def make(session: Session) -> Call:
            call = await call_of(session, update, context)
            user, source = call.speaker.user_id, call.act.source
            asked = await drafts.asked(session, draft_id)
            chosen.append(ways[asked.facts["command"]])  # a refusal speaks of it, too
            await somebody(call)
            said = text_of(update)
            if asking.gives_up(said):
                chosen[:] = [replace(chosen[0], gate=somebody, handler=_given_up)]
            outcome = drafts.DROPPED if asking.gives_up(said) else drafts.ANSWERED
            draft = await drafts.replied(session, asked.id, user, call.act.at, source, outcome)
            kept[:] = [draft]
            if not said:
                raise asking.NothingSaid
            opd_id = draft.facts["opd"]
            opd = await chats.by_id(session, opd_id) if opd_id else None
            text = f"{draft.facts['text']} {said}".strip()
            return replace(call, text=text, opd=opd, card=draft.facts.get("card", 0))

        def again(refusal: Refusal, why: str) -> Answer | None:
            if kept and asking.may_say_otherwise(refusal, kept[0]):
                return asking.again(kept[0], talk.speaker(update), why)
            return None

        await go(update, context, chosen, make, again)

    return run


async def _given_up(_call: Call) -> Answer:
    return Answer(messages.discarded())
