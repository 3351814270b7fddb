"""Trouble on the line, on demand: refusals, cuts before and after delivery, nonsense, outage."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

UNTROUBLED = ("getme", "getupdates")


class Cut(Exception):
    """The line broke; `cause` is how httpx would say it. A door turns it into what it speaks."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


class Nonsense(Exception):
    """An answer that is no Bot API answer: a captive portal, a proxy."""

    def __init__(self, code: int, body: str) -> None:
        super().__init__(body)
        self.code, self.body = code, body


@dataclass
class Trouble:
    """`what` is raised (Cut, Nonsense) or answered (code, body). `after`: it was delivered."""

    what: Exception | tuple[int, dict[str, Any]]
    method: str | None = None
    after: bool = False

    def concerns(self, method: str) -> bool:
        if self.method is None:
            return method.lower() not in UNTROUBLED
        return self.method.lower() == method.lower()


@dataclass
class Line:
    """The troubles to come, in order, and whether Telegram can be reached at all."""

    is_down: bool = False
    coming: list[Trouble] = field(default_factory=list)
    heard_by: list[Callable[[], object]] = field(default_factory=list)  # of going down and up

    def next(self, method: str) -> Trouble | None:
        if self.is_down:
            return Trouble(Cut(httpx.ConnectError("All connection attempts failed")))
        for trouble in self.coming:
            if trouble.concerns(method):
                self.coming.remove(trouble)
                return trouble
        return None

    def tell(self) -> None:
        for hears in self.heard_by:
            hears()


class Troubled:
    """The hooks that bring trouble over the next calls.

    `arriving`: each is awaited with (bot, method, params) before a call is looked at.
    `answering`: the same and the answer's body, before the answer leaves. Either may wait, for a
    slow Telegram, and may raise Cut.
    """

    def __init__(self) -> None:
        self.line = Line()
        self.arriving: list[Callable[[Any, str, dict[str, Any]], Awaitable[None]]] = []
        self.answering: list[
            Callable[[Any, str, dict[str, Any], dict[str, Any]], Awaitable[None]]
        ] = []

    def refuses_next(
        self, code: int, description: str, *, method: str | None = None, **parameters: Any
    ) -> None:
        """The next call (of `method`; else any but getMe and getUpdates) is answered so."""
        body = {"ok": False, "error_code": code, "description": description}
        body |= {"parameters": parameters} if parameters else {}
        self.line.coming.append(Trouble((code, body), method))

    def cuts_next(
        self, cause: Exception, *, after: bool = False, method: str | None = None
    ) -> None:
        """The next call breaks with an httpx exception; `after`: it arrives, its answer is lost."""
        self.line.coming.append(Trouble(Cut(cause), method, after))

    def garbles_next(
        self,
        body: str = "<html>Sign in to the network</html>",
        *,
        code: int = 200,
        after: bool = False,
        method: str | None = None,
    ) -> None:
        """The next call is answered with something that is no Bot API answer."""
        self.line.coming.append(Trouble(Nonsense(code, body), method, after))
