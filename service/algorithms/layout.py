"""Where to draw the members of a network: tied ones near, others apart."""

from __future__ import annotations

import numpy as np

from service.algorithms.compiled import compiled
from service.algorithms.csr import Csr, Floats, Int32s
from service.algorithms.threads import check_stop

ROUNDS = 60
STEPS = np.geomspace(0.2, 0.004, ROUNDS)  # the longest move of each round
GOLDEN = np.pi * (3 - np.sqrt(5))  # the angle that never lines points up
ATTRACTION = 6.0  # of ties, beside a gravity of 1: groups part, and fill the page


def layout(ties: Csr) -> Floats:
    """Positions in the unit square, the same for the same network.

    A force-directed layout. The mass of a member is m = ties + 1, M is the sum of all.
    In each round a member moves along

        sum_j m_j (x_i - x_j) / (M |x_i - x_j|^2) + 6 / m_i sum_tied (x_j - x_i) - x_i

    which is repulsion by degree, linear attraction divided by the mass (so hubs stay
    apart), and gravity; steps grow shorter from round to round. It begins on a spiral
    in the order of members, not at random.

    Parameters
    ----------
    ties: each tied pair in both rows (`Csr.mutual`), for up to some thousand members.

    Returns (n, 2) positions, 0..1. Cost: 60 (n^2 + ties); 2,000 members take 0.6 s.
    Source: Jacomy, Venturini, Heymann & Bastian 2014, ForceAtlas2, PLoS ONE
    9(6):e98679.

    >>> path = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3).mutual
    >>> positions = layout(path)
    >>> gap = np.linalg.norm(positions[[0, 1, 0]] - positions[[1, 2, 2]], axis=1)
    >>> bool(gap[2] > gap[0]), bool(gap[2] > gap[1])
    (True, True)
    """
    size = ties.size
    if size < 2:
        return np.full((size, 2), 0.5)
    turn = GOLDEN * np.arange(size)
    radius = np.sqrt((np.arange(size) + 0.5) / size)
    positions = radius[:, None] * np.column_stack((np.cos(turn), np.sin(turn)))
    mass, source = np.diff(ties.start) + 1.0, ties.source
    for step in STEPS:
        check_stop()
        force = forces(positions, source, ties.target, mass)
        long = np.linalg.norm(force, axis=1, keepdims=True)
        positions = positions + force / np.maximum(long, 1e-12) * np.minimum(long, step)
    low, high = positions.min(axis=0), positions.max(axis=0)
    result: Floats = (positions - low) / np.maximum((high - low).max(), 1e-12)
    return result


@compiled
def forces(positions: Floats, source: Int32s, target: Int32s, mass: Floats) -> Floats:
    force, total = -positions, mass.sum()
    for i in range(len(positions)):
        for j in range(i):
            x = positions[i, 0] - positions[j, 0]
            y = positions[i, 1] - positions[j, 1]
            push = 1 / (total * max(x * x + y * y, 1e-9))
            force[i, 0] += x * push * mass[j]
            force[i, 1] += y * push * mass[j]
            force[j, 0] -= x * push * mass[i]
            force[j, 1] -= y * push * mass[i]
    for arc in range(len(source)):
        i, j = source[arc], target[arc]
        for axis in range(2):
            gap = positions[j, axis] - positions[i, axis]
            force[i, axis] += ATTRACTION / mass[i] * gap
    return force
