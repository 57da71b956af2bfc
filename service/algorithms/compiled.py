"""Kernels: plain loops over arrays, compiled by numba and kept on disk.

A kernel is compiled when it is first called (1 to 3 s, once per machine; afterwards it
is read from the cache beside its source, or under NUMBA_CACHE_DIR). It holds no lock
while it runs, so several threads may share the work.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import ParamSpec, TypeVar

import numba

P = ParamSpec("P")
R = TypeVar("R")
WORKERS = os.cpu_count() or 1


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as a kernel; it takes and gives numbers and arrays alone."""
    kernel: Callable[P, R] = numba.njit(cache=True, nogil=True)(function)
    return kernel


def shared(work: Callable[[int, int], R], size: int, least: int = 1_000) -> list[R]:
    """`work(start, stop)` over 0 … size in one piece per processor, in order.

    Pieces of fewer than `least` are not worth a thread.

    >>> shared(lambda start, stop: stop - start, 5)
    [5]
    """
    pieces = max(1, min(WORKERS, size // least))
    bounds = [size * piece // pieces for piece in range(pieces + 1)]
    spans = list(pairwise(bounds))
    if pieces == 1:
        return [work(*spans[0])]
    with ThreadPoolExecutor(pieces) as pool:
        return list(pool.map(lambda span: work(*span), spans))
