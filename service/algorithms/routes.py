"""Who may introduce whom: steps, what each costs, and a search from one start-up.

A step has a success in 0..1; a path's success is their product. A step costs whole
units of 1e-12 nats, so that equal products tie whatever their order of multiplication,
and its hops stand in the low digits: one integer orders paths by success, then by
fewer hops.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.algorithms.csr import Csr, Floats, Int32s, Int64s

MOST_HOPS = 8
HOPS = 1 << 10  # hops are counted below this
UNIT = 1e12
MOST_NATS = 500.0  # of one step; twice eight of them, with their hops, are below 2^63
NO_WAY = 2**63 - 1
MOST_TURNS = 1 << 26  # of one scratch: stamps are 32 bits
Path = tuple[int, ...]  # backer, …, partner
Flags = NDArray[np.bool_]


def costs(success: Floats) -> Int64s:
    """The costs of the steps that may succeed.

    >>> costs(np.array([1.0, 0.5])).tolist() == [1, 693147180560 * HOPS + 1]
    True
    """
    nats = np.minimum(-np.log(np.minimum(success, 1.0)), MOST_NATS)
    return np.rint(nats * UNIT).astype(np.int64) * HOPS + 1


def arc(steps: Csr, source: int, target: int) -> int:
    """The position of an existing step."""
    begin, end = steps.start[source : source + 2]
    return int(begin + np.searchsorted(steps.target[begin:end], target))


class Steps(NamedTuple):
    """The steps as a kernel reads them: forward, and back from the partners."""

    start: tuple[Int64s, Int64s]
    target: tuple[Int32s, Int32s]
    cost: tuple[Int64s, Int64s]


class Labels(NamedTuple):
    """What a kernel writes on. Row 0 is of labels forward, row 1 of labels back.

    A label is a member after some hops; `stamp` tells which search wrote it.
    """

    stamp: Int32s
    cost: Int64s
    parent: Int32s
    least: Int32s  # of a member: turn * 16 + hops
    offer: Int64s  # the cost of the first step to a member
    blocked: Flags  # members that no path may use

    @classmethod
    def of(cls, size: int) -> Labels:
        shape = (2, size * (MOST_HOPS + 1))
        return cls(
            stamp=np.zeros(shape, dtype=np.int32),
            cost=np.zeros(shape, dtype=np.int64),
            parent=np.zeros(shape, dtype=np.int32),
            least=np.zeros((2, size), dtype=np.int32),
            offer=np.full(size, NO_WAY, dtype=np.int64),
            blocked=np.zeros(size, dtype=np.bool_),
        )


class SearchScratch:
    """The labels of one search after another over the same network.

    Nothing is cleared between searches, and pages that none touches take no memory.
    """

    def __init__(self, size: int) -> None:
        self.turn = 0
        self.labels = Labels.of(size)

    @property
    def byte_count(self) -> int:
        """At most: as if all pages had been touched."""
        return sum(array.nbytes for array in self.labels)


@dataclass(frozen=True)
class Routes:
    """Every step from member to member, with its success as the weight."""

    steps: Csr
    _free: list[SearchScratch] = field(default_factory=list, repr=False)

    @property
    def size(self) -> int:
        return self.steps.size

    @cached_property
    def able(self) -> Csr:
        """The steps that may succeed."""
        return self.steps.where(self.steps.weight > 0)

    @cached_property
    def arrays(self) -> Steps:
        ways = self.able, self.able.turned
        return Steps(
            start=(ways[0].start, ways[1].start),
            target=(ways[0].target, ways[1].target),
            cost=(costs(ways[0].weight), costs(ways[1].weight)),
        )

    @property
    def cost(self) -> Int64s:
        """Beside the arcs of `able`."""
        return self.arrays.cost[0]

    @cached_property
    def certain(self) -> Routes:
        """As if every step succeeded: hops alone tell paths apart."""
        return Routes(replace(self.steps, weight=np.ones(self.steps.arc_count)))

    @contextmanager
    def scratch(self) -> Iterator[SearchScratch]:
        """For one thread at a time."""
        try:
            scratch = self._free.pop()
        except IndexError:
            scratch = SearchScratch(self.size)
        yield scratch
        if scratch.turn < MOST_TURNS:
            self._free.append(scratch)

    @property
    def byte_count(self) -> int:
        # In both directions, each with its costs.
        arcs = 2 * self.steps.byte_count + 16 * self.steps.arc_count
        return arcs + sum(scratch.byte_count for scratch in self._free)


@dataclass(frozen=True)
class RouteQuestion:
    """From one start-up over its backers to the partners of one need."""

    routes: Routes
    startup: int
    backers: Int32s  # ascending
    success: Floats  # of the step from the start-up to each
    partners: Int32s
    max_hops: int

    @cached_property
    def first(self) -> tuple[Int32s, Int64s]:
        """The backers who may be reached, and at what cost."""
        able = self.success > 0
        return self.backers[able], costs(self.success[able])

    @property
    def certain(self) -> RouteQuestion:
        """As if every step succeeded."""
        ones = np.ones(len(self.backers))
        return replace(self, routes=self.routes.certain, success=ones)

    @property
    def doubtful(self) -> bool:
        """Whether any step never succeeds."""
        able = self.routes.able.arc_count == self.routes.steps.arc_count
        return not (able and (self.success > 0).all())

    @cached_property
    def goal(self) -> Flags:
        flags = np.zeros(self.routes.size, dtype=np.bool_)
        flags[self.partners] = True
        return flags

    def steps(self, path: Path) -> list[float]:
        """The success of each step of a path."""
        first = np.searchsorted(self.backers, path[0])
        steps = self.routes.steps
        later = (steps.weight[arc(steps, *ends)] for ends in pairwise(path))
        return [float(self.success[first]), *map(float, later)]

    def chance(self, path: Path) -> float:
        return math.prod(self.steps(path))

    def cost(self, path: Path) -> int:
        """Of a path, or of the beginning of one, that may succeed."""
        if not path:
            return 0
        backers, costs = self.first
        total = costs[np.searchsorted(backers, path[0])]
        for ends in pairwise(path):
            total += self.routes.cost[arc(self.routes.able, *ends)]
        return int(total)
