"""Equal work is done once for all who ask for it at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from service.graph.request_scope import RequestScope, current

T = TypeVar("T")


@dataclass
class Computation:
    """Work that runs, and how many wait for it."""

    task: asyncio.Task[Any]
    scope: RequestScope | None  # of the request that began it
    waiting: int = 0

    def join(self, scope: RequestScope | None) -> None:
        """Its statements may run as long as the most patient of its requests."""
        self.waiting += 1
        if self.scope and scope:
            self.scope.deadline = max(self.scope.deadline, scope.deadline)


class SharedWork:
    """Work under keys: what runs is shared, and stops when nobody waits for it.

    It is a task of its own, so it goes on if the request that began it is cancelled
    while others wait.
    """

    def __init__(self) -> None:
        self._running: dict[Hashable, Computation] = {}

    async def result(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """The result of the work under `key`, which `work` begins if none runs."""
        running = self._running.get(key) or self._begin(key, work)
        running.join(current.get())
        try:
            result: T = await asyncio.shield(running.task)
        finally:
            running.waiting -= 1
            if not running.waiting:
                self._end(key, running)
        return result

    def _begin(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> Computation:
        scope = current.get()
        own = replace(scope) if scope else None

        async def run() -> T:
            current.set(own)
            return await work()

        computation = Computation(asyncio.create_task(run()), own)
        self._running[key] = computation
        # Not joined once it has ended, even if those who waited have not resumed yet.
        computation.task.add_done_callback(lambda _: self._forget(key, computation))
        return computation

    def _end(self, key: Hashable, computation: Computation) -> None:
        self._forget(key, computation)
        computation.task.cancel()

    def _forget(self, key: Hashable, computation: Computation) -> None:
        if self._running.get(key) is computation:
            del self._running[key]


class LazyResults(SharedWork):
    """Results that are computed when they are first needed, and stay."""

    def __init__(self) -> None:
        super().__init__()
        self._results: dict[Hashable, Any] = {}

    @property
    def byte_count(self) -> int:
        """The size of those results that are arrays."""
        return sum(getattr(each, "nbytes", 0) for each in self._results.values())

    async def result(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        if key not in self._results:
            self._results[key] = await super().result(key, work)
        result: T = self._results[key]
        return result
