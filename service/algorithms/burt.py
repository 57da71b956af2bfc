"""Burt's structural holes: constraint, effective size, efficiency and hierarchy.

All four rest on z_ij = a_ij + a_ji, so both directions of a tie count, and on
p_ij = z_ij / sum_k z_ik, the share of its ties that i gives to j.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from service.algorithms.compiled import compiled
from service.algorithms.csr import Csr, Floats, Int32s, Int64s
from service.algorithms.threads import StopFlag, shared


@dataclass(frozen=True)
class BurtMeasures:
    """One number a member; NaN where it is undefined."""

    constraint: Floats
    effective_size: Floats
    efficiency: Floats
    hierarchy: Floats


def structural_holes(ties: Csr) -> BurtMeasures:
    """Burt's four measures of every member.

    constraint      C_i = sum_j c_ij with c_ij = (p_ij + sum_q p_iq p_qj)^2
    effective size  sum_j [1 - sum_q p_iq m_jq] with m_jq = z_jq / max_k z_jk
    efficiency      effective size / N, N the neighbours of i
    hierarchy       sum_j (c_ij N / C_i) ln(c_ij N / C_i) / (N ln N)

    j and q run over the neighbours of i. All are undefined for a member without any,
    hierarchy for one with a single neighbour too.

    Parameters
    ----------
    ties: z, each tied pair in both rows (`Csr.mutual`); weights above 0.

    Cost: one step for each two-step path of the undirected network.
    Source: Burt 1992, Structural Holes; effective size as Borgatti 1997, Connections
    20(1):35-38, has it.

    >>> arcs = Csr.of(np.array([0, 1, 2]), np.array([1, 2, 0]), np.ones(3), 3)
    >>> structural_holes(arcs.mutual).constraint.tolist()
    [1.125, 1.125, 1.125]
    """
    total, largest = by_row(np.add, ties), by_row(np.maximum, ties)
    columns = (ties.start, ties.target, ties.weight, total, largest)
    pieces = shared(burt, ties.size, *columns)
    measures = np.concatenate(pieces)
    with np.errstate(invalid="ignore"):
        efficiency = measures[:, 1] / np.diff(ties.start)
    return BurtMeasures(measures[:, 0], measures[:, 1], efficiency, measures[:, 2])


def by_row(operation: np.ufunc, ties: Csr) -> Floats:
    """The weights of each row as one: their sum, their maximum; 0 where it is empty."""
    measures = np.zeros(ties.size)
    filled = np.flatnonzero(np.diff(ties.start))
    if len(filled):
        measures[filled] = operation.reduceat(ties.weight, ties.start[filled])
    return measures


@compiled
def burt(
    begin: int,
    end: int,
    stop: StopFlag,
    start: Int64s,
    target: Int32s,
    weight: Floats,
    total: Floats,
    largest: Floats,
) -> Floats:
    """Constraint, effective size and hierarchy of some members: one row each."""
    size = len(start) - 1
    near = np.full(size, -1, dtype=np.int32)  # whose neighbour it was last
    share = np.zeros(size)  # p_ij
    invested = np.zeros(size)  # p_ij + sum_q p_iq p_qj
    measures = np.full((end - begin, 3), np.nan)
    for i in range(begin, end):
        if stop[0]:
            break
        degree = start[i + 1] - start[i]
        if degree == 0:
            continue
        for a in range(start[i], start[i + 1]):
            j = target[a]
            near[j] = i
            share[j] = invested[j] = weight[a] / total[i]
        redundant = 0.0
        for a in range(start[i], start[i + 1]):
            q = target[a]
            for b in range(start[q], start[q + 1]):
                j = target[b]
                if near[j] == i:
                    invested[j] += share[q] * weight[b] / total[q]
                    redundant += share[j] * weight[b] / largest[q]
        constraint = 0.0
        for a in range(start[i], start[i + 1]):
            constraint += invested[target[a]] ** 2
        measures[i - begin, 0] = constraint
        measures[i - begin, 1] = degree - redundant
        if degree > 1:
            uneven = 0.0
            for a in range(start[i], start[i + 1]):
                part = invested[target[a]] ** 2 * degree / constraint
                uneven += part * np.log(part)
            # Rounding alone could lead below 0.
            measures[i - begin, 2] = max(0.0, uneven / (degree * np.log(degree)))
    return measures
