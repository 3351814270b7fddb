"""An answered Question (db.question): the same command again, as if it had been said that way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from telegram import Update

from bot.buttons import Choose, Discard
from bot.context import Answer, Call, Context
from bot.edge import PtbHandler, call_of, go
from bot.through import brought
from bot.way import Way
from db import chats, drafts
from db.drafts import DraftFacts
from db.engine import Session


def on_choice(ways: Mapping[str, Way]) -> PtbHandler:
    """Where that leads to another question, this one can still be answered otherwise."""

    async def run(update: Update, context: Context) -> None:
        assert update.callback_query
        press = Choose.unpack(update.callback_query.data or "")
        chosen: list[Way] = []

        async def make(session: Session) -> Call:
            call = await call_of(session, update, context, press=press)
            user = call.speaker.user_id
            draft = await drafts.choose(session, press.draft, user, call.now, press.way)
            chosen.append(_settling(ways[draft.facts["command"]], draft))
            source = f"{draft.source}:chosen{press.way}"
            act = replace(call.act, at=draft.made_at, source=source)
            opds, text = draft.facts["opds"], draft.facts["ways"][press.way]
            opd = await chats.by_id(session, opds[press.way]) if opds else None
            file = brought(draft.facts)
            return replace(call, text=text, opd=opd, act=act, press=None, attachment=file)

        await go(update, context, chosen, make)

    return run


def _settling(way: Way, draft: DraftFacts) -> Way:
    """The buttons under the question have had their use."""
    each = (Choose(draft.id, n).pack() for n in range(len(draft.facts["ways"])))
    spent = (*each, Discard(draft.id).pack())

    async def handler(call: Call) -> Answer | None:
        said = await way.handler(call)
        return said if said is None or said.edits else replace(said, spent=(*said.spent, *spent))

    return replace(way, handler=handler)
