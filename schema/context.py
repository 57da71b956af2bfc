"""What one request carries: the graph, the settings, snapshots, its batched reads."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import strawberry
from strawberry.dataloader import DataLoader

from service.change_log.feed import Feed
from service.graph import Graph
from service.networks.network import Networks
from service.networks.snapshots import Snapshots
from service.settings import Settings

V = TypeVar("V")
# Of a batch: if a request is cancelled, the loader compares all of them with all.
MOST_KEYS = 1_000
LOCAL = "local"  # a caller without a token: a person at this machine


def today() -> date:
    """The day if none is given: in UTC, so it is the same on every server."""
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class QuestionScope:
    """One root field while it is answered, as the cursors of its lists need it."""

    owner: str  # a digest of the field and its arguments, those of paging left out
    state: str  # a digest of the state of the graph when the question came
    is_outdated: bool = False  # whether a cursor in it is of an earlier state


@dataclass
class ColumnValues:
    """The rows of a table as columns, where its list can give them so.

    `fields` are the ways from a row to the values of each column.
    """

    fields: Sequence[tuple[str, ...]]
    values: list[list[Any]] | None = None


@dataclass
class Context:
    """Created for each request; only the snapshots outlive it."""

    graph: Graph
    settings: Settings
    snapshots: Snapshots
    caller: str = LOCAL  # the name of its token
    may_write: bool = field(kw_only=True)
    queries_only: bool = False
    feed: Feed | None = None  # where subscriptions are served
    warnings: list[str] = field(default_factory=list)  # of the response
    changes: list[range] = field(default_factory=list)  # by number in the log
    # The days of fields that enclose connections, by their paths
    days: dict[Hashable, date | None] = field(default_factory=dict)
    # Questions by the names of their root fields in the response
    questions: dict[Hashable, QuestionScope] = field(default_factory=dict)
    loaders: dict[Hashable, DataLoader[str, Any]] = field(default_factory=dict)
    batches: set[asyncio.Task[Any]] = field(default_factory=set)  # that loaders run
    # Where a table gets the rows of its only list, which is then empty in the response
    column_values: ColumnValues | None = None
    # Returns when the client is gone
    disconnect: Callable[[], Awaitable[None]] | None = None

    @property
    def networks(self) -> Networks:
        return Networks(self.snapshots, self.settings.max_ties)

    async def load(
        self,
        name: Hashable,
        key: str,
        fetch: Callable[[list[str]], Awaitable[dict[str, V]]],
    ) -> V | None:
        """The value of `key`; keys requested at the same time share one statement."""
        if name not in self.loaders:

            async def batch(keys: list[str]) -> list[V | None]:
                task = asyncio.ensure_future(fetch(keys))
                self.batches.add(task)
                task.add_done_callback(self.batches.discard)
                values = await task
                return [values.get(key) for key in keys]

            self.loaders[name] = DataLoader(batch, MOST_KEYS)
        value: V | None = await self.loaders[name].load(key)
        return value

    def add_write(self, change_count: int, last: int, warnings: list[str]) -> None:
        """Note what a write of this request changed, and what it warns of."""
        self.warnings += warnings
        if change_count:
            self.changes.append(range(last - change_count + 1, last + 1))

    def release(self) -> None:
        """Free what was loaded: loaders and their context are a cycle.

        Loaders run batches as tasks of their own, which nobody else cancels.
        """
        for task in self.batches:
            task.cancel()
        self.loaders.clear()


Info = strawberry.Info[Context, None]


def root_name(info: Info) -> Hashable:
    """The name in the response of the root field that a field belongs to."""
    path = info.path
    while path.prev:
        path = path.prev
    return path.key
