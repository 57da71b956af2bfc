"""Kernels: plain loops over arrays, compiled by numba and kept on disk.

A kernel is compiled when it is first called (1 to 3 s, once per machine). Afterwards it
is read from a cache: beside its source, or in VALUENET_CACHE or the user's cache folder
if the source cannot be written. It holds no lock while it runs, so several threads may
share the work.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar

import numba

log = logging.getLogger(__name__)
NO_CACHE = (
    "no folder can be written for compiled kernels, so the first question of each kind"
    " takes seconds longer after a start; set VALUENET_CACHE to a folder of your own"
)
P = ParamSpec("P")
R = TypeVar("R")

if not os.access(Path(__file__).parent, os.W_OK) and "VALUENET_CACHE" in os.environ:
    numba.config.CACHE_DIR = f"{os.environ['VALUENET_CACHE']}/kernels"  # type: ignore[attr-defined]


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """The function as a kernel; it takes and gives numbers and arrays alone."""
    kernel: Callable[P, R]
    try:
        kernel = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba finds no folder for its cache
        warn_without_cache()
        kernel = numba.njit(nogil=True)(function)
    return kernel


@cache
def warn_without_cache() -> None:
    """Once for all kernels."""
    log.warning("%s", NO_CACHE)


@compiled
def identity(number: int) -> int:
    """The smallest kernel: it shows where kernels are stored."""
    return number


def kernel_folder() -> str | None:
    """Where kernels are stored; None where no folder can be written."""
    path: str | None = identity.stats.cache_path  # type: ignore[attr-defined]
    return path
