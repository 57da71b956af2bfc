"""Where to draw the members of a network: tied ones near, others apart."""

from __future__ import annotations

import numpy as np

from service.algorithms.csr import Csr, Floats

ROUNDS = 60
GOLDEN = np.pi * (3 - np.sqrt(5))  # the angle that never lines points up
GRAVITY = 0.3  # towards the middle, so separate parts stay on the page


def layout(ties: Csr) -> Floats:
    """Positions in the unit square, the same for the same network.

    A force-directed layout: with k = 1 / sqrt(n) every pair repels by k^2 / d, every
    tied pair attracts by d^2 / k, all are drawn to the middle; steps grow shorter from
    round to round. It begins on a spiral in the order of members, not at random.

    Parameters
    ----------
    ties: each tied pair in both rows (`Csr.mutual`), for up to some 1,000 members.

    Returns (n, 2) positions, 0..1. Cost: O(60 n^2) time, O(n^2) memory.
    Source: Fruchterman & Reingold 1991, Software: Practice and Experience
    21(11):1129-1164.

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
    positions = np.sqrt((np.arange(size)[:, None] + 0.5) / size) / 2
    positions = positions * np.column_stack((np.cos(turn), np.sin(turn)))
    ideal = 1 / np.sqrt(size)
    for step in np.linspace(0.1, 0.002, ROUNDS):
        force = forces(positions, ties, ideal)
        long = np.linalg.norm(force, axis=1, keepdims=True)
        positions = positions + force / np.maximum(long, 1e-12) * np.minimum(long, step)
    low, high = positions.min(axis=0), positions.max(axis=0)
    result: Floats = (positions - low) / np.maximum((high - low).max(), 1e-12)
    return result


def forces(positions: Floats, ties: Csr, ideal: float) -> Floats:
    apart = positions[:, None] - positions[None]
    near = np.maximum((apart**2).sum(axis=2), 1e-9)
    push = (apart * (ideal**2 / near)[:, :, None]).sum(axis=1)
    along = positions[ties.target] - positions[ties.source]
    pull = along * (np.linalg.norm(along, axis=1, keepdims=True) / ideal)
    for axis in range(2):
        push[:, axis] += np.bincount(ties.source, pull[:, axis], minlength=ties.size)
    result: Floats = push - GRAVITY * positions
    return result
