"""Work over several threads, and how it learns that nobody waits for it any more.

Whoever runs an algorithm may set a flag to stop it. A kernel that can take longer than
some 0.1 s looks at the flag in its outermost loop, and a loop around short kernels
calls `check_stop`. What was stopped raises Cancellation: it gives no half answer.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

R = TypeVar("R")
StopFlag = NDArray[np.bool_]  # of one cell, because kernels take arrays
WORKERS = os.cpu_count() or 1
NICENESS = 10  # of 19: a tenth of the time of a thread at 0 that wants the processor


class Cancellation(Exception):
    """The computation was stopped, because nobody waits for it."""


def new_flag() -> StopFlag:
    return np.zeros(1, dtype=np.bool_)


NEVER = new_flag()
stop_flag: ContextVar[StopFlag] = ContextVar("stop_flag", default=NEVER)


def check_stop() -> None:
    """Raise if the computation that calls this was stopped."""
    if stop_flag.get()[0]:
        raise Cancellation


def worker_threads(count: int, name: str) -> ThreadPoolExecutor:
    """Threads that compute only while the rest of the process leaves time."""
    return ThreadPoolExecutor(count, name, initializer=lower_priority)


def lower_priority() -> None:
    """Linux has a niceness of each thread; elsewhere it is that of the process."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        niceness = max(NICENESS, os.getpriority(os.PRIO_PROCESS, thread))
        os.setpriority(os.PRIO_PROCESS, thread, niceness)


@cache
def helpers() -> ThreadPoolExecutor:
    """Shared by all computations, so that many do not make many threads."""
    return worker_threads(WORKERS - 1, "kernel")


def shared(
    work: Callable[..., R], size: int, *columns: Any, least: int = 1_000
) -> list[R]:
    """`work(begin, end, stop, *columns)` over 0 … size, in order, in one piece per
    processor.

    Pieces of fewer than `least` are not worth a thread.

    >>> shared(lambda begin, end, stop, offset: offset + end - begin, 5, 10)
    [15]
    """
    rest = (stop_flag.get(), *columns)
    pieces = max(1, min(WORKERS, size // least))
    spans = list(pairwise([size * piece // pieces for piece in range(pieces + 1)]))
    others = [helpers().submit(work, *span, *rest) for span in spans[1:]]
    results = [work(*spans[0], *rest)]
    for span, other in zip(spans[1:], others, strict=True):
        # What no helper has begun, because others keep them busy, is done here.
        results.append(work(*span, *rest) if other.cancel() else other.result())
    check_stop()
    return results
