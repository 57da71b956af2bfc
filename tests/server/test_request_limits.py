"""What requests may hold together: memory, connections to Neo4j, the event loop."""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
import threading
import time
from contextlib import aclosing

import pytest

from schema.execution import documents, large_inputs, operation
from schema.execution.documents import MAX_PRICES, DocumentCache
from schema.execution.engine import GraphQLEngine
from schema.execution.large_inputs import LARGE, LargeInputs
from schema.execution.limits import has_long_token, limits_of
from schema.query import schema
from service.change_log.history import Filter
from service.compiler.cache import LruCache
from service.errors import Unavailable
from service.graph import Graph, bookmarks
from service.networks.snapshots import Snapshots
from service.server import graphql_request, memory
from service.server.large_bodies import LargeBodies
from service.server.subscription_request import cancel
from service.settings import Settings
from tests.support.worlds import member

NAME = '{ organisation(key: "a") { name } }'
LONG = Settings().max_token_length + 1
BOOKMARK = "x-valuenet-bookmark"


@pytest.fixture(scope="module", autouse=True)
def world(draw):
    draw({"members": [member(key) for key in "abc"]})


def post(client, text=NAME, headers=None, **variables):
    body = {"query": text, "variables": variables}
    return client.post("/graphql", json=body, headers=headers or {})


# Documents


@pytest.mark.parametrize(
    "token",
    [
        "a" * LONG,
        f'organisation(key: "{"x y " * LONG}") {{ name }}',
        f'organisation(key: """{"x" * LONG}""") {{ name }}',
        f'organisation(key: """{"x" * LONG}',
        f"organisation(key: {'1' * LONG}) {{ name }}",
        f"a # {'x' * LONG}\n",
        f"a {' ' * LONG}",
    ],
    ids=["name", "text", "block", "no end", "number", "comment", "space"],
)
def test_a_long_token_is_refused_before_it_is_parsed(serve, token, monkeypatch):
    def parse(*_, **__):
        raise AssertionError("parsed")

    monkeypatch.setattr(documents, "parse", parse)
    (error,) = serve(lambda client: post(client, f"{{ {token} }}")).json()["errors"]
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "VALUENET_MAX_TOKEN_LENGTH" in error["message"]


def test_a_long_document_is_refused_before_it_is_parsed(serve, monkeypatch):
    def parse(*_, **__):
        raise AssertionError("parsed")

    monkeypatch.setattr(documents, "parse", parse)
    text = NAME + "\n#" * 4_000
    (error,) = serve(lambda c: post(c, text), max_tokens=80).json()["errors"]
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "more than 8,000 characters" in error["message"]


@pytest.mark.parametrize("item", [[], {}])
def test_a_request_of_very_many_lists_is_refused_unparsed(serve, item, monkeypatch):
    def parse(*_):
        raise AssertionError("parsed")

    monkeypatch.setattr(graphql_request, "parse_json", parse)
    most = graphql_request.MAX_CONTAINERS
    answer = serve(lambda client: post(client, ids=[item] * most))
    assert answer.status_code == 413
    assert f"{most:,} lists and objects" in answer.text


@pytest.mark.parametrize("quotes", ['"', '"""'])
def test_a_token_of_the_largest_length_is_accepted(serve, quotes):
    size = LONG - 1 - 2 * len(quotes)
    text = f'{{ organisation(key: {quotes}{"x" * size}{quotes}) {{ name }} }} # "'
    assert has_long_token(text, limits_of(Settings())) is False
    answer = serve(lambda client: post(client, text))
    assert answer.json()["data"] == {"organisation": None}


