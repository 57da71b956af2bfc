"""A request is executed only as long as its client waits for the response."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager


class ClientGone(Exception):
    """The client has closed the connection: nobody reads the response."""


@asynccontextmanager
async def while_client_waits(
    disconnect: Callable[[], Awaitable[None]] | None,
) -> AsyncIterator[None]:
    """Cancel the block once `disconnect()` returns, and raise ClientGone."""
    task = asyncio.current_task()
    if disconnect is None or task is None:
        yield
        return
    is_gone = False

    async def watch() -> None:
        nonlocal is_gone
        await disconnect()
        is_gone = task.cancel()

    watcher = asyncio.create_task(watch())
    try:
        yield
    except asyncio.CancelledError:
        if is_gone and not task.uncancel():
            raise ClientGone from None
        raise
    finally:
        watcher.cancel()
