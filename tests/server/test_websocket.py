"""Subscriptions by WebSocket: resumed, bounded, cut."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from service.server import websocket
from service.server.client_limits import ClientLimits
from service.server.tokens import TokenScope, create_token
from tests.support.subscriptions import (
    LISTEN,
    MANY,
    PROTOCOL,
    TEXT,
    WRITE,
    code_of,
    heard,
    last_of,
    listen,
    served,
    socket,
    write,
)


@pytest.fixture(autouse=True)
def world(draw):
    draw({"members": [{"key": "acme", "kind": "ORGANISATION", "name": "Acme"}]})


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


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"max_list_length": 2}, "BAD_USER_INPUT"),
        ({"max_cost": 1}, "COST_LIMIT_EXCEEDED"),
        ({"max_depth": 1}, "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_a_subscription_has_the_limits_of_every_operation(address, settings, code):
    async def run():
        async with served(address, **settings) as host, socket(host) as line:
            await listen(line, filter={"kinds": ["Organisation", "Team", "Person"]})
            message = json.loads(await line.recv())
            assert (message["type"], message["id"]) == ("error", "1")
            assert message["payload"][0]["extensions"]["code"] == code

    asyncio.run(run())


def test_a_binary_frame_breaks_the_protocol(address, caplog):
    async def run():
        async with served(address) as host, socket(host) as line:
            await line.send(b"{}")
            assert await code_of(line) == 4400

    asyncio.run(run())
    assert "Traceback" not in caplog.text


def test_a_revoked_token_closes_its_socket_and_opens_nothing(address, tmp_path):
    file = tmp_path / "tokens"
    secret = create_token(file, "board", TokenScope.READ)
    create_token(file, "other", TokenScope.READ)
    first = {
        "type": "connection_init",
        "payload": {"authorization": f"Bearer {secret}"},
    }

    async def open_socket(line):
        await line.send(json.dumps(first))
        assert json.loads(await line.recv()) == {"type": "connection_ack"}

    async def run():
        async with served(address, tokens=file) as host:
            url = f"ws://{host}/graphql"
            async with (
                connect(url, subprotocols=PROTOCOL) as idle,
                connect(url, subprotocols=PROTOCOL) as line,
            ):
                await open_socket(idle)
                await open_socket(line)
                await listen(line)
                lines = file.read_text().splitlines(keepends=True)
                file.write_text(lines[1])
                async with asyncio.timeout(5):
                    assert await code_of(line) == 4403
                    assert await code_of(idle) == 4403
            async with connect(url, subprotocols=PROTOCOL) as line:
                await line.send(json.dumps(first))
                assert await code_of(line) == 4403

    asyncio.run(run())


TINY = ClientLimits(
    connections=100,
    transfer_seconds=20,
    message_bytes=20_000,
    message_seconds=0.3,
    frames=50,
    frame_seconds=60,
    check_seconds=0.1,
)
PING = '{"type": "ping"}'


async def send_messages(line):
    for _ in range(2 * TINY.frames):
        await line.send(PING)


async def send_pings(line):
    for _ in range(2 * TINY.frames):
        await line.ping()


async def send_a_fragment(line):
    line.protocol.send_text(b"{", fin=False)
    line.transport.write(b"".join(line.protocol.data_to_send()))


async def send_a_large_message(line):
    await line.send(PING + " " * TINY.message_bytes)


async def send_many_lists(line):
    lists = ",".join(["[]"] * (websocket.MAX_WEIGHT // 200))
    await line.send(f'{{"type":"ping","payload":[{lists}]}}')


@pytest.mark.parametrize(
    ("misuse", "code"),
    [
        (send_messages, 1008),
        (send_pings, 1008),
        (send_a_fragment, 1008),
        (send_a_large_message, 1009),
        (send_many_lists, 1009),
    ],
)
def test_a_client_that_takes_too_much_is_cut_off(address, misuse, code):
    async def run():
        async with served(address, TINY) as host, socket(host) as line:
            with suppress(ConnectionClosed):
                await misuse(line)
            assert await code_of(line) == code

    asyncio.run(run())


def test_only_the_first_message_of_the_protocol_ends_the_wait_for_it(
    address, monkeypatch
):
    monkeypatch.setattr(websocket, "INIT_SECONDS", 0.3)

    async def run():
        async with (
            served(address) as host,
            connect(f"ws://{host}/graphql", subprotocols=PROTOCOL) as line,
        ):
            await line.send(PING)
            assert await code_of(line) == 4408

    asyncio.run(run())
