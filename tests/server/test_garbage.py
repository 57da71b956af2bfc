"""What a request leaves in memory goes at once, not when cycles are collected."""

from __future__ import annotations

import asyncio
import gc
import json
from collections import Counter

import pytest

from schema.context import Context
from schema.execution.engine import GraphQLEngine
from schema.execution.large_inputs import LARGE
from service.networks.snapshots import Snapshots
from service.settings import Settings
from tests.support.worlds import member, tie

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


OWN = {"graphql", "strawberry", "schema", "service", "asyncio"}
KEYS = [f"o{number:03}" for number in range(150)]
LIST = """{ organisations(first: 150) { totalCount
  nodes { key tiesOut { nodes { key } } } } }"""
NETWORK = "network: {ties: [EXCHANGE]}"
RANKING = f"""{{ structuralHoles({NETWORK}, first: 150) {{
  positions {{ constraint member {{ key ... on Organisation {{ sector }} }} }} }} }}"""
MAP = f"""{{ networkMap({NETWORK}) {{
  nodes {{ betweenness brokerage member {{ key }} }} }} }}"""
FAULT = """{ organisation(key: "none") { key }
  brokerage(network: {ties: []}) { totalCount } }"""


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


@pytest.mark.parametrize("document", [LIST, RANKING, MAP, FAULT])
def test_no_cycle_holds_an_answer(draw, graph, runner, document):
    draw(
        {
            "members": [member(key) for key in KEYS],
            "ties": [tie("EXCHANGE", KEYS[0], key) for key in KEYS[1:]],
        }
    )
    engine = GraphQLEngine(Settings())
    snapshots = Snapshots(graph, Settings())

    def answer():
        context = Context(graph, Settings(), snapshots, may_write=False)
        return runner.run(engine.execute(document, {}, None, context)).body

    answer()  # plans, documents and snapshots stay
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        assert answer()
        gc.collect()
        # Sessions of the driver are cycles too, but hold no record.
        modules = Counter(type(each).__module__.split(".")[0] for each in gc.garbage)
        assert not OWN & set(modules), modules
        assert sum(modules.values()) < 150
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
