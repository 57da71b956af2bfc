"""Changes as they happen: over sockets and event streams, resumed, bounded, cut."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager

import httpx
import pytest
import uvicorn
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from service.app import create
from service.server import websocket
from service.server.websocket_protocol import ClosingWebSocketProtocol
from service.settings import Settings

PROTOCOL = ["graphql-transport-ws"]
LISTEN = """subscription ($filter: ChangeFilter, $after: Int) {
  changes(filter: $filter, after: $after) { number operation kind key } }"""
TEXT = "x" * 2_500
WRITE = """mutation ($key: String!) { upsertOrganisation(
  input: { key: $key, name: $key }) { __typename } }"""
MANY = """mutation ($input: [OrganisationInput!]!) {
  upsertOrganisations(input: $input) { ... on Batch { changed lastChange } } }"""


@pytest.fixture(autouse=True)
def world(draw):
    draw({"members": [{"key": "acme", "kind": "ORGANISATION", "name": "Acme"}]})


@asynccontextmanager
async def served(address):
    """The application on a port of its own, in this loop."""
    app = create(address, Settings())
    config = uvicorn.Config(app, port=0, log_config=None, ws=ClosingWebSocketProtocol)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done()
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def socket(host):
    async with connect(f"ws://{host}/graphql", subprotocols=PROTOCOL) as line:
        await line.send('{"type": "connection_init"}')
        assert json.loads(await line.recv()) == {"type": "connection_ack"}
        yield line


async def listen(line, query=LISTEN, name="1", **variables):
    payload = {"query": query, "variables": variables}
    message = {"id": name, "type": "subscribe", "payload": payload}
    await line.send(json.dumps(message))


async def heard(line):
    async with asyncio.timeout(20):
        message = json.loads(await line.recv())
    assert message["type"] == "next", message
    return message["payload"]["data"]["changes"]


async def code_of(line):
    """The code that the server closes with, after whatever else it has said."""
    try:
        async with asyncio.timeout(60):
            while True:
                await line.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code


async def write(host, text, **variables):
    async with httpx.AsyncClient(timeout=120) as client:
        body = {"query": text, "variables": variables}
        answer = (await client.post(f"http://{host}/graphql", json=body)).json()
    assert "errors" not in answer, answer
    return answer["data"]


async def last_of(host):
    made = await write(host, MANY, input=[{"key": "last", "name": str(id(host))}])
    return made["upsertOrganisations"]["lastChange"]


def test_a_socket_hears_what_it_asked_for_and_resumes_without_loss(address):
    async def run():
        async with served(address) as host:
            start = await last_of(host)
            async with socket(host) as line:
                await listen(line, filter={"keys": ["b"]}, after=start)
                for key in "abc":
                    await write(host, WRITE, key=key)
                found = await heard(line)
            assert found == {
                "number": start + 2,
                "operation": "CREATE",
                "kind": "Organisation",
                "key": "b",
            }
            # In one pack of the log, and begun within it
            rows = [{"key": f"o{n}", "name": "O"} for n in range(50)]
            await write(host, MANY, input=rows)
            async with socket(host) as line:
                await listen(line, after=start + 13)
                numbers = [(await heard(line))["number"] for _ in range(40)]
            assert numbers == list(range(start + 14, start + 54))

    asyncio.run(run())


def test_two_processes_on_one_database_both_deliver(address):
    async def run():
        async with (
            served(address) as one,
            served(address) as other,
            socket(one) as near,
            socket(other) as far,
        ):
            start = await last_of(one)
            await listen(near, after=start)
            await listen(far, after=start)
            await write(one, WRITE, key="x")
            assert (await heard(near))["key"] == (await heard(far))["key"] == "x"

    asyncio.run(run())


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


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["nonsense"], 4400),
        (['{"type": "subscribe", "id": "1", "payload": {"query": "x"}}'], 4401),
        (['{"type": "connection_init"}'] * 2, 4429),
        (['{"type": "connection_init"}', '{"type": "subscribe", "id": "1"}'], 4400),
    ],
)
def test_a_socket_that_breaks_the_protocol_is_closed_with_its_code(
    address, messages, code
):
    async def run():
        async with (
            served(address) as host,
            connect(f"ws://{host}/graphql", subprotocols=PROTOCOL) as line,
        ):
            for message in messages:
                await line.send(message)
            assert await code_of(line) == code

    asyncio.run(run())


def test_one_name_twice_another_origin_and_another_protocol_are_refused(address):
    async def run():
        async with served(address) as host:
            async with socket(host) as line:
                await listen(line)
                await listen(line)
                assert await code_of(line) == 4409
            url = f"ws://{host}/graphql"
            async with connect(url, subprotocols=["graphql-ws"]) as line:
                assert await code_of(line) == 4406
            foreign = {"subprotocols": PROTOCOL, "origin": "http://evil.example"}
            async with connect(url, **foreign) as line:
                assert await code_of(line) == 4403

    asyncio.run(run())


def test_a_document_that_is_no_subscription_is_an_error_of_it_alone(address):
    async def run():
        async with served(address) as host, socket(host) as line:
            payload = {"query": "{ __typename }"}
            message = {"id": "1", "type": "subscribe", "payload": payload}
            await line.send(json.dumps(message))
            answer = json.loads(await line.recv())
            assert (answer["id"], answer["type"]) == ("1", "error")
            await line.send('{"type": "ping"}')
            assert json.loads(await line.recv()) == {"type": "pong"}

    asyncio.run(run())


def test_a_reader_that_is_too_slow_is_cut_with_a_code_of_its_own(address, monkeypatch):
    monkeypatch.setattr(websocket, "SEND_SECONDS", 0.5)
    fail = websocket.SubscriptionSocket.fail

    async def run():
        cut = asyncio.Event()

        def noted(conversation, error):
            fail(conversation, error)
            cut.set()

        monkeypatch.setattr(websocket.SubscriptionSocket, "fail", noted)
        url_of = "ws://{}/graphql".format
        plain = {"subprotocols": PROTOCOL, "compression": None, "max_queue": 1}
        async with served(address) as host, connect(url_of(host), **plain) as line:
            start = await last_of(host)
            await line.send('{"type": "connection_init"}')
            await line.recv()
            await listen(line, LISTEN.replace("key }", "before after }"), after=start)
            for turn in range(2):  # some 15 MB, which no pipe holds
                rows = [
                    {"key": f"o{n}", "name": f"{turn}", "description": TEXT}
                    for n in range(2_000)
                ]
                await write(host, MANY, input=rows)
            async with asyncio.timeout(60):
                await cut.wait()  # the reader takes nothing all the while
            assert await code_of(line) == websocket.TOO_SLOW

    asyncio.run(run())
