"""Tables over HTTP: 500,000 exchanges in each format, beside pages and the driver."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

import httpx
import psutil

from tests.benchmarks.feed_questions import questions_of_feeds
from tests.benchmarks.measure import Figure, Told, doing
from tests.benchmarks.world import Api, World

MEMBERS, TIES = 20_000, 500_000
ROUNDS = 3
CSV_ROWS, ARROW_ROWS = 60_000.0, 90_000.0  # a second
MEGABYTES = 80.0  # above idle
PAGE_MS = 150.0
COLUMNS = "key,source_key,source_name,target_key,target_name,deliverable,value,since"
MEMBER = (
    "UNWIND range(0, $members - 1) AS i CALL (i) {"
    " CREATE (:Member:Organisation {key: 'm' + i, name: 'Member ' + i,"
    " country: CASE i % 50 WHEN 0 THEN 'SE' ELSE 'NO' END}) }"
    " IN TRANSACTIONS OF 10000 ROWS"
)
TIE = (
    "UNWIND range(0, $ties - 1) AS i CALL (i) {"
    " MATCH (a:Member {key: 'm' + i % $members})"
    " MATCH (b:Member {key: 'm' + (i * 7 + 1) % $members})"
    " CREATE (a)-[:PROVIDES {key: 'x' + (1000000 + i), deliverable: 'Goods ' + i % 100,"
    " value: toFloat(i), since: date('2020-01-01')}]->(b) }"
    " IN TRANSACTIONS OF 10000 ROWS"
)
ROWS = (
    "MATCH (a)-[r:PROVIDES]->(b) RETURN r.key, a.key, a.name, b.key, b.name,"
    " r.deliverable, r.value, toString(r.since)"
)
PAGES = """query ($after: String) { exchanges(first: 200, after: $after,
  orderBy: [{ field: KEY }]) { pageInfo { endCursor hasNextPage } nodes { key
  source { key name } target { key name } deliverable value since } } }"""
MOST_PAGES = 100  # of the pages by GraphQL: 20,000 rows say how fast they are


def feeds(world: World) -> list[Told]:
    os.environ["VALUENET_TIMEOUT_SECONDS"] = "120"  # the cold first round is slow
    with doing(f"Creating {MEMBERS:,} members and {TIES:,} exchanges"):
        run(world, MEMBER, members=MEMBERS)
        run(world, TIE, members=MEMBERS, ties=TIES)
    with world.api() as api:
        server = psutil.Process().children()[-1]
        rows_per_second(api, "csv")  # plans, caches
        idle = server.memory_info().rss
        with doing("Reading tables"):
            formats = ("csv", "jsonl", "arrow")
            speeds = {
                f: [rows_per_second(api, f) for _ in range(ROUNDS)] for f in formats
            }
        largest = peak_of(server, lambda: rows_per_second(api, "csv"))
        pages = Figure(
            name="GraphQL pages of 200", unit="rows/s", samples=[by_pages(api)]
        )
        driver = Figure(
            name="driver, row by row", unit="rows/s", samples=[by_rows(world)]
        )
        page_times = [odata_page(api) for _ in range(10)]
    figures = [
        Figure(
            name=f"/tables/exchanges.{format}, {TIES:,} rows",
            unit="rows/s",
            samples=samples,
            bound={"csv": CSV_ROWS, "arrow": ARROW_ROWS}.get(format),
            least=True,
            peers=[] if format == "jsonl" else [pages, driver],
        )
        for format, samples in speeds.items()
    ]
    figures += [
        Figure(
            name="memory above idle while a table is read",
            unit="MB",
            samples=[(largest - idle) / 1e6],
            bound=MEGABYTES,
        ),
        Figure(
            name="a page of 5,000 rows of OData",
            unit="ms",
            samples=page_times,
            bound=PAGE_MS,
        ),
    ]
    world.clear()
    return [*(figure.told() for figure in figures), *questions_of_feeds(world)]


def run(world: World, text: str, **params: int) -> None:
    async def write() -> None:
        async with world.graph._driver.session() as session:
            await (await session.run(text, params)).consume()

    world.runner.run(write())


def rows_per_second(api: Api, format: str) -> float:
    """How fast a client that only reads receives the table."""
    started, size = time.perf_counter(), 0
    path = f"/tables/exchanges.{format}?columns={COLUMNS}"
    headers = {"accept-encoding": "identity"}
    with api.client.stream("GET", path, headers=headers) as response:
        response.raise_for_status()
        for part in response.iter_raw():
            size += len(part)
    if size < TIES * 40:
        raise RuntimeError(f"{path}: {size} bytes only")
    return TIES / (time.perf_counter() - started)


def peak_of(process: psutil.Process, read: Callable[[], float]) -> int:
    """The most memory of a process while something is read, looked at by a thread."""
    peak: list[int] = [process.memory_info().rss]
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.05):
            peak[0] = max(peak[0], process.memory_info().rss)

    thread = threading.Thread(target=watch)
    thread.start()
    read()
    stop.set()
    thread.join()
    return peak[0]


def by_pages(api: Api) -> float:
    started, after, count = time.perf_counter(), None, 0
    for _ in range(MOST_PAGES):
        connection = api.ask(PAGES, after=after)["exchanges"]
        count += len(connection["nodes"])
        after = connection["pageInfo"]["endCursor"]
    return count / (time.perf_counter() - started)


def by_rows(world: World) -> float:
    async def read() -> int:
        async with world.graph._driver.session() as session:
            result = await session.run(ROWS)
            return len([record.values() async for record in result])

    started = time.perf_counter()
    return world.runner.run(read()) / (time.perf_counter() - started)


def odata_page(api: Api) -> float:
    started = time.perf_counter()
    columns = COLUMNS.replace("source_key,target_key,", "")
    response: httpx.Response = api.client.get(f"/odata/exchanges?$select={columns}")
    if len(response.json()["value"]) != 5_000:
        raise RuntimeError("not a page of 5,000 rows")
    return (time.perf_counter() - started) * 1_000
