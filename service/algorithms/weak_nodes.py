"""Every member as a seed in turn: what its weakness does to all the others."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from service.algorithms.cascade import MOST_WORK
from service.algorithms.cascade_arrays import SMALL, Customers, Totals, scratch
from service.algorithms.cascade_kernels import each_seed
from service.algorithms.csr import Floats, Int32s
from service.algorithms.dependencies import Dependencies, heights
from service.algorithms.threads import WORKERS, StopFlag, shared

BLOCK = 256  # seeds between two looks at the work that is left
MOST_WORK_OF_ALL = 3_000_000_000  # entries looked at: about half a minute


def weak_nodes(
    d: Dependencies,
    customers: Customers,
    seeds: Int32s,
    days: Floats,
    lost: float,
    model: int,
    tolerance: float = SMALL,
    most_work: int = MOST_WORK_OF_ALL,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Totals:
    """Loss caused to others, how many are hit, how many customers wait: of each seed.

    The cascade of each is that of `cascade`; a seed from which no cycle is met takes a
    short cut to the same fixed point, each member once in the order of dependence.

    Parameters
    ----------
    seeds: the most important first; those beyond the limit of work are not `done`.
    days: that each seed loses; NaN where unknown: then all who may wait are counted.
    lost: of the operability of a seed, 0..1.
    progress: called with the number of seeds done, and of all, after every block.

    Cost: what the seeds hit, over all processors; at most `most_work` entries in all,
    and `MOST_WORK` for one seed, with `converged` false where it is cut.

    >>> import numpy as np
    >>> from service.algorithms.dependencies import dependencies
    >>> columns = ([1], [0], [0.9], [0.1], [5.0], [-1])
    >>> d = dependencies(*map(np.array, columns), size=2)
    >>> nobody = np.zeros(0, dtype=np.int32)
    >>> customers = Customers.of(np.array([False, True]), nobody, nobody)
    >>> seeds, days = np.array([0, 1], dtype=np.int32), np.array([5.0, np.nan])
    >>> totals = weak_nodes(d, customers, seeds, days, lost=1.0, model=0)
    >>> totals.loss.tolist(), totals.waiting.tolist()
    ([0.9, 0.0], [0, 0])
    """
    out, left, height = Totals.of(len(seeds)), most_work, heights(d)

    def work(begin: int, end: int, stop: StopFlag, budget: int) -> int:
        return each_seed(
            d,
            customers,
            model,
            height,
            seeds[begin:end],
            days[begin:end],
            lost,
            tolerance,
            MOST_WORK,
            budget,
            scratch(d.size, stop),
            out.part(slice(begin, end)),
        )

    for start, end in pairwise([*range(0, len(seeds), BLOCK), len(seeds)]):
        left -= in_pieces(work, start, end, left)
        progress(end, len(seeds))
        if left <= 0:
            break
    return out


def in_pieces(
    work: Callable[[int, int, StopFlag, int], int], start: int, end: int, left: int
) -> int:
    """One block over all processors, each with its share of the work that is left."""

    def piece(first: int, last: int, stop: StopFlag) -> int:
        return work(start + first, start + last, stop, left // WORKERS)

    return sum(shared(piece, end - start, least=32))
