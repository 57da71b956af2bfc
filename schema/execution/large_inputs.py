"""Large inputs are read in a thread; the event loop answers others meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from service.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")
LARGE = 100_000  # bytes of JSON: a millisecond
LARGE_DOCUMENT = 1_000  # characters: up to 20 milliseconds, growing with the square
CONTAINER_BYTES = 200  # measured: an empty list takes as long as so many bytes of text
WAIT_SECONDS = 10
BUSY = "Too many large requests at the same time; try again in a moment."


def weight_of(text: bytes) -> int:
    """What JSON costs to read, in bytes of plain text.

    >>> weight_of(b'{"a": [1]}')
    410
    """
    return len(text) + CONTAINER_BYTES * (text.count(b"[") + text.count(b"{"))


class LargeInputs:
    """One thread for all requests: several would only take the loop's turns."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1, "large-inputs")

    async def run(
        self, is_large: bool, function: Callable[P, T], *args: P.args, **more: P.kwargs
    ) -> T:
        """The result of a function whose work grows with its input."""
        if not is_large:
            return function(*args, **more)
        work = self.thread.submit(function, *args, **more)
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                return await asyncio.wrap_future(work)
        except TimeoutError:
            raise Unavailable(BUSY) from None
        finally:
            del work  # its error has this frame, which has the input: a cycle
