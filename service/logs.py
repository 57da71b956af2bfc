"""Logs: lines on stderr, each with the id of the request that it belongs to."""

from __future__ import annotations

import logging
import sys
from contextvars import ContextVar

FORMAT = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class OneLine(logging.Formatter):
    """A message never begins a line of its own making; tracebacks follow below it."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")


def with_request(record: logging.LogRecord) -> bool:
    record.request_id = request_id.get()
    return True


def begin(level: str) -> None:
    """Send the logs of this process to stderr; the driver tells its troubles only."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine(FORMAT))
    handler.addFilter(with_request)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("neo4j", "httpx", "httpcore", "asyncio", "uvicorn"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.root.level))
