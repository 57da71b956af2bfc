"""The introduction network of a day: every tied pair, and how likely it introduces.

There is one for the whole database, cached while the graph does not change; what a
start-up adds (its backers, their cohorts) is read for each question.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse.csgraph import connected_components

from service.algorithms.csr import Csr, Floats, Int32s, Int64s
from service.algorithms.routes import Flags, Routes
from service.algorithms.warm_up import Renewals
from service.analyses.introductions.pairs import (
    IntroductionPairs,
    LargestValues,
    add_stored,
)
from service.analyses.introductions.shares import CohortPairs, add_shared
from service.computation.pool import in_thread
from service.graph import Graph
from service.graph.statements import statement
from service.networks.arcs import MemberIndex
from service.networks.network import KEY_BYTES, Networks
from service.networks.selection import Selection
from service.settings import Settings
from service.vocabulary.enums import Introductions, TieKind


@dataclass(frozen=True)
class PeopleColumns:
    people: list[Any]
    introductions: list[str]
    favours: list[int]


@dataclass(frozen=True)
class Manners:
    """How each member handles introductions."""

    closed: Flags  # on no path
    ask: Flags  # wants to be asked first
    favours: Int64s  # open ones

    @classmethod
    async def from_graph(cls, graph: Graph, places: MemberIndex) -> Manners:
        query = statement("introductions/people", END=places.end)
        row = (await graph.long_rows(query, PeopleColumns))[0]
        who = places.positions(row.people)
        in_network = who >= 0
        words = np.array(row.introductions, dtype=object)[in_network]
        size = len(places.ends)
        manners = cls(np.zeros(size, bool), np.zeros(size, bool), np.zeros(size, int))
        manners.closed[who[in_network]] = words == Introductions.CLOSED.value
        manners.ask[who[in_network]] = words == Introductions.ASK.value
        manners.favours[who[in_network]] = np.array(row.favours, dtype=np.int64)[
            in_network
        ]
        return manners

    @property
    def willing(self) -> Floats:
        """Open favours make a person less likely to say yes."""
        return 1 / (1 + np.maximum(self.favours, 0))


@dataclass(frozen=True)
class IntroductionNetwork:
    """Members by their index in the order of keys, and the tied pairs."""

    day: date
    keys: list[str]
    manners: Manners
    pairs: Int64s  # ascending: the smaller index * members + the larger
    chance: Floats  # of each pair
    renewed: Floats  # of each pair after one contact; 0 where that raises nothing
    cohorts: CohortPairs
    without_cohort: Floats  # chance of each pair of `cohorts` without any cohort
    unstated: Int32s  # one end of each acquaintance without strength
    read_at: float

    def indices(self, keys: Iterable[str]) -> Int32s:
        """Ascending; members that are not active that day have none."""
        indices = {self.index(key) for key in keys} - {None}
        return np.array(sorted(indices), dtype=np.int32)  # type: ignore[type-var]

    def index(self, key: str) -> int | None:
        index = bisect_left(self.keys, key)
        return index if self.keys[index : index + 1] == [key] else None

    @cached_property
    def between(self) -> Csr:
        """Each pair both ways but those of CLOSED people; weights are its position."""
        size, positions = len(self.keys), np.arange(len(self.pairs))
        left, right = np.divmod(self.pairs, max(size, 1))
        is_open = ~(self.manners.closed[left] | self.manners.closed[right])
        left, right, positions = left[is_open], right[is_open], positions[is_open]
        return Csr.of(
            np.concatenate((left, right)),
            np.concatenate((right, left)),
            np.tile(positions, 2).astype(np.float64),
            size,
        )

    def success(self, chance: Floats) -> Floats:
        """Of each step: the chance of its pair times the willingness of its end."""
        pair = self.between.weight.astype(np.int64)
        return chance[pair] * self.manners.willing[self.between.target]

    def routes_by(self, chance: Floats) -> Routes:
        between = self.between
        return Routes(Csr(between.start, between.target, self.success(chance)))

    @cached_property
    def routes(self) -> Routes:
        return self.routes_by(self.chance)

    @cached_property
    def renewals(self) -> Renewals:
        return Renewals.of(self.routes, self.success(self.renewed))

    def without(self, cohorts: Iterable[str]) -> Routes:
        """The routes without the ties that come from these cohorts."""
        own = [i for i, key in enumerate(self.cohorts.keys) if key in set(cohorts)]
        gone = np.isin(self.cohorts.cohort, own)
        remaining = LargestValues.of(
            [(self.cohorts.pair[~gone], self.cohorts.chance[~gone])]
        )
        pairs = self.cohorts.pair[gone]
        chance = self.chance.copy()
        chance[np.searchsorted(self.pairs, pairs)] = np.maximum(
            self.without_cohort[gone], remaining.at(pairs)
        )
        return self.routes_by(chance)

    @cached_property
    def parts(self) -> Int32s:
        """The part of the network that each member is in, CLOSED people too."""
        left, right = np.divmod(self.pairs, max(len(self.keys), 1))
        pairs = Csr.of(left, right, np.ones(len(left)), len(self.keys))
        parts: Int32s = connected_components(pairs.matrix, directed=False)[1]
        return parts

    def warnings(self, start: Int32s) -> list[str]:
        """Members and ties within reach that count in a way which may surprise."""
        near = np.unique(self.parts[start])
        warnings = []
        closed = int(np.isin(self.parts[self.manners.closed], near).sum())
        if closed:
            warnings.append(
                f"People within reach who are CLOSED to introductions, and on no path:"
                f" {closed}."
            )
        unstated = int(np.isin(self.parts[self.unstated], near).sum())
        if unstated:
            warnings.append(
                f"Acquaintances without a strength, counted with a success of 0.3:"
                f" {unstated}."
            )
        return warnings

    @property
    def byte_count(self) -> int:
        columns = 24 * len(self.pairs) + 32 * len(self.cohorts.pair)
        bytes_ = columns + (KEY_BYTES + 30) * len(self.keys)
        bytes_ += self.between.byte_count + self.routes.byte_count
        # Computed only where a question needs it.
        has_renewals = "renewals" in self.__dict__
        return bytes_ + (self.renewals.byte_count if has_renewals else 0)


async def introduction_network(
    networks: Networks, settings: Settings, day: date
) -> IntroductionNetwork:
    """From the cache, or read from the database."""

    async def read_network() -> IntroductionNetwork:
        read_at = time.monotonic()
        graph = networks.snapshots.graph
        everybody = Selection(ties=(TieKind.ACQUAINTANCE,), day=day)
        places = MemberIndex(await networks.members(everybody))
        pairs = IntroductionPairs(places, settings)
        manners = await Manners.from_graph(graph, places)
        await add_stored(graph, day, pairs)
        cohorts = await add_shared(graph, day, pairs)
        read = await in_thread(network, day, pairs, manners, cohorts, read_at)
        await in_thread(lambda: (read.routes, read.parts))  # all questions need them
        return read

    key = ("introductions", *network_key(settings, day))
    return await networks.snapshots.get(key, read_network)


def network_key(settings: Settings, day: date) -> tuple[Hashable, ...]:
    """What an introduction network depends on, beside the graph."""
    factors = settings.half_life_days, settings.friend_factor
    return day, *factors, settings.max_community


def network(
    day: date,
    pairs: IntroductionPairs,
    manners: Manners,
    cohorts: CohortPairs,
    read_at: float,
) -> IntroductionNetwork:
    alone = LargestValues.of(pairs.chances)
    best = LargestValues.of([*pairs.chances, (cohorts.pair, cohorts.chance)])
    renewed = LargestValues.of(pairs.renewed).at(best.pair)
    none = np.zeros(0, dtype=np.int32)
    return IntroductionNetwork(
        day,
        pairs.places.members.keys,
        manners,
        best.pair,
        best.value,
        np.where(renewed > best.value, renewed, 0.0),
        cohorts,
        alone.at(cohorts.pair),
        np.concatenate([none, *pairs.unstated]),
        min(read_at, pairs.places.members.read_at),
    )
