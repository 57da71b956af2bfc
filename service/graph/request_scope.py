"""What all statements of one request share: its deadline, turns and bookmarks.

Few statements of a request run at once, so that one with many root fields does not
stand before a small request twenty times.

A bookmark names a state of the database. A request that brings one is answered from
that state or a later one, by any server, and therefore sees its own earlier writes.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field

import neo4j

from service.errors import BadInput

BOOKMARK = re.compile(r"FB:[A-Za-z0-9+/=_-]{1,256}")
MOST_BOOKMARKS = 20
LEAST_SECONDS = 0.001  # the server takes 0 for no limit at all
AT_ONCE = max(2, os.cpu_count() or 1)  # statements of one request


@dataclass
class RequestScope:
    """The deadline, the turns and the bookmarks of one request."""

    deadline: float  # by time.monotonic()
    sent_bookmarks: frozenset[str]  # bookmarks that the client brought
    bookmark_manager: neo4j.AsyncBookmarkManager  # the driver reads and renews it
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    @property
    def seconds_left(self) -> float:
        """The time left for a statement."""
        return max(self.deadline - time.monotonic(), LEAST_SECONDS)

    async def bookmark(self) -> str:
        """The bookmark for the client's next request."""
        return ",".join(sorted(await self.bookmark_manager.get_bookmarks()))


current: ContextVar[RequestScope | None] = ContextVar("current", default=None)


@asynccontextmanager
async def turn() -> AsyncIterator[None]:
    """A statement runs inside; it waits while others of its request run."""
    request = current.get()
    async with request.turns if request else nullcontext():
        yield


@contextmanager
def request_scope(seconds: float, bookmark: str = "") -> Iterator[RequestScope]:
    """All statements inside belong to one request."""
    sent = [part.strip() for part in bookmark.split(",") if part.strip()]
    if len(sent) > MOST_BOOKMARKS or not all(map(BOOKMARK.fullmatch, sent)):
        raise BadInput(
            "x-valuenet-bookmark: expected its value in an earlier response."
        )
    manager = neo4j.AsyncGraphDatabase.bookmark_manager(
        neo4j.Bookmarks.from_raw_values(sent)
    )
    scope = RequestScope(time.monotonic() + seconds, frozenset(sent), manager)
    token = current.set(scope)
    try:
        yield scope
    finally:
        current.reset(token)


@contextmanager
def joined_scope(scopes: list[RequestScope | None]) -> Iterator[None]:
    """All statements inside belong to each of these requests; None stands for none."""
    requests = [scope for scope in scopes if scope is not None]
    sent = frozenset().union(*(request.sent_bookmarks for request in requests))
    deadline = min((request.deadline for request in requests), default=0.0)
    scope = RequestScope(
        deadline,
        sent,
        CombinedBookmarks([request.bookmark_manager for request in requests]),
    )
    token = current.set(scope if requests else None)
    try:
        yield
    finally:
        current.reset(token)


class CombinedBookmarks:
    """The bookmarks of several requests as one: an update reaches each of them."""

    def __init__(self, every: list[neo4j.AsyncBookmarkManager]) -> None:
        self._every = every

    async def get_bookmarks(self) -> Collection[str]:
        return {
            mark for manager in self._every for mark in await manager.get_bookmarks()
        }

    async def update_bookmarks(
        self, previous_bookmarks: Collection[str], new_bookmarks: Collection[str]
    ) -> None:
        for manager in self._every:
            await manager.update_bookmarks(previous_bookmarks, new_bookmarks)
