"""The stage with everything that a visitor can do to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from demo.web import stage as staging
from demo.web.stage import Stage
from demo.web.time import Time
from demo.web.troubles import Troubles
from demo.web.view import Read


@dataclass
class Scene:
    stage: Stage
    time: Time
    troubles: Troubles
    read: Read = field(default_factory=dict)


@asynccontextmanager
async def opened() -> AsyncIterator[Scene]:
    async with staging.opened() as stage:
        time = Time(stage)
        scene = Scene(stage, time, Troubles(stage))
        for who in stage.people:
            for chat in stage.chats_of(who):
                scene.read[who.id, chat.id] = len(chat.bubbles)
        try:
            yield scene
        finally:
            await time.stop()
