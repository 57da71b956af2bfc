"""All seeds of 10,000 members and 20,000 dependencies; then over HTTP.

The dependencies are drawn like this (seed 7). Layered: members are in 20 layers of
equal size, a dependent and its provider in the layer before at random, so nothing is a
cycle. Cyclic: both ends at random, so about six in ten stand in one large cycle. In
both: strength uniform on .1 to 1, criticality on 0 to 100, buffer on 0 to 10 days, a
fifth of the entries in the dependent's one substitute group; a fifth of the members are
customers; every seed is out for 30 days.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.algorithms.cascade import cascade
from service.algorithms.cascade_arrays import DEPENDENCY, SMALL, Customers, Totals
from service.algorithms.dependencies import NO_GROUP, Dependencies, dependencies
from service.algorithms.weak_nodes import weak_nodes
from tests.benchmarks.measure import Figure, Told, doing, milliseconds, say, seconds
from tests.benchmarks.networks import driver
from tests.benchmarks.world import World

MEMBERS, ENTRIES, LAYERS, DAYS = 10_000, 20_000, 20, 30.0
CYCLIC_TOLERANCE = 1e-6
ROUNDS = 3
SAMPLE = 40  # seeds that the peer is timed on
BATCH = 10_000
SIZES = {"members": MEMBERS, "dependencies": ENTRIES}
WRITE_MEMBERS = """
UNWIND $rows AS row
CREATE (m:Member:Organisation {key: row[0], number: row[1], name: row[0]})
SET m.recoveryDays = row[2]
FOREACH (_ IN CASE WHEN row[3] THEN [1] ELSE [] END | SET m:Customer)
"""
WRITE_TIES = """
UNWIND $rows AS row
MATCH (m:Member {number: row[0]})
MATCH (p:Member {number: row[1]})
CREATE (m)-[:DEPENDS_ON {key: row[2], strength: row[3], criticality: row[4],
  bufferDays: row[5], substituteGroup: row[6]}]->(p)
