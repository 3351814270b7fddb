"""The stage with everything that a visitor can do to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from demo.web import stage as staging
from demo.web.eve import Eve
from demo.web.practice.coach import Coach
from demo.web.stage import Stage
from demo.web.time import Time
from demo.web.tour.guide import Guide
from demo.web.troubles import Troubles
from demo.web.view import Read


@dataclass
class Scene:
    stage: Stage
    time: Time
    troubles: Troubles
    tour: Guide
    coach: Coach
    read: Read


@asynccontextmanager
async def opened(eve: Eve) -> AsyncIterator[Scene]:
    async with staging.opened(eve) as stage:
        time = Time(stage)
        read = {
            (who.id, chat.id): len(chat.bubbles)
            for who in stage.people
            for chat in stage.chats_of(who)
        }
        scene = Scene(stage, time, Troubles(stage), Guide(stage, read), Coach(stage), read)
        try:
            yield scene
        finally:
            await time.stop()
