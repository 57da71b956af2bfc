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
GROWTH_BYTES = 30_000_000  # since the last release, before it is worth another one
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
    """Give free memory back whenever the process has grown, for as long as it runs.

    A search for cycles holds up all requests, so it waits until the process is idle, or
    until large requests have left too much: the executor's contexts are cycles.
    """
    last = resident_bytes()
    while True:
        used = time.process_time()
        await asyncio.sleep(CHECK_SECONDS)
        if (growth := resident_bytes() - last) > GROWTH_BYTES:
            is_idle = time.process_time() - used < IDLE_SECONDS
            if may_collect := is_idle or growth > URGENT_BYTES:
                gc.collect()
            await asyncio.to_thread(trim)
            if may_collect:  # else the garbage is still there
                last = resident_bytes()
        last = min(last, resident_bytes())


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
