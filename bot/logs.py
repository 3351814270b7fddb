"""One log, in which the token never appears."""

from __future__ import annotations

import logging
from typing import Any

import structlog

from bot.discreet import whole

__all__ = ["Discreet", "set_up", "whole"]

NOISY = (
    "httpx",
    "httpcore",
    "apscheduler",
    "alembic",
)  # httpx writes the address, and so the token, at INFO
PLAIN = structlog.dev.plain_traceback  # the rich one shows variables, and half a token in them


class Discreet(logging.Formatter):
    """Redacts what the inner formatter wrote: it sees tracebacks and what libraries log, too."""

    def __init__(self, inner: logging.Formatter, secret: str) -> None:
        super().__init__()
        self.inner, self.secret = inner, secret

    def format(self, record: logging.LogRecord) -> str:
        text = self.inner.format(record)
        return text.replace(self.secret, "[token]") if self.secret else text


def set_up(level: str, form: str, secret: str) -> None:
    """`form`: text or json. Our own events and those of libraries go the same way."""
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
    handler.setFormatter(Discreet(inner, secret))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
