"""Pairs of members that shared something: a company, a contract, a community."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from service.algorithms.csr import Floats, Int64s
from service.analyses.introductions.chances import SUCCESS, remaining_share
from service.analyses.introductions.pairs import IntroductionPairs
from service.computation.pool import in_thread
from service.graph import Graph
from service.graph.statements import statement
from service.networks.arcs import blocks
from service.networks.shared_arcs import pair_count
from service.networks.shared_arcs import pairs as pairs_at
from service.vocabulary.enums import TieKind

DERIVED = {
    "INVESTED_IN": TieKind.CO_INVESTMENT,
    "PARTY_TO": TieKind.CONTRACT,
    "MEMBER_OF": TieKind.CO_MEMBERSHIP,
}


@dataclass(frozen=True)
class ShareColumns:
    types: list[str]
    hubs: list[str]
    cohorts: list[bool]
    members: list[list[Any]]
    begun: list[list[int]]
    ended: list[list[int]]
    hubs_begun: list[int]
    hubs_ended: list[int]


@dataclass
class Hubs:
    """What is shared, by whom, from when to when; ages are in days on the day."""

    index: dict[tuple[str, str], int] = field(default_factory=dict)
    chance: list[float] = field(default_factory=list)  # of each hub, as are the next
    cohort: list[str | None] = field(default_factory=list)  # its key, if it is one
    span: list[tuple[int, int]] = field(default_factory=list)
    hub: list[int] = field(default_factory=list)  # of each share, as are the rest
    member: list[Any] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)

    def add(self, row: ShareColumns) -> None:
        """A hub may come in several blocks, with some of its members in each."""
        for i, (type, key) in enumerate(zip(row.types, row.hubs, strict=True)):
            if (type, key) not in self.index:
                self.index[type, key] = len(self.chance)
                self.chance.append(SUCCESS[DERIVED[type]])
                own = type == "MEMBER_OF" and row.cohorts[i]
                self.cohort.append(key if own else None)
                self.span.append((row.hubs_begun[i], row.hubs_ended[i]))
            self.hub += [self.index[type, key]] * len(row.members[i])
            self.member += row.members[i]
            self.begun += row.begun[i]
            self.ended += row.ended[i]


@dataclass(frozen=True)
class CohortPairs:
    """The pairs that cohorts of incubators and accelerators make."""

    keys: list[str]
    cohort: Int64s  # index in `keys`
    pair: Int64s
    chance: Floats


async def add_shared(graph: Graph, day: date, pairs: IntroductionPairs) -> CohortPairs:
    """Add all pairs but those of cohorts, which are the result."""
    query = statement("introductions/shares", END=pairs.places.end)
    most = pairs.settings.max_community
    hubs = Hubs()
    async for row in blocks(
        graph, query, ShareColumns, pairs.places, day=day, max_community=most
    ):
        hubs.add(row)
    hub, pair, chance = await in_thread(together, hubs, pairs)
    keys = sorted(key for key in hubs.cohort if key is not None)
    numbers = {key: i for i, key in enumerate(keys)}
    cohorts = np.array([numbers.get(key or "", -1) for key in hubs.cohort], np.int64)
    cohort = cohorts[hub]
    pairs.chances.append((pair[cohort < 0], chance[cohort < 0]))
    own = cohort >= 0
    return CohortPairs(keys, cohort[own], pair[own], chance[own])


def together(hubs: Hubs, pairs: IntroductionPairs) -> tuple[Int64s, Int64s, Floats]:
    """Hub, pair and chance of any two that were at one hub at the same time.

    They were from the later begin to the earlier end, the hub's own among them.
    """
    member = pairs.places.positions(hubs.member).astype(np.int64)
    order = np.argsort(np.array(hubs.hub, dtype=np.int64), kind="stable")
    order = order[member[order] >= 0]
    hub, member = np.array(hubs.hub, dtype=np.int64)[order], member[order]
    begun = np.array(hubs.begun, dtype=np.int32)[order]
    ended = np.array(hubs.ended, dtype=np.int32)[order]
    pairs.refuse((pair_count(hub) - len(hub)) // 2)
    left, right = pairs_at(hub)
    is_ordered = member[left] < member[right]
    left, right = left[is_ordered], right[is_ordered]
    span = np.array(hubs.span, dtype=np.int32).reshape(-1, 2)[hub[left]]
    since = np.minimum(np.minimum(begun[left], begun[right]), span[:, 0])
    until = np.maximum(np.maximum(ended[left], ended[right]), span[:, 1])
    both = since > until
    left, right, until = left[both], right[both], until[both]
    chance = np.array(hubs.chance, dtype=np.float64)[hub[left]] * remaining_share(until)
    return hub[left], pairs.number(member[left], member[right]), chance
