"""The most likely introduction paths: k best, loopless, bounded in hops, exact.

A step has a success in 0..1; a path's success is their product. Steps cost whole
units of 1e-12 nats, so equal products tie whatever their order of multiplication,
and the hops of a path stand in the low digits: one integer orders paths by success,
then by fewer hops.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

Ints = NDArray[np.int64]
HOPS = 1 << 10  # hops are counted below this
NEVER = 10**15 * HOPS  # the cost of a step that never succeeds; sums stay there
NO_WAY = 4 * 10**18
Path = tuple[int, ...]  # backer, …, partner


def cost(success: float) -> int:
    """
    >>> cost(1.0), cost(0.0) == NEVER + 1
    (1, True)
    """
    if success <= 0:
        return NEVER + 1
    return min(round(-math.log(success) * 1e12) * HOPS, NEVER) + 1


def capped(cost: int) -> int:
    """A sum of costs: past NEVER only its hops still count."""
    return cost if cost < NEVER else NEVER + cost % HOPS


@dataclass(frozen=True)
class Routes:
    """Who may introduce whom, members by their place in the order of keys.

    `first` holds the step from the start-up to each backer, `steps` all other steps.
    """

    first: dict[int, float]
    steps: list[dict[int, float]]

    @cached_property
    def arcs(self) -> tuple[Ints, Ints, Ints]:
        """Sources, targets and costs of all steps but the first."""
        rows = [
            (i, j, cost(success))
            for i, ends in enumerate(self.steps)
            for j, success in ends.items()
        ]
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        return table[:, 0], table[:, 1], table[:, 2]

    def success(self, path: Path) -> list[float]:
        """The success of each step of a path, the first included."""
        later = (self.steps[i][j] for i, j in pairwise(path))
        return [self.first[path[0]], *later]

    def ahead(
        self, partners: Collection[int], max_hops: int, removed: Collection[int]
    ) -> list[list[int]]:
        """Least cost from each member to a partner within 0, 1, … hops.

        A walk may pass a member twice, so it is a bound for paths; none passes a
        partner on its way.
        """
        sources, targets, costs = self.arcs
        blocked = np.zeros(len(self.steps), dtype=bool)
        blocked[list(removed)] = True
        final = np.zeros(len(self.steps), dtype=bool)
        final[list(partners)] = True
        usable = ~(blocked[sources] | blocked[targets] | final[sources])
        sources, targets, costs = sources[usable], targets[usable], costs[usable]
        now = np.where(final & ~blocked, 0, NO_WAY)
        found = [now.tolist()]
        for _ in range(1, max_hops):
            through = now[targets] + costs
            through = np.where(
                (through >= NEVER) & (through < NO_WAY),
                NEVER + through % HOPS,
                np.minimum(through, NO_WAY),
            )
            later = now.copy()
            np.minimum.at(later, sources, through)
            now = later
            found.append(now.tolist())
        return found


def best_paths(
    routes: Routes,
    partners: Collection[int],
    k: int,
    max_hops: int,
    removed: Collection[int] = (),
    direct: Collection[int] = (),
) -> list[Path]:
    """The k best paths: by success, then fewer hops, then the members in order.

    Best first: a beginning of a path waits with the cost of the best walk that could
    end it, which no path that begins so undercuts; so paths come out in order.

    Parameters
    ----------
    partners: where paths end; none is passed on the way.
    removed: members that no path may use.
    direct: partners that the start-up may not reach in one step.

    Cost: O(max_hops * steps) for the bound, then about k * max_hops * degree.

    >>> routes = Routes({0: .8, 1: .5}, [{2: .5}, {2: .9}, {}])
    >>> best_paths(routes, {2}, k=2, max_hops=2)
    [(1, 2), (0, 2)]
    """
    ahead = routes.ahead(partners, max_hops, removed)
    goal = set(partners)
    heap: list[tuple[int, Path, int]] = []

    def push(path: Path, so_far: int) -> None:
        rest = ahead[max_hops - len(path)][path[-1]]
        if rest < NO_WAY:
            heapq.heappush(heap, (capped(so_far + rest), path, so_far))

    for backer, success in routes.first.items() if max_hops else ():
        if backer not in direct or backer not in goal:
            push((backer,), cost(success))
    found: list[Path] = []
    while heap and len(found) < k:
        _, path, so_far = heapq.heappop(heap)
        if path[-1] in goal:
            found.append(path)
        elif len(path) < max_hops:
            for end, success in routes.steps[path[-1]].items():
                if end not in path:
                    push((*path, end), capped(so_far + cost(success)))
    return found


def combined_success(
    routes: Routes, partners: Collection[int], max_hops: int
) -> float | None:
    """1 - prod(1 - success) over disjoint paths, taken best first until none is left.

    >>> round(combined_success(Routes({0: .5, 1: .7}, [{1: .9}, {}]), {1}, 2), 3)
    0.835
    """
    removed: set[int] = set()
    direct: set[int] = set()
    fails: list[float] = []
    while best := best_paths(routes, partners, 1, max_hops, removed, direct):
        path = best[0]
        fails.append(1 - math.prod(routes.success(path)))
        if len(path) == 1:
            direct.add(path[0])
        removed.update(path[:-1])
    return 1 - math.prod(fails) if fails else None


def independent_routes(routes: Routes, partners: Collection[int]) -> int:
    """How many routes share no member but the partner: max flow, unit capacities.

    >>> independent_routes(Routes({0: .5, 1: .7}, [{2: .9}, {2: .9}, {}]), {2})
    2
    """
    size = len(routes.steps)
    source, sink = 2 * size, 2 * size + 1  # member i enters at 2i and leaves at 2i + 1
    edges = [(source, 2 * backer, 1) for backer in routes.first]
    goal = set(partners)
    for i, ends in enumerate(routes.steps):
        if i in goal:
            edges.append((2 * i, sink, size))
        else:
            edges.append((2 * i, 2 * i + 1, 1))
            edges += [(2 * i + 1, 2 * j, 1) for j in ends]
    rows, columns, capacities = zip(*edges, strict=True) if edges else ((), (), ())
    graph = csr_array(
        (np.array(capacities, dtype=np.int32), (rows, columns)),
        shape=(2 * size + 2, 2 * size + 2),
    )
    return int(maximum_flow(graph, source, sink).flow_value)
