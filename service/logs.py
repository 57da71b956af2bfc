"""Logs: lines on stderr, each with the id of the request that it belongs to."""

from __future__ import annotations

import logging
import sys
from contextvars import ContextVar

FORMAT = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"
# Libraries whose informational messages do not help to operate valuenet.
LIBRARIES = ("neo4j", "httpx", "httpcore", "asyncio", "uvicorn")

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class OneLineFormatter(logging.Formatter):
    """Keeps a message on one line, so that it cannot imitate another one.

    Tracebacks follow below it.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")


def add_request_id(record: logging.LogRecord) -> bool:
    record.request_id = request_id.get()
    return True


def configure(level: str) -> None:
    """Send the logs of this process to stderr; of libraries warnings only."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLineFormatter(FORMAT))
    handler.addFilter(add_request_id)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.root.level))
