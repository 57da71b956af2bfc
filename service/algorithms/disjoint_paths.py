"""Introduction paths without a common member: how likely one works, how many exist."""

from __future__ import annotations

import math

import numpy as np

from service.algorithms.best_paths import PathSearch, search
from service.algorithms.compiled import compiled
from service.algorithms.csr import Int32s, Int64s
from service.algorithms.routes import Flags, Path, RouteQuestion
from service.algorithms.threads import check_stop

NONE = -1
STARTUP = -2


def combined_success(question: RouteQuestion) -> float | None:
    """1 - prod(1 - success) over disjoint paths, taken best first until none is left.

    Each path takes its inner members away, one without any its only step. None where
    there is no path at all.

    Cost: one search for a best path for each path taken, at most one for each backer.

    >>> from service.algorithms.csr import Csr
    >>> from service.algorithms.routes import Routes
    >>> steps = Csr.of(np.array([1]), np.array([2]), np.array([0.9]), 3)
    >>> backers, partners = np.array([1, 2], np.int32), np.array([2], np.int32)
    >>> chances = np.array([0.5, 0.7])
    >>> question = RouteQuestion(Routes(steps), 0, backers, chances, partners, 2)
    >>> round(combined_success(question), 3)
    0.835
    """
    with search(question) as within:
        fails = [1 - question.chance(path) for path in disjoint_paths(within)]
    if fails:
        return 1 - math.prod(fails)
    if not question.doubtful:
        return None
    with search(question.certain) as within:
        return 0.0 if within.branching((), ()) else None


def disjoint_paths(within: PathSearch) -> list[Path]:
    paths: list[Path] = []
    direct: set[int] = set()
    removed: set[int] = set()
    while True:
        with within.without(removed):
            best = within.branching((), direct)
        if best is None:
            return paths
        path = best[1]
        paths.append(path)
        direct.update(path[:1] if len(path) == 1 else ())
        removed.update(path[:-1])


def independent_routes(question: RouteQuestion) -> int:
    """How many routes share no member but the partner: max flow, unit capacities.

    Each member but the start-up and the partners, and each step, carries one route;
    `max_hops` does not count. Routes are found one backer after another, by searches
    that may turn earlier routes aside.

    Cost: one search a backer. One that fails is never repeated, nor what it saw: all
    failures together see each step once.

    Source: Ford & Fulkerson 1956; Menger 1927.

    >>> from service.algorithms.csr import Csr
    >>> from service.algorithms.routes import Routes
    >>> steps = Csr.of(np.array([1, 2]), np.array([3, 3]), np.ones(2), 4)
    >>> backers, partners = np.array([1, 2], np.int32), np.array([3], np.int32)
    >>> chances = np.ones(2)
    >>> question = RouteQuestion(Routes(steps), 0, backers, chances, partners, 2)
    >>> independent_routes(question)
    2
    """
    check_stop()
    size = question.routes.size
    blocked = np.zeros(size, dtype=np.bool_)
    blocked[question.startup] = True
    steps = question.routes.steps
    return int(
        route_count(
            steps.start,
            steps.target,
            question.backers,
            question.goal,
            blocked,
            np.full(size, NONE, dtype=np.int32),
            np.full(size, NONE, dtype=np.int32),
            np.zeros(2 * size, dtype=np.int32),
            np.zeros(2 * size, dtype=np.int32),
        )
    )


@compiled
def route_count(
    start: Int64s,
    target: Int32s,
    backers: Int32s,
    goal: Flags,
    blocked: Flags,
    ahead: Int32s,
    behind: Int32s,
    seen: Int32s,
    came: Int32s,
) -> int:
    """A member m is entered at 2 m and left at 2 m + 1; on a route it has a next one
    (`ahead`) and the one before (`behind`)."""
    queue = np.empty(len(seen), dtype=np.int32)
    routes, turn = 0, 1
    for i in range(len(backers)):
        if blocked[backers[i]]:
            continue
        if goal[backers[i]]:
            routes += 1
            continue
        if seen[2 * backers[i]] == -1:
            continue
        queue[0] = 2 * backers[i]
        came[queue[0]] = STARTUP
        seen[queue[0]] = turn
        head, tail, last, partner = 0, 1, NONE, NONE
        while head < tail and partner == NONE:
            state = queue[head]
            head += 1
            member = state >> 1
            onward = NONE
            if state & 1 == 0:
                # In: pass through if no other route does; else turn the other route
                # back.
                if behind[member] == NONE:
                    onward = state + 1
                elif behind[member] != STARTUP:
                    onward = 2 * behind[member] + 1
            else:
                if behind[member] != NONE:
                    onward = state - 1
                for arc in range(start[member], start[member + 1]):
                    w = target[arc]
                    if blocked[w] or w == ahead[member]:
                        continue
                    if goal[w]:
                        last, partner = member, w
                        break
                    if seen[2 * w] != -1 and seen[2 * w] != turn:
                        seen[2 * w] = turn
                        came[2 * w] = state
                        queue[tail] = 2 * w
                        tail += 1
            if onward != NONE and seen[onward] != -1 and seen[onward] != turn:
                seen[onward] = turn
                came[onward] = state
                queue[tail] = onward
                tail += 1
        if partner == NONE:
            # From here nothing leads to a partner, whatever routes come later.
            for index in range(tail):
                seen[queue[index]] = -1
            continue
        routes += 1
        turn += 1
        member, after = last, partner
        while True:
            before = came[2 * member + 1]
            ahead[member] = after
            entered = before >> 1
            while came[2 * entered] == 2 * entered + 1:
                # Both its steps were turned back: it is on no route any more.
                over = came[2 * entered + 1] >> 1
                ahead[entered] = NONE
                behind[entered] = NONE
                entered = over
            source = came[2 * entered]
            if source == STARTUP:
                behind[entered] = STARTUP
                break
            behind[entered] = source >> 1
            member, after = source >> 1, entered
    return routes
