"""100,000 members and 500,000 ties: loaded from files, and exported as Arrow."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import Any

import neo4j

from service.formats.blocks import ExportSource
from service.formats.connections import CONNECTIONS
from service.formats.writers import replacements_for, stream
from tests.benchmarks.loading import BATCH, loaded, write
from tests.benchmarks.measure import Figure, Told, doing, seconds
from tests.benchmarks.world import World

MEMBERS, TIES = 100_000, 500_000
ROUNDS = 3
TIMES_BARE = 2.5

# The same statements as most people write them; nothing checked, nothing compared.
BARE_MEMBERS = """
UNWIND $rows AS row
MERGE (m:Member {key: row.key})
SET m:Organisation, m.name = row.name, m.sector = row.sector, m.country = row.country
"""
BARE_TIES = """
UNWIND $rows AS row
MATCH (a:Member {key: row.source})
MATCH (b:Member {key: row.target})
CREATE (a)-[r:PROVIDES {key: row.key}]->(b)
SET r.value = toFloat(row.value), r.currency = row.currency,
  r.deliverable = row.deliverable, r.since = date(row.since)
"""


def large(world: World) -> list[Told]:
    """Seconds, memory of our process, and how many times the bare statements."""
    members, ties = rows()
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "members.csv", members)
        write(Path(folder) / "ties.csv", ties)
        world.clear()
        with doing("the bare statements, 100,000 members and 500,000 ties"):
            bare = seconds(lambda: written(world, members, ties))
        world.clear()
        with doing("valuenet load of 100,000 members and 500,000 ties"):
            took, peak = loaded(world, Path(folder))
    with doing("Arrow export of 500,000 exchanges"):
        rates = [arrow_rate(world) for _ in range(ROUNDS)]
    world.clear()
    name = f"load of {MEMBERS:,} members and {TIES:,} ties as `tables`"
    told = [
        Figure(name=name, unit="s", bound=120, samples=[took]),
        Figure(name="its peak memory", unit="MB", bound=500, samples=[peak]),
        Figure(
            name="its time beside that of the bare statements",
            unit="times",
            bound=TIMES_BARE,
            samples=[took / bare],
            more={"bare_seconds": bare},
        ),
        Figure(
            name="Arrow export of exchanges, microseconds a value",
            unit="µs",
            bound=1e6 / 300_000,
            samples=[1e6 / rate for rate in rates],
            more={"values_per_second": [round(rate) for rate in rates]},
        ),
    ]
    return [figure.told() for figure in told]


def rows() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    draw = random.Random(1)
    members = [
        {"key": f"m{i}", "kind": "ORGANISATION", "name": f"Member number {i}"}
        | {"sector": f"Sector {i % 20}", "country": "SE"}
        for i in range(MEMBERS)
    ]
    ties = [
        {
            "kind": "EXCHANGE",
            "source": f"m{draw.randrange(MEMBERS)}",
            "target": f"m{draw.randrange(MEMBERS)}",
            "key": f"t{i}",
            "value": f"{draw.random() * 1000:.2f}",
            "currency": "EUR",
            "deliverable": "goods",
            "since": "2020-01-01",
        }
        for i in range(TIES)
    ]
    return members, ties


def written(world: World, members: list[Any], ties: list[Any]) -> None:
    address = world.address
    auth = (address.username, address.password)
    with neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver:
        for text, found in ((BARE_MEMBERS, members), (BARE_TIES, ties)):
            for start in range(0, len(found), BATCH):
                part = found[start : start + BATCH]
                driver.execute_query(text, rows=part, database_=address.database)


def arrow_rate(world: World) -> float:
    """Values a second, nulls among them, out of the database into Arrow's bytes."""
    exchanges = CONNECTIONS["exchanges"]

    async def told() -> int:
        async with world.graph.read_transaction() as reader:
            parts = stream(
                ExportSource(reader, replacements_for("arrow")), exchanges, "arrow"
            )
            return sum([len(part) async for part in parts])

    started = time.perf_counter()
    world.runner.run(told())
    return TIES * len(exchanges.header) / (time.perf_counter() - started)
