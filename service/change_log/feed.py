"""Following the change log: one poller a process, however many subscribers.

A subscriber pulls: it holds a number and nothing else, so that one that reads slowly
costs no memory. The latest changes are kept for all; who is further back reads them
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
from service.errors import ValuenetError
from service.graph import Graph

log = logging.getLogger(__name__)
POLL_SECONDS = 0.1  # after how long a write of another process is noticed at the latest
RETRY_SECONDS = 1.0
KEPT_CHARACTERS = 4_000_000  # of the latest changes, for all subscribers together
BEHIND = 4  # nodes of the log that one subscriber holds while its reader takes them


class Feed:
    """The latest changes, and who waits for the next ones."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.last = -1  # number of the newest change that is known; -1: none yet
        self._kept: deque[Pack] = deque()
        self._characters = 0
        self._news = asyncio.Event()
        self._subscribers = 0
        self._poller: asyncio.Task[None] | None = None

    async def follow(
        self, after: int | None, wanted: Filter
    ) -> AsyncGenerator[LoggedChange, None]:
        """Every wanted change after a number (null: from now on), once, in order."""
        await self._begin()
        try:
            number = self.last if after is None else after
            while True:
                packs = await self._after(number)
                if not packs:
                    await self._news.wait()
                    continue
                for pack in packs:
                    if wanted.may_pass(pack):
                        for change in pack.changes():
                            if change.number > number and wanted.passes(change):
                                yield change
                    number = pack.number
        finally:
            await self._end()

    async def _after(self, number: int) -> list[Pack]:
        """The next packs: out of memory where nothing is missing there."""
        if number >= self.last:
            return []
        if self._kept and first_of(self._kept[0]) <= number + 1:
            return [pack for pack in self._kept if pack.number > number][:BEHIND]
        packs = await packs_after(self.graph, number, BEHIND)
        if not packs or first_of(packs[0]) > number + 1:  # what follows was dropped
            await refuse_dropped(self.graph, number)
        return packs

    async def _begin(self) -> None:
        self._subscribers += 1
        if self.last < 0:
            known = await bounds(self.graph)
            self.last = max(self.last, known.last)
        if self._poller is None:
            self._poller = asyncio.create_task(self._poll())

    async def _end(self) -> None:
        self._subscribers -= 1
        if self._subscribers == 0:
            await self.close()

    async def close(self) -> None:
        """Stop following; the next subscriber begins anew."""
        poller, self._poller = self._poller, None
        self.last, self._characters = -1, 0
        self._kept.clear()
        if poller:
            poller.cancel()
            with suppress(asyncio.CancelledError):
                await poller

    async def _poll(self) -> None:
        """Look for news all the while, and at once when this process has written."""
        while True:
            try:
                self.graph.write_event.clear()
                packs = await packs_after(self.graph, self.last)
            except ValuenetError as error:
                log.warning("Cannot follow the change log: %s", error)
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if packs:
                self._keep(packs)
                if len(packs) == PAGE:
                    continue
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self.graph.write_event.wait()

    def _keep(self, packs: list[Pack]) -> None:
        for pack in packs:
            self._kept.append(pack)
            self._characters += len(pack.records)
        while self._characters > KEPT_CHARACTERS:
            self._characters -= len(self._kept.popleft().records)
        self.last = packs[-1].number
        news, self._news = self._news, asyncio.Event()
        news.set()  # whoever waits now is woken; the next wait is for the next news


def first_of(pack: Pack) -> int:
    return pack.number - len(pack.keys) + 1
