"""Which members are on every path from a start-up to the partners of a need."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from service.algorithms.compiled import compiled
from service.algorithms.csr import Int32s, Int64s
from service.algorithms.routes import MOST_HOPS, Flags, RouteQuestion
from service.algorithms.threads import check_stop

NOBODY = -1
Both32 = tuple[Int32s, Int32s]  # forward and back
Both64 = tuple[Int64s, Int64s]


class Pages(NamedTuple):
    """What searches of one network write on; `turn` counts them.

    Row 0 is forward, from the start-up; row 1 is back, from the partners.
    """

    seen: Int32s  # turn * 16 + hops
    parent: Int32s
    queue: Int32s
    blocked: Flags

    @classmethod
    def of(cls, size: int) -> Pages:
        def rows() -> Int32s:
            return np.zeros((2, size), dtype=np.int32)

        return cls(rows(), rows(), rows(), np.zeros(size, dtype=np.bool_))


def choke_points(question: RouteQuestion, pages: Pages, turn: int) -> list[int] | None:
    """The members that all paths within `max_hops` pass: backer, partner or in between.

    None where there is no path. All of them are on any one path: the one of fewest
    hops is found, then each of its members is taken away in turn. `turn` grows by at
    least MOST_HOPS + 1 from call to call.

    Cost: at most maxHops + 1 searches by hops alone, from both ends at once; on
    100,000 members with 500,000 ties about 0.1 ms for maxHops 4.

    >>> from service.algorithms.csr import Csr
    >>> from service.algorithms.routes import Routes
    >>> steps = Csr.of(np.array([1, 2, 3]), np.array([3, 3, 4]), np.ones(3), 5)
    >>> backers, partners = np.array([1, 2], np.int32), np.array([4], np.int32)
    >>> question = RouteQuestion(Routes(steps), 0, backers, np.ones(2), partners, 3)
    >>> choke_points(question, Pages.of(5), 1)
    [3, 4]
    """
    check_stop()
    steps = question.routes.steps
    members = np.zeros(MOST_HOPS, dtype=np.int32)
    pages.blocked[question.startup] = True
    count = unavoidable(
        (steps.start, steps.turned.start),
        (steps.target, steps.turned.target),
        question.backers,
        question.partners,
        question.goal,
        pages.blocked,
        question.max_hops,
        turn,
        pages.seen,
        pages.parent,
        pages.queue,
        members,
    )
    pages.blocked[question.startup] = False
    return None if count < 0 else sorted(members[:count].tolist())


@compiled
def unavoidable(
    start: Both64,
    target: Both32,
    backers: Int32s,
    partners: Int32s,
    goal: Flags,
    blocked: Flags,
    hops: int,
    turn: int,
    seen: Int32s,
    parent: Int32s,
    queue: Int32s,
    members: Int32s,
) -> int:
    """How many members are on every path, written to `found`; -1 without a path."""
    path, other = np.empty_like(members), np.empty_like(members)
    search = (
        start,
        target,
        backers,
        partners,
        goal,
        blocked,
        hops,
        seen,
        parent,
        queue,
    )
    length = fewest_hops(turn, path, *search)
    if length == 0:
        return -1
    count = 0
    for i in range(length):
        blocked[path[i]] = True
        turn += 1
        left = fewest_hops(turn, other, *search)
        blocked[path[i]] = False
        if left == 0:
            members[count] = path[i]
            count += 1
    return count


@compiled
def fewest_hops(
    turn: int,
    path: Int32s,
    start: Both64,
    target: Both32,
    backers: Int32s,
    partners: Int32s,
    goal: Flags,
    blocked: Flags,
    hops: int,
    seen: Int32s,
    parent: Int32s,
    queue: Int32s,
) -> int:
    """The hops of a path with the fewest, written to `path`; 0 if all have more."""
    head, tail = np.zeros(2, dtype=np.int64), np.zeros(2, dtype=np.int64)
    depth = np.array([1, 0])
    for side in range(2):
        ends = backers if side == 0 else partners
        for i in range(len(ends)):
            if not blocked[ends[i]]:
                if side == 0 and goal[ends[i]]:
                    path[0] = ends[i]
                    return 1
                seen[side, ends[i]] = turn * 16 + depth[side]
                parent[side, ends[i]] = NOBODY
                queue[side, tail[side]] = ends[i]
                tail[side] += 1
    while depth[0] + depth[1] < hops and tail[0] > head[0] and tail[1] > head[1]:
        side = 0 if tail[0] - head[0] <= tail[1] - head[1] else 1
        last = tail[side]
        depth[side] += 1
        while head[side] < last:
            u = queue[side, head[side]]
            head[side] += 1
            for arc in range(start[side][u], start[side][u + 1]):
                w = target[side][arc]
                if blocked[w] or (side == 1 and goal[w]) or seen[side, w] >> 4 == turn:
                    continue
                seen[side, w] = turn * 16 + depth[side]
                parent[side, w] = u
                queue[side, tail[side]] = w
                tail[side] += 1
                if seen[1 - side, w] >> 4 == turn:
                    return joined(parent, w, seen[0, w] & 15, path)
    return 0


@compiled
def joined(parent: Int32s, member: int, length: int, path: Int32s) -> int:
    """The path over a member that both sides have seen, forward after `place` hops."""
    w = member
    for i in range(length - 1, -1, -1):
        path[i] = w
        w = parent[0, w]
    w = parent[1, member]
    while w != NOBODY:
        path[length] = w
        length += 1
        w = parent[1, w]
    return length
