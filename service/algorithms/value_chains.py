"""The longest chains in which value moves on: exchange after exchange."""

from __future__ import annotations

import numpy as np

from service.algorithms.compiled import compiled
from service.algorithms.csr import Floats, Int32s, Int64s

NOTHING = -1


def value_chains(
    source: Int32s, target: Int32s, sequence: Floats, size: int
) -> tuple[Int64s, Int64s]:
    """(length, next exchange) of the longest chain that begins with each exchange.

    A chain is a walk in which each exchange leaves the member that the one before came
    to, and has a later place in the order of the flow (`sequence`). One without a place
    (NaN) is on no chain: its length is 0. Of several exchanges that carry a chain on
    equally far, the one that stands first in the columns is next; -1: none.

    Cost: O(n log n) for n exchanges; chains never loop, for their places only grow.
    Source: value-flow analysis, V. Allee; the reading is decided here.

    >>> source, target = np.array([0, 1, 2], np.int32), np.array([1, 2, 0], np.int32)
    >>> length, following = value_chains(source, target, np.array([1.0, 2, 2]), 3)
    >>> length.tolist(), following.tolist()
    ([2, 1, 1], [1, -1, -1])
    """
    length = np.zeros(len(source), dtype=np.int64)
    following = np.full(len(source), NOTHING, dtype=np.int64)
    # By place descending; within a place the last comes first, so the first one
    # decides.
    order = np.lexsort((-np.arange(len(source)), -sequence))
    order = order[~np.isnan(sequence[order])]
    best = np.full(size, NOTHING, dtype=np.int64)
    extend(source, target, sequence, order, best, length, following)
    return length, following


@compiled
def extend(
    source: Int32s,
    target: Int32s,
    sequence: Floats,
    order: Int64s,
    best: Int64s,
    length: Int64s,
    following: Int64s,
) -> None:
    begin = 0
    while begin < len(order):
        end = begin
        while end < len(order) and sequence[order[end]] == sequence[order[begin]]:
            exchange = order[end]
            onward = best[target[exchange]]
            following[exchange] = onward
            length[exchange] = 1 + (length[onward] if onward >= 0 else 0)
            end += 1
        # Those of one place do not follow each other: they count once all are known.
        for i in range(begin, end):
            exchange = order[i]
            known = best[source[exchange]]
            if (
                known < 0
                or length[exchange] > length[known]
                or (length[exchange] == length[known] and exchange < known)
            ):
                best[source[exchange]] = exchange
        begin = end
