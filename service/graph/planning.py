"""Which statements the database has planned, and whose turn it is to be planned.

A plan takes the database 0.1 to 1 s of processor time, and is then kept under the text
of its statement. New texts go in a few at a time, in the order in which they came, and
known ones pass them: many new questions do not slow down the usual ones.
"""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = max(1, (os.cpu_count() or 1) // 2)  # of work that fills a processor
MOST_KNOWN = 1_000  # as many plans as the database keeps


class PlanningQueue:
    """Remembers the texts most recently used."""

    def __init__(self, at_once: int = AT_ONCE, most_known: int = MOST_KNOWN) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._most_known = most_known
        self._known: OrderedDict[int, None] = OrderedDict()  # hashes: texts are long

    @asynccontextmanager
    async def turn(self, text: str) -> AsyncIterator[None]:
        """The database plans the statement, if it must, while the block runs."""
        if self.knows(text):
            yield
        else:
            async with self._slots:
                yield
        self._known[hash(text)] = None
        self._known.move_to_end(hash(text))
        if len(self._known) > self._most_known:
            self._known.popitem(last=False)

    def knows(self, text: str) -> bool:
        return hash(text) in self._known
