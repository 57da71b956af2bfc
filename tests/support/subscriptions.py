"""The application on a port of its own, and a client that subscribes to it."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager

import httpx
import uvicorn
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from service.cli.api_server import server_config
from service.settings import Settings

PROTOCOL = ["graphql-transport-ws"]
LISTEN = """subscription ($filter: ChangeFilter, $after: Int) {
  changes(filter: $filter, after: $after) { number operation kind key } }"""
TEXT = "x" * 2_500
WRITE = """mutation ($key: String!) { upsertOrganisation(
  input: { key: $key, name: $key }) { __typename } }"""
MANY = """mutation ($input: [OrganisationInput!]!) {
  upsertOrganisations(input: $input) { ... on Batch { changed lastChange } } }"""


@asynccontextmanager
async def served(address, limits=None, **settings):
    """The application on a port of its own, in this loop."""
    config = server_config(address, Settings(**settings), None, 5, limits)
    config.port = 0
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
