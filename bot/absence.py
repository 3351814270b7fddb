"""That Telegram cannot be reached: said at once, then ever more seldom, and once when it can."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

FIRST, MOST = 5.0, 60.0  # seconds between two lines; the tries in between go on as often as ever


class Absence:
    """`clock`: seconds, as time.monotonic() counts them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: float | None = None
        self._tries, self._gap, self._next = 0, FIRST, 0.0

    @property
    def is_on(self) -> bool:
        return self._since is not None

    def goes_on(self, trouble: Exception, again_in: float) -> None:
        now, self._tries = self._clock(), self._tries + 1
        if self._since is None:
            self._since, self._gap = now, FIRST
        elif now < self._next:
            return
        self._next = now + self._gap
        log.warning(
            "Telegram cannot be reached", trouble=str(trouble), again_in=again_in, tries=self._tries
        )
        self._gap = min(2 * self._gap, MOST)

    def ends(self) -> None:
        if self._since is not None:
            seconds = round(self._clock() - self._since)
            log.warning("Telegram can be reached again", after=seconds, tries=self._tries)
        self._since, self._tries = None, 0
