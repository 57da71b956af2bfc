"""One heavy caller and all the others: how long a cheap read takes meanwhile.

100,000 members and 500,000 ties, half of them exchanges, half acquaintances; some
members are start-ups with backers and needs. The cheap read is one organisation's name,
four times a second, whether or not the read before has its answer. Each client of a
storm asks again when it has its answer; where it was refused, after some seconds.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, islice

import neo4j
import numpy as np
import psutil

from tests.benchmarks.ecosystem import ecosystem
from tests.benchmarks.load import Line, Query, Server, spent
from tests.benchmarks.measure import Told, doing, rounded
from tests.benchmarks.networks import MEMBERS, TIES, driver
from tests.benchmarks.reads import serving
from tests.benchmarks.world import VALUENET, World

READS = 500  # of each storm
INTERVAL = 0.25
FACTOR, LEAST_BOUND_MS = 5, 150.0  # times the idle p99, but no less than this
RETRY_SECONDS = 5
QUIET = 0.2  # of a processor: below that the server does not compute
PATIENCE = 120.0
BATCH = 20_000
STARTUPS, CAPABILITIES, HOLDERS = 300, 20, 50
WIDTH = len(str(MEMBERS))
LABELS = """
UNWIND $rows AS row
CREATE (:Member:Organisation {
  key: row[0], number: row[1], name: row[0], sector: row[2]})
"""
ARCS = """
UNWIND $rows AS row
MATCH (a:Member {number: row[0]})
MATCH (b:Member {number: row[1]})
CREATE (a)-[:TYPE {key: row[2], value: row[3], score: row[3]}]->(b)
"""
PORTFOLIO = """
UNWIND range(0, $startups - 1) AS i
MATCH (s:Member {number: i})
MATCH (b:Member {number: $startups + i})
SET s:Startup, b:Investor
CREATE (b)-[:INVESTED_IN {key: "i" + i}]->(s)
WITH s, i
UNWIND range(0, 2) AS n
MERGE (c:Capability {key: "c" + (7 * i + n) % $capabilities})
CREATE (s)-[:NEEDS {key: "n" + i + "-" + n}]->(c)
"""
HOLDING = """
MATCH (c:Capability)
UNWIND range(1, $holders) AS i
MATCH (m:Member {number: (toInteger(substring(c.key, 1)) + 1) * 1000 + i})
CREATE (m)-[:HAS_CAPABILITY {key: c.key + "-" + i}]->(c)
"""
CHEAP = Query(
    "query ($key: String!) { organisation(key: $key) { name } }",
    lambda rng: {"key": f"m{rng.randrange(MEMBERS):0{WIDTH}}"},
)
HOLES = """query ($day: Date!) {
  structuralHoles(network: { ties: [EXCHANGE], asOf: $day }) {
    positions { constraint } bridgeCount } }"""
CHOKE = "{ chokePoints { chokePointCount chokePoints { exposure } } }"
MIXED = (
    "brokerage(network: {{ ties: [EXCHANGE], asOf: {day} }}, groupBy: SECTOR)"
    " {{ brokers {{ member {{ key }} }} }}",
    "networkMap(network: {{ ties: [EXCHANGE], asOf: {day} }}) {{ nodes {{ id }} }}",
    "weakNodes(asOf: {day}) {{ members {{ totalLoss }} }}",
    "chokePoints(asOf: {day}) {{ chokePointCount }}",
    "structuralHoles(network: {{ ties: [EXCHANGE], asOf: {day} }})"
    " {{ positions {{ betweenness }} }}",
    "openings(asOf: {day}) {{ openingCount }}",
    'networkChange(network: {{ ties: [EXCHANGE] }}, from: "1990-01-01", to: {day})'
    " {{ membersCameCount }}",
)
ROOTS = (
    "organisations",
    "people",
    "teams",
    "exchanges",
    "acquaintances",
    "investments",
    "contracts",
    "offerings",
    "communities",
    "dependencies",
    "needs",
    "capabilities",
    "employments",
    "affiliations",
    "memberships",
)
OPERATORS = ("eq", "ne", "startsWith", "contains")
TERMS = 6  # of each filter
NUMBERS = random.Random(1)
Documents = Callable[[], Query]


@dataclass(frozen=True)
class Storm:
    """So many clients at once, each with the next document of one kind."""

    name: str
    clients: int
    documents: Documents


@dataclass
class StormResult:
    """What the clients of a storm heard, and when the last of them did."""

    outcomes: Counter[str] = field(default_factory=Counter)
    last_at: float = 0.0


def days() -> Iterator[date]:
    return (date(2026, 11, 1) - timedelta(days=n) for n in count())


def storms() -> list[Storm]:
    all_days, numbers = days(), count()

    def mixed() -> Query:
        text = MIXED[next(numbers) % len(MIXED)].format(day=f'"{next(all_days)}"')
        return Query(f"{{ {text} }}")

    def holes() -> Query:
        return Query(HOLES, lambda rng: {"day": str(next(all_days))})

    return [
        Storm("50 structuralHoles with a day each", 50, holes),
        Storm("20 equal chokePoints", 20, lambda: Query(CHOKE)),
        Storm("50 mixed questions", 50, mixed),
        Storm("15 new filtered root fields", 8, lambda: new_text(next(numbers))),
    ]


def new_text(number: int) -> Query:
    """A document whose statements the database has not planned yet."""
    terms = (
        f'{{ key: {{ {operator}: "k" }} }}'
        for operator in islice(operators(number), TERMS)
    )
    conditions = f"filter: {{ or: [{', '.join(terms)}] }}"
    fields = (
        f"a{i}: {root}({conditions}) {{ nodes {{ key }} }}"
        for i, root in enumerate(ROOTS)
    )
    return Query(f"{{ {' '.join(fields)} }}")


def operators(number: int) -> Iterator[str]:
    """Another sequence for each number."""
    while True:
        number, digit = divmod(number, len(OPERATORS))
        yield OPERATORS[digit]


def storm(world: World, reads: int = READS) -> list[Told]:
    with doing(f"writing {MEMBERS:,} members and {TIES:,} ties"):
        write(world)
    with serving(world, VALUENET, VALUENET_TIMEOUT_SECONDS="30") as server:
        with doing("idle"):
            world.runner.run(cheap_reads(server, 40))  # plans, connections
            idle = world.runner.run(cheap_reads(server, reads))
        bound = max(FACTOR * percentile(idle, 99), LEAST_BOUND_MS)
        figures = [{"name": "cheap read, idle", **times(idle)}]
        for each in storms():
            with doing(each.name):
                work = under(world, server, each, reads, bound)
                figures.append(world.runner.run(work))
    world.clear()
    return figures


def write(world: World) -> None:
    drawn = ecosystem(MEMBERS, TIES)
    half = np.random.default_rng(3).random(TIES) < 0.5
    rows = [[f"m{i:0{WIDTH}}", i, f"s{g}"] for i, g in enumerate(drawn.group.tolist())]
    with driver(world) as session:
        in_batches(session, LABELS, rows)
        for kind, chosen in (("PROVIDES", half), ("KNOWS", ~half)):
            columns = (drawn.source, drawn.target, np.arange(TIES), drawn.weight)
            picked = zip(*(c[chosen].tolist() for c in columns), strict=True)
            arcs = [[a, b, f"t{i}", w] for a, b, i, w in picked]
            in_batches(session, ARCS.replace("TYPE", kind), arcs)
        sizes = {"startups": STARTUPS, "capabilities": CAPABILITIES}
        session.run(PORTFOLIO, sizes).consume()
        session.run(HOLDING, holders=HOLDERS).consume()


def in_batches(session: neo4j.Session, text: str, rows: list[list[object]]) -> None:
    for start in range(0, len(rows), BATCH):
        session.run(text, rows=rows[start : start + BATCH]).consume()


async def under(
    world: World, server: Server, storm: Storm, reads: int, bound: float
) -> Told:
    """The cheap read's times while a storm lasts, and what becomes of the storm."""
    result, stop = StormResult(), asyncio.Event()
    clients = [
        asyncio.create_task(client(server, storm, result, stop))
        for _ in range(storm.clients)
    ]
    took = await cheap_reads(server, reads)
    stop.set()
    await asyncio.gather(*clients)
    after = await computing_after(world, server, result.last_at)
    p99 = percentile(took, 99)
    return {
        "name": f"cheap read during {storm.name}",
        **times(took),
        "bound_of_p99_ms": rounded(bound),
        "met": p99 <= bound,
        "storm": dict(result.outcomes),
        "computing_after_the_last_answer_s": rounded(after),
    }


