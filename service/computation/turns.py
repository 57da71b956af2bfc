"""Thousands that would go on at the same moment do so one after the other."""

from __future__ import annotations

import asyncio


class Turns:
    """Between two turns the event loop serves all others."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    async def take(self) -> None:
        """Return when all who came before have gone on."""
        async with self._lock:
            await asyncio.sleep(0)
