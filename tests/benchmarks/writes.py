"""Writes over GraphQL: a batch, single ones at once, and until a subscriber hears."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import orjson
import psutil
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from schema.context import Context
from schema.execution.engine import GraphQLEngine
from service.change_log.feed import Feed
from service.change_log.history import Filter
from service.graph import Graph, open_graph
from service.networks.snapshots import Snapshots
from service.settings import Settings
from tests.benchmarks.load import Server
from tests.benchmarks.measure import Figure, Told, doing
from tests.benchmarks.reads import serving
from tests.benchmarks.world import VALUENET, World

ROWS = 10_000
IDLE = 500  # subscribers
ROUNDS = 5
SINGLES, CONNECTIONS = 1_000, 16
HEARD = 100
BATCH = """mutation ($input: [OrganisationInput!]!) { answer: upsertOrganisations(
  input: $input) { ... on Batch { changed } } }"""
ONE = """mutation ($key: String!, $name: String!) { answer: upsertOrganisation(
  input: { key: $key, name: $name }, idempotencyKey: $key) {
  ... on Organisation { key } } }"""
LISTEN = {
    "id": "1",
    "type": "subscribe",
    "payload": {"query": "subscription { changes { number key } }"},
}


def writes(world: World) -> list[Told]:
    world.clear()
    told = asyncio.run(measured(world))
    with (
        doing(f"{IDLE} subscribers that hear nothing"),
        serving(world, VALUENET) as server,
    ):
        told.append(asyncio.run(idle(server)))
    world.clear()
    return told


async def measured(world: World) -> list[Told]:
    settings = Settings()
    async with (
        open_graph(world.address, 60) as graph,
        open_graph(world.address, 60) as other,
    ):
        asking = Asking(graph, settings)
        with doing("batches of 10,000 organisations"):
            new, same = await batches(asking)
        with doing("single upserts at 16 connections"):
            singles = await at_once(asking)
        with doing("a change until its subscriber hears it"):
            near = await heard(asking, Feed(graph))
            far = await heard(asking, Feed(other))
    return [
        rate("upsert of 10,000 new organisations in one request", new, 12_000),
        rate("upsert of 10,000 changed organisations in one request", same, None),
        rate("single upserts at 16 connections, each with its key", singles, 250),
        latency("a change to a subscriber of the same process, p95", near, 50),
        latency("a change to a subscriber of another process, p95", far, 250),
    ]


class Asking:
    """Mutations in process: what HTTP costs is measured elsewhere."""

    def __init__(self, graph: Graph, settings: Settings) -> None:
        self.graph, self.settings = graph, settings
        self.snapshots = Snapshots(graph, settings)
        self.engine = GraphQLEngine(settings)

    async def __call__(self, text: str, **variables: Any) -> Any:
        context = Context(self.graph, self.settings, self.snapshots, may_write=True)
        found = (await self.engine.execute(text, variables, None, context)).body
        if found.get("errors"):
            raise RuntimeError(found["errors"])
        return found["data"]["answer"]


async def batches(asking: Asking) -> tuple[list[float], list[float]]:
    """Rows a second, new and changed, after one round that is not counted."""
    new: list[float] = []
    same: list[float] = []
    for turn in range(ROUNDS + 1):
        for name, figures in (("New", new), ("Changed", same)):
            rows = [
                {
                    "key": f"bench-{turn}-{n}",
                    "name": f"{name} {n}",
                    "sector": "Steel",
                    "region": "North",
                    "country": "SE",
                }
                for n in range(ROWS)
            ]
            started = time.perf_counter()
            answer = await asking(BATCH, input=rows)
            took = time.perf_counter() - started
            assert answer["changed"] == ROWS
            if turn:
                figures.append(ROWS / took)
    return new, same


async def at_once(asking: Asking) -> list[float]:
    """Writes a second of 16 writers, each waiting for its answer."""
    numbers = iter(range(SINGLES * (ROUNDS + 1)))

    async def writer(count: int) -> None:
        for _ in range(count):
            key = f"single-{next(numbers)}"
            await asking(ONE, key=key, name=key)

    rates = []
    for turn in range(ROUNDS + 1):
        started = time.perf_counter()
        each = SINGLES // CONNECTIONS
        await asyncio.gather(*(writer(each) for _ in range(CONNECTIONS)))
        if turn:
            rates.append(each * CONNECTIONS / (time.perf_counter() - started))
    return rates


async def heard(asking: Asking, feed: Feed) -> list[float]:
    """Milliseconds from the answer of a write until its subscriber has it."""
    stream = feed.follow(None, Filter(kinds=frozenset({"Organisation"})))
    following = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(1)
    found = []
    for turn in range(HEARD):
        await asking(ONE, key=f"heard-{id(feed)}-{turn}", name="Heard")
        written = time.perf_counter()
        await following
        found.append(max(0.0, (time.perf_counter() - written) * 1_000))
        following = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0.03)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    await feed.close()
    return sorted(found)


async def idle(server: Server) -> Told:
    """What sockets with one subscription each add to the memory of the API."""
    process, url = psutil.Process(server.pid), f"ws://127.0.0.1:{server.port}/graphql"

    async def listener() -> ClientConnection:
        line = await connect(url, subprotocols=[Subprotocol("graphql-transport-ws")])
        await line.send('{"type": "connection_init"}')
        await line.recv()
        await line.send(orjson.dumps(LISTEN).decode())
        return line

    lines = [await listener()]  # what the first one brings is there for all
    await asyncio.sleep(1)
    before = process.memory_info().rss
    lines += [await listener() for _ in range(IDLE)]
    await asyncio.sleep(2)
    grown = (process.memory_info().rss - before) / 1e6
    await asyncio.gather(*(line.close() for line in lines))
    name = f"memory of {IDLE} idle subscribers"
    return Figure(name=name, unit="MB", bound=50, samples=[grown]).told()


def rate(name: str, samples: list[float], bound: float | None) -> Told:
    unit = "per second"
    return Figure(name=name, unit=unit, bound=bound, samples=samples, least=True).told()


def latency(name: str, samples: list[float], bound: float) -> Told:
    worst = samples[int(len(samples) * 0.95)]
    return Figure(name=name, unit="ms", bound=bound, samples=[worst]).told()