def test_large_documents_and_bodies_are_read_in_a_thread_and_small_ones_are_not(
    serve, monkeypatch
):
    threads = []

    def noted(function):
        def inner(*args):
            threads.append((function.__name__, threading.current_thread().name))
            return function(*args)

        return inner

    for module, name in (
        (documents, "check_document"),
        (graphql_request, "parse_request"),
    ):
        monkeypatch.setattr(module, name, noted(getattr(module, name)))
    filler = "\n#" + "x" * 9_000
    large = NAME + filler * (LARGE // len(filler) + 1)

    async def work(client):
        assert (await post(client, NAME + "#")).status_code == 200
        small, threads[:] = [name for _, name in threads], []
        assert (await post(client, large)).json()["data"]["organisation"]
        return small, list(threads)

    small, rest = serve(work)
    assert not any(name.startswith("large-inputs") for name in small)
    assert [name for name, _ in rest] == ["parse_request", "check_document"]
    assert all(name.startswith("large-inputs") for _, name in rest)


def test_a_small_request_of_many_lists_is_read_and_priced_in_a_thread(
    serve, monkeypatch
):
    threads = []

    def noted(function):
        def inner(*args):
            threads.append(threading.current_thread().name)
            return function(*args)

        return inner

    for owner, name in (
        (graphql_request, "parse_request"),
        (operation.OperationRequest, "price"),
    ):
        monkeypatch.setattr(owner, name, noted(getattr(owner, name)))
    body = {"query": "{ __typename }", "variables": {"a": [[]] * 2_000}}
    query = {**body, "variables": json.dumps(body["variables"])}

    async def work(client):
        statuses = [
            (await client.post("/graphql", json=body)).status_code,
            (await client.get("/graphql", params=query)).status_code,
        ]
        return statuses, list(threads)

    statuses, names = serve(work)
    assert statuses == [200, 200]
    assert len(names) == 4
    assert all(name.startswith("large-inputs") for name in names)


def test_a_large_request_waits_for_the_thread_a_short_time(monkeypatch):
    async def run():
        inputs, gate, calls = LargeInputs(), threading.Event(), []
        first = asyncio.create_task(inputs.run(True, gate.wait))
        await asyncio.sleep(0)
        monkeypatch.setattr(large_inputs, "WAIT_SECONDS", 0.1)
        with pytest.raises(Unavailable):
            await inputs.run(True, calls.append, "late")
        assert await inputs.run(False, lambda: "small") == "small"
        gate.set()
        assert await first
        assert await inputs.run(True, lambda: "next") == "next"
        return calls

    assert asyncio.run(run()) == []


def test_documents_in_memory_are_bounded_by_their_size():
    cache = DocumentCache(schema, limits_of(Settings()), 200, LargeInputs())
    cache.documents = LruCache(256, 500_000)
    fields = "key name " * 10

    async def run():
        for number in range(40):
            text = f"{{ organisations {{ nodes {{ a{number}: key {fields} }} }} }}"
            assert (await cache.document(text)).errors == ()

    asyncio.run(run())
    assert 10 < len(cache.documents.entries) < 40
    assert cache.documents.byte_count <= 500_000


def test_prices_are_stored_without_the_values_of_variables():
    text = """query ($ids: [ID!]!, $first: Int, $deep: Boolean!) { nodes(ids: $ids) {
      id ... on Organisation { exchanges(first: $first) @include(if: $deep) {
        nodes { key } } } } }"""
    engine = GraphQLEngine(Settings())
    operation = engine.documents.check(text).operations[None]
    prices = [
        operation.price({"ids": ["x" * 1_000] * count, "first": 7, "deep": deep})
        for count in (2, 3)
        for deep in (True, False, 1)
    ]
    assert prices == [2 + 2 * 7, 2, 16, 3 + 3 * 7, 3, 24]
    for number in range(2 * MAX_PRICES):
        operation.price({"ids": ["x" * number], "first": "y" * 10_000, "deep": True})
    assert len(repr(operation.prices)) < 1_000


# Bodies


def test_json_with_too_many_values_is_refused_before_it_is_parsed(serve, monkeypatch):
    monkeypatch.setattr(graphql_request, "MAX_VALUES", 1_000)
    answers = serve(lambda client: post(client, lists=[[]] * 1_100))
    assert answers.status_code == 413
    assert serve(lambda client: post(client, lists=[[]] * 900)).status_code == 200


def test_large_bodies_share_their_space_and_small_ones_need_none(serve):
    async def work(client):
        state = client._transport.app.state.server
        state.large_bodies = LargeBodies(most_bytes=300_000, small=1_000)
        with state.large_bodies.space() as space:
            space.grow(250_000)
            large = await post(client, NAME + " " * 90_000)
            small = await post(client)
        again = await post(client, NAME + " " * 9_000)
        return large, small, again, state.large_bodies.byte_count

    large, small, again, left = serve(work)
    assert (large.status_code, large.headers["retry-after"]) == (503, "5")
    assert small.json()["data"] == again.json()["data"]
    assert left == 0


def test_subscribers_that_wake_together_go_on_one_after_the_other(serve):
    count, woken = 200, []

    async def work(client):
        feed = client._transport.app.state.server.feed

        async def follow():
            async with aclosing(feed.follow(None, Filter())) as changes:
                woken.append(await anext(changes))

        followers = [asyncio.create_task(follow()) for _ in range(count)]
        while len(feed._news._waiters) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        news = 'input: { key: "a", description: "They wake for a change." }'
        text = f"mutation {{ updateOrganisation({news}) {{ __typename }} }}"
        write = asyncio.create_task(post(client, text))
        most, deadline = 0, time.monotonic() + 60
        while len(woken) < count:
            assert time.monotonic() < deadline
            before = len(woken)
            await asyncio.sleep(0)
            most = max(most, len(woken) - before)
        await asyncio.gather(write, *followers)
        return most

    assert serve(work) <= 2


# Connections to Neo4j


def test_exports_wait_for_a_slot_and_leave_cheap_reads_alone(serve):
    async def work(client):
        state = client._transport.app.state.server
        state.settings = state.settings.model_copy(update={"timeout_seconds": 0.3})
        await state.export_slots.acquire()
        busy = await client.get("/export/organisations.csv")
        state.settings = state.settings.model_copy(update={"timeout_seconds": 30})
        waiting = asyncio.create_task(client.get("/export/organisations.csv"))
        read = await post(client)
        is_waiting = not waiting.done()
        state.export_slots.release()
        return busy, read, is_waiting, await waiting

    busy, read, is_waiting, export = serve(work, max_exports=1)
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "5")
    assert "Too many tables" in busy.text
    assert read.json()["data"]["organisation"]["name"]
    assert is_waiting
    assert (export.status_code, export.text.count("\r\n")) == (200, 4)


