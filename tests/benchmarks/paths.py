"""Betweenness and introduction paths over the arrays of 100,000 members.

The ecosystem is drawn as `ecosystem.py` says; a tie's weight is the success of a step.
"""

from __future__ import annotations

import math
import time
from functools import partial

import igraph
import numpy as np

from service.algorithms.best_paths import best_paths
from service.algorithms.betweenness import brandes
from service.algorithms.betweenness_sample import betweenness_sample
from service.algorithms.csr import Csr, Floats, Int32s
from service.algorithms.routes import RouteQuestion, Routes
from service.algorithms.threads import shared
from service.analyses.structural_holes import ERROR, RISK
from tests.benchmarks.ecosystem import ecosystem
from tests.benchmarks.measure import Figure, Told, doing, seconds
from tests.benchmarks.networks import MEMBERS, TIES, csr_of
from tests.benchmarks.world import World

ROUNDS = 3
SOURCES = 20_000  # of the reference that betweenness is compared with
TOP, WANTED = 20, 17
PAIRS, HOPS = 200, 6
PEER_PAIRS = 10  # igraph takes some 0.1 s each


def paths(world: World) -> list[Told]:
    del world  # nothing of it is in a database
    steps = csr_of(ecosystem(MEMBERS, TIES))
    figures = [sampled(steps.mutual), *introduced(steps)]
    for figure in figures:
        figure.more["sizes"] = {"members": MEMBERS, "ties": TIES}
    return [figure.told() for figure in figures]


def sampled(ties: Csr) -> Figure:
    with doing("betweenness, sampled"):
        samples = [
            seconds(lambda: betweenness_sample(ties, ERROR, RISK))
            for _ in range(ROUNDS)
        ]
    found = betweenness_sample(ties, ERROR, RISK)
    with doing(f"betweenness from {SOURCES:,} sources"):
        started = time.perf_counter()
        reference = from_sources(ties)
        took = time.perf_counter() - started
    right = len(set(top(found.betweenness)) & set(top(reference)))
    return Figure(
        name="betweenness, all nodes",
        unit="s",
        bound=25,
        samples=samples,
        more={
            "of_the_top_20": right,
            "bound_of_that": WANTED,
            "error": ERROR,
            "paths": found.paths,
        },
        peers=[Figure(name=f"from {SOURCES:,} sources", unit="s", samples=[took])],
    )


def top(scores: Floats) -> list[int]:
    order: list[int] = np.argsort(-scores, kind="stable")[:TOP].tolist()
    return order


def from_sources(ties: Csr) -> Floats:
    """The credit of some members' shortest paths; they have their numbers by lot."""
    columns = (ties.start, ties.target)
    pieces = shared(brandes, SOURCES, *columns)
    return sum(pieces[1:], start=pieces[0])


def introduced(steps: Csr) -> list[Figure]:
    """From a start-up with one sure backer to one partner, within so many hops."""
    rng = np.random.default_rng(11)
    routes = Routes(steps)
    asked = [question(routes, *pair) for pair in rng.integers(MEMBERS, size=(PAIRS, 2))]
    best_paths(asked[0], 1)  # compiled, and its arrays made
    with doing("best introduction paths"):
        one, five = (times(asked, k) for k in (1, 5))
    with doing("the same by igraph"):
        theirs, agree = by_igraph(steps, asked[:PEER_PAIRS])
    peer = Figure(name="igraph, of any length", unit="ms", samples=theirs)
    return [
        Figure(
            name=f"best introduction path within {HOPS} hops",
            unit="ms",
            bound=3,
            samples=one,
            more={"peers_agree": agree},
            peers=[peer],
        ),
        Figure(
            name=f"5 best introduction paths within {HOPS} hops",
            unit="ms",
            bound=25,
            samples=five,
        ),
    ]


def times(asked: list[RouteQuestion], k: int) -> list[float]:
    return [seconds(partial(best_paths, one, k)) * 1_000 for one in asked]


def by_igraph(steps: Csr, asked: list[RouteQuestion]) -> tuple[list[float], bool]:
    """How long each takes; and whether ours is as good where its path is short."""
    graph = igraph.Graph(
        n=steps.size, edges=np.column_stack((steps.source, steps.target)), directed=True
    )
    nats = -np.log(steps.weight)
    took, agree = [], True
    for one in asked:
        ends = int(one.backers[0]), int(one.partners[0])
        started = time.perf_counter()
        edges = graph.get_shortest_path(*ends, weights=nats, output="epath")
        took.append((time.perf_counter() - started) * 1_000)
        if 0 < len(edges) <= HOPS:
            ours = best_paths(one, 1)
            success = math.exp(-nats[edges].sum())
            agree &= bool(ours) and math.isclose(one.chance(ours[0]), success)
    return took, agree


def question(routes: Routes, backer: int, partner: int) -> RouteQuestion:
    nobody = routes.size - 1  # whoever is nobody's backer or partner here
    ends: list[Int32s] = [np.array([end], np.int32) for end in (backer, partner)]
    return RouteQuestion(routes, nobody, ends[0], np.ones(1), ends[1], HOPS + 1)
