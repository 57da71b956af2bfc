"""The search for introduction paths on random graphs, beside networkx."""

from __future__ import annotations

import math
import random
from itertools import islice

import networkx as nx
import numpy as np
import pytest

from service.algorithms.best_paths import best_paths
from service.algorithms.csr import Csr
from service.algorithms.disjoint_paths import combined_success, independent_routes
from service.algorithms.routes import MOST_HOPS, RouteQuestion, Routes


def drawn(seed: int) -> tuple[nx.DiGraph, RouteQuestion]:
    """Members 0 to n, the start-up first, its backers some of the others."""
    chance = random.Random(seed)
    size = chance.randint(3, 8)
    values = chance.choice([[0.5], [0.5, 0.9, 0.3], [1.0, 0.25], None])
    graph = nx.DiGraph()
    graph.add_nodes_from(range(size))
    share = chance.choice([0.2, 0.4, 0.7])
    for one in range(size):
        for two in range(1, size):
            if one != two and chance.random() < share:
                success = chance.choice(values) if values else chance.uniform(0.01, 1)
                graph.add_edge(one, two, success=success, cost=-math.log(success))
    others = list(range(1, size))
    backers = np.array(sorted(graph[0]), dtype=np.int32)
    success = np.array([graph[0][b]["success"] for b in backers], dtype=float)
    rows = [(a, b, graph[a][b]["success"]) for a, b in graph.edges if a != 0]
    table = np.array(rows, dtype=float).reshape(-1, 3)
    ends = table[:, :2].astype(np.int64)
    steps = Csr.of(ends[:, 0], ends[:, 1], table[:, 2], size)
    partners = np.array([chance.choice(others)], dtype=np.int32)
    return graph, RouteQuestion(Routes(steps), 0, backers, success, partners, MOST_HOPS)


@pytest.mark.parametrize("seed", range(200))
def test_the_k_best_paths_cost_what_networkx_finds(seed):
    graph, question = drawn(seed)
    partner = int(question.partners[0])
    expected = []
    if nx.has_path(graph, 0, partner):
        paths = nx.shortest_simple_paths(graph, 0, partner, weight="cost")
        expected = [nx.path_weight(graph, path, "cost") for path in islice(paths, 6)]
    found = best_paths(question, 6)
    costs = [-math.log(question.chance(path)) for path in found]
    assert costs == pytest.approx(expected, abs=1e-9)
    assert len({*found}) == len(found)
    for path in found:
        assert nx.is_simple_path(graph, [0, *path])


@pytest.mark.parametrize("seed", range(200))
def test_independent_routes_are_the_paths_that_share_nobody(seed):
    graph, question = drawn(seed)
    partner = int(question.partners[0])
    direct = graph.has_edge(0, partner)
    if direct:
        graph.remove_edge(0, partner)
    apart = (
        list(nx.node_disjoint_paths(graph, 0, partner))
        if joined(graph, partner)
        else []
    )
    assert independent_routes(question) == len(apart) + direct


def joined(graph: nx.DiGraph, partner: int) -> bool:
    return bool(nx.has_path(graph, 0, partner))


@pytest.mark.parametrize("seed", range(50))
def test_combined_success_lies_between_the_best_path_and_certainty(seed):
    _, question = drawn(seed)
    best, combined = best_paths(question, 1), combined_success(question)
    if not best:
        assert combined is None
    else:
        assert question.chance(best[0]) - 1e-12 <= combined <= 1
