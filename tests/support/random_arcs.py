"""Random small networks as arrays, for algorithms that know nothing of worlds."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from service.algorithms.csr import Csr


@st.composite
def random_arcs(draw, weighted=False, most=12):
    """Up to so many members, isolates and parts among them, directed."""
    size = draw(st.integers(0, most))
    if size < 2:
        return arcs_of({}, size)
    pairs = [(a, b) for a in range(size) for b in range(size) if a != b]
    dense = draw(st.sampled_from([0.08, 0.15, 0.3, 0.6]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    kept = [pair for pair in pairs if rng.random() < dense]
    if draw(st.booleans()):
        kept = sorted({*kept, *((b, a) for a, b in kept if rng.random() < 0.7)})
    weights = rng.choice([0.25, 0.5, 1, 3, 10], len(kept))
    if not weighted:
        weights[:] = 1
    return arcs_of(dict(zip(kept, weights.tolist(), strict=True)), size)


def arcs_of(weights: dict[tuple[int, int], float], size: int) -> Csr:
    source, target = np.array([*weights], dtype=np.int32).reshape(-1, 2).T
    return Csr.of(source, target, np.array([*weights.values()], dtype=float), size)


def weights_of(arcs: Csr) -> dict[tuple[int, int], float]:
    ends = zip(arcs.source.tolist(), arcs.target.tolist(), strict=True)
    return dict(zip(ends, arcs.weight.tolist(), strict=True))


def directed(arcs: Csr) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(arcs.size))
    rows = [(a, b, weight) for (a, b), weight in weights_of(arcs).items()]
    graph.add_weighted_edges_from(rows)
    return graph


def undirected(arcs: Csr) -> nx.Graph:
    return nx.Graph(directed(arcs))
