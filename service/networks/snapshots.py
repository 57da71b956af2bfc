"""Data read from the graph as arrays, kept for as long as the graph does not change.

What tells a change is the number of the database's last transaction, so a write by
anybody counts: one of this process at once, any other within
VALUENET_NETWORK_AGE_SECONDS.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Protocol, TypeVar, cast
from weakref import WeakValueDictionary

from service.graph import Graph
from service.graph.request_scope import current
from service.settings import Settings


class Snapshot(Protocol):
    """What is kept says how large it is, and when its first read began."""

    @property
    def byte_count(self) -> int: ...

    @property
    def read_at(self) -> float:
        """By time.monotonic()."""


S = TypeVar("S", bound=Snapshot)


@dataclass(frozen=True)
class Kept:
    change: str
    snapshot: Snapshot


class Snapshots:
    """The least recently used go first where all together are above
    VALUENET_NETWORK_MEGABYTES."""

    def __init__(self, graph: Graph, settings: Settings) -> None:
        self.graph = graph
        self._age_seconds = settings.network_age_seconds
        self._most_bytes = settings.network_megabytes * 1_000_000
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._locks: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()
        self.change = ""  # a bookmark
        self._reached: frozenset[str] = frozenset()  # what a client last brought
        self._checked_at = -float("inf")
        self._writes = -1

    async def begin(self) -> None:
        """Learn which state of the graph there is, before anybody asks."""
        await self._last_change()

    async def get(self, key: Hashable, read: Callable[[], Awaitable[S]]) -> S:
        """What `read` gave for `key`, read anew if the graph has changed since.

        One reads, the others wait for it.
        """
        found = self._fresh(key, await self._last_change())
        if found is None:
            lock = self._locks.setdefault(key, asyncio.Lock())
            async with lock:
                change = await self._last_change()
                found = self._fresh(key, change)
                if found is None:
                    found = await read()
                    self._keep(key, Kept(change, found))
        return cast(S, found)

    async def _last_change(self) -> str:
        now, writes = time.monotonic(), self.graph.writes
        if (
            writes != self._writes
            or now - self._checked_at >= self._age_seconds
            or self._behind
        ):
            request = current.get()
            self.change = await self.graph.last_change()
            self._reached = request.sent if request else self._reached
            self._checked_at, self._writes = now, writes
        return self.change

    @property
    def _behind(self) -> bool:
        """Whether the client may know a change that we have not seen."""
        request = current.get()
        seen = {*self.change.split(","), *self._reached}
        return bool(request and not request.sent <= seen)

    def _fresh(self, key: Hashable, change: str) -> Snapshot | None:
        kept = self._kept.get(key)
        if kept is None or kept.change != change:
            return None
        self._kept.move_to_end(key)
        return kept.snapshot

    def _keep(self, key: Hashable, kept: Kept) -> None:
        # What an earlier state of the graph gave is of no use to anybody.
        for old in [k for k, v in self._kept.items() if v.change != kept.change]:
            del self._kept[old]
        self._kept[key] = kept
        self._kept.move_to_end(key)
        while self._kept and self.byte_count > self._most_bytes:
            self._kept.popitem(last=False)

    @property
    def byte_count(self) -> int:
        return sum(kept.snapshot.byte_count for kept in self._kept.values())
