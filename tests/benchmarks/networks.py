"""Whole networks: 100,000 members and 500,000 ties out of Neo4j, and over the arrays.

`--large` does the same with ten times as many. The ecosystem is drawn as
`ecosystem.py` says; its members and ties are written by a plain driver.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import igraph
import neo4j
import numpy as np
import psutil
from neo4j.exceptions import Neo4jError

from service.algorithms import brokerage
from service.algorithms.burt import structural_holes
from service.algorithms.connectivity import cuts
from service.algorithms.csr import Csr
from service.networks.members import Groups
from service.networks.network import Network, Networks
from service.networks.selection import Selection
from service.networks.snapshots import Snapshots
from service.vocabulary.enums import GroupKey, TieKind
from tests.benchmarks.ecosystem import Ecosystem, ecosystem
from tests.benchmarks.measure import Figure, Told, doing, seconds
from tests.benchmarks.world import World

MEMBERS, TIES = 100_000, 500_000
EXCHANGES = Selection(ties=(TieKind.EXCHANGE,), day=date(2026, 11, 1))
ROUNDS = 5
CYPHER_SECONDS = 120
BATCH = 20_000
WRITE_MEMBERS = """
UNWIND $rows AS row
CREATE (:Member:Organisation
  {key: row[0], number: row[1], name: row[0], sector: row[2]})
"""
WRITE_TIES = """
UNWIND $rows AS row
MATCH (a:Member {number: row[0]})
MATCH (b:Member {number: row[1]})
CREATE (a)-[:PROVIDES {key: row[2], value: row[3]}]->(b)
"""
# The least that any client must wait for: ends by the server's own numbers.
BARE = """
MATCH (a:Member)-[r:PROVIDES]->(b:Member)
RETURN collect(id(a)) AS sources, collect(id(b)) AS targets, collect(1.0) AS weights
"""
ROLES = """
MATCH (a:Member)-[:PROVIDES]->(b:Member)
MATCH (b)-[:PROVIDES]->(c:Member)
WHERE a <> c AND NOT EXISTS { MATCH (a)-[:PROVIDES]->(c) }
RETURN b.key AS broker,
  CASE
    WHEN a.sector = c.sector AND a.sector = b.sector THEN "coordinator"
    WHEN a.sector = c.sector THEN "consultant"
    WHEN a.sector = b.sector THEN "representative"
    WHEN b.sector = c.sector THEN "gatekeeper"
    ELSE "liaison"
  END AS role,
  count(*) AS pairs
