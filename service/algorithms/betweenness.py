"""Betweenness: how many shortest paths between others pass a member."""

from __future__ import annotations

import numpy as np

from service.algorithms.compiled import compiled
from service.algorithms.csr import Csr, Floats, Int32s, Int64s
from service.algorithms.threads import StopFlag, shared


def betweenness(ties: Csr) -> Floats:
    """Sum over unordered pairs (s, t) of the share of their shortest paths over i.

    Ties are undirected and count as one step each, whatever they weigh. Divided by
    (n-1)(n-2)/2 this is the normalised score, 0 … 1.

    Parameters
    ----------
    ties: each tied pair in both rows (`Csr.mutual`).

    Cost: O(members * ties); see `betweenness_sample` for large networks.
    Source: Freeman 1977, Sociometry 40:35-41; Brandes 2001, Journal of Mathematical
    Sociology 25:163-177.

    >>> path = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3).mutual
    >>> betweenness(path).tolist()
    [0.0, 1.0, 0.0]
    """
    columns = (ties.start, ties.target)
    pieces = shared(brandes, ties.size, *columns, least=100)
    ordered: Floats = sum(pieces[1:], start=pieces[0])
    return ordered / 2


@compiled
def brandes(
    begin: int, end: int, stop: StopFlag, start: Int64s, target: Int32s
) -> Floats:
    """The credit that some sources give to all members, each pair from both ends."""
    size = len(start) - 1
    credit = np.zeros(size)
    depth = np.full(size, -1, dtype=np.int32)
    paths = np.zeros(size)  # shortest ones from the source
    carried = np.zeros(size)  # credit of all that lies beyond a member
    order = np.empty(size, dtype=np.int32)
    for source in range(begin, end):
        if stop[0]:
            break
        order[0] = source
        depth[source] = 0
        paths[source] = 1.0
        visited = 1
        i = 0
        while i < visited:
            u = order[i]
            i += 1
            for a in range(start[u], start[u + 1]):
                v = target[a]
                if depth[v] < 0:
                    depth[v] = depth[u] + 1
                    order[visited] = v
                    visited += 1
                if depth[v] == depth[u] + 1:
                    paths[v] += paths[u]
        for i in range(visited - 1, 0, -1):
            v = order[i]
            each = (1.0 + carried[v]) / paths[v]
            for a in range(start[v], start[v + 1]):
                u = target[a]
                if depth[u] == depth[v] - 1:
                    carried[u] += paths[u] * each
            credit[v] += carried[v]
        for i in range(visited):
            u = order[i]
            depth[u] = -1
            paths[u] = carried[u] = 0.0
    return credit
