"""Cohesion: how deep in the core a member is, and which ties are Simmelian."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from service.algorithms.compiled import compiled
from service.algorithms.csr import Csr, Int32s, Int64s
from service.algorithms.threads import StopFlag, shared

Bools = NDArray[np.bool_]


def coreness(ties: Csr) -> Int32s:
    """The largest k such that a member is in the k-core.

    The k-core is what is left when all with fewer than k neighbours have gone, one
    after another.

    Parameters
    ----------
    ties: each tied pair in both rows (`Csr.mutual`).

    Cost: O(members + ties).
    Source: Seidman 1983, Social Networks 5:269-287; Batagelj & Zaversnik 2003,
    arXiv cs/0310049.

    >>> source, target = np.array([0, 1, 2, 2]), np.array([1, 2, 0, 3])
    >>> coreness(Csr.of(source, target, np.ones(4), 4).mutual).tolist()
    [2, 2, 2, 1]
    """
    return core_numbers(ties.start, ties.target)


@compiled
def core_numbers(start: Int64s, target: Int32s) -> Int32s:
    size = len(start) - 1
    degree = np.zeros(size, dtype=np.int32)  # among those that are left
    for u in range(size):
        degree[u] = start[u + 1] - start[u]
    highest = degree.max() if size else 0
    begin = np.zeros(highest + 2, dtype=np.int64)  # of those of each degree in `order`
    for u in range(size):
        begin[degree[u] + 1] += 1
    for d in range(highest + 1):
        begin[d + 1] += begin[d]
    filled = begin.copy()
    order = np.empty(size, dtype=np.int32)
    position = np.empty(size, dtype=np.int64)
    for u in range(size):
        position[u] = filled[degree[u]]
        order[position[u]] = u
        filled[degree[u]] += 1
    for i in range(size):
        u = order[i]
        for a in range(start[u], start[u + 1]):
            v = target[a]
            if degree[v] > degree[u]:
                # v changes places with the first of its degree, then is of one less.
                first = begin[degree[v]]
                w = order[first]
                order[position[v]], order[first] = w, v
                position[w], position[v] = position[v], first
                begin[degree[v]] += 1
                degree[v] -= 1
    return degree


def simmelian_ties(arcs: Csr) -> Int32s:
    """Reciprocal pairs with a third member to whom both are reciprocal too.

    Returns
    -------
    (k, 2) pairs, the smaller first, in order.

    Cost: two-step paths among reciprocal arcs at most; a pair ends at its first third.
    Source: Krackhardt 1998, Simmelian tie: super strong and sticky.

    >>> both = np.array([0, 1, 2]), np.array([1, 2, 0])
    >>> source, target = np.concatenate(both), np.concatenate(both[::-1])
    >>> simmelian_ties(Csr.of(source, target, np.ones(6), 3)).tolist()
    [[0, 1], [0, 2], [1, 2]]
    """
    ties = reciprocal(arcs)
    columns = (ties.start, ties.target)
    pieces = shared(triangle_sides, ties.size, *columns)
    chosen = np.concatenate(pieces)
    return np.column_stack((ties.source[chosen], ties.target[chosen]))


def reciprocal(arcs: Csr) -> Csr:
    """The arcs that run both ways, each of weight 1."""
    ones = np.ones(arcs.arc_count)
    shape = (arcs.size, arcs.size)
    tied = csr_array((ones, arcs.target, arcs.start), shape=shape)
    return Csr.from_matrix(tied.multiply(tied.T).tocsr())


@compiled
def triangle_sides(
    begin: int, end: int, stop: StopFlag, start: Int64s, target: Int32s
) -> Bools:
    """Whether each arc to a later member is a side of a triangle."""
    near = np.full(len(start) - 1, -1, dtype=np.int32)  # whose neighbour it was last
    sides = np.zeros(start[end] - start[begin], dtype=np.bool_)
    for i in range(begin, end):
        if stop[0]:
            break
        for a in range(start[i], start[i + 1]):
            near[target[a]] = i
        for a in range(start[i], start[i + 1]):
            j = target[a]
            if j < i:
                continue
            for b in range(start[j], start[j + 1]):
                if near[target[b]] == i:
                    sides[a - start[begin]] = True
                    break
    return sides
