"""Work in a thread that lasts until a test releases it, in place of slow work."""

from __future__ import annotations

import asyncio
import threading

from service.algorithms.threads import Cancellation, check_stop

SECONDS = 60  # for an event that is due at once


class Job:
    """Says when it has begun, and ends when it is released or stopped."""

    def __init__(self) -> None:
        self.begun, self.released = threading.Event(), threading.Event()
        self.ended = threading.Event()
        self.runs, self.outcome = 0, ""

    def __call__(self) -> str:
        self.runs += 1
        self.begun.set()
        try:
            while not self.released.wait(0.001):
                check_stop()
            self.outcome = "done"
        except Cancellation:
            self.outcome = "stopped"
            raise
        finally:
            self.ended.set()
        return self.outcome


async def until(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, SECONDS)
