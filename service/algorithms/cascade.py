"""Weak-node cascades: how the loss of one member runs through what depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from service.algorithms.cascade_arrays import SMALL, scratch
from service.algorithms.cascade_kernels import delays_of, in_rounds
from service.algorithms.csr import Floats, Int32s, Int64s
from service.algorithms.deciding_path import deciding_path, hops_from
from service.algorithms.dependencies import Dependencies
from service.algorithms.threads import check_stop, stop_flag

MOST_WORK = 200_000_000  # entries looked at for one seed: about two seconds


@dataclass(frozen=True, eq=False)
class Cascade:
    """The loss of every member, 0..1, once the seed has lost its own.

    Members with any loss pass it, and a delay, on; a loss of 1e-9 or less is none.
    """

    dependencies: Dependencies
    model: int
    seed: int
    loss: Floats
    steps: int
    converged: bool
    work: int  # entries looked at
    most_work: int

    @property
    def cut(self) -> bool:
        """Whether the work ended before the rounds did."""
        return self.work >= self.most_work and not self.converged

    @property
    def hit(self) -> Int64s:
        """The other members with a loss, in the order of their numbers."""
        hit = self.loss > SMALL
        hit[self.seed] = False
        return np.flatnonzero(hit)

    @cached_property
    def _hops_and_parents(self) -> tuple[Int32s, Int32s]:
        return hops_from(self.dependencies, self.loss, self.seed)

    @property
    def order(self) -> Int32s:
        """Fewest dependency hops from the seed through members with a loss."""
        return self._hops_and_parents[0]

    @property
    def ranking(self) -> Int64s:
        """The other members hit, by loss descending, order, number."""
        hit = self.hit
        return hit[np.lexsort((hit, self.order[hit], -self.loss[hit].round(9)))]

    def deciding_path(self, member: int) -> list[int]:
        """The path from the seed to a member with a loss, by the deciding providers."""
        check_stop()
        before = self._hops_and_parents[1]
        path = deciding_path(
            self.dependencies, self.model, self.loss, before, self.seed, member
        )
        return path[::-1].tolist()  # type: ignore[no-any-return]

    def delays(self, days: float) -> tuple[Floats, bool]:
        """Days that each member waits when the seed loses `days` days, and whether
        the work lasted to the end.

        delay_j = max over classes of min_i max(0, delay_i - buffer_ij), the least
        fixed point from 0, for members with a loss; others wait 0 days.

        Cost: O(entries) a round, as many rounds as the longest chain has members.

        >>> import numpy as np
        >>> from service.algorithms.dependencies import dependencies
        >>> columns = ([1], [0], [0.9], [0.1], [5.0], [-1])
        >>> d = dependencies(*map(np.array, columns), size=2)
        >>> cascade(d, 0, lost=1.0, model=0).delays(18.0)[0].tolist()
        [18.0, 13.0]
        """
        s = scratch(self.dependencies.size, stop_flag.get())._replace(loss=self.loss)
        work = delays_of(self.dependencies, self.seed, days, self.most_work, s)
        check_stop()
        return s.delay, work < self.most_work


def cascade(
    d: Dependencies,
    seed: int,
    lost: float,
    model: int,
    tolerance: float = SMALL,
    most_work: int = MOST_WORK,
) -> Cascade:
    """The losses of all when `seed` loses `lost` of its operability, 0..1.

    With L = 1 - operability, a = strength, b = criticality / 100, over the providers i
    of j and their classes:

    DEPENDENCY (functional dependency network analysis, FDNA)
        L_j = max(mean over classes of min_i a_ij L_i, max over classes of
        min_i (L_i - b_ij), 0); the seed is held. The same in operabilities:
        O_j = min(mean of max_i[a_ij O_i + 1 - a_ij], min of max_i[O_i + b_ij], 1).
    INOPERABILITY (input-output inoperability, IIM)
        L_j = min(1, sum_i a_ij L_i + c_j), c = `lost` at the seed; no classes.
    FAILURE (noisy-OR of independent causes)
        L_j = 1 - product over classes of (1 - w product_i L_i), w the largest a_ij of
        the class; the seed is held.

    All members at once, from 0, until the largest change is below `tolerance`: at most
    1,000 rounds, and no more once `most_work` entries were looked at; `converged` says
    whether it came to that. Losses only grow, so what is cut is a lower bound.

    Cost: a round takes up the dependents of those whose loss has changed. A cycle
    converges at the rate of the product of its strengths.
    Source: Garvey & Pinto 2009; Guariniello & DeLaurentis 2013, doi
    10.1016/j.procs.2013.01.028. Haimes & Jiang 2001, doi
    10.1061/(ASCE)1076-0342(2001)7:1(1).

    >>> import numpy as np
    >>> from service.algorithms.cascade_arrays import DEPENDENCY
    >>> from service.algorithms.dependencies import dependencies
    >>> columns = ([1, 2], [0, 1], [0.9, 0.6], [0.1, 0.3], [0.0, 0.0], [-1, -1])
    >>> d = dependencies(*map(np.array, columns), size=3)
    >>> (1 - cascade(d, 0, 0.6, DEPENDENCY).loss).round(3).tolist()
    [0.4, 0.46, 0.676]
    """
    s = scratch(d.size, stop_flag.get())
    _, steps, change, work = in_rounds(d, model, seed, lost, tolerance, most_work, s)
    check_stop()
    return Cascade(d, model, seed, s.loss, steps, change < tolerance, work, most_work)
