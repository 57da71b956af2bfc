"""Following the change log: one poller for all subscribers of a process.

A subscriber stores only the number of its last change, so a slow one costs no memory.
All subscribers share the latest changes in memory; one that is further behind reads
from the graph.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import suppress

from service.change_log.history import (
    PAGE,
    Filter,
    Pack,
    bounds,
    packs_after,
    refuse_dropped,
)
from service.change_log.history import LoggedChange as LoggedChange
from service.computation.turns import Turns
from service.errors import ValuenetError
from service.graph import Graph

log = logging.getLogger(__name__)
POLL_SECONDS = 0.1  # delay until a write of another process is noticed
RETRY_SECONDS = 1.0
STOP_SECONDS = 2.0  # for a read to end that nobody waits for any more
MAX_CHARACTERS = 4_000_000  # of the latest changes in memory
BEHIND = 4  # log nodes that one subscriber reads ahead


class Feed:
    """The latest changes in memory, and the subscribers to the next ones."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.last = -1  # number of the newest change read; -1: none yet
        self._recent: deque[Pack] = deque()
        self._characters = 0
        self._news = asyncio.Event()
        self._turns = Turns()  # of subscribers that wake together
        self._subscribers = 0
        self._poller: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()

    async def follow(
        self, after: int | None, filter: Filter
    ) -> AsyncGenerator[LoggedChange, None]:
        """The changes that pass the filter after a number (None: from now on)."""
        await self._begin()
        try:
            number = self.last if after is None else after
            while True:
                await self._turns.take()
                packs = await self._after(number)
                if not packs:
                    await self._news.wait()
                    continue
                for pack in packs:
                    if filter.may_pass(pack):
                        for change in pack.changes():
                            if change.number > number and filter.passes(change):
                                yield change
                    number = pack.number
        finally:
            await self._end()

    async def _after(self, number: int) -> list[Pack]:
        """The next packs, from memory if it has all of them."""
        if number >= self.last:
            return []
        if self._recent and first_of(self._recent[0]) <= number + 1:
            return [pack for pack in self._recent if pack.number > number][:BEHIND]
        packs = await packs_after(self.graph, number, BEHIND)
        if (
            not packs or first_of(packs[0]) > number + 1
        ):  # retention deleted the next one
            await refuse_dropped(self.graph, number)
        return packs

    async def _begin(self) -> None:
        self._subscribers += 1
        if self.last < 0:
            log_bounds = await bounds(self.graph)
            self.last = max(self.last, log_bounds.last)
        if self._poller is None:
            self._stop = asyncio.Event()
            self._poller = asyncio.create_task(self._poll(self._stop))

    async def _end(self) -> None:
        self._subscribers -= 1
        if self._subscribers == 0:
            await self.close()

    async def close(self) -> None:
        """Stop the poller; the next subscriber starts it again."""
        poller, self._poller = self._poller, None
        self.last, self._characters = -1, 0
        self._recent.clear()
        self._stop.set()
        if poller:
            # Not cancelled at once: a driver that connects would drop its socket.
            await asyncio.wait({poller}, timeout=STOP_SECONDS)
            poller.cancel()
            with suppress(asyncio.CancelledError):
                await poller

    async def _poll(self, stop: asyncio.Event) -> None:
        """Read new changes at intervals, and at once after a write of this process."""
        while not stop.is_set():
            try:
                self.graph.write_event.clear()
                packs = await packs_after(self.graph, self.last)
            except ValuenetError as error:
                log.warning("Cannot follow the change log: %s", error)
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if packs and not stop.is_set():
                self._remember(packs)
                if len(packs) == PAGE:
                    continue
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self.graph.write_event.wait()

    def _remember(self, packs: list[Pack]) -> None:
        for pack in packs:
            self._recent.append(pack)
            self._characters += len(pack.records)
        while self._characters > MAX_CHARACTERS:
            self._characters -= len(self._recent.popleft().records)
        self.last = packs[-1].number
        news, self._news = self._news, asyncio.Event()
        news.set()  # wakes the waiting subscribers; later ones wait for the next news


def first_of(pack: Pack) -> int:
    return pack.number - len(pack.keys) + 1
