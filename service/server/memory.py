"""Free memory goes back to the system, and the garbage collector stays short."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import time
from contextlib import suppress
from pathlib import Path

ARENA_MAX = -8  # the name of this option in malloc.h
ARENAS = 2  # of glibc: each thread would else keep free memory of its own
CHECK_SECONDS = 10
IDLE_SECONDS = 1  # of processor time between two checks
WORK_SECONDS = 2  # of processor time since the last search: less leaves little
GROWTH_BYTES = 30_000_000  # before a release is worth its time
URGENT_BYTES = 200_000_000  # no longer waits for an idle moment
STATUS = Path("/proc/self/statm")


def prepare_memory() -> None:
    """Call it once, when all modules are imported: their objects are never garbage.

    The collector no longer visits them, which took a quarter of a second each time.
    """
    with suppress(AttributeError):  # another C library has no arenas
        ctypes.CDLL(None).mallopt(ARENA_MAX, ARENAS)
    gc.collect()
    gc.freeze()


async def release_memory() -> None:
    """Give free memory back to the system, for as long as the process runs.

    A search for cycles holds up all requests, so it waits until the process is idle, or
    until large requests have left too much: the executor's contexts are cycles. What
    many requests held at the last release may be free now: an idle process compares
    with the least that it ever had.
    """
    least = last = resident_bytes()  # ever, and after the last search
    searched_at = time.process_time()  # when idle: a busy process makes new garbage
    while True:
        began = time.process_time()
        await asyncio.sleep(CHECK_SECONDS)
        now, growth = time.process_time(), resident_bytes() - last
        is_idle = now - began < IDLE_SECONDS
        excess = resident_bytes() - least if is_idle else growth
        if excess > GROWTH_BYTES:
            if is_idle and now - searched_at > WORK_SECONDS:
                searches, searched_at = True, now
            else:
                searches = growth > URGENT_BYTES
            if searches:
                gc.collect()
            await asyncio.to_thread(trim)
            if searches:  # else the garbage is still there
                last = resident_bytes()
        last = min(last, resident_bytes())
        least = min(least, last)


def trim() -> None:
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def resident_bytes() -> int:
    """The memory of this process; 0 where the system does not tell it."""
    try:
        pages = int(STATUS.read_text("ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
