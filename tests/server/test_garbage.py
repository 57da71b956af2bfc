"""What a large request leaves in memory goes at once, not when cycles are collected."""

from __future__ import annotations

import asyncio
import gc
import json

import pytest

from schema.execution.large_inputs import LARGE
from tests.support.worlds import member

SIZE = 3 * LARGE
FILLER = "x" * SIZE
DEEP = json.loads("[" * 200 + "]" * 200)
NODES = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"


def body(query, **variables):
    return json.dumps({"query": query, "variables": variables})


REQUESTS = {
    "not JSON": "{" + FILLER,
    "too many values": "[" + "1," * 1_500_000 + "1]",
    "nested too deep": body("{ __typename }", a=FILLER, b=DEEP),
    "a list": json.dumps([FILLER]),
    "no document": json.dumps({"variables": {"a": FILLER}}),
    "a long name": body("{ " + FILLER + " }"),
    "a long list": body(NODES, ids=["x" * 20] * 20_000),
    "a wrong variable": body(NODES, ids={"a": FILLER}),
    "an unused variable": body('{ organisation(key: "a") { name } }', a=FILLER),
    "an unknown key": body(
        "query($k: ID!) { organisation(key: $k) { name } }", k=FILLER
    ),
}


@pytest.fixture(scope="module", autouse=True)
def world(draw):
    draw({"members": [member("a")]})


def large_garbage():
    """The large texts that only cycles refer to."""
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        gc.collect()
        texts = (
            text
            for owner in gc.garbage
            for text in gc.get_referents(owner)
            if isinstance(text, str | bytes | bytearray)
        )
        return [text[:20] for text in texts if len(text) > LARGE]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()


async def post(app, content):
    """One POST; a client of its own would leave cycles of its own."""
    messages = [{"type": "http.request", "body": content.encode(), "more_body": False}]

    async def receive():
        if not messages:
            await asyncio.Event().wait()
        return messages.pop()

    async def send(message):
        pass

    headers = {"host": "localhost", "content-type": "application/json"}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
        "state": {},
    }
    await app(scope, receive, send)


def test_large_requests_leave_no_cycles(serve):

    async def work(client):
        app, leftovers = client._transport.app, {}
        for name, content in REQUESTS.items():
            await post(app, content)
            gc.collect()
            gc.disable()
            try:
                await post(app, content)
            finally:
                gc.enable()
            leftovers[name] = large_garbage()
        return leftovers

    assert serve(work) == {name: [] for name in REQUESTS}
