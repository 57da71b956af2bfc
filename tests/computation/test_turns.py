"""Many that would go on at the same moment leave the event loop to others between."""

from __future__ import annotations

import asyncio

from service.computation.turns import Turns


def test_between_two_turns_the_event_loop_serves_others():
    async def run():
        turns, order = Turns(), []

        async def go_on(number):
            await turns.take()
            order.append(number)

        async def other():
            while 4 not in order:
                order.append("other")
                await asyncio.sleep(0)

        await asyncio.gather(*(go_on(number) for number in range(5)), other())
        return order

    order = asyncio.run(run())
    assert [each for each in order if each != "other"] == list(range(5))
    for number in range(4):
        assert "other" in order[order.index(number) : order.index(number + 1)]
