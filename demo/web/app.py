"""The page's application: its addresses, its files, its guard, and the city behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from demo.web import eve as eves
from demo.web import scene
from demo.web.api import ROUTES
from demo.web.eve import Eve
from demo.web.guard import Guard

STATIC = Path(__file__).parent / "static"


async def index(request: Request) -> Response:
    return FileResponse(STATIC / "index.html")


@asynccontextmanager
async def city(app: Starlette) -> AsyncIterator[None]:
    """`app.state.scene` is the city of now; `renew` begins another one, `leave` lets windows go."""
    opened, eve = AsyncExitStack(), app.state.eve or await eves.play()

    async def renew() -> None:
        nonlocal opened
        old, opened = opened, AsyncExitStack()
        if hasattr(app.state, "scene"):
            app.state.scene.stage.hub.close(is_renewed=True)
        await old.aclose()
        app.state.scene = await opened.enter_async_context(scene.opened(eve))

    def leave() -> None:
        app.state.scene.stage.hub.close()

    app.state.renew, app.state.leave = renew, leave
    await renew()
    yield
    await opened.aclose()


def build(eve: Eve | None = None) -> Starlette:
    """Without an eve one is played when it starts, which takes a few seconds."""
    files = Mount("/static", StaticFiles(directory=STATIC))
    routes = [Route("/", index), *ROUTES, files]
    app = Starlette(routes=routes, middleware=[Middleware(Guard)], lifespan=city)
    app.state.eve = eve
    return app