"""


def networks(world: World, large: bool = False) -> list[Told]:
    times = 10 if large else 1
    members, ties = MEMBERS * times, TIES * times
    sizes = {"members": members, "ties": ties}
    with doing(f"drawing and writing {members:,} members and {ties:,} ties"):
        drawn = ecosystem(members, ties)
        write(world, drawn)
    figures = [*projected(world, large), roles(world, large)]
    if large:
        figures.append(most_memory())
    figures += positions(drawn, large)
    world.clear()
    for figure in figures:
        figure.more["sizes"] = sizes
    return [figure.told() for figure in figures]


def write(world: World, drawn: Ecosystem) -> None:
    width = len(str(len(drawn.group)))

    def member(i: int) -> list[Any]:
        return [f"m{i:0{width}}", i, f"s{drawn.group[i]}"]

    def tie(i: int) -> list[Any]:
        ends = [int(drawn.source[i]), int(drawn.target[i])]
        return [*ends, f"t{i}", float(drawn.weight[i])]

    with driver(world) as session:
        for text, row, count in (
            (WRITE_MEMBERS, member, len(drawn.group)),
            (WRITE_TIES, tie, len(drawn.source)),
        ):
            for start in range(0, count, BATCH):
                rows = [row(i) for i in range(start, min(start + BATCH, count))]
                session.run(text, rows=rows).consume()


def driver(world: World) -> Any:
    address = world.address
    auth = (address.username, address.password)
    opened = neo4j.GraphDatabase.driver(
        address.uri, auth=auth, notifications_min_severity="OFF"
    )
    return opened.session(database=address.database)


def projected(world: World, large: bool) -> list[Figure]:
    """Out of the database into arrays; then once more, from memory."""

    def cold() -> Network:
        doors = Networks(Snapshots(world.graph, world.settings), 100 * TIES)
        return world.runner.run(doors.network(EXCHANGES))

    def bare() -> None:
        with driver(world) as session:
            session.run(BARE).single()

    with doing("projecting"):
        peer = [seconds(bare) for _ in range(ROUNDS)]
        gc.collect()
        before, network = psutil.Process().memory_info().rss, cold()
        grown = psutil.Process().memory_info().rss - before
        samples = [seconds(cold) for _ in range(ROUNDS)]
    arcs = network.arcs.arc_count
    ratio = np.median(samples) / np.median(peer)
    more = {"times_the_bare_query": round(float(ratio), 2), "bound_of_that": 3}
    bare_query = Figure(name="the bare collect() of both ends", unit="s", samples=peer)
    spare = (grown - network.byte_count) / arcs
    doors = Networks(Snapshots(world.graph, world.settings), 100 * TIES)
    world.runner.run(doors.network(EXCHANGES))
    return [
        Figure(
            name="projected network out of Neo4j, cold",
            unit="s",
            bound=None if large else 2.5,
            samples=samples,
            more=more,
            peers=[bare_query],
        ),
        Figure(
            name="memory of the first projection beside its arrays",
            unit="bytes a tie",
            bound=100,
            samples=[spare],
            more={"arrays_megabytes": network.byte_count / 1e6},
        ),
        Figure(
            name="the same network from memory",
            unit="ms",
            bound=1,
            samples=world.runner.run(kept(doors)),
        ),
    ]


async def kept(doors: Networks) -> list[float]:
    """Within the age in which the database is not asked for changes."""
    found = []
    for _ in range(50):
        started = time.perf_counter()
        await doors.network(EXCHANGES)
        found.append((time.perf_counter() - started) * 1_000)
        await asyncio.sleep(0)
    return found


def csr_of(drawn: Ecosystem) -> Csr:
    return Csr.of(drawn.source, drawn.target, drawn.weight, len(drawn.group))


def positions(drawn: Ecosystem, large: bool) -> list[Figure]:
    """All nodes at once, over the arrays alone."""
    arcs = csr_of(drawn)
    ties = arcs.mutual
    edges = igraph.Graph(
        n=arcs.size,
        edges=np.column_stack((arcs.source, arcs.target)),
        directed=True,
    )
    edges.es["weight"] = arcs.weight
    plain = edges.as_undirected()
    rounds = 1 if large else 3
    return [
        against(
            "constraint and effective size, all nodes",
            None if large else 1.0,
            lambda: structural_holes(ties),
            "igraph: constraint alone",
            lambda: edges.constraint(weights="weight"),
            rounds,
        ),
        against(
            "cut points and bridges",
            None if large else 0.3,
            lambda: cuts(ties),
            "igraph: articulation points and bridges",
            lambda: (plain.articulation_points(), plain.bridges()),
            rounds,
        ),
    ]


def against(
    name: str,
    bound: float | None,
    ours: Callable[[], object],
    peer: str,
    theirs: Callable[[], object],
    rounds: int,
) -> Figure:
    with doing(name):
        ours()  # compiled, or read from the cache of compiled code
        samples = [seconds(ours) for _ in range(ROUNDS)]
        others = [seconds(theirs) for _ in range(rounds)]
    return Figure(
        name=name,
        unit="s",
        bound=bound,
        samples=samples,
        peers=[Figure(name=peer, unit="s", samples=others)],
    )


def roles(world: World, large: bool) -> Figure:
    """The five roles of everybody, beside plain Python and Cypher."""
    doors = Networks(Snapshots(world.graph, world.settings), 100 * TIES)

    async def read() -> tuple[Network, Groups]:
        network = await doors.network(EXCHANGES)
        return network, await doors.groups(network, GroupKey.SECTOR)

    network, groups = world.runner.run(read())
    ours = brokerage.roles(network.arcs, groups.ids)
    with doing("Gould-Fernandez roles of all nodes"):
        samples = [
            seconds(lambda: brokerage.roles(network.arcs, groups.ids))
            for _ in range(2 * ROUNDS)
        ]
    figure = Figure(
        name="Gould-Fernandez, all nodes",
        unit="s",
        bound=None if large else 0.5,
        samples=samples,
    )
    return figure if large else beside_peers(figure, world, network, groups, ours)


def beside_peers(
    figure: Figure, world: World, network: Network, groups: Groups, ours: Any
) -> Figure:
    with doing("the same in plain Python and in Cypher"):
        started = time.perf_counter()
        slow = triples(network, groups.ids.tolist())
        python = time.perf_counter() - started
        cypher, sums = in_cypher(world)
    same = sums in (None, ours.sum(axis=0).astype(int).tolist())
    figure.more["peers_agree"] = bool((ours == slow).all()) and same
    figure.peers = [
        Figure(name="plain Python, every triple", unit="s", samples=[python]),
        Figure(name="Cypher on the same server", unit="s", samples=[cypher]),
    ]
    return figure


def most_memory() -> Figure:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6
    return Figure(
        name="most memory of our process so far",
        unit="MB",
        bound=2_000,
        samples=[megabytes],
    )


def triples(network: Network, groups: list[int]) -> Any:
    """Every two-step path, in Python."""
    arcs = network.arcs
    out = [arcs.row(i)[0].tolist() for i in range(arcs.size)]
    counts = np.zeros((arcs.size, 5))
    for source, brokers in enumerate(out):
        tied = {source, *brokers}
        for broker in brokers:
            for target in out[broker]:
                if target not in tied:
                    role = brokerage.role(
                        groups[source], groups[broker], groups[target]
                    )
                    counts[broker, role] += 1
    return counts


def in_cypher(world: World) -> tuple[float, list[int] | None]:
    """Seconds, and the sum of each role; no sums where it takes too long."""
    started = time.perf_counter()
    sums = dict.fromkeys(brokerage.ROLES, 0)
    try:
        with driver(world) as session:
            query = neo4j.Query(ROLES, timeout=CYPHER_SECONDS)
            for row in session.run(query):
                sums[row["role"]] += row["pairs"]
    except Neo4jError:
        return time.perf_counter() - started, None
    return time.perf_counter() - started, list(sums.values())
