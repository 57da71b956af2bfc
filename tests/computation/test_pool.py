"""Work in threads is dropped or stopped when nobody waits, and gives no half answer."""

import asyncio
import os
import sys
import threading

import numpy as np
import pytest

from service.algorithms import threads
from service.algorithms.best_paths import best_paths
from service.algorithms.betweenness import brandes
from service.algorithms.betweenness_sample import over
from service.algorithms.brokerage import paths
from service.algorithms.burt import burt
from service.algorithms.cascade_arrays import Customers
from service.algorithms.choke_points import Pages, choke_points
from service.algorithms.cohesion import triangle_sides
from service.algorithms.csr import Csr
from service.algorithms.dependencies import dependencies
from service.algorithms.disjoint_paths import independent_routes
from service.algorithms.distances import search
from service.algorithms.openings import rank_pairs
from service.algorithms.routes import RouteQuestion, Routes
from service.algorithms.threads import (
    NICENESS,
    WORKERS,
    Cancellation,
    new_flag,
    shared,
    stop_flag,
)
from service.algorithms.weak_nodes import weak_nodes
from service.computation.pool import in_thread
from tests.support.jobs import SECONDS, Job, until


def test_no_more_work_runs_at_once_than_there_are_processors():
    async def run():
        jobs = [Job() for _ in range(WORKERS + 1)]
        tasks = [asyncio.create_task(in_thread(job)) for job in jobs]
        for job in jobs[:-1]:
            await until(job.begun)
        assert not jobs[-1].begun.is_set()
        jobs[0].released.set()
        await until(jobs[-1].begun)
        for job in jobs:
            job.released.set()
        assert await asyncio.gather(*tasks) == ["done"] * len(jobs)

    asyncio.run(run())


def test_cancelled_work_is_dropped_if_it_waits_and_stopped_if_it_runs():
    async def run():
        jobs = [Job() for _ in range(WORKERS)]
        tasks = [asyncio.create_task(in_thread(job)) for job in jobs]
        for job in jobs:
            await until(job.begun)
        waiting = Job()
        dropped = asyncio.create_task(in_thread(waiting))
        await asyncio.sleep(0)
        for task in (dropped, tasks[0]):
            task.cancel()
        await until(jobs[0].ended)
        assert jobs[0].outcome == "stopped"
        for job in jobs[1:]:
            job.released.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert [job.outcome for job in jobs[1:]] == ["done"] * (WORKERS - 1)
        assert await in_thread(lambda: "next") == "next"
        assert not waiting.begun.is_set()

    asyncio.run(run())


def test_threads_of_the_pool_give_way_where_a_thread_has_a_niceness():
    def niceness():
        is_linux = sys.platform == "linux"
        own = threading.get_native_id() if is_linux else 0
        return os.getpriority(os.PRIO_PROCESS, own)

    usual = niceness()
    expected = max(usual, NICENESS) if sys.platform == "linux" else usual
    assert asyncio.run(in_thread(niceness)) == expected
    assert niceness() == usual


def test_pieces_are_in_order_and_hear_of_the_stop():
    flag = new_flag()

    def work(begin, end, stop, name):
        assert stop is flag
        return name, begin, end

    token = stop_flag.set(flag)
    try:
        pieces = shared(work, 1_001, "x", least=1)
        assert [piece[1] for piece in pieces[1:]] == [piece[2] for piece in pieces[:-1]]
        assert (pieces[0][1], pieces[-1][2]) == (0, 1_001)
        flag[0] = True
        with pytest.raises(Cancellation):
            shared(work, 1_001, "x", least=1)
    finally:
        stop_flag.reset(token)


def test_pieces_that_no_helper_takes_are_done_by_the_caller(monkeypatch):
    monkeypatch.setattr(threads, "WORKERS", 3)
    helpers = threads.worker_threads(1, "helper")
    monkeypatch.setattr(threads, "helpers", lambda: helpers)
    job = Job()
    busy = helpers.submit(job)
    pieces = shared(lambda begin, end, stop: (begin, end), 9, least=1)
    assert pieces == [(0, 3), (3, 6), (6, 9)]
    job.released.set()
    assert busy.result() == "done"


