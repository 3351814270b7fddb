"""Who may pass: a gate stands on the route, and no handler knows of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot import meant
from bot.context import Call
from bot.reading.numbers import code_first
from bot.turned_away import Anonymous, NotYours, not_yours
from db import chats
from db.chats import OpdFacts
from db.models import Role
from db.people import Holder

Gate = Callable[[Call], Awaitable[Call]]
OF_OPD = (Role.SECRETARY, Role.HEAD, Role.OPERATOR)
LEADS = (Role.SECRETARY, Role.HEAD)  # of an OPD
OF_CITY = (Role.COORDINATOR, Role.SEKDA, Role.AUDITOR)


async def anyone(call: Call) -> Call:
    return call


async def somebody(call: Call) -> Call:
    """Anyone, with a name."""
    _known(call)
    return call


def of_city(*roles: Role) -> Gate:
    """A post of the city, whatever the chat."""

    async def gate(call: Call) -> Call:
        _known(call)
        holder = _post(call, roles, None)
        if holder is None:
            raise not_yours(call, roles)
        return _under(call, holder)

    return gate


def of_opd(*roles: Role) -> Gate:
    """A post in the OPD that is named, or else in the one whose chat this is, or else, in
    private, in the only one where the speaker holds such a post."""

    async def gate(call: Call) -> Call:
        _known(call)
        call = await meant.with_opd(call, roles if call.place.is_private else ())
        holder = _post(call, roles, call.of)
        if holder is None:
            raise not_yours(call, roles, call.of.name)
        return _under(call, holder)

    return gate


def on_opd(*roles: Role) -> Gate:
    """A post of the city, acting on the OPD that is named, or on the one whose chat this is."""

    async def gate(call: Call) -> Call:
        _known(call)
        holder = _post(call, roles, None)
        if holder is None:
            raise not_yours(call, roles)
        return _under(await meant.with_opd(call, (), may_name=True), holder)

    return gate


def either(*gates: Gate) -> Gate:
    """The first that lets pass. If none does, all the posts that may are named."""

    async def gate(call: Call) -> Call:
        refused: list[NotYours] = []
        for one in gates:
            try:
                return await one(call)
            except NotYours as no:
                refused.append(no)
        roles = tuple(dict.fromkeys(role for no in refused for role in no.roles))
        raise not_yours(call, roles, refused[-1].opd)

    return gate


def leading(*roles: Role) -> Gate:
    """As of_opd; who holds no such post anywhere is not asked for an OPD first."""
    inner = of_opd(*roles)

    async def gate(call: Call) -> Call:
        if not any(h.role in roles for h in call.speaker.posts):
            raise not_yours(call, roles)
        return await inner(call)

    return gate


def naming(gate: Gate) -> Gate:
    """The OPD's code may stand anywhere in the text, not only at its beginning."""

    async def anywhere(call: Call) -> Call:
        if call.opd:
            return await gate(call)
        known = {opd.code: opd for opd in await chats.every_opd(call.session)}
        words = call.text.split()
        for n, word in enumerate(words):
            named = code_first(word)
            if named and (opd := known.get(named[0])):
                text = " ".join(words[:n] + words[n + 1 :])
                return await gate(replace(call, opd=opd, text=text))
        return await gate(call)

    return anywhere


async def looking(call: Call) -> Call:
    """Anyone in an OPD's group may look; elsewhere its posts, and those of the city."""
    is_of_city = _post(call, OF_CITY, None) is not None
    call = await meant.with_opd(call, OF_OPD, may_name=is_of_city)
    here = await meant.of_chat(call)
    holder = _post(call, OF_OPD, call.of) or _post(call, OF_CITY, None)
    if holder:
        return _under(call, holder)
    if here and here.id == call.of.id:
        return call
    raise not_yours(call, OF_OPD, call.of.name)


def _known(call: Call) -> None:
    if call.speaker.is_anonymous:
        raise Anonymous


def _post(call: Call, roles: tuple[Role, ...], opd: OpdFacts | None) -> Holder | None:
    which = opd and opd.id
    mine = [h for h in call.speaker.posts if h.role in roles and (h.opd and h.opd.id) == which]
    return min(mine, key=lambda h: roles.index(h.role), default=None)


def _under(call: Call, holder: Holder) -> Call:
    return replace(call, holder=holder, act=call.act.under(holder.tenure_id))
