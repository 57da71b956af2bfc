"""Betweenness against networkx; the sampled one within the error that it promises."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.algorithms import betweenness_sample as sampling
from service.algorithms.betweenness import betweenness
from service.algorithms.threads import new_flag
from tests.support.random_arcs import arcs_of, random_arcs, undirected


@given(random_arcs(most=16))
def test_exact_scores_match_networkx(arcs):
    expected = nx.betweenness_centrality(undirected(arcs), normalized=False)
    found = dict(enumerate(betweenness(arcs.mutual).tolist()))
    assert found == pytest.approx(expected, abs=1e-9)


@given(st.sampled_from([(40, 0.06), (60, 0.1), (80, 0.025)]), st.integers(0, 1_000))
@settings(max_examples=20)
def test_sampled_scores_are_within_their_error(shape, seed):
    size, dense = shape
    graph = nx.gnp_random_graph(size, dense, seed)
    arcs = arcs_of(dict.fromkeys(graph.edges, 1.0), size)
    found = sampling.betweenness_sample(arcs.mutual, error=0.02, risk=0.001)
    expected = nx.betweenness_centrality(graph)
    errors = [abs(found.betweenness[i] - score) for i, score in expected.items()]
    assert max(errors) <= 0.02


@given(st.integers(0, 1_000))
@settings(max_examples=20)
def test_the_diameter_is_bounded_in_every_part(seed):
    graph = nx.gnp_random_graph(40, 0.05, seed)
    arcs = arcs_of(dict.fromkeys(graph.edges, 1.0), 40).mutual
    parts = [graph.subgraph(part) for part in nx.connected_components(graph)]
    longest = max(nx.diameter(part) for part in parts) + 1
    bound = sampling.vertex_diameter(arcs)
    assert longest <= bound <= 2 * longest


def test_a_sample_is_the_same_each_time_and_however_it_is_shared_out():
    graph = nx.barabasi_albert_graph(500, 2, seed=1)
    arcs = arcs_of(dict.fromkeys(graph.edges, 1.0), 500).mutual
    columns = (new_flag(), arcs.start, arcs.target)
    once = sampling.over(0, 3_000, *columns)
    apart = [
        sampling.over(first, first + 1_000, *columns) for first in (0, 1_000, 2_000)
    ]
    assert np.array_equal(once, sum(apart))
    assert once.sum() > 0


def test_paths_without_inner_members_need_no_sample():
    pair = arcs_of({(0, 1): 1.0, (2, 3): 1.0}, 5).mutual
    found = sampling.betweenness_sample(pair, 0.01, 0.05)
    assert (found.paths, found.betweenness.tolist()) == (0, [0.0] * 5)
