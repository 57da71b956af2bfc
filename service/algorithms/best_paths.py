"""The k best introduction paths of one start-up: loopless, bounded in hops, exact."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from service.algorithms.best_path import best_path
from service.algorithms.csr import Int32s, Int64s
from service.algorithms.routes import (
    HOPS,
    MOST_HOPS,
    NO_WAY,
    Path,
    RouteQuestion,
    SearchScratch,
)
from service.algorithms.threads import check_stop


@dataclass(frozen=True)
class PathSearch:
    """One question, and what its searches write on."""

    question: RouteQuestion
    scratch: SearchScratch

    def best(
        self, first: Int32s, cost: Int64s, hops: int, most: int = NO_WAY - 1
    ) -> tuple[int, Path] | None:
        """The best path over these first steps, with what it costs (at most `most`)."""
        check_stop()
        question, scratch = self.question, self.scratch
        path = np.zeros(MOST_HOPS, dtype=np.int32)
        scratch.turn += 1
        packed = best_path(
            question.routes.arrays,
            scratch.labels,
            (first, cost),
            (question.partners, question.goal),
            (hops, most, scratch.turn),
            path,
        )
        if packed == NO_WAY:
            return None
        return packed, tuple(path[: packed % HOPS].tolist())

    @contextmanager
    def without(self, members: Collection[int]) -> Iterator[None]:
        """No path passes these members within this block."""
        blocked = self.scratch.labels.blocked
        removed = [member for member in members if not blocked[member]]
        blocked[removed] = True
        yield
        blocked[removed] = False

    def onward(self, path: Path) -> tuple[Int32s, Int64s]:
        """The steps from where the beginning of a path ends, and what they cost."""
        if not path:
            return self.question.first
        routes = self.question.routes
        begin, end = routes.able.start[path[-1] : path[-1] + 2]
        return routes.able.target[begin:end], routes.cost[begin:end]

    def branching(
        self, path: Path, excluded: Collection[int], most: int = NO_WAY - 1
    ) -> tuple[int, Path] | None:
        """The best path that begins with `path` and avoids the next members `taken`."""
        targets, costs = self.onward(path)
        allowed = ~np.isin(targets, list(excluded))
        so_far, hops = self.question.cost(path), self.question.max_hops - len(path)
        with self.without(path):
            best = self.best(targets[allowed], costs[allowed], hops, most - so_far)
        return best and (so_far + best[0], path + best[1])


@contextmanager
def search(question: RouteQuestion) -> Iterator[PathSearch]:
    with question.routes.scratch() as scratch:
        path_search = PathSearch(question, scratch)
        with path_search.without([question.startup]):
            yield path_search


def best_paths(question: RouteQuestion, k: int) -> list[Path]:
    """The k best paths: by success, then fewer hops, then the members in order.

    Yen's method as Lawler has it: after each path, what remains falls into those that
    leave it at its first step, its second and so on, and the best of each part waits.
    A part is searched no further than the worst path that can still be among the k.
    Paths that never succeed come last: all that there are, without those found before.

    Cost: at most k * maxHops searches for one best path; on 100,000 members with
    500,000 ties about 0.3 ms each.

    Source: Yen 1971, Management Science 17:712-716; Lawler 1972, ibid. 18:401-405.

    >>> from service.algorithms.csr import Csr
    >>> from service.algorithms.routes import Routes
    >>> steps = Csr.of(np.array([1, 2]), np.array([3, 3]), np.array([0.5, 0.9]), 4)
    >>> backers, partners = np.array([1, 2], np.int32), np.array([3], np.int32)
    >>> chances = np.array([0.8, 0.5])
    >>> best_paths(RouteQuestion(Routes(steps), 0, backers, chances, partners, 2), k=2)
    [(2, 3), (1, 3)]
    """
    paths = ranked(question, k)
    if len(paths) < k and question.doubtful:
        known = set(paths)
        others = ranked(question.certain, k + len(paths))
        paths += [path for path in others if path not in known]
    return paths[:k]


def ranked(question: RouteQuestion, k: int) -> list[Path]:
    """The k best of the paths that may succeed."""
    next_members: dict[Path, set[int]] = defaultdict(set)
    paths: list[Path] = []
    with search(question) as within:
        best = within.branching((), ())
        waiting = [(*best, 0)] if best else []
        while waiting and len(paths) < k:
            _, path, since = waiting.pop(0)
            paths.append(path)
            for position in range(len(path)):
                next_members[path[:position]].add(path[position])
            left = k - len(paths)
            for position in range(since, len(path) if left else 0):
                most = waiting[-1][0] if len(waiting) == left else NO_WAY - 1
                start = path[:position]
                other = within.branching(start, next_members[start], most)
                if other:
                    insort(waiting, (*other, position))
                    del waiting[left:]
    return paths
