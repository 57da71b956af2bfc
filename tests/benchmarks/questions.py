"""The headline questions, warm, over HTTP, beside other ways to answer them."""

from __future__ import annotations

import csv
import math
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import neo4j
import networkx as nx
import numpy as np
from neo4j.exceptions import Neo4jError
from numpy.typing import NDArray

from seeds import SEEDS, question
from service.algorithms.best_paths import best_paths
from service.algorithms.brokerage import roles
from service.algorithms.csr import Csr
from service.algorithms.routes import RouteQuestion
from service.analyses.introductions.network import introduction_network
from service.analyses.introductions.startups import (
    backing,
    read_backers,
    read_partners,
)
from service.analyses.introductions.startups import question as introduced
from service.networks.members import Groups
from service.networks.network import Network, Networks
from service.networks.selection import Selection
from service.networks.snapshots import Snapshots
from service.vocabulary.enums import GroupKey, MemberRole, TieKind
from tests.benchmarks.measure import Figure, Told, doing, milliseconds, seconds
from tests.benchmarks.networks import triples
from tests.benchmarks.world import Api, World, hits_of

DAY = date(2026, 11, 1)
YC = Selection(ties=(TieKind.CO_INVESTMENT,), community="yc", day=DAY)
NEEDS = ("prototype-making", "mass-manufacturing", "distribution")
NAIVE_SECONDS = 30
WARM_UP = 50  # Java compiles a new plan over so many rounds

OF_MEMBER = """
query ($member: String!) {
  brokerage(
    network: { ties: [CO_INVESTMENT], community: "yc", asOf: "2026-11-01" }
    groupBy: SECTOR
    member: $member
  ) {
    brokers {
      member { key name }
      group
      scores {
        observed { coordinator consultant representative gatekeeper liaison total }
        %s
      }
    }
  }
}
"""
AGAINST_CHANCE = "expected { total } z { coordinator liaison total }"
OBSERVED, WITH_Z = OF_MEMBER % "", OF_MEMBER % AGAINST_CHANCE

# As most people write it: every pair of neighbours is tested by itself.
NAIVE = """
MATCH (ego:Member {key: $member})-[:INVESTED_IN]->()<-[:INVESTED_IN]-(near:Member)
WHERE near <> ego
WITH ego, collect(DISTINCT near) AS neighbours
UNWIND neighbours AS a
UNWIND neighbours AS c
WITH ego, a, c
WHERE a <> c AND NOT EXISTS { MATCH (a)-[:INVESTED_IN]->()<-[:INVESTED_IN]-(c) }
RETURN a.sector AS source, ego.sector AS broker, c.sector AS target, count(*) AS pairs
"""


def questions(world: World) -> list[Told]:
    with doing("loading demo, yc and cordis"):
        sizes = world.seed(*SEEDS)
    with world.api() as api:
        hub = biggest_hub(api)
        figures = [
            one_broker(world, api, hub, "observed", OBSERVED),
            one_broker(world, api, hub, "observed, expected and z", WITH_Z),
            all_brokers(world, api),
            weak_node(world, api),
            partner_paths(world, api, "demo + yc + cordis loaded"),
        ]
        figures[0].peers.append(naive(world, hub))
    joined(world)
    with world.api() as api:
        name = "demo and yc joined by one investment"
        figures.append(partner_paths(world, api, name))
    sizes_told = {key: sum(counts.values()) for key, counts in sizes.items()}
    return [{"name": "records loaded", "sizes": sizes_told}] + [
        figure.told() for figure in figures
    ]


def asked(
    world: World, api: Api, name: str, document: str, bound: float, **variables: Any
) -> Figure:
    """One document over HTTP; then in process, statement by statement."""
    with doing(name):
        samples = milliseconds(lambda: api.ask(document, **variables), warm_up=WARM_UP)
        counted = world.counted(document, **variables)
    return Figure(
        name=f"{name}, warm, over HTTP",
        unit="ms",
        bound=bound,
        samples=samples,
        db_hits=sum(one["db_hits"] for one in counted),
        more={"statements": counted},
    )


def biggest_hub(api: Api) -> str:
    brokers = api.ask(question("brokers_of_yc"))["brokerage"]["brokers"]
    key: str = brokers[0]["member"]["key"]
    return key


