"""One log, in which no secret ever appears."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any, TextIO

import structlog

from bot import discreet
from bot.discreet import Hide, whole

if TYPE_CHECKING:
    from config.settings import Settings

__all__ = ["Discreet", "Screen", "screen", "set_up", "whole"]

NOISY = ("httpx", "httpcore", "apscheduler", "alembic")  # httpx writes the token at INFO
TELLING = ("telegram", "aiosqlite")  # they write names and what was said at DEBUG
RAW = (  # they write what they cannot parse, names and all
    "telegram.Bot",
    "telegram.ext.ExtBot",
    "telegram.request.BaseRequest",
)
PLAIN = structlog.dev.plain_traceback  # the rich one shows variables, and half a token in them


class Discreet(logging.Formatter):
    """Hides what the inner formatter wrote: it sees tracebacks and what libraries log, too."""

    def __init__(self, inner: logging.Formatter, hide: Hide) -> None:
        super().__init__()
        self.inner, self.hide = inner, hide

    def format(self, record: logging.LogRecord) -> str:
        return discreet.without_links(self.hide(self.inner.format(record)))


class Screen:
    """A stream on which no secret appears, whoever writes: warnings, tracebacks that nobody
    caught, the last words of a process. A line is held until it ends, so none is cut in two."""

    def __init__(self, stream: TextIO, hide: Hide) -> None:
        self._stream, self._hide, self._held = stream, hide, ""

    def write(self, text: str) -> int:
        whole_lines, end, self._held = (self._held + text).rpartition("\n")
        if end:
            self._stream.write(self._hide(whole_lines) + end)
        return len(text)

    def flush(self) -> None:
        if self._held:
            self._stream.write(self._hide(self._held))
            self._held = ""
        self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def screen(settings: Settings) -> None:
    """From now on, standard output and error hide the settings' secrets."""
    hide = discreet.hider(settings)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        inner = stream._stream if isinstance(stream, Screen) else stream
        setattr(sys, name, Screen(inner, hide))


def set_up(level: str, form: str, hide: Hide = str) -> None:
    """`form`: text or json. Our own events and those of libraries go the same way, to standard
    error."""
    shared: list[Any] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    last += (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if form == "json"
        else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=PLAIN)]
    )
    inner = structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last)
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(inner, hide))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    least = dict.fromkeys(NOISY, logging.WARNING) | dict.fromkeys(TELLING, logging.INFO)
    least |= dict.fromkeys(RAW, logging.CRITICAL + 1)
    for name, at_least in least.items():
        logging.getLogger(name).setLevel(max(at_least, logging.getLogger().level))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
