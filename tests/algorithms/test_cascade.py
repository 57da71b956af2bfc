"""Cascades over drawn arrays, denser than a database is drawn in a moment, against
plain iteration."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.algorithms.cascade import cascade
from service.algorithms.cascade_arrays import Customers
from service.algorithms.dependencies import among, dependencies
from service.algorithms.weak_nodes import weak_nodes
from tests.oracles import cascade as oracle

MODELS = list(oracle.MODELS)
DAYS = 20.0


@st.composite
def drawn(draw):
    """(members, rows of an entry); in some nobody is in a cycle."""
    size = draw(st.integers(2, 9))
    ends = st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True)
    row = st.tuples(
        ends,
        st.sampled_from([0.0, 0.25, 0.6, 0.9, 0.999, 1.0]),
        st.sampled_from([0, 10, 30, 80, 100]),
        st.sampled_from([0.0, 2.0, 3.5, 10.0]),
        st.sampled_from([-1, -1, -1, 0, 1]),
    )
    rows = draw(st.lists(row, min_size=1, max_size=4 * size))
    if draw(st.booleans()):
        rows = [(sorted(ends), *rest) for ends, *rest in rows]
    return size, [(*ends, *rest) for ends, *rest in rows]


def arrays(size, rows):
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    columns[3] = columns[3] / 100
    return dependencies(*columns, size=size)


def world(size, rows):
    """The same for the oracle, under the keys 0 to 8."""
    ways = {str(member): {} for member in range(size)}
    for number, (member, provider, a, b, days, group) in enumerate(rows):
        tie = {"source": str(member), "target": str(provider), "strength": str(a)}
        tie |= {"criticality": str(b), "buffer_days": str(days)}
        name = f"tie {number}" if group < 0 else f"group {group}"
        ways[str(member)].setdefault(name, []).append(tie)
    return ways


@given(drawn=drawn(), lost=st.sampled_from([1.0, 0.6, 0.1, 0.0]))
@settings(max_examples=60)
def test_every_figure_of_every_seed_is_that_of_plain_iteration(drawn, lost):
    size, rows = drawn
    d, ways = arrays(size, rows), world(size, rows)
    nobody = np.zeros(0, dtype=np.int32)
    customers = Customers.of(np.zeros(size, dtype=np.bool_), nobody, nobody)
    seeds, days = np.arange(size, dtype=np.int32), np.full(size, DAYS)
    for number, model in enumerate(MODELS):
        totals = weak_nodes(d, customers, seeds, days, lost, number)
        for seed in range(size):
            found, key = cascade(d, seed, lost, number), str(seed)
            loss, converged, steps = oracle.losses(ways, key, lost, model)
            assert found.loss == pytest.approx(list(loss.values()), abs=1e-9)
            assert (found.converged, found.steps) == (converged, steps)
            told = found.loss[found.hit]
            assert totals.loss[seed] == pytest.approx(told.sum(), abs=1e-8)
            assert totals.affected[seed] == len(told)
            hurt = {m for m in ways if loss[m] > oracle.NOISE} - {key}
            waits = oracle.delays(ways, key, DAYS, hurt)
            assert found.delays(DAYS)[0] == pytest.approx(list(waits.values()))
            for member in found.hit.tolist():
                path = [str(step) for step in found.deciding_path(member)]
                asked = (ways, loss, key, hurt, str(member), model)
                assert path == oracle.deciding_path(*asked)


@given(drawn=drawn(), data=st.data())
@settings(max_examples=20)
def test_a_part_of_the_dependencies_is_as_if_there_had_been_no_others(drawn, data):
    size, rows = drawn
    kept = data.draw(st.sets(st.integers(0, size - 1), min_size=1))
    both = [row for row in rows if row[0] in kept and row[1] in kept]
    chosen = np.isin(np.arange(size), sorted(kept))
    part = among(arrays(size, rows), chosen)
    for seed in kept:
        losses = cascade(part, seed, 1.0, 0).loss
        if both:
            assert (
                losses.tolist()
                == cascade(arrays(size, both), seed, 1.0, 0).loss.tolist()
            )
        else:
            assert losses.sum() == 1


def test_a_ring_is_left_by_the_way_that_leads_to_the_seed():
    """1 and 2 feed each other: 1 hangs on the seed, 2 on 3, and 3 on 4, and 4 on it.

    L1 = (.5 + L2) / 2, L2 = (.9 L1 + 1) / 2.
    """
    entries = [(1, 0, 0.5), (1, 2, 1.0), (2, 1, 0.9), (2, 3, 1.0), (4, 0, 1.0)]
    d = arrays(5, [(*one, 100, 0.0, -1) for one in [*entries, (3, 4, 1.0)]])
    found = cascade(d, 0, 1.0, 0)
    one = 0.5 / 0.775
    assert found.loss.tolist() == pytest.approx([1, one, 0.5 + 0.45 * one, 1, 1])
    assert found.order.tolist() == [0, 1, 2, 2, 1]
    assert found.deciding_path(1) == [0, 4, 3, 2, 1]
    d = arrays(5, [(*one, 100, 0.0, -1) for one in [*entries, (3, 4, 0.1)]])
    assert cascade(d, 0, 1.0, 0).deciding_path(2) == [0, 1, 2]
