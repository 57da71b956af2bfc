"""So many at once, so many more in a queue, and a refusal at once beyond."""

import asyncio

import pytest

from service.computation.admission import Admission
from service.errors import ErrorCode, Unavailable
from service.graph import request_scope
from service.graph.planning import PlanningQueue


async def turns(count=5):
    for _ in range(count):
        await asyncio.sleep(0)


def test_beyond_the_queue_a_refusal_comes_at_once():
    async def run():
        admission, begun, released = Admission(2, 1), [], asyncio.Event()

        async def work(name):
            async with admission.slot():
                begun.append(name)
                await released.wait()

        tasks = [asyncio.create_task(work(name)) for name in "abc"]
        await turns()
        assert begun == ["a", "b"]
        with pytest.raises(Unavailable) as refusal:
            await work("d")
        assert refusal.value.code is ErrorCode.SERVICE_UNAVAILABLE
        tasks[2].cancel()  # who leaves the queue makes room in it
        await turns()
        tasks.append(asyncio.create_task(work("e")))
        await turns()
        tasks[0].cancel()  # who leaves a place makes room for the next
        await turns()
        assert begun == ["a", "b", "e"]
        released.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        await work("f")
        assert begun == ["a", "b", "e", "f"]

    asyncio.run(run())


def test_known_statements_pass_those_that_wait_to_be_planned():
    async def run():
        queue, planned, released = PlanningQueue(at_once=1), [], asyncio.Event()

        async def plan(text):
            async with queue.turn(text):
                planned.append(text)
                await released.wait()

        released.set()
        await plan("known")
        released.clear()
        tasks = [asyncio.create_task(plan(text)) for text in ("new", "newer", "known")]
        await turns()
        assert planned == ["known", "new", "known"]
        tasks[0].cancel()
        await turns()
        assert planned == ["known", "new", "known", "newer"]
        released.set()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(run())


def test_what_failed_is_not_known_and_what_was_not_used_is_forgotten():
    async def run():
        queue = PlanningQueue(at_once=1, most_known=2)

        async def plan(text, failure=None):
            async with queue.turn(text):
                if failure:
                    raise failure

        with pytest.raises(Unavailable):
            await plan("a", Unavailable("no"))
        assert not queue.knows("a")
        for text in ("a", "b", "a", "c"):
            await plan(text)
        assert [text for text in "abc" if queue.knows(text)] == ["a", "c"]

    asyncio.run(run())


def test_few_statements_of_a_request_run_at_once_and_another_request_passes():
    async def run():
        begun, released = [], asyncio.Event()

        async def statement(name):
            async with request_scope.turn():
                begun.append(name)
                await released.wait()

        async def request(name, count):
            with request_scope.request_scope(10):
                await asyncio.gather(*[statement(name) for _ in range(count)])

        large = asyncio.create_task(request("large", request_scope.AT_ONCE + 3))
        await turns()
        small = asyncio.create_task(request("small", 1))
        await turns()
        assert begun == ["large"] * request_scope.AT_ONCE + ["small"]
        released.set()
        await asyncio.gather(large, small)
        assert begun[-3:] == ["large"] * 3

    asyncio.run(run())
