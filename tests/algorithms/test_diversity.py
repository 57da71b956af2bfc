"""E-I index and Blau's diversity against counting ties and neighbours."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from service.algorithms.diversity import diversity
from tests.oracles.structural_holes import blau, ei_index, neighbours
from tests.support.random_arcs import random_arcs, weights_of


@given(random_arcs(weighted=True), st.randoms(use_true_random=False))
def test_random_networks_match_counting(arcs, random):
    members = list(range(arcs.size))
    group = {m: random.choice([3, 3, 5, 900]) for m in members}
    found = diversity(arcs.mutual, np.array([*group.values()], dtype=np.int64))
    near = neighbours(members, weights_of(arcs))
    for m in members:
        known(found.ei_index[m], ei_index([(m, other) for other in near[m]], group))
        known(found.blau[m], blau([group[other] for other in near[m]]))
    ties = [(a, b) for a in members for b in near[a] if a < b]
    known(found.network_ei_index, ei_index(ties, group))
    known(found.network_blau, blau(list(group.values())))


def known(value, expected):
    np.testing.assert_allclose(
        value, np.nan if expected is None else expected, atol=1e-12
    )
