"""Subscriptions as server-sent events."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from tests.support.subscriptions import (
    LISTEN,
    WRITE,
    last_of,
    served,
    write,
)


@pytest.fixture(autouse=True)
def world(draw):
    draw({"members": [{"key": "acme", "kind": "ORGANISATION", "name": "Acme"}]})


def test_an_event_stream_hears_the_same(address):
    async def run():
        async with served(address) as host:
            start = await last_of(host)
            await write(host, WRITE, key="x")
            body = {"query": LISTEN, "variables": {"after": start}}
            async with (
                httpx.AsyncClient(timeout=20) as client,
                client.stream(
                    "POST", f"http://{host}/graphql/stream", json=body
                ) as answer,
            ):
                assert answer.headers["content-type"].startswith("text/event-stream")
                async for line in answer.aiter_lines():
                    if line.startswith("data: "):
                        found = json.loads(line[6:])["data"]["changes"]
                        break
            assert (found["number"], found["key"]) == (start + 1, "x")

    asyncio.run(run())
