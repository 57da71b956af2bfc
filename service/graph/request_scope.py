"""What all statements of one request share: their deadline, and what it has seen.

A bookmark names a state of the database. A request that brings one is answered from
that state or a later one, on whichever server; so it sees its own writes.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import neo4j

from service.errors import BadInput

BOOKMARK = re.compile(r"FB:[A-Za-z0-9+/=_-]{1,256}")
MOST_BOOKMARKS = 20
LEAST_SECONDS = 0.001  # the server takes 0 for no limit at all


@dataclass(frozen=True)
class Asking:
    """The statements' view of the request that they belong to."""

    deadline: float  # by time.monotonic()
    sent: frozenset[str]  # bookmarks that the client brought
    seen: neo4j.AsyncBookmarkManager  # the driver reads and renews it

    @property
    def seconds(self) -> float:
        """What is left for a statement."""
        return max(self.deadline - time.monotonic(), LEAST_SECONDS)

    async def bookmark(self) -> str:
        """What the client may bring next time."""
        return ",".join(sorted(await self.seen.get_bookmarks()))


current: ContextVar[Asking | None] = ContextVar("current", default=None)


@contextmanager
def begun(seconds: float, bookmark: str = "") -> Iterator[Asking]:
    """All statements inside belong to one request."""
    sent = [part.strip() for part in bookmark.split(",") if part.strip()]
    if len(sent) > MOST_BOOKMARKS or not all(map(BOOKMARK.fullmatch, sent)):
        raise BadInput("x-valuenet-bookmark: expected what an answer carried there.")
    manager = neo4j.AsyncGraphDatabase.bookmark_manager(
        neo4j.Bookmarks.from_raw_values(sent)
    )
    found = Asking(time.monotonic() + seconds, frozenset(sent), manager)
    token = current.set(found)
    try:
        yield found
    finally:
        current.reset(token)


@contextmanager
def joined(several: list[Asking | None]) -> Iterator[None]:
    """All statements inside belong to each of these requests; None is none at all."""
    every = [one for one in several if one is not None]
    sent = frozenset().union(*(one.sent for one in every))
    deadline = min((one.deadline for one in every), default=0.0)
    found = Asking(deadline, sent, Managers([one.seen for one in every]))
    token = current.set(found if every else None)
    try:
        yield
    finally:
        current.reset(token)


class Managers:
    """The bookmarks of several requests: each is told what all have seen."""

    def __init__(self, every: list[neo4j.AsyncBookmarkManager]) -> None:
        self._every = every

    async def get_bookmarks(self) -> Collection[str]:
        return {mark for one in self._every for mark in await one.get_bookmarks()}

    async def update_bookmarks(
        self, previous_bookmarks: Collection[str], new_bookmarks: Collection[str]
    ) -> None:
        for one in self._every:
            await one.update_bookmarks(previous_bookmarks, new_bookmarks)


class Current:
    """The bookmarks of whichever request is asking, for sessions that outlive it."""

    async def get_bookmarks(self) -> Collection[str]:
        request = current.get()
        return await request.seen.get_bookmarks() if request else ()

    async def update_bookmarks(
        self, previous_bookmarks: Collection[str], new_bookmarks: Collection[str]
    ) -> None:
        if request := current.get():
            await request.seen.update_bookmarks(previous_bookmarks, new_bookmarks)


BOOKMARKS = Current()
