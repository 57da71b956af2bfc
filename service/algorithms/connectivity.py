"""What holds a network together: cut points, bridges, the pairs that they join."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.algorithms.compiled import compiled
from service.algorithms.csr import Csr, Int32s, Int64s

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Cuts:
    """What falls apart without one member, or without one tie.

    All but the first two describe the search, from which pairs are computed when
    needed: the members that were found below one another are next to each other in
    `order`.
    """

    separated: Int64s  # (n,) pairs of others that only this member joins
    bridges: Int32s  # (b, 2) pairs, the smaller first, in order
    order: Int32s  # members as they were found; a part of the network is one span
    rank: Int32s  # the index of each member in `order`
    low: Int32s  # lowest rank that the members below one are tied to
    parent: Int32s  # from whom each was found; -1 for the first of a part
    below: Int64s  # how many are below each, itself counted

    @property
    def points(self) -> Bools:
        """Whether the network has more parts without this member."""
        return self.separated > 0

    def pieces(self, ties: Csr, member: int) -> tuple[Int64s, Int32s]:
        """The others of a member's part in order, and the piece of each without it."""
        roots = np.sort(self.rank[self.parent < 0])
        first = roots[np.searchsorted(roots, self.rank[member], "right") - 1]
        part = self.order[first : first + self.below[self.order[first]]]
        piece = np.zeros(ties.size, dtype=np.int32)
        near = ties.row(member)[0]
        below = near[self.parent[near] == member]
        cut_off = below[self.low[below] >= self.rank[member]]
        for number, child in enumerate(cut_off.tolist(), 1):
            begin = self.rank[child]
            piece[self.order[begin : begin + self.below[child]]] = number
        others = np.sort(part[part != member]).astype(np.int64)
        return others, piece[others]

    def pairs(self, ties: Csr, member: int, most: int) -> list[tuple[int, int]]:
        """The first pairs of others that only one member joins, in order.

        >>> path = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3).mutual
        >>> cuts(path).pairs(path, 1, most=5)
        [(0, 2)]
        """
        others, piece = self.pieces(ties, member)
        pairs: list[tuple[int, int]] = []
        for i, member_id in enumerate(others.tolist()):
            apart = np.flatnonzero(piece[i + 1 :] != piece[i])
            later = others[i + 1 + apart[: most - len(pairs)]]
            pairs += [(member_id, other) for other in later.tolist()]
            # All that follow are in one piece, or there are enough.
            if not len(apart) or len(pairs) == most:
                break
        return pairs


def cuts(ties: Csr) -> Cuts:
    """Cut points with the pairs that each keeps joined, and bridges.

    Without member i its part of T + 1 members falls into pieces of p_1, p_2, …
    members: then (T^2 - sum p^2) / 2 unordered pairs of others have lost each other.

    Parameters
    ----------
    ties: each tied pair in both rows (`Csr.mutual`).

    Cost: O(members + ties); nothing recurses.
    Source: Hopcroft & Tarjan 1973, Communications of the ACM 16(6):372-378.

    >>> path = Csr.of(np.array([0, 1]), np.array([1, 2]), np.ones(2), 3).mutual
    >>> cuts(path).separated.tolist(), cuts(path).bridges.tolist()
    ([0, 1, 0], [[0, 1], [1, 2]])
    """
    separated, bridge, order, rank, low, parent, below = depth_first(
        ties.start, ties.target
    )
    ends = np.sort(np.column_stack((parent[bridge], bridge)), axis=1)
    bridges = ends[np.lexsort((ends[:, 1], ends[:, 0]))]
    return Cuts(separated, bridges, order, rank, low, parent, below)


@compiled
def depth_first(
    start: Int64s, target: Int32s
) -> tuple[Int64s, Int32s, Int32s, Int32s, Int32s, Int32s, Int64s]:
    """The columns of `Cuts`; a bridge is the lower of its ends."""
    size = len(start) - 1
    order = np.empty(size, dtype=np.int32)
    rank = np.full(size, -1, dtype=np.int32)
    low = np.zeros(size, dtype=np.int32)
    parent = np.full(size, -1, dtype=np.int32)
    below = np.ones(size, dtype=np.int64)
    cut_off = np.zeros(size, dtype=np.int64)  # members that lose the rest without it
    squares = np.zeros(size, dtype=np.int64)  # of the sizes of their pieces
    separated = np.zeros(size, dtype=np.int64)
    bridge = np.empty(size, dtype=np.int32)
    next_tie = start[:-1].copy()  # the next tie of each member to look at
    visited = bridges = 0
    for root in range(size):
        if rank[root] >= 0:
            continue
        first = visited
        order[visited] = root
        rank[root] = low[root] = visited
        visited += 1
        u = root
        while u >= 0:
            if next_tie[u] < start[u + 1]:
                v = target[next_tie[u]]
                next_tie[u] += 1
                if rank[v] < 0:
                    order[visited] = v
                    rank[v] = low[v] = visited
                    visited += 1
                    parent[v] = u
                    u = v
                elif v != parent[u]:
                    low[u] = min(low[u], rank[v])
                continue
            above = parent[u]
            if above >= 0:
                below[above] += below[u]
                low[above] = min(low[above], low[u])
                if low[u] >= rank[above]:
                    cut_off[above] += below[u]
                    squares[above] += below[u] ** 2
                if low[u] > rank[above]:
                    bridge[bridges] = u
                    bridges += 1
            u = above
        others = visited - first - 1
        for i in range(first, visited):
            u = order[i]
            rest = others - cut_off[u]
            separated[u] = (others**2 - squares[u] - rest**2) // 2
    return separated, bridge[:bridges], order, rank, low, parent, below