def one_broker(world: World, api: Api, hub: str, what: str, document: str) -> Figure:
    name = f"brokerage of one member ({hub}), yc co-investment, {what}"
    figure = asked(world, api, name, document, 100, member=hub)
    figure.db_hits_bound = 200_000
    return figure


def naive(world: World, hub: str) -> Figure:
    """Pair by pair; stopped where it takes too long."""
    address = world.address
    auth = (address.username, address.password)
    more: Told = {}
    with (
        doing("the same, pair by pair"),
        neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver,
    ):

        def ask(prefix: str = "") -> neo4j.EagerResult:
            query = neo4j.Query(f"{prefix} {NAIVE}", timeout=NAIVE_SECONDS)
            return driver.execute_query(query, member=hub, database_=address.database)

        started = time.perf_counter()
        try:
            more["open_pairs"] = sum(row["pairs"] for row in ask().records)
            took = time.perf_counter() - started
            profile = ask("PROFILE").summary.profile or {}
            more["db_hits"] = hits_of(profile)
        except Neo4jError as error:
            took = time.perf_counter() - started
            more["ended"] = f"{error.code} (the limit is {NAIVE_SECONDS} s)"
    name = "Cypher that tests each pair of neighbours, one cold round"
    return Figure(name=name, unit="ms", samples=[took * 1_000], more=more)


def all_brokers(world: World, api: Api) -> Figure:
    name = "brokerage of the whole yc co-investment network, five brokers with z"
    figure = asked(world, api, name, question("brokers_of_yc"), 300)
    fresh = milliseconds(lambda: world.runner.run(both(world)))
    network, groups = world.runner.run(both(world))
    arcs, ids = network.arcs, groups.ids
    figure.more["sizes"] = {"members": len(network.keys), "arcs": arcs.arc_count}
    ours = roles(arcs, ids)
    dense_counts, slow_counts = dense(arcs, ids), triples(network, ids.tolist())
    alike = bool((ours == dense_counts).all() and (ours == slow_counts).all())
    figure.more["peers_agree"] = alike
    figure.peers = [
        in_process("ours: the network projected anew, nothing counted", fresh),
        in_process("ours: the counts alone", milliseconds(lambda: roles(arcs, ids))),
        in_process(
            "numpy, dense matrices: the counts alone",
            milliseconds(lambda: dense(arcs, ids), rounds=15, warm_up=1),
        ),
        in_process(
            "plain Python, every triple: the counts alone",
            [seconds(lambda: triples(network, ids.tolist())) * 1_000 for _ in range(3)],
        ),
    ]
    return figure


def in_process(name: str, samples: list[float], **more: Any) -> Figure:
    return Figure(name=f"{name} (in process)", unit="ms", samples=samples, more=more)


async def both(world: World) -> tuple[Network, Groups]:
    doors = Networks(Snapshots(world.graph, world.settings), 10_000_000)
    network = await doors.network(YC)
    return network, await doors.groups(network, GroupKey.SECTOR)


