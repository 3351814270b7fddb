"""getChat, getChatMember, getChatAdministrators, getChatMemberCount, leaveChat."""

from typing import Any

from demo.telegram import membership
from demo.telegram.chats import MEMBER_RIGHTS, Chat
from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused


def chat(call: Call) -> dict[str, Any]:
    """The parts of ChatFullInfo that are always there."""
    found = call.chat(write=False)
    facts = found.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), False
        )
        | {"gifts_from_channels": False},
    }
    if found.type != "private":
        facts["permissions"] = dict.fromkeys(MEMBER_RIGHTS, found.can_send)
    return facts


def member(call: Call) -> dict[str, Any]:
    if call.number("user_id") <= 0:
        raise Refused("user_id")
    found = call.chat(write=False)
    user = call.world.users.get(call.number("user_id"))
    if user is None:
        raise Refused("member_not_found")
    return found.member(user).as_json()


def administrators(call: Call) -> list[dict[str, Any]]:
    """Other bots are left out."""
    return [
        member.as_json()
        for member in _group(call).members.values()
        if member.is_admin and (not member.user.is_bot or member.user is call.bot)
    ]


def member_count(call: Call) -> int:
    return sum(member.is_inside for member in call.chat(write=False).members.values())


def leave(call: Call) -> bool:
    found = call.chat()
    if found.type == "private":
        raise Refused("leave_private")
    membership.leave(call.world, found, call.bot)
    return True


def _group(call: Call) -> Chat:
    found = call.chat(write=False)
    if found.type == "private":
        raise Refused("administrators_private")
    return found
