"""The addresses of the page: each reads what was asked, lets it happen, and answers."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from demo.telegram import Chat, Person
from demo.web import hands, windows
from demo.web.hands import LARGEST, Refused
from demo.web.scene import Scene

LONGEST = 2 * LARGEST  # bytes of a request
Asked = dict[str, Any]
Act = Callable[[Scene, Asked], Awaitable[Asked | None]]


async def stream(request: Request) -> Response:
    """Server-sent events: what this person sees of this chat, whenever it changed."""
    scene: Scene = request.app.state.scene
    try:
        who = scene.stage.person(request.query_params.get("person", ""))
    except LookupError:
        who = scene.stage.people[0]
    key = request.query_params.get("chat", "")
    seen = scene.stage.hub.stream(lambda: windows.look(scene, who, key))
    return StreamingResponse(seen, media_type="text/event-stream")


async def file(request: Request) -> Response:
    """Pictures are shown; everything else is only ever saved."""
    kept = request.app.state.scene.stage.telegram.files.by_id.get(request.path_params["id"])
    if kept is None:
        return Response(status_code=404)
    kind = hands.picture(kept.data)
    name = "".join(c for c in kept.name if c.isalnum() or c in "-_. ").encode("ascii", "replace")
    how = "inline" if kind else f'attachment; filename="{name.decode()}"'
    headers = {"Content-Disposition": how}
    return Response(kept.data, 200, headers, kind or "application/octet-stream")


async def say(scene: Scene, asked: Asked) -> None:
    who, chat = _where(scene, asked)
    key = asked.get("reply_to")
    answered = hands.message_in(chat, key) if key else None
    file = hands.upload(asked.get("file"))
    await hands.say(scene.stage, who, chat, str(asked.get("text", "")), answered, file)


async def press(scene: Scene, asked: Asked) -> Asked:
    who, chat = _where(scene, asked)
    message = hands.message_in(chat, asked["message"])
    return {"press": await hands.press(scene.stage, who, message, str(asked["data"]))}


async def follow(scene: Scene, asked: Asked) -> Asked:
    who = scene.stage.person(str(asked["person"]))
    into = scene.stage.chat(who, str(asked["into"])) if asked.get("into") else None
    chat = await hands.follow(scene.stage, who, str(asked["url"]), into)
    return {"chat": str(chat.id)}


async def start(scene: Scene, asked: Asked) -> None:
    who = scene.stage.person(str(asked["person"]))
    hands.with_pass(scene.stage)
    who.starts(scene.stage.bot)
    hands.done(scene.stage)


async def edit(scene: Scene, asked: Asked) -> None:
    who, chat = _where(scene, asked)
    message = hands.message_in(chat, asked["message"])
    await hands.edit(scene.stage, who, message, str(asked.get("text", "")))


async def go(scene: Scene, asked: Asked) -> None:
    if asked["to"] == "stop":
        return await scene.time.stop()
    return await scene.time.go(str(asked["to"]))


async def trouble(scene: Scene, asked: Asked) -> None:
    who = scene.stage.person(str(asked["person"]))
    chat = scene.stage.chat(who, str(asked["chat"])) if asked.get("chat") else None
    await scene.troubles.bring(str(asked["what"]), who, chat)


async def practise(scene: Scene, asked: Asked) -> None:
    await scene.coach.begin()
    scene.stage.hub.changed()


def _where(scene: Scene, asked: Asked) -> tuple[Person, Chat]:
    who = scene.stage.person(str(asked["person"]))
    return who, scene.stage.chat(who, str(asked["chat"]))


async def restart(request: Request) -> Response:
    """A new city; windows find it by themselves."""
    await request.app.state.renew()
    return JSONResponse({})


def _posted(path: str, act: Act) -> Route:
    async def answer(request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST:
                return _no(
                    f"Berkas terlalu besar: paling banyak {LARGEST // 1024 // 1024} MB.", 413
                )
        try:
            asked = json.loads(body)
            return JSONResponse(await act(request.app.state.scene, asked) or {})
        except Refused as no:
            return _no(str(no), 200)  # no error of the page
        except (LookupError, ValueError, TypeError):
            return _no("Permintaan ini tidak dikenal.", 400)

    return Route(path, answer, methods=["POST"])


def _no(why: str, code: int) -> Response:
    return JSONResponse({"error": why}, code)


ACTS: dict[str, Act] = {
    "say": say,
    "press": press,
    "follow": follow,
    "start": start,
    "edit": edit,
    "time": go,
    "trouble": trouble,
    "practice": practise,
}
ROUTES: list[BaseRoute] = [
    Route("/api/stream", stream),
    Route("/api/files/{id}", file),
    Route("/api/restart", restart, methods=["POST"]),
    *(_posted(f"/api/{name}", act) for name, act in ACTS.items()),
]
