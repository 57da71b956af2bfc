"""Equal work at the same time is done once; it ends when nobody waits for it."""

import asyncio

import pytest

from service.computation.sharing import LazyResults, SharedWork
from service.errors import BadInput


class Work:
    """Counts its runs; each lasts until it is released."""

    def __init__(self, failure=None):
        self.runs, self.cancellations = 0, 0
        self.released = asyncio.Event()
        self.failure = failure

    async def __call__(self):
        self.runs += 1
        try:
            await self.released.wait()
        except asyncio.CancelledError:
            self.cancellations += 1
            raise
        if self.failure:
            raise self.failure
        return self.runs


async def ask(shared, work, count=1, key="key"):
    """So many requests for the work, which has begun and lasts."""
    tasks = [asyncio.create_task(shared.result(key, work)) for _ in range(count)]
    for _ in range(3):
        await asyncio.sleep(0)
    return tasks


async def leave(*tasks):
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)


@pytest.fixture(params=[SharedWork, LazyResults])
def shared(request):
    return request.param()


def test_equal_work_is_done_once_and_other_work_beside_it(shared):
    async def run():
        work, other = Work(), Work()
        tasks = await ask(shared, work, 20) + await ask(shared, other, 2, "other")
        work.released.set()
        other.released.set()
        assert await asyncio.gather(*tasks) == [1] * 22
        assert (work.runs, other.runs) == (1, 1)

    asyncio.run(run())


def test_it_goes_on_when_the_one_who_began_it_leaves(shared):
    async def run():
        work = Work()
        first, *others = await ask(shared, work, 3)
        await leave(first)
        assert work.cancellations == 0
        work.released.set()
        assert await asyncio.gather(*others) == [1, 1]
        assert first.cancelled()

    asyncio.run(run())


def test_it_ends_when_the_last_one_leaves_and_the_next_one_begins_it_again(shared):
    async def run():
        work = Work()
        tasks = await ask(shared, work, 3)
        await leave(*tasks)
        assert work.cancellations == 1
        [late] = await ask(shared, work)
        work.released.set()
        assert await late == 2

    asyncio.run(run())


def test_who_comes_while_it_is_being_cancelled_gets_a_result(shared):
    async def run():
        work = Work()
        [first] = await ask(shared, work)
        first.cancel()
        [late] = await ask(shared, work)
        work.released.set()
        assert await late == 2

    asyncio.run(run())


def test_a_failure_reaches_all_and_is_not_stored(shared):
    async def run():
        work = Work(BadInput("no"))
        tasks = await ask(shared, work, 3)
        work.released.set()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        assert [str(answer) for answer in answers] == ["no"] * 3
        work.failure = None
        assert await shared.result("key", work) == 2

    asyncio.run(run())


def test_nested_work_ends_with_the_work_that_needs_it(shared):
    async def run():
        inner = Work()

        async def outer():
            return await shared.result("inner", inner)

        tasks = await ask(shared, outer, 2)
        await leave(*tasks)
        await asyncio.sleep(0)
        assert inner.cancellations == 1

    asyncio.run(run())


@pytest.mark.parametrize(("kind", "runs"), [(SharedWork, 2), (LazyResults, 1)])
def test_only_lazy_results_stay(kind, runs):
    async def run():
        shared, work = kind(), Work()
        work.released.set()
        await shared.result("key", work)
        await shared.result("key", work)
        assert work.runs == runs

    asyncio.run(run())
