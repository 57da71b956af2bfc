"""Brokerage of a network: one member counted in Cypher, all of them over arrays.

Each part is found once, when it is first asked for: one member's counts need no arcs.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from service.algorithms import brokerage, brokerage_moments
from service.algorithms.brokerage_moments import Moments, Null
from service.algorithms.csr import Floats, Int64s
from service.graph.statements import statement
from service.networks.members import Groups
from service.networks.network import Network, Networks, index_of
from service.networks.selection import (
    MUTUAL_TIES,
    REVERSED_TIES,
    STORED_TIES,
    Selection,
)
from service.vocabulary import TIES
from service.vocabulary.enums import GroupKey, PairWeight, TieKind, TieWeight

T = TypeVar("T")
MUTUAL_ARCS = (
    "Every arc is mutual; the null model of expected and z assumes independent"
    " directed arcs."
)


@dataclass(frozen=True)
class Around:
    """Columns of the two statements about one member: [key, group] and counts."""

    sources: list[tuple[str, int]]
    targets: list[tuple[str, int]]
    closed: list[tuple[int, int, int]]


@dataclass
class Brokerage:
    """One question's data; reads happen in the order in which answers need them."""

    networks: Networks
    selection: Selection
    group_by: GroupKey
    pair_weight: PairWeight = PairWeight.PRODUCT
    partial_credit: bool = False
    read_at: float = field(default_factory=time.monotonic)
    _found: dict[str, asyncio.Task[Any]] = field(default_factory=dict)

    async def _once(self, name: str, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`, shared by all who ask for it."""
        if name in self._found:
            work.close()
        else:
            self._found[name] = asyncio.ensure_future(work)
        result: T = await self._found[name]
        return result

    @property
    def counted(self) -> bool:
        """Whether pairs are counted, not weighed: else chance has no model for them."""
        return self.selection.weight is TieWeight.NONE and not self.partial_credit

    @property
    def minimum(self) -> bool:
        return self.pair_weight is PairWeight.MINIMUM

    async def network(self) -> Network:
        return await self._once("network", self._network())

    async def _network(self) -> Network:
        found = await self.networks.network(self.selection)
        self.read_at = min(self.read_at, found.read_at)
        return found

    async def groups(self) -> Groups:
        return await self.networks.groups(await self.network(), self.group_by)

    async def credit(self) -> Floats:
        """The five roles of every member of the network, in its order."""
        return await self._once("credit", self._credit())

    async def _credit(self) -> Floats:
        network, groups = await self.network(), await self.groups()
        return await asyncio.to_thread(
            brokerage.roles,
            network.arcs,
            groups.ids,
            self.minimum,
            self.partial_credit,
        )

    async def moments(self) -> ByGroup | None:
        """What chance gives; None where it is undefined (N < 2, weights, credit)."""
        network, groups = await self.network(), await self.groups()
        if len(network.keys) < 2 or not self.counted:
            return None
        return await self._once("moments", by_group(network, groups))

    async def one(self, key: str) -> tuple[str | None, Floats] | None:
        """Group and counts of one member, in Cypher where the ties allow; else None.

        None as well where the member is not in the network.
        """
        if not (self.counted and in_cypher(self.selection)):
            own = index_of((await self.network()).keys, key)
            if own is None:
                return None
            return (await self.groups()).names[own], (await self.credit())[own]
        chosen = await self.networks.members(self.selection, self.group_by)
        self.read_at = min(self.read_at, chosen.read_at)
        own = index_of(chosen.keys, key)
        if own is None:
            return None
        groups = Groups.of(chosen.keys, chosen, self.group_by)
        around = await self._around(key, chosen.keys, groups)
        if not (around.sources or around.targets or self.selection.isolates):
            return None
        counts = brokerage.roles_of_one(
            brokerage.Around(dict(around.sources), dict(around.targets), around.closed),
            int(groups.ids[own]),
        )
        return groups.names[own], counts

    async def _around(self, key: str, keys: list[str], groups: Groups) -> Around:
        numbers = dict(zip(keys, groups.ids.tolist(), strict=True))
        params = {"member": key, "groups": numbers, "day": self.selection.day}
        if self.selection.ties == (TieKind.CO_INVESTMENT,):
            read = statement("brokerage/by_investment")
        else:
            types = [TIES[kind].type for kind in self.selection.ties]
            read = statement("brokerage/by_ties", TYPES="|".join(types))
            params["reversed"] = [TIES[kind].type for kind in REVERSED_TIES]
            params["mutual"] = [TIES[kind].type for kind in MUTUAL_TIES]
            exchange_kind = self.selection.exchange_kind
            params["exchange_kind"] = exchange_kind and exchange_kind.value
        graph = self.networks.snapshots.graph
        return (await graph.rows(read, Around, **params))[0]

    async def warnings(self) -> list[str]:
        network, groups = await self.network(), await self.groups()
        found = network.warnings + groups.warnings
        return found + ([MUTUAL_ARCS] if network.mutual and self.counted else [])


@dataclass(frozen=True)
class ByGroup:
    """Moments of brokers, which hang on the size of their group alone."""

    null: Null
    group_sizes: Int64s  # of each member, in the order of the network

    @cached_property
    def of_size(self) -> dict[int, Moments]:
        return {
            own: brokerage_moments.of_broker(self.null, own) for own in self.null.sizes
        }

    @cached_property
    def whole(self) -> Moments:
        return brokerage_moments.of_whole(self.null)

    def of_place(self, place: int) -> Moments:
        return self.of_size[int(self.group_sizes[place])]

    def columns(self, role: int) -> tuple[Floats, Floats]:
        """Mean and deviation of one role (or the total), for each member."""
        sizes = np.array(sorted(self.of_size))
        table = np.array([self.of_size[size][role] for size in sizes.tolist()])
        found = table[np.searchsorted(sizes, self.group_sizes)]
        return found[:, 0], found[:, 1]


async def by_group(network: Network, groups: Groups) -> ByGroup:
    _, inverse, sizes = np.unique(groups.ids, return_inverse=True, return_counts=True)
    null = Null(len(network.keys), network.arcs.arc_count, sizes.tolist())
    return ByGroup(null, sizes[inverse])


def in_cypher(selection: Selection) -> bool:
    """Stored ties, or co-investment alone: a bounded pattern around one member."""
    stored = all(kind in STORED_TIES for kind in selection.ties)
    return stored or selection.ties == (TieKind.CO_INVESTMENT,)
