"""Weak-node cascades: how the loss of one member runs through what depends on it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SMALL = 1e-9  # a loss below this is none; the fixed point stops at changes below it
MOST_ROUNDS = 1_000


class Entry(NamedTuple):
    """`dependent` DEPENDS_ON `provider`."""

    dependent: str
    provider: str
    strength: float = 1.0  # 0..1
    criticality: float = 100.0  # 0..100
    buffer_days: float = 0.0
    group: str | None = None  # providers of one group replace each other


@dataclass(frozen=True)
class Dependencies:
    """Entries as arrays, sorted by dependent and class.

    A class of a dependent is a substitute group among its providers, or one provider
    without a group; parallel entries of one pair are separate.
    """

    keys: list[str]  # in order; an index is a member
    dependent: Ints
    provider: Ints
    strength: Floats
    rest: Floats  # criticality / 100
    buffer: Floats
    class_start: Ints  # first entry of each class
    member_start: Ints  # first class of each dependent
    dependents: Ints  # those members

    @classmethod
    def of(cls, entries: Sequence[Entry], seed: str) -> Dependencies:
        keys = sorted({seed, *(e.dependent for e in entries), *(e[1] for e in entries)})
        index = {key: i for i, key in enumerate(keys)}
        named = [
            ((index[e.dependent], e.group or "", "" if e.group else str(i)), e)
            for i, e in enumerate(entries)
        ]
        named.sort(key=lambda pair: (pair[0], pair[1].provider))
        classes = [name for name, _ in named]
        firsts = [i for i, c in enumerate(classes) if i == 0 or c != classes[i - 1]]
        owners = [classes[i][0] for i in firsts]
        starts = [i for i, o in enumerate(owners) if i == 0 or o != owners[i - 1]]
        ordered = [entry for _, entry in named]
        return cls(
            keys=keys,
            dependent=np.array([index[e.dependent] for e in ordered], dtype=np.int64),
            provider=np.array([index[e.provider] for e in ordered], dtype=np.int64),
            strength=np.array([e.strength for e in ordered], dtype=np.float64),
            rest=np.array([e.criticality for e in ordered], dtype=np.float64) / 100,
            buffer=np.array([e.buffer_days for e in ordered], dtype=np.float64),
            class_start=np.array(firsts, dtype=np.int64),
            member_start=np.array(starts, dtype=np.int64),
            dependents=np.array([owners[i] for i in starts], dtype=np.int64),
        )


@dataclass(frozen=True)
class Cascade:
    """Operability of every member, 0..1, once the seed has lost its own."""

    dependencies: Dependencies
    seed: int
    operability: Floats
    converged: bool
    steps: int

    @property
    def loss(self) -> Floats:
        loss: Floats = 1 - self.operability
        return loss

    @cached_property
    def hit(self) -> set[int]:
        return set(np.flatnonzero(self.loss > SMALL).tolist())

    @cached_property
    def providers(self) -> dict[int, set[int]]:
        """Per hit member, the hit members it depends on."""
        found: dict[int, set[int]] = {}
        d = self.dependencies
        for j, i in zip(d.dependent.tolist(), d.provider.tolist(), strict=True):
            if i in self.hit and j in self.hit:
                found.setdefault(j, set()).add(i)
        return found

    @cached_property
    def order(self) -> dict[int, int]:
        """Fewest dependency hops from the seed, through hit members alone."""
        return self._reach(frozenset())

    def _reach(self, blocked: frozenset[int]) -> dict[int, int]:
        """Hops from the seed to the hit members, touching none that is blocked."""
        dependents: dict[int, list[int]] = {}
        for j, providers in self.providers.items():
            for i in providers:
                dependents.setdefault(i, []).append(j)
        hops = {self.seed: 0} if self.seed in self.hit - blocked else {}
        queue = deque(hops)
        while queue:
            i = queue.popleft()
            for j in dependents.get(i, ()):
                if j not in hops and j not in blocked:
                    hops[j] = hops[i] + 1
                    queue.append(j)
        return hops

    def deciding_path(self, member: int) -> list[int]:
        """From the seed to the member, over the provider that decides at each step.

        Of the two parts of the minimum the binding one counts (equal: the mean), of
        its classes the one with the smallest value, of that the provider that gives
        the value; only providers that the seed reaches around the path so far.
        """
        path = [member]
        while path[-1] != self.seed:
            open_to = self._reach(frozenset(path))
            path.append(self._decider(path[-1], open_to))
        return path[::-1]

    def _decider(self, member: int, open_to: dict[int, int]) -> int:
        d = self.dependencies
        o = self.operability
        partial = d.strength * o[d.provider] + (1 - d.strength)
        least = o[d.provider] + d.rest
        classes = self._classes(member)
        means = [partial[rows].max() for rows in classes]
        floors = [least[rows].max() for rows in classes]
        mean_binds = np.mean(means) <= min(floors) + SMALL
        values = partial if mean_binds else least
        ranked = []
        for rows in classes:
            eligible = [row for row in rows if int(d.provider[row]) in open_to]
            if eligible:
                top = round(float(values[rows].max()), 9)
                # The highest value, and of equal ones the first key.
                rated = [
                    (-round(float(values[row]), 9), int(d.provider[row]))
                    for row in eligible
                ]
                ranked.append((top, min(rated)[1]))
        return min(ranked)[1]

    def _classes(self, member: int) -> list[Ints]:
        """The rows of each class of one dependent."""
        d = self.dependencies
        place = int(np.searchsorted(d.dependents, member))
        bounds = np.append(d.class_start, len(d.provider))
        ends = np.append(d.member_start, len(d.class_start))
        return [
            np.arange(bounds[c], bounds[c + 1])
            for c in range(ends[place], ends[place + 1])
        ]

    def delays(self, days: float) -> Floats:
        """Days that each member waits when the seed loses `days` days.

        delay_j = max over classes of min_i max(0, delay_i - buffer_ij), the least
        fixed point from 0, for members with a loss; others wait 0 days.
        """
        d = self.dependencies
        hit = np.zeros(len(d.keys))
        hit[list(self.hit)] = 1
        delay = np.zeros(len(d.keys))
        delay[self.seed] = days
        while len(d.provider):
            left = np.maximum(0, delay[d.provider] - d.buffer)
            per_class = np.minimum.reduceat(left, d.class_start)
            later = delay.copy()
            later[d.dependents] = np.maximum.reduceat(per_class, d.member_start)
            later *= hit
            later[self.seed] = days
            if np.array_equal(later, delay):
                break
            delay = later
        return delay


def fdna(dependencies: Dependencies, seed: str, operability: float) -> Cascade:
    """Functional dependency network analysis: the least fixed point from 100 %.

    O_j = min(mean over classes of max_i[a_ij O_i + (1 - a_ij)],
              min over classes of max_i[O_i + b_ij / 100]), at most 1; the seed is held.

    Parameters
    ----------
    operability: what is left of the seed, 0..1.

    Cost: O(entries) a round, at most 1,000 rounds; a cycle converges at the rate of
    the product of its strengths.
    Source: Garvey & Pinto 2009; Guariniello & DeLaurentis 2013, doi
    10.1016/j.procs.2013.01.028.

    >>> entries = [Entry("p", "rd", .9, 10), Entry("b", "p", .6, 30)]
    >>> found = fdna(Dependencies.of(entries, "rd"), "rd", .4)
    >>> found.operability.round(3).tolist()  # of b, p, rd
    [0.676, 0.46, 0.4]
    """
    d = dependencies
    place = d.keys.index(seed)
    now = np.ones(len(d.keys))
    now[place] = operability
    step, change = 0, np.inf
    while change >= SMALL and step < MOST_ROUNDS and len(d.provider):
        later = one_round(d, now)
        later[place] = operability
        change = float(np.abs(later - now).max())
        now, step = later, step + 1
    converged = bool(change < SMALL) or not len(d.provider)
    return Cascade(d, place, now, converged, step)


def one_round(d: Dependencies, now: Floats) -> Floats:
    partial = d.strength * now[d.provider] + (1 - d.strength)
    means = np.maximum.reduceat(partial, d.class_start)
    floors = np.maximum.reduceat(now[d.provider] + d.rest, d.class_start)
    sizes = np.diff(np.append(d.member_start, len(d.class_start)))
    mean = np.add.reduceat(means, d.member_start) / sizes
    floor = np.minimum.reduceat(floors, d.member_start)
    later = np.ones(len(now))
    later[d.dependents] = np.minimum(1, np.minimum(mean, floor))
    return later