"""
RANKING = """query ($operability: Float!) {
  weakNodes(operability: $operability) { members { member { key } totalLoss } } }"""
IMPACT = """query ($member: String!) { weakNodeImpact(member: $member, first: 1000) {
  impacts { loss decidingPath { key } } customersWaiting { waitDays } } }"""


class Drawn(NamedTuple):
    """The columns of the entries, and who is a customer."""

    dependent: NDArray[np.int64]
    provider: NDArray[np.int64]
    strength: NDArray[np.float64]
    rest: NDArray[np.float64]
    buffer: NDArray[np.float64]
    group: NDArray[np.int64]
    customer: NDArray[np.bool_]

    @property
    def dependencies(self) -> Dependencies:
        return dependencies(*self[:6], size=MEMBERS)


def drawn(layered: bool) -> Drawn:
    rng = np.random.default_rng(7)
    dependent = rng.integers(0, MEMBERS, ENTRIES)
    provider = rng.integers(0, MEMBERS, ENTRIES)
    if layered:
        layer = MEMBERS // LAYERS
        dependent = rng.integers(layer, MEMBERS, ENTRIES)
        provider = (dependent // layer - 1) * layer + provider % layer
    return Drawn(
        dependent,
        provider,
        rng.uniform(0.1, 1, ENTRIES),
        rng.uniform(0, 1, ENTRIES),
        rng.uniform(0, 10, ENTRIES),
        np.where(rng.random(ENTRIES) < 0.2, 0, NO_GROUP),
        rng.random(MEMBERS) < 0.2,
    )


def cascades(world: World) -> list[Told]:
    figures = [
        all_seeds("layered (acyclic)", drawn(layered=True), SMALL, 1),
        all_seeds("with cycles", drawn(layered=False), CYCLIC_TOLERANCE, 20),
        paths(drawn(layered=False).dependencies),
        *over_http(world, drawn(layered=True)),
    ]
    return [figure.told() for figure in figures]


def all_seeds(name: str, columns: Drawn, tolerance: float, bound: float) -> Figure:
    d = columns.dependencies
    nobody = np.zeros(0, dtype=np.int32)
    customers = Customers.of(columns.customer, nobody, nobody)
    seeds, days = np.arange(MEMBERS, dtype=np.int32), np.full(MEMBERS, DAYS)

    def progress(done: int, of: int) -> None:
        if done % 2_560 == 0:
            say(f"  {done:,} of {of:,} seeds")

    def run(count: int = MEMBERS) -> Totals:
        chosen = seeds[:count], days[:count]
        return weak_nodes(
            d, customers, *chosen, 1.0, DEPENDENCY, tolerance, progress=progress
        )

    run(10)  # compiled, or read from the cache of compiled code
    with doing(f"weakNodes, all seeds, {name}"):
        samples = [seconds(run) for _ in range(ROUNDS)]
        found = run()
        slow = [plain(d, seed, tolerance) for seed in range(SAMPLE)]
        peer = seconds(lambda: [plain(d, s, tolerance) for s in range(SAMPLE)])
    agree = np.allclose(found.loss[:SAMPLE], slow, rtol=0, atol=1_000 * tolerance)
    more = {
        "sizes": SIZES,
        "tolerance": tolerance,
        "mean_affected": float(found.affected.mean()),
        "mean_waiting": float(found.waiting.mean()),
        "converged": bool(found.converged.all()),
        "peers_agree": bool(agree),
    }
    name = f"weakNodes, all seeds, DEPENDENCY, {name}"
    figure = Figure(name=name, unit="s", bound=bound, samples=samples, more=more)
    name = f"numpy, everybody in every round, {SAMPLE} seeds scaled to all"
    figure.peers = [Figure(name=name, unit="s", samples=[peer * MEMBERS / SAMPLE])]
    return figure


def plain(d: Dependencies, seed: int, tolerance: float) -> float:
    """The loss of all others, by whole columns."""
    owners, now = np.flatnonzero(d.dependents), np.zeros(MEMBERS)
    firsts, classes = d.member_start[owners], d.class_start[:-1]
    counts, now[seed], change = np.diff(d.member_start)[owners], 1.0, 1.0
    while change >= tolerance:
        loss = now[d.provider]
        parts = np.minimum.reduceat(d.strength * loss, classes)
        drops = np.minimum.reduceat(loss - d.rest, classes)
        later = np.zeros(MEMBERS)
        later[owners] = np.maximum(
            np.add.reduceat(parts, firsts) / counts,
            np.maximum.reduceat(drops, firsts).clip(0),
        )
        later[seed] = 1.0
        change, now = float(np.abs(later - now).max()), later
    return float(now[now > SMALL].sum()) - 1


def paths(d: Dependencies) -> Figure:
    """Of the 1,000 that the worst of some seeds hits most."""
    runs = [cascade(d, seed, 1.0, DEPENDENCY) for seed in range(SAMPLE)]
    worst = max(runs, key=lambda run: len(run.hit))
    hit = worst.hit
    members = hit[np.argsort(-worst.loss[hit], kind="stable")][:1_000].tolist()
    with doing("1,000 deciding paths"):
        found = [worst.deciding_path(member) for member in members]
        samples = milliseconds(lambda: [worst.deciding_path(m) for m in members])
    steps = sum(map(len, found)) / len(found)
    return Figure(
        name="deciding paths of 1,000 impacts, with cycles (in process)",
        unit="ms",
        samples=samples,
        more={"sizes": SIZES, "mean_members_a_path": steps},
    )


def over_http(world: World, columns: Drawn) -> list[Figure]:
    with doing("writing the layered members and dependencies"):
        write(world, columns)
    worst = f"m{int(columns.provider.min()):05}"
    with world.api() as api:
        weakness = iter(np.linspace(0.1, 0.2, 30).tolist())

        def rank() -> Any:
            # Another weakness each time: the same one would be known already.
            return api.ask(RANKING, operability=next(weakness))

        with doing("weakNodes and weakNodeImpact over HTTP"):
            first = seconds(rank)
            ranked = milliseconds(rank, rounds=5, warm_up=1)
            hit = milliseconds(lambda: api.ask(IMPACT, member=worst), rounds=5)
    world.clear()
    return [
        Figure(
            name="weakNodes over HTTP, layered, 20 members, all seeds anew",
            unit="ms",
            samples=ranked,
            more={"sizes": SIZES, "the_first_reads_everything_ms": first * 1_000},
        ),
        Figure(
            name="weakNodeImpact over HTTP, layered, 1,000 impacts with paths",
            unit="ms",
            samples=hit,
            more={"sizes": SIZES},
        ),
    ]


def write(world: World, columns: Drawn) -> None:
    customer = columns.customer.tolist()
    members = [[f"m{i:05}", i, DAYS, customer[i]] for i in range(MEMBERS)]
    entries = zip(*(column.tolist() for column in columns[:6]), strict=True)
    ties = [
        [m, p, f"d{i}", a, 100 * b, days, None if group == NO_GROUP else "either"]
        for i, (m, p, a, b, days, group) in enumerate(entries)
    ]
    with driver(world) as session:
        for text, rows in ((WRITE_MEMBERS, members), (WRITE_TIES, ties)):
            for start in range(0, len(rows), BATCH):
                session.run(text, rows=rows[start : start + BATCH]).consume()
