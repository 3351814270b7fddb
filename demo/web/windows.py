"""What is shown in one window: one person at one chat, and what every window shows."""

from __future__ import annotations

from typing import Any

from demo.telegram import Chat, Person
from demo.web import view
from demo.web.scene import Scene

LATELY = 5  # presses of which a window may still wait for the answer


async def look(scene: Scene, who: Person, key: str) -> dict[str, Any]:
    """`key` is a chat's id, or empty for the list alone. Whoever looks has read."""
    stage = scene.stage
    chat = _chat(scene, who, key)
    if chat:
        scene.read[who.id, chat.id] = len(chat.bubbles)
    chats = [view.line(stage, who, one, scene.read) for one in stage.chats_of(who)]
    return {
        "me": str(who.id),
        "people": [view.person(stage, one, scene.read) for one in stage.people],
        "chats": sorted(chats, key=lambda one: one["at"], reverse=True),
        "chat": view.open_chat(stage, who, chat) if chat else None,
        "presses": [view.press(one) for one in who.pop_ups[-LATELY:]],
        "clock": scene.time.facts(),
        "troubles": scene.troubles.facts(),
        "tour": await scene.tour.look(who, chat),
        "practice": await scene.coach.look(),
    }


def _chat(scene: Scene, who: Person, key: str) -> Chat | None:
    try:
        return scene.stage.chat(who, key) if key else None
    except LookupError:
        return None
