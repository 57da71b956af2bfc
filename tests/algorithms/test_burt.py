"""Burt's measures against networkx, igraph and their own definitions."""

from __future__ import annotations

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from service.algorithms.burt import structural_holes
from tests.oracles.structural_holes import burt
from tests.support.random_arcs import directed, random_arcs, weights_of


def columns(arcs):
    found = structural_holes(arcs.mutual)
    names = ["constraint", "effective_size", "efficiency", "hierarchy"]
    return [getattr(found, name) for name in names]


@given(random_arcs(weighted=True))
def test_random_networks_match_the_definitions(arcs):
    expected = burt(list(range(arcs.size)), weights_of(arcs))
    table = np.column_stack(columns(arcs))
    rows = [
        [np.nan if v is None else v for v in row.values()] for row in expected.values()
    ]
    np.testing.assert_allclose(table, np.reshape(rows, (arcs.size, 4)), atol=1e-12)


@given(random_arcs(weighted=True))
def test_networkx_agrees_where_it_has_an_answer(arcs):
    graph = directed(arcs)
    constraint, size, *_ = columns(arcs)
    # Without a list of nodes it divides by the wrong maximum (networkx PR 8906).
    nodes = list(graph)
    theirs = nx.constraint(graph, nodes, weight="weight")
    for i, value in theirs.items():
        assert np.isnan(value) or constraint[i] == pytest.approx(value)
    theirs = nx.effective_size(graph, nodes, weight="weight")
    for i, value in theirs.items():
        assert np.isnan(value) or size[i] == pytest.approx(value, abs=1e-9)


@given(random_arcs(weighted=True))
def test_igraph_agrees_on_constraint(arcs):
    if not arcs.arc_count:
        return
    ends = np.column_stack((arcs.source, arcs.target))
    graph = igraph.Graph(arcs.size, ends, directed=True)
    theirs = graph.constraint(weights=arcs.weight.tolist())
    np.testing.assert_allclose(columns(arcs)[0], theirs)
