"""A cache of arrays read from the graph, valid until the graph changes.

The database's last transaction identifies its state, so every writer's change is
noticed: a write of this process at once, any other within
VALUENET_NETWORK_AGE_SECONDS.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Protocol, TypeVar, cast

from service.computation.sharing import SharedWork
from service.graph import Graph
from service.graph.request_scope import current
from service.settings import Settings


class Snapshot(Protocol):
    """A cached value knows its size, and when its first read began."""

    @property
    def byte_count(self) -> int: ...

    @property
    def read_at(self) -> float:
        """By time.monotonic()."""


S = TypeVar("S", bound=Snapshot)
T = TypeVar("T")
ENTRY_BYTES = 1_000  # of an entry with an empty key
MOST_ENTRIES = 1_000


@dataclass(frozen=True)
class CacheEntry:
    change: str
    snapshot: Snapshot
    key_bytes: int  # a key holds texts of a request

    @property
    def byte_count(self) -> int:
        return self.snapshot.byte_count + self.key_bytes


class Snapshots:
    """Drops the least recently used entries above VALUENET_NETWORK_MEGABYTES."""

    def __init__(self, graph: Graph, settings: Settings) -> None:
        self.graph = graph
        self._age_seconds = settings.network_age_seconds
        self._most_bytes = settings.network_megabytes * 1_000_000
        self._entries: OrderedDict[Hashable, CacheEntry] = OrderedDict()
        self._work = SharedWork()
        self._checks = SharedWork()
        self.change = ""  # a bookmark
        self._client_bookmarks: frozenset[str] = (
            frozenset()
        )  # what a client last brought
        self._checked_at = -float("inf")
        self._writes = -1

    async def read_first_change(self) -> None:
        """Read the state of the graph before the first request."""
        await self.last_change()

    async def get(self, key: Hashable, load: Callable[[], Awaitable[S]]) -> S:
        """The value of `key`; `load` runs if the graph has changed since it last ran.

        Concurrent callers wait for one load.
        """
        change = await self.last_change()
        snapshot = self._current(key, change)
        if snapshot is None:

            async def load_and_store() -> S:
                loaded = await load()
                size = ENTRY_BYTES + len(repr(key))
                self._store(key, CacheEntry(change, loaded, size))
                return loaded

            snapshot = await self._work.result((change, key), load_and_store)
        return cast(S, snapshot)

    async def share(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """The result of `work`, once for all who ask for `key` at the same time and in
        the same state of the graph; it is not stored.
        """
        return await self._work.result((await self.last_change(), key), work)

    async def last_change(self) -> str:
        """The state of the graph, checked if it may have changed."""
        now, writes = time.monotonic(), self.graph.write_count
        if (
            writes != self._writes
            or now - self._checked_at >= self._age_seconds
            or self._is_behind_client
        ):
            request = current.get()
            sent = request.sent_bookmarks if request else self._client_bookmarks
            # Those who ask at once, such as the rows of one answer, ask once.
            check = (writes, sent)
            change = await self._checks.result(check, self.graph.last_change)
            self.change, self._client_bookmarks = change, sent
            self._checked_at, self._writes = now, writes
        return self.change

    @property
    def _is_behind_client(self) -> bool:
        """Whether the client may know a change that this cache has not seen."""
        request = current.get()
        known = {*self.change.split(","), *self._client_bookmarks}
        return bool(request and not request.sent_bookmarks <= known)

    def _current(self, key: Hashable, change: str) -> Snapshot | None:
        entry = self._entries.get(key)
        if entry is None or entry.change != change:
            return None
        self._entries.move_to_end(key)
        return entry.snapshot

    def _store(self, key: Hashable, entry: CacheEntry) -> None:
        # Values of an earlier state of the graph are useless.
        if entry.change != self.change:
            return
        for old in [k for k, v in self._entries.items() if v.change != entry.change]:
            del self._entries[old]
        self._entries[key] = entry
        self._entries.move_to_end(key)
        while self.byte_count > self._most_bytes or len(self._entries) > MOST_ENTRIES:
            self._entries.popitem(last=False)

    @property
    def byte_count(self) -> int:
        return sum(entry.byte_count for entry in self._entries.values())
