"""The tie whose renewal would improve the best introduction path most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from service.algorithms.best_paths import search
from service.algorithms.csr import Csr, Floats
from service.algorithms.routes import HOPS, NO_WAY, Path, RouteQuestion, Routes


@dataclass(frozen=True)
class Renewals:
    """The network twice, before and after a renewal; renewed steps lead from one to the
    other.

    Member m has the index 2 m before and 2 m + 1 after the renewal, so that a path
    from the start-up to the second copy of a partner renews one tie exactly.
    """

    success: Floats  # of each step after renewal; 0 where that would not raise it
    twice: Routes

    @classmethod
    def of(cls, routes: Routes, success: Floats) -> Renewals:
        """`success` has one number for each arc of `routes.steps`."""
        steps = routes.steps
        usable, raised = steps.weight > 0, success > 0
        before, after = steps.source.astype(np.int64) * 2, steps.target * 2
        arcs = Csr.of(
            np.concatenate((before[usable], before[usable] + 1, before[raised])),
            np.concatenate((after[usable], after[usable] + 1, after[raised] + 1)),
            np.concatenate((np.tile(steps.weight[usable], 2), success[raised])),
            2 * steps.size,
        )
        return cls(success, Routes(arcs))

    @property
    def byte_count(self) -> int:
        return self.success.nbytes + self.twice.byte_count


@dataclass(frozen=True)
class Renewal:
    """The best path after the renewal, and the position of the renewed step."""

    path: Path
    position: int  # 0 is the step from the start-up to the backer
    success: float


def warm_up(
    question: RouteQuestion, best: Path, renewals: Renewals, first: Floats
) -> Renewal | None:
    """The renewal after which the best path is most likely, if any improves it.

    The best path with one renewed step is a best path in `renewals.twice`: whatever
    passes a member twice there would do as well without the renewal, and so would not
    raise anything. Of equal paths: fewer hops, then the members in order, then the
    renewal that is nearest to the partner.

    Parameters
    ----------
    best: the best path as it is.
    first: success of the step to each backer after renewal, 0 where not raised.

    Cost: one search for a best path in a network twice as large.

    >>> steps = Csr.of(np.array([1, 2]), np.array([3, 3]), np.array([0.5, 0.3]), 4)
    >>> backers, partners = np.array([1, 2], np.int32), np.array([3], np.int32)
    >>> question = RouteQuestion(Routes(steps), 0, backers, np.ones(2), partners, 2)
    >>> renewals = Renewals.of(question.routes, np.array([0.0, 0.6]))
    >>> warm_up(question, (1, 3), renewals, np.zeros(2))
    Renewal(path=(2, 3), position=1, success=0.6)
    """
    doubled = twice(question, renewals, first)
    blocked = {2 * question.startup + 1, *(2 * question.partners).tolist()}
    most = NO_WAY - 1
    if question.chance(best) > 0:
        # By success alone, whatever the number of hops.
        most = question.cost(best) // HOPS * HOPS - 1
    with search(doubled) as within, within.without(blocked):
        best_renewed = within.branching((), (), most)
    if best_renewed is None:
        return None
    copies = best_renewed[1]
    path = tuple(copy // 2 for copy in copies)
    position = next(i for i, copy in enumerate(copies) if copy % 2)
    return Renewal(path, position, doubled.chance(copies))


def twice(question: RouteQuestion, renewals: Renewals, first: Floats) -> RouteQuestion:
    raised = first > 0
    backers = np.concatenate((2 * question.backers, 2 * question.backers[raised] + 1))
    success = np.concatenate((question.success, first[raised]))
    order = np.argsort(backers)
    return RouteQuestion(
        renewals.twice,
        2 * question.startup,
        backers[order].astype(np.int32),
        success[order],
        (2 * question.partners + 1).astype(np.int32),
        question.max_hops,
    )
