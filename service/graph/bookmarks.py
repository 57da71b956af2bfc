"""The bookmarks of requests: which states of the database exist, and which are reached.

A client may send any text as a bookmark. One that names a state that never comes makes
the database wait, and a connection with it. So a bookmark that is not known is awaited
first, by few requests at a time and for a short time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection

from service.errors import Unavailable
from service.graph import request_scope

WAIT_SECONDS = 5  # a replica that is further behind is as good as unavailable
MOST_WAITING = 4  # connections that wait
MOST_KNOWN = 10_000
LATE = (
    "x-valuenet-bookmark: the database did not reach this state within {:g} seconds."
    " Send the request again, or without the header."
)


class KnownBookmarks:
    """Bookmarks that the database issued to this process, or has reached for it."""

    def __init__(self) -> None:
        self._known: dict[str, None] = {}
        self._waiting = asyncio.Semaphore(MOST_WAITING)

    def add(self, bookmarks: Collection[str]) -> None:
        self._known.update(dict.fromkeys(bookmarks))
        while len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]

    async def wait_for(
        self,
        bookmarks: Collection[str],
        seconds: float,
        reach: Callable[[Collection[str]], Awaitable[None]],
    ) -> None:
        """Return once the database has reached all; `reach` waits in the database."""
        unknown = [mark for mark in bookmarks if mark not in self._known]
        if not unknown:
            return
        seconds = min(seconds, WAIT_SECONDS)
        try:
            async with asyncio.timeout(seconds), self._waiting:
                await reach(unknown)
        except TimeoutError:
            raise Unavailable(LATE.format(seconds)) from None
        self.add(unknown)


class CurrentBookmarks:
    """The bookmarks of the current request, for sessions that outlive it."""

    def __init__(self, known: KnownBookmarks) -> None:
        self._known = known

    async def get_bookmarks(self) -> Collection[str]:
        request = request_scope.current.get()
        return await request.bookmark_manager.get_bookmarks() if request else ()

    async def update_bookmarks(
        self, previous_bookmarks: Collection[str], new_bookmarks: Collection[str]
    ) -> None:
        self._known.add(new_bookmarks)
        if request := request_scope.current.get():
            await request.bookmark_manager.update_bookmarks(
                previous_bookmarks, new_bookmarks
            )
