"""The pool of threads in which this process computes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache, partial
from typing import ParamSpec, TypeVar

from service.algorithms.threads import WORKERS, new_flag, stop_flag, worker_threads

P = ParamSpec("P")
T = TypeVar("T")


@cache
def pool() -> ThreadPoolExecutor:
    return worker_threads(WORKERS, "analysis")


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of `work` in a thread of the pool.

    If the caller is cancelled, work that waits for a thread is dropped, and work that
    has begun is stopped: see service/algorithms/threads.py.
    """
    stop, context = new_flag(), copy_context()
    context.run(stop_flag.set, stop)
    call = partial(context.run, work, *args, **kwargs)
    try:
        return await asyncio.get_running_loop().run_in_executor(pool(), call)
    except asyncio.CancelledError:
        stop[0] = True
        raise
