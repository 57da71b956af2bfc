"""What the kernels of the cascades take and fill: tuples of arrays, and constants.

Kernels take no other kind of record.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.algorithms.csr import Csr, Floats, Int32s, Int64s
from service.algorithms.threads import StopFlag

Bools = NDArray[np.bool_]
DEPENDENCY, INOPERABILITY, FAILURE = range(3)
SMALL = 1e-9  # a loss or a wait below this is none
MOST_ROUNDS = 1_000
# A change so many times smaller than what ends the rounds is not passed on: it could
# not be seen in any figure, but would run through the whole network.
QUIET = 1e-4


class Customers(NamedTuple):
    """Who may wait, and for whom without depending on it."""

    known: Bools  # a customer by role or by contract
    start: Int64s  # the customers of supplier i: buyer[start[i]:start[i + 1]]
    buyer: Int32s
    concerned: Bools  # a customer or a supplier

    @classmethod
    def of(cls, known: Bools, supplier: Int32s, buyer: Int32s) -> Customers:
        """From one row a supplier and customer, some more than once.

        >>> ends = np.array([0, 0], dtype=np.int32), np.array([1, 1], dtype=np.int32)
        >>> Customers.of(np.array([False, True]), *ends).start.tolist()
        [0, 1, 1]
        """
        arcs = Csr.of(supplier, buyer, np.ones(len(buyer)), len(known))
        concerned = known | (np.diff(arcs.start) > 0)
        return cls(known, arcs.start, arcs.target, concerned)


class CascadeScratch(NamedTuple):
    """What one thread works on: all 0 or False between two seeds, or of no meaning."""

    stop: StopFlag
    loss: Floats
    delay: Floats
    fresh: Floats  # losses found in this round
    listed: Bools
    now: Int32s  # members to look at in this round
    later: Int32s  # and in the next
    touched: Int32s  # the seed, then members with a loss
    head: Int32s  # first member to look at of each height; -1: none
    link: Int32s  # the next of the same height


def scratch(size: int, stop: StopFlag) -> CascadeScratch:
    numbers = (np.full(size, -1, dtype=np.int32) for _ in range(5))
    losses = np.zeros(size), np.zeros(size), np.zeros(size)
    return CascadeScratch(stop, *losses, np.zeros(size, dtype=np.bool_), *numbers)


class Totals(NamedTuple):
    """What each seed does to the others, one cell a seed."""

    loss: Floats
    affected: Int64s
    waiting: Int64s
    converged: Bools
    done: Bools  # False where the work ended before

    @classmethod
    def of(cls, seeds: int) -> Totals:
        return cls(
            np.zeros(seeds),
            np.zeros(seeds, dtype=np.int64),
            np.zeros(seeds, dtype=np.int64),
            np.zeros(seeds, dtype=np.bool_),
            np.zeros(seeds, dtype=np.bool_),
        )

    def part(self, some: slice) -> Totals:
        """A view of some seeds: what is written to it is written here."""
        loss, affected, waiting, converged, done = self
        return Totals(
            loss[some], affected[some], waiting[some], converged[some], done[some]
        )
