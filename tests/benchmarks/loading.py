"""80,245 investments from files into the graph."""

from __future__ import annotations

import csv
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import neo4j

from tests.benchmarks.measure import Figure, Told, doing, rounded, seconds, skipped
from tests.benchmarks.world import VALUENET, World, environment

DATA = Path(__file__).parents[3] / "shared/data/crunchbase2013/investments.csv"
NAME = "load of 80,245 investments as `tables`"
ROUNDS = 3
BATCH = 10_000

# The same facts as most people write them, under labels of their own.
PEER_SETUP = (
    "CREATE CONSTRAINT IF NOT EXISTS FOR (n:Peer) REQUIRE n.key IS UNIQUE",
    "CALL db.awaitIndexes(300)",
)
PEER_MEMBERS = """
UNWIND $rows AS row
MERGE (m:Peer {key: row.key})
SET m.name = row.name, m.roles = row.roles
"""
PEER_TIES = """
UNWIND $rows AS row
MATCH (i:Peer {key: row.source})
MATCH (c:Peer {key: row.target})
MERGE (i)-[r:PEER_INVESTED_IN {key: row.key}]->(c)
SET r.on = date(row.on), r.amount = toFloat(row.amount), r.currency = row.currency
"""


def investments(world: World) -> list[Told]:
    """Seconds, and the memory of our own process, into an empty graph."""
    if not DATA.exists():
        return [skipped(NAME, f"{DATA} is not there; it has no licence to be copied")]
    with tempfile.TemporaryDirectory() as folder:
        members, ties = rewritten(DATA)
        write(Path(folder) / "members.csv", members)
        write(Path(folder) / "ties.csv", ties)
        runs = []
        for _ in range(ROUNDS):
            world.clear()
            with doing("valuenet load of 80,245 investments"):
                runs.append(loaded(world, Path(folder)))
        world.clear()
    with doing("the same by UNWIND and MERGE"):
        peer = seconds(lambda: merged(world, members, ties))
    world.clear()
    times, memory = zip(*runs, strict=True)
    sizes = {"members": len(members), "ties": len(ties)}
    return [
        Figure(
            name=NAME,
            unit="s",
            bound=20,
            samples=list(times),
            more={"sizes": sizes, "rounds_in_order": [rounded(t) for t in times]},
            peers=[
                Figure(
                    name="plain driver, UNWIND and MERGE in batches of 10,000;"
                    " nothing checked, each batch a transaction",
                    unit="s",
                    samples=[peer],
                )
            ],
        ).told(),
        Figure(
            name="peak memory of our process in that load",
            unit="MB",
            bound=400,
            samples=list(memory),
        ).told(),
    ]


def rewritten(file: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Members and ties; one name is one member, company, investor or both."""
    roles: dict[str, dict[str, None]] = {}
    keys: dict[str, str] = {}
    taken: set[str] = set()
    ties = []

    def key_of(name: str, role: str) -> str:
        roles.setdefault(name, {})[role] = None
        if name not in keys:
            base = re.sub(r"\W+", "-", name.lower()).strip("-") or "unnamed"
            key, number = base, 1
            while key in taken:
                key, number = f"{base}-{number + 1}", number + 1
            taken.add(key)
            keys[name] = key
        return keys[name]

    with file.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 1):
            tie = {
                "kind": "INVESTMENT",
                "source": key_of(row["investor_name"].strip() or "unnamed", "INVESTOR"),
                "target": key_of(row["company_name"].strip() or "unnamed", "STARTUP"),
                "key": f"crunchbase-{number}",
                "on": row["funded_when"],
                "amount": row["amount_usd"],
                "currency": "USD" if row["amount_usd"] else "",
            }
            ties.append(tie)
    members = [
        {
            "key": key,
            "kind": "ORGANISATION",
            "name": name,
            "roles": ";".join(roles[name]),
        }
        for name, key in keys.items()
    ]
    return members, ties


def write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def loaded(world: World, folder: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of `valuenet load` at the run's server."""
    started = time.perf_counter()
    run = subprocess.Popen(
        [VALUENET, "load", str(folder)],
        env=environment(world.address),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0.0
    while run.poll() is None:
        peak = max(peak, high_water(run.pid))
        time.sleep(0.02)
    took = time.perf_counter() - started
    if run.returncode:
        raise RuntimeError(f"valuenet load failed with {run.returncode}")
    return took, peak or children()


def high_water(pid: int) -> float:
    """The peak of resident megabytes, from Linux; getrusage counts forks too."""
    try:
        text = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", text)
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def children() -> float:
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def merged(world: World, members: list[dict[str, str]], ties: list[Any]) -> None:
    address = world.address
    auth = (address.username, address.password)
    ties = [{**tie, "on": tie["on"] or None} for tie in ties]
    with neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver:
        for text in PEER_SETUP:
            driver.execute_query(text, database_=address.database)
        for text, rows in ((PEER_MEMBERS, members), (PEER_TIES, ties)):
            for start in range(0, len(rows), BATCH):
                driver.execute_query(
                    text, rows=rows[start : start + BATCH], database_=address.database
                )
