"""Questions as tables over HTTP: brokerage of 100,000 members, and over three years."""

from __future__ import annotations

import time

import psutil

from seeds import TOURED
from tests.benchmarks.ecosystem import ecosystem
from tests.benchmarks.measure import Figure, Told, doing, rounded, seconds
from tests.benchmarks.networks import MEMBERS, TIES, driver, write
from tests.benchmarks.world import Api, World

ROUNDS = 5
TIED = 98_000  # members that have a tie, at least: others are in no network
WHOLE_SECONDS, SERIES_SECONDS = 3.0, 5.0
WHOLE = "brokerage.csv?groupBy=SECTOR"
# Members of the demo have exchanges; those of YC are tied by investments.
SERIES = "brokerage.csv?step=P1M&ties=EXCHANGE,INVESTMENT&asOf="
MONTHS = 37
PAGES = """query ($after: String) {
  brokerage(network: { ties: [EXCHANGE] }, groupBy: SECTOR, first: 1000,
            after: $after) {
    brokersPageInfo { endCursor }
    brokers {
      member { key name } group evidenceCount
      scores {
        observed { coordinator consultant representative gatekeeper liaison total }
        expected { total } standardDeviation { total }
        z { coordinator consultant representative gatekeeper liaison total }
        nullReason
      }
    }
  }
}"""
MOST_PAGES = 5  # of the pages by GraphQL: 5,000 rows say how fast they are
# What no client of the database can do without: both ends of each tie, and the names.
ROWS = "MATCH (a:Member)-[r:PROVIDES]->(b:Member) RETURN a.key, a.name, a.sector, b.key"


def questions_of_feeds(world: World) -> list[Told]:
    return [whole_network(world).told(), *(f.told() for f in series(world))]


def whole_network(world: World) -> Figure:
    with doing(f"Writing {MEMBERS:,} members and {TIES:,} ties"):
        write(world, ecosystem(MEMBERS, TIES))
    with world.api() as api:
        with doing(f"Reading brokerage of {MEMBERS:,} members"):
            cold = read(api, WHOLE, TIED)
            before = cpu_seconds(world)
            samples = [read(api, WHOLE, TIED) for _ in range(ROUNDS)]
            own = (cpu_seconds(world) - before) / ROUNDS
            arrow = [read(api, WHOLE.replace(".csv", ".arrow")) for _ in range(ROUNDS)]
        with doing("The same rows by pages"):
            pages = rows_by_pages(api)
    with doing("Their network row by row"), driver(world) as session:
        rows = [seconds(lambda: session.run(ROWS).values())]
    world.clear()
    return Figure(
        name=f"brokerage of a graph of {MEMBERS:,} members as CSV, warm",
        unit="s",
        samples=samples,
        bound=WHOLE_SECONDS,
        more={"first_read_seconds": rounded(cold), "cpu_seconds": rounded(own)},
        peers=[
            Figure(name="the same as Arrow", unit="s", samples=arrow),
            Figure(name="GraphQL pages of 1,000", unit="rows/s", samples=[pages]),
            Figure(name="the driver: only its ties", unit="s", samples=rows),
        ],
    )


def series(world: World) -> list[Figure]:
    """Three years by month: of days never read before, and again."""
    with doing("Loading demo and YC"):
        world.seed(*TOURED)
    with world.api() as api:
        read(api, f"{SERIES}2020-01-15..2020-02-15")  # plans of the database
        with doing("Reading brokerage of each month"):
            days = [f"2023-11-{n:02}..2026-11-{n:02}" for n in range(1, ROUNDS + 1)]
            before = cpu_seconds(world)
            first = [read(api, SERIES + each) for each in days]
            own = (cpu_seconds(world) - before) / ROUNDS
            again = [read(api, SERIES + each) for each in days]
    world.clear()
    name = f"brokerage of demo and YC on {MONTHS} days"
    return [
        Figure(
            name=name,
            unit="s",
            samples=first,
            bound=SERIES_SECONDS,
            more={"cpu_seconds": rounded(own)},
        ),
        Figure(name=f"{name}, read again", unit="s", samples=again),
    ]


def cpu_seconds(world: World) -> float:
    """Of the server and the database: how long they wait depends on the load."""
    home, own = str(world.settings.home), psutil.Process().children()
    running = psutil.process_iter(["cmdline"])  # None of one that has just ended
    database = [p for p in running if home in " ".join(p.info["cmdline"] or ())]
    times = [process.cpu_times() for process in {*own, *database}]
    return float(sum(each.user + each.system for each in times))


def read(api: Api, path: str, rows: int = 0) -> float:
    """How long a client waits for a whole table of at least so many rows."""
    started, lines = time.perf_counter(), 0
    headers = {"accept-encoding": "identity"}
    with api.client.stream("GET", f"/tables/{path}", headers=headers) as response:
        response.raise_for_status()
        for part in response.iter_raw():
            lines += part.count(b"\n")
    if lines < rows:
        raise RuntimeError(f"{path}: {lines} rows only")
    return time.perf_counter() - started


def rows_by_pages(api: Api) -> float:
    api.ask(PAGES)  # warm, as the table is
    started, after, count = time.perf_counter(), None, 0
    for _ in range(MOST_PAGES):
        answer = api.ask(PAGES, after=after)["brokerage"]
        count += len(answer["brokers"])
        after = answer["brokersPageInfo"]["endCursor"]
    return count / (time.perf_counter() - started)
