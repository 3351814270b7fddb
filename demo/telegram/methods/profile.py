"""What a bot says of itself: getMe, command menus by scope, name and descriptions."""

import json
import re
from typing import Any

from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused

SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def me(call: Call) -> dict[str, Any]:
    return call.bot.me()


def set_commands(call: Call) -> bool:
    commands = call.args.get("commands", [])
    if not isinstance(commands, list):
        raise Refused("commands_no_array")
    if len(commands) > 100:
        raise Refused("commands_too_many")
    call.bot.menus[_key(call)] = [_command(command) for command in commands]
    return True


def get_commands(call: Call) -> list[dict[str, str]]:
    return call.bot.menus.get(_key(call), [])


def delete_commands(call: Call) -> bool:
    call.bot.menus.pop(_key(call), None)
    return True


def _command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict):
        raise Refused("command_no_object")
    name = str(command.get("command", "")).strip().removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not name:
        raise Refused("command_empty")
    if len(name) > 32:
        raise Refused("command_too_long")
    if not description:
        raise Refused("command_description_empty")
    if len(description) > 256:
        raise Refused("command_description_too_long")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise Refused("command_invalid")
    return {"command": name, "description": description}


def _key(call: Call) -> tuple[str, str]:
    """(scope as JSON, language), as the menus are kept by the bot."""
    scope = call.args.get("scope", {"type": "default"})
    if not isinstance(scope, dict):
        raise Refused("scope_no_object")
    if scope.get("type") not in SCOPES:
        raise Refused("scope_type")
    needs = SCOPES[scope["type"]]
    if "chat_id" in needs:
        if not scope.get("chat_id"):
            raise Refused("scope_chat")
        Call(call.world, call.bot, call.method, {"chat_id": scope["chat_id"]}).chat()
    if "user_id" in needs and int(scope.get("user_id", 0)) <= 0:
        raise Refused("scope_user")
    kept = {"type": scope["type"]} | {need: int(scope[need]) for need in needs}
    return json.dumps(kept), call.text("language_code")


def set_name(call: Call) -> bool:
    return _set(call, call.bot.names, "name", 64)


def get_name(call: Call) -> dict[str, str]:
    return {"name": call.bot.names.get(call.text("language_code"), call.bot.name)}


def set_description(call: Call) -> bool:
    return _set(call, call.bot.descriptions, "description", 512)


def get_description(call: Call) -> dict[str, str]:
    return {"description": call.bot.descriptions.get(call.text("language_code"), "")}


def set_short_description(call: Call) -> bool:
    return _set(call, call.bot.short_descriptions, "short_description", 120)


def get_short_description(call: Call) -> dict[str, str]:
    return {"short_description": call.bot.short_descriptions.get(call.text("language_code"), "")}


def _set(call: Call, where: dict[str, str], what: str, most: int) -> bool:
    if len(call.text(what)) > most:
        raise Refused(f"{what}_too_long")
    where[call.text("language_code")] = call.text(what)
    return True
