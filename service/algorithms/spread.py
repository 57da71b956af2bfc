"""Everybody within reach of a start-up, with the best path to each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from service.algorithms.best_path import LABELS, NOBODY, comes_first
from service.algorithms.compiled import compiled
from service.algorithms.csr import Int32s, Int64s
from service.algorithms.routes import NO_WAY, Flags, Path, RouteQuestion


@dataclass(frozen=True)
class Reachability:
    """By member: the last label of the best path to it, -1 where there is none."""

    label: Int32s
    parent: Int32s  # of each label, the one before; a label is 9 * member + hops

    @property
    def members(self) -> Int64s:
        return np.flatnonzero(self.label >= 0)

    def path(self, member: int) -> Path:
        members = []
        label = int(self.label[member])
        while label >= 0:
            members.append(label // LABELS)
            label = int(self.parent[label])
        return tuple(reversed(members))


def reach(question: RouteQuestion, blocked: Flags) -> Reachability:
    """The best path to each member: by success, fewer hops, then members in order.

    Hop by hop: a member that was reached better than with fewer hops passes it on.
    Partners are members like all others here. `blocked` members are neither passed nor
    reached, and steps that never succeed are not walked.

    Cost: at most maxHops times all steps; on 100,000 members with 500,000 ties 20 ms.

    >>> from service.algorithms.csr import Csr
    >>> from service.algorithms.routes import Routes
    >>> steps = Csr.of(np.array([1, 2]), np.array([2, 3]), np.array([0.9, 0.5]), 4)
    >>> backers, nobody = np.array([1, 2], np.int32), np.array([], np.int32)
    >>> chances = np.array([1, 0.8])
    >>> question = RouteQuestion(Routes(steps), 0, backers, chances, nobody, 3)
    >>> near = reach(question, np.zeros(4, bool))
    >>> near.members.tolist(), near.path(3)
    ([1, 2, 3], (1, 2, 3))
    """
    size = question.routes.size
    able = question.routes.able
    label = np.full(size, NOBODY, dtype=np.int32)
    parent = np.full((1, LABELS * size), NOBODY, dtype=np.int32)
    own = blocked.copy()
    own[question.startup] = True
    spread(
        able.start,
        able.target,
        question.routes.cost,
        *question.first,
        own,
        question.max_hops,
        label,
        np.full(LABELS * size, NO_WAY, dtype=np.int64),
        parent,
    )
    return Reachability(label, parent[0])


@compiled
def spread(
    start: Int64s,
    target: Int32s,
    cost: Int64s,
    first: Int32s,
    first_cost: Int64s,
    blocked: Flags,
    hops: int,
    best: Int32s,
    label_cost: Int64s,
    parent: Int32s,
) -> None:
    """Write the best label of each member, and the label before each."""
    now = np.empty(len(best), dtype=np.int32)
    later = np.empty(len(best), dtype=np.int32)
    count = 0
    for i in range(len(first)):
        if not blocked[first[i]]:
            label = first[i] * LABELS + 1
            label_cost[label] = first_cost[i]
            best[first[i]] = label
            now[count] = label
            count += 1
    for depth in range(2, hops + 1):
        more = 0
        for i in range(count):
            label = now[i]
            u = label // LABELS
            for arc in range(start[u], start[u + 1]):
                w = target[arc]
                total = label_cost[label] + cost[arc]
                onward = w * LABELS + depth
                if blocked[w] or total > label_cost[onward]:
                    continue
                if total == label_cost[onward]:
                    if comes_first(parent, label, parent[0, onward]):
                        parent[0, onward] = label
                    continue
                if best[w] < 0 or total < label_cost[best[w]]:
                    if label_cost[onward] == NO_WAY:
                        later[more] = onward
                        more += 1
                    label_cost[onward] = total
                    parent[0, onward] = label
        for i in range(more):
            best[later[i] // LABELS] = later[i]
        now, later = later, now
        count = more
