"""getUpdates (awaits an event, never sleeps) and what little there is of webhooks."""

import asyncio
from typing import Any

from demo.telegram.methods.call import Call
from demo.telegram.refusals import Refused


async def updates(call: Call) -> list[dict[str, Any]]:
    """Another getUpdates of the same bot ends this one, as Telegram does."""
    bot, queue = call.bot, call.bot.queue
    if bot.webhook:
        raise Refused("conflict_webhook")
    limit = min(max(call.number("limit", 100), 1), 100)
    if call.args.get("allowed_updates") is not None:
        queue.allow(_kinds(call))
    this = object()
    bot.polling = this
    queue.arrived.set()  # whoever else is polling wakes and finds itself replaced
    offset = call.number("offset")
    found = queue.take(offset, limit, call.world.clock())
    if not found and call.number("timeout") > 0:
        await _news(call, min(call.number("timeout"), 50))
        if bot.webhook:
            raise Refused("conflict_set_webhook")
        if bot.polling is not this:
            raise Refused("conflict")
        found = queue.take(offset, limit, call.world.clock())
    return found


def _kinds(call: Call) -> list[str]:
    kinds = call.args["allowed_updates"]
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise Refused("allowed_updates")
    return kinds


async def _news(call: Call, seconds: int) -> None:
    try:
        async with asyncio.timeout(seconds):
            await call.bot.queue.arrived.wait()
    except TimeoutError:
        return


def webhook_info(call: Call) -> dict[str, Any]:
    return {
        "url": call.bot.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(call.bot.queue.waiting),
    }


def set_webhook(call: Call) -> bool:
    """It is remembered and stops getUpdates; nothing is ever sent to it."""
    url = call.text("url")
    if url and not url.startswith("https://"):
        raise Refused("webhook_not_https")
    call.bot.webhook = url
    if call.args.get("allowed_updates") is not None:
        call.bot.queue.allow(_kinds(call))
    _drop(call)
    call.bot.queue.arrived.set()
    return True


def delete_webhook(call: Call) -> bool:
    call.bot.webhook = ""
    _drop(call)
    return True


def _drop(call: Call) -> None:
    if call.args.get("drop_pending_updates"):
        call.bot.queue.waiting.clear()