def later(bookmark):
    """The bookmark of a state that never comes."""
    raw = base64.b64decode(bookmark.removeprefix("FB:"))
    forged = raw[:19] + b"\xca\x7f\xff\xff\xff\x90"  # of the same database
    return "FB:" + base64.b64encode(forged).decode()


def test_a_forged_bookmark_waits_a_short_time(serve, monkeypatch):
    monkeypatch.setattr(bookmarks, "WAIT_SECONDS", 0.2)

    async def work(client):
        bookmark = (await post(client)).headers[BOOKMARK]
        return await post(client, headers={BOOKMARK: later(bookmark)})

    answer = serve(work)
    assert answer.status_code == 503
    (error,) = answer.json()["errors"]
    assert error["message"].startswith("x-valuenet-bookmark: ")
    assert error["extensions"]["code"] == "SERVICE_UNAVAILABLE"


def test_forged_bookmarks_hold_few_connections_and_delay_nobody(serve, monkeypatch):
    monkeypatch.setattr(bookmarks, "WAIT_SECONDS", 60)
    started, begun = [], asyncio.Event()
    inner = Graph._reach

    async def noted(graph, marks):
        started.append(marks)
        if len(started) == bookmarks.MOST_WAITING:
            begun.set()
        await inner(graph, marks)

    monkeypatch.setattr(Graph, "_reach", noted)

    async def work(client):
        bookmark = (await post(client)).headers[BOOKMARK]
        forged = {BOOKMARK: later(bookmark)}
        waiting = [asyncio.create_task(post(client, headers=forged)) for _ in range(20)]
        await begun.wait()
        reads = [await post(client, headers={BOOKMARK: bookmark}) for _ in range(5)]
        count = len(started)
        await cancel(waiting)
        return reads, count

    reads, count = serve(work)
    assert all(read.json()["data"]["organisation"] for read in reads)
    assert count == bookmarks.MOST_WAITING


