"""Cut points, bridges, cores and Simmelian ties against networkx and by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given

from service.algorithms.cohesion import coreness, simmelian_ties
from service.algorithms.connectivity import cuts
from tests.oracles.structural_holes import neighbours, separated, simmelian
from tests.support.random_arcs import arcs_of, random_arcs, undirected, weights_of


@given(random_arcs())
def test_cut_points_and_bridges_match_networkx(arcs):
    found, graph = cuts(arcs.mutual), undirected(arcs)
    assert set(np.flatnonzero(found.points)) == set(nx.articulation_points(graph))
    expected = sorted(tuple(sorted(bridge)) for bridge in nx.bridges(graph))
    assert [tuple(bridge) for bridge in found.bridges.tolist()] == expected


@given(random_arcs())
def test_separated_pairs_match_removing_each_member(arcs):
    found = cuts(arcs.mutual)
    near = neighbours(list(range(arcs.size)), weights_of(arcs))
    for member in range(arcs.size):
        expected = separated(near, member)
        assert found.separated[member] == len(expected)
        for most in (1, 3, 1_000):
            assert found.pairs(arcs.mutual, member, most) == expected[:most]


@given(random_arcs())
def test_cores_match_networkx(arcs):
    expected = nx.core_number(undirected(arcs))
    assert dict(enumerate(coreness(arcs.mutual).tolist())) == expected


@given(random_arcs())
def test_simmelian_ties_match_looking_at_every_triple(arcs):
    expected = simmelian(list(range(arcs.size)), set(weights_of(arcs)))
    assert [tuple(tie) for tie in simmelian_ties(arcs).tolist()] == expected


def test_a_path_of_a_hundred_thousand_needs_no_deep_stack():
    size = 100_000
    path = arcs_of({(i, i + 1): 1.0 for i in range(size - 1)}, size).mutual
    found = cuts(path)
    before = np.arange(size, dtype=np.int64)
    assert np.array_equal(found.separated, before * (size - 1 - before))
    assert len(found.bridges) == size - 1