async def client(
    server: Server, storm: Storm, result: StormResult, stop: asyncio.Event
) -> None:
    while not stop.is_set():
        outcome = outcome_of(await ask(server, storm.documents()))
        result.last_at = time.perf_counter()
        result.outcomes[outcome] += 1
        if outcome == "refused":
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RETRY_SECONDS)


async def ask(server: Server, query: Query) -> bytes:
    """By a connection of its own: the server closes those that wait."""
    line = Line(server.port)
    await line.open()
    body = await line.ask(query.request(NUMBERS))
    line.writer.close()
    return body


def outcome_of(body: bytes) -> str:
    if b'"errors"' not in body[:20]:
        return "answered"
    if b'"SERVICE_UNAVAILABLE"' in body:
        return "refused"
    return "timed out" if b'"TIMEOUT"' in body else f"error: {body[:200].decode()}"


async def cheap_reads(server: Server, reads: int) -> list[float]:
    """Milliseconds of each, in order; a slow one does not delay the next.

    One without an answer in time counts as long as it took.
    """

    async def read() -> float:
        begun = time.perf_counter()
        body = await ask(server, CHEAP)
        if outcome_of(body) not in ("answered", "timed out"):
            raise RuntimeError(body[:500].decode())
        return (time.perf_counter() - begun) * 1e3

    tasks = []
    for _ in range(reads):
        tasks.append(asyncio.create_task(read()))
        await asyncio.sleep(INTERVAL)
    return sorted(await asyncio.gather(*tasks))


async def computing_after(world: World, server: Server, since: float) -> float:
    """Seconds until the server computes nothing and the database runs no statement."""
    process, stop = psutil.Process(server.pid), time.perf_counter() + PATIENCE
    while time.perf_counter() < stop:
        at, before = time.perf_counter(), spent(process)
        await asyncio.sleep(0.25)
        used = (spent(process) - before) / (time.perf_counter() - at)
        if used < QUIET and not await running_statements(world):
            return max(0.0, at - since)
    return PATIENCE


async def running_statements(world: World) -> int:
    show = "SHOW TRANSACTIONS YIELD currentQuery RETURN count(*)"
    found = await world.graph._driver.execute_query(show)
    return int(found.records[0][0]) - 1  # this one


def percentile(took: list[float], share: int) -> float:
    return took[min(len(took) - 1, len(took) * share // 100)]


def times(took: list[float]) -> Told:
    return {
        "reads": len(took),
        "p50_ms": rounded(percentile(took, 50)),
        "p99_ms": rounded(percentile(took, 99)),
        "max_ms": rounded(took[-1]),
    }
