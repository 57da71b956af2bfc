"""Admission: a few analyses run at once, a few more wait, further ones are refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from service.errors import Unavailable

BUSY = "The server computes as many analyses as it can; try again in a few seconds."


class Admission:
    """`most` at once, in the order in which they came; `queue` more may wait."""

    def __init__(self, most: int, queue: int) -> None:
        self._slots = asyncio.Semaphore(most)
        self._most = most + queue
        self._count = 0

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """One of the slots, as long as the block lasts; Unavailable at once if even
        the queue is full."""
        if self._count >= self._most:
            raise Unavailable(BUSY)
        self._count += 1
        try:
            async with self._slots:
                yield
        finally:
            self._count -= 1