def dense(arcs: Csr, groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every open pair of every broker, as products of whole matrices."""
    size = len(groups)
    tied = np.zeros((size, size), dtype=np.float32)
    tied[arcs.source, arcs.target] = 1
    untied = 1 - tied
    np.fill_diagonal(untied, 0)
    alike = (groups[:, None] == groups[None, :]).astype(np.float32)
    same, other = tied * alike, tied * (1 - alike)

    def count(
        into: NDArray[Any], ends: NDArray[Any], out: NDArray[Any]
    ) -> NDArray[Any]:
        # sum over i, k of into[i, j] ends[i, k] out[j, k]
        sums: NDArray[Any] = ((into.T @ ends) * out).sum(axis=1, dtype=np.float64)
        return sums

    return np.column_stack(
        (
            count(same, untied, same),
            count(other, untied * alike, other),
            count(same, untied, other),
            count(other, untied, same),
            count(other, untied * (1 - alike), other),
        )
    ).astype(np.int64)


def weak_node(world: World, api: Api) -> Figure:
    name = "weakNodeImpact (asvik-pump-rnd, 40 %, 30 days)"
    figure = asked(world, api, name, question("weak_team"), 50)
    figure.peers = [
        in_process(
            "plain driver, one query a dependent as an object mapper does;"
            " dependents fetched, nothing computed",
            walked(world, "asvik-pump-rnd"),
        )
    ]
    return figure


def walked(world: World, seed: str) -> list[float]:
    address = world.address
    auth = (address.username, address.password)
    text = (
        "MATCH (m:Member {key: $key})<-[d:DEPENDS_ON]-(x:Member) RETURN x, d"
        " ORDER BY x.key"
    )
    with neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver:

        def walk() -> None:
            seen, waiting = {seed}, [seed]
            while waiting:
                found = driver.execute_query(
                    text, key=waiting.pop(), database_=address.database
                )
                keys = {record["x"]["key"] for record in found.records} - seen
                seen.update(keys)
                waiting += keys

        return milliseconds(walk)


def partner_paths(world: World, api: Api, what: str) -> Figure:
    name = f"partnerPaths, 3 needs, {what}"
    figure = asked(world, api, name, question("partner_paths"), 150)
    fresh = milliseconds(lambda: world.runner.run(stages(world)), rounds=15)
    asked_of = world.runner.run(stages(world))
    steps = asked_of[0].routes.steps
    figure.more["sizes"] = {"members": steps.size, "steps": steps.arc_count}
    ours = [success_of(stage) for stage in asked_of]
    theirs = [shortest_simple(stage) for stage in asked_of]
    figure.more["peers_agree"] = bool(np.allclose(ours, theirs))

    def all_of(search: Any) -> list[float]:
        return milliseconds(lambda: [search(stage) for stage in asked_of])

    figure.peers = [
        in_process("ours: the introduction network read anew, nothing searched", fresh),
        in_process("ours: the best path to each need alone", all_of(success_of)),
        in_process(
            "networkx.shortest_simple_paths: the best path of at most 4 hops to each"
            " need alone",
            all_of(shortest_simple),
        ),
    ]
    return figure


async def stages(world: World) -> list[RouteQuestion]:
    """The three needs of the start-up, ready to be searched."""
    doors = Networks(Snapshots(world.graph, world.settings), 10_000_000)
    network = await introduction_network(doors, world.settings, DAY)
    roles = [MemberRole.INVESTOR]
    found, crews = await read_backers(world.graph, ["fuktlys"], roles, DAY)
    own = backing(network, found["fuktlys"], crews)
    able = await read_partners(world.graph, network, list(NEEDS), DAY)
    return [introduced(network, "fuktlys", own, able[need], 4) for need in NEEDS]


def success_of(stage: RouteQuestion) -> float:
    """The success of the best path."""
    paths = best_paths(stage, k=1)
    return stage.chance(paths[0]) if paths else 0.0


def shortest_simple(stage: RouteQuestion) -> float:
    graph, steps = nx.DiGraph(), stage.routes.steps
    for backer, chance in zip(stage.backers.tolist(), stage.success, strict=True):
        graph.add_edge("start", backer, weight=-math.log(chance))
    arcs = zip(steps.source, steps.target, steps.weight, strict=True)
    for i, j, chance in arcs:
        if not stage.goal[i] and chance > 0 and stage.startup not in (i, j):
            graph.add_edge(int(i), int(j), weight=-math.log(chance))
    for partner in stage.partners.tolist():
        graph.add_edge(partner, "end", weight=0.0)
    if "end" not in graph or not nx.has_path(graph, "start", "end"):
        return 0.0
    for path in nx.shortest_simple_paths(graph, "start", "end", weight="weight"):
        if len(path) <= 6:  # the start-up, four hops, the end
            return math.exp(-nx.path_weight(graph, path, "weight"))
    return 0.0


def joined(world: World) -> None:
    """The biggest investor of yc backs the start-up too: the reach is then both."""
    tie = {
        "kind": "INVESTMENT",
        "source": biggest_of_yc(world),
        "target": "fuktlys",
        "key": "bench-joins-demo-and-yc",
    }
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "ties.csv").open("w", encoding="utf-8", newline="") as to:
            writer = csv.DictWriter(to, tie)
            writer.writeheader()
            writer.writerow(tie)
        world.load(Path(folder))


def biggest_of_yc(world: World) -> str:
    network, groups = world.runner.run(both(world))
    counts = roles(network.arcs, groups.ids)
    return network.keys[int(counts.sum(axis=1).argmax())]
