"""Subscriptions as server-sent events."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from service.server.tokens import TokenScope, create_token
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


def test_a_revoked_token_ends_its_event_stream(address, tmp_path):
    file = tmp_path / "tokens"
    secret = create_token(file, "board", TokenScope.READ)

    async def run():
        headers = {"authorization": f"Bearer {secret}"}
        async with (
            served(address, tokens=file) as host,
            httpx.AsyncClient(timeout=20, headers=headers) as client,
        ):
            url, body = f"http://{host}/graphql/stream", {"query": LISTEN}
            async with client.stream("POST", url, json=body) as response:
                assert response.status_code == 200
                file.write_text("")
                async with asyncio.timeout(5):
                    await response.aread()
            refused = await client.post(url, json=body)
            assert refused.status_code == 401

    asyncio.run(run())