# One member is tied with all others: a step of a kernel takes some milliseconds, and
# all of them take hours.
OTHERS = 1_000_000
HUB = OTHERS
START = np.append(np.arange(OTHERS + 1), 2 * OTHERS)
TARGET = np.append(np.full(OTHERS, HUB), np.arange(OTHERS)).astype(np.int32)
ONES = np.ones(2 * OTHERS)
EACH = np.ones(OTHERS + 1)
NOBODY = np.zeros(OTHERS + 2, dtype=np.int64), np.zeros(0, dtype=np.int32)
KERNELS = {
    "burt": lambda stop: burt(0, OTHERS, stop, START, TARGET, ONES, EACH, EACH),
    "brokerage": lambda stop: paths(
        0, OTHERS, stop, START, TARGET, ONES, TARGET[: OTHERS + 1], False, False
    ),
    "betweenness": lambda stop: brandes(0, OTHERS, stop, START, TARGET),
    "betweenness, sampled": lambda stop: over(0, 10**15, stop, START, TARGET),
    "Simmelian ties": lambda stop: triangle_sides(0, OTHERS, stop, START, TARGET),
    "distances": lambda stop: search(
        START, TARGET, np.arange(OTHERS), stop, np.zeros(3)
    ),
    "openings": lambda stop: rank_pairs(
        *(START, TARGET, *NOBODY, 0, np.zeros((1, 1), dtype=np.bool_), EACH, -1),
        *(stop, np.zeros((1, 2), dtype=np.int64), np.zeros(1)),
    ),
}


@pytest.mark.parametrize("name", KERNELS)
def test_a_kernel_looks_at_the_flag_while_it_runs(name):
    flag = new_flag()
    thread = threading.Thread(target=KERNELS[name], args=(flag,), daemon=True)
    thread.start()
    thread.join(0.1)  # it runs, or is being compiled
    assert thread.is_alive()
    flag[0] = True
    thread.join(SECONDS)
    assert not thread.is_alive()


@pytest.fixture
def stopped():
    """As in a thread whose work was stopped."""
    flag = new_flag()
    flag[0] = True
    token = stop_flag.set(flag)
    yield
    stop_flag.reset(token)


def test_a_ranking_of_weak_nodes_is_stopped_between_two_blocks():
    flag = new_flag()
    size = 2_000
    member = np.arange(size)
    columns = (member, (member + 1) % size, np.full(size, 0.5), np.full(size, 0.5))
    d = dependencies(*columns, np.zeros(size), np.full(size, -1), size=size)
    none = np.zeros(0, dtype=np.int32)
    customers = Customers.of(np.zeros(size, dtype=np.bool_), none, none)
    done = []

    def progress(count, total):
        done.append(count)
        flag[0] = True

    token = stop_flag.set(flag)
    try:
        with pytest.raises(Cancellation):
            weak_nodes(
                d,
                customers,
                member.astype(np.int32),
                np.full(size, np.nan),
                1.0,
                0,
                progress=progress,
            )
    finally:
        stop_flag.reset(token)
    assert len(done) == 1


@pytest.mark.usefixtures("stopped")
@pytest.mark.parametrize(
    "work",
    [
        lambda question: choke_points(question, Pages.of(4), 1),
        lambda question: best_paths(question, 1),
        independent_routes,
    ],
)
def test_a_loop_around_short_kernels_looks_at_the_flag(work):
    steps = Csr.of(np.array([1, 2]), np.array([2, 3]), np.ones(2), 4)
    ends = np.array([1], np.int32), np.ones(1), np.array([3], np.int32)
    with pytest.raises(Cancellation):
        work(RouteQuestion(Routes(steps), 0, *ends, 3))