def test_probes_that_arrive_together_ask_the_database_once(serve, monkeypatch):
    calls = []
    inner = Graph.check_reachable

    async def noted(graph):
        calls.append(1)
        await inner(graph)

    monkeypatch.setattr(Graph, "check_reachable", noted)

    async def work(client):
        probes = await asyncio.gather(*(client.get("/readyz") for _ in range(20)))
        return probes, await client.get("/readyz")

    probes, last = serve(work)
    assert [probe.json() for probe in [*probes, last]] == [{"ready": True}] * 21
    assert len(calls) == 2


# Memory


def test_networks_in_memory_are_bounded_with_the_texts_that_select_them(graph, runner):
    class Empty:
        byte_count, read_at = 0, 0.0

    async def load():
        return Empty()

    async def run():
        snapshots = Snapshots(graph, Settings(network_megabytes=1))
        for number in range(30):
            await snapshots.get(("network", f"{number}" + "x" * 100_000), load)
        return len(snapshots._entries)

    assert 1 < runner.run(run()) < 10


def test_memory_is_given_back_when_the_process_has_grown(monkeypatch):
    size, trims, trimmed = {"now": 100_000_000}, [], threading.Event()

    def trim():
        trims.append(size["now"])
        size["now"] = 110_000_000
        trimmed.set()

    monkeypatch.setattr(memory, "CHECK_SECONDS", 0)
    monkeypatch.setattr(memory, "resident_bytes", lambda: size["now"])
    monkeypatch.setattr(memory, "trim", trim)

    async def run():
        task = asyncio.create_task(memory.release_memory())
        for now in (100_000_000, 120_000_000):
            size["now"] = now
            for _ in range(20):
                await asyncio.sleep(0)
        size["now"] = 200_000_000
        assert await asyncio.to_thread(trimmed.wait, 20)
        for _ in range(20):
            await asyncio.sleep(0)
        await cancel([task])

    asyncio.run(run())
    assert trims == [200_000_000]


def test_memory_that_requests_held_at_a_release_is_given_back_after_them(monkeypatch):
    live, free, trims = 100_000_000, 0, threading.Semaphore(0)

    def trim():
        nonlocal free
        free = 0
        trims.release()

    monkeypatch.setattr(memory, "CHECK_SECONDS", 0.01)
    monkeypatch.setattr(memory, "resident_bytes", lambda: live + free)
    monkeypatch.setattr(memory, "trim", trim)

    async def run():
        nonlocal live, free
        task = asyncio.create_task(memory.release_memory())
        await asyncio.sleep(0)
        live = 250_000_000  # requests that wait for their clients
        assert await asyncio.to_thread(trims.acquire, timeout=20)
        live, free = 100_000_000, 150_000_000
        while free:
            assert await asyncio.to_thread(trims.acquire, timeout=20)
        await cancel([task])

    asyncio.run(run())
    assert live + free == 100_000_000


def test_the_memory_of_the_process_is_known_on_linux():
    assert (memory.resident_bytes() > 10_000_000) == memory.STATUS.exists()


LIMIT = """import resource
from service.cli.open_files import allow_open_files
_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (200, hard))
allow_open_files(300)
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
resource.setrlimit(resource.RLIMIT_NOFILE, (200, 250))
allow_open_files(300)
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


def test_the_server_may_open_a_file_for_each_connection():
    run = subprocess.run([sys.executable, "-c", LIMIT], capture_output=True, text=True)
    first, second = run.stdout.splitlines()
    assert first.split()[0] == "300"
    assert second == "250 250"
    assert "VALUENET_MAX_CONNECTIONS" in run.stderr
