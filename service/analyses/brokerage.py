"""Who brokers between which groups: Cypher counts for one member, arrays for all.

Each part is computed once, when it is first needed: one member's counts need no arcs.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np

from service.algorithms import brokerage, brokerage_moments
from service.algorithms.brokerage import ROLES
from service.algorithms.brokerage_moments import Moments, Null
from service.algorithms.csr import Floats, Int64s
from service.computation.pool import in_thread
from service.computation.sharing import LazyResults
from service.graph.statements import statement
from service.networks.member_groups import MemberGrouping
from service.networks.members import Groups
from service.networks.network import Network, Networks, index_of
from service.networks.selection import (
    MUTUAL_TIES,
    REVERSED_TIES,
    STORED_TIES,
    Selection,
)
from service.vocabulary import TIES
from service.vocabulary.enums import (
    BrokerageRole,
    BrokerageScore,
    PairWeight,
    TieKind,
    TieWeight,
)

MUTUAL_ARCS = (
    "Every arc is mutual; the null model of expected and z assumes independent"
    " directed arcs."
)


@dataclass(frozen=True)
class NeighbourhoodRow:
    """What the two statements about one member return: [key, group] and counts."""

    sources: list[tuple[str, int]]
    targets: list[tuple[str, int]]
    closed: list[tuple[int, int, int]]


@dataclass(frozen=True)
class BrokerResult:
    """A member with its group and its five counts, in the order of `ROLES`."""

    key: str
    group: str | None
    counts: Floats


@dataclass(frozen=True)
class BrokeredPairResult:
    """Two members that only others connect, the role of the broker and its credit."""

    source: str
    target: str
    role: BrokerageRole
    credit: float


@dataclass(frozen=True)
class MemberRoles:
    """The five roles of every member of a network, and the orders by them."""

    network: Network
    credit: Floats
    orders: LazyResults = field(default_factory=LazyResults)

    @property
    def read_at(self) -> float:
        return self.network.read_at

    @property
    def byte_count(self) -> int:
        return self.credit.nbytes + self.orders.byte_count


@dataclass
class BrokerageAnalysis:
    """The data of one question, read in the order in which its answers need them."""

    networks: Networks
    selection: Selection
    group_by: MemberGrouping
    pair_weight: PairWeight = PairWeight.PRODUCT
    partial_credit: bool = False
    known_network: Network | None = None  # else it is read
    read_at: float = field(default_factory=time.monotonic)
    _results: LazyResults = field(default_factory=LazyResults)

    @property
    def has_null_model(self) -> bool:
        """Whether pairs are counted and not weighed: only counts have a chance
        model."""
        return self.selection.weight is TieWeight.NONE and not self.partial_credit

    @property
    def minimum(self) -> bool:
        return self.pair_weight is PairWeight.MINIMUM

    async def network(self) -> Network:
        return await self._results.result("network", self._network)

    async def _network(self) -> Network:
        network = self.known_network or await self.networks.network(
            self.selection, self.group_by
        )
        self.read_at = min(self.read_at, network.read_at)
        return network

    async def groups(self) -> Groups:
        return await self.networks.groups(await self.network(), self.group_by)

    async def credit(self) -> Floats:
        """The five roles of every member of the network, in its order."""
        return (await self.roles()).credit

    async def roles(self) -> MemberRoles:
        return await self._results.result("roles", self._roles)

    async def _roles(self) -> MemberRoles:
        """Kept until something is written, for further pages and other rankings."""
        key = ("brokerage", self.selection, self.group_by, *self._options)
        roles = await self.networks.snapshots.get(key, self._compute_roles)
        own = await self.network()
        # A write came between: the whole answer is about the network read first.
        return roles if roles.network is own else await self._roles_of(own)

    async def _compute_roles(self) -> MemberRoles:
        network = await self.networks.network(self.selection, self.group_by)
        return await self._roles_of(network)

    async def _roles_of(self, network: Network) -> MemberRoles:
        groups = await self.networks.groups(network, self.group_by)
        work = partial(brokerage.roles, network.arcs, groups.ids, *self._options)
        return MemberRoles(network, await in_thread(work))

    @property
    def _options(self) -> tuple[bool, bool]:
        return self.minimum, self.partial_credit

    async def moments(self) -> GroupMoments | None:
        """What chance gives; None where it is undefined (N < 2, weights, credit)."""
        network, groups = await self.network(), await self.groups()
        if len(network.keys) < 2 or not self.has_null_model:
            return None
        work = partial(in_thread, group_moments, network, groups)
        return await self._results.result("moments", work)

    async def moments_of(self, key: str | None) -> Moments | None:
        """Moments of one broker, or of the whole network without a key."""
        moments = await self.moments()
        if moments is None:
            return None
        if key is None:
            return await in_thread(lambda: moments.network)
        return moments.of_member(bisect_left((await self.network()).keys, key))

    async def order(self, rank_by: BrokerageRole, score: BrokerageScore) -> Int64s:
        """All members by one role's count or z, descending, then by key."""
        roles = await self.roles()
        column = [*ROLES, "total"].index(rank_by.value.lower())
        moments = await self.moments() if score is BrokerageScore.Z else None

        def order() -> Int64s:
            credit = roles.credit
            ranks = np.column_stack((credit, credit.sum(axis=1)))[:, column]
            if score is BrokerageScore.Z:
                none = ranks * 0
                ranks = z_ranks(ranks, *moments.columns(column)) if moments else none
            # Members are in the order of their keys, and a stable sort keeps it.
            return np.argsort(-ranks.round(12), kind="stable")

        return await roles.orders.result((column, score), lambda: in_thread(order))

    async def brokers(self, indices: Sequence[int]) -> list[BrokerResult]:
        """The members of the network at these indices."""
        counts, names = await self.credit(), (await self.groups()).names
        keys = (await self.network()).keys
        return [BrokerResult(keys[i], names[i], counts[i]) for i in indices]

    async def broker(self, key: str) -> BrokerResult | None:
        """One member, counted in Cypher if the ties allow; None outside the network."""
        if not (self.has_null_model and may_count_in_cypher(self.selection)):
            own = index_of((await self.network()).keys, key)
            if own is None:
                return None
            names, credit = (await self.groups()).names, await self.credit()
            return BrokerResult(key, names[own], credit[own])
        chosen = await self.networks.members(self.selection, self.group_by)
        self.read_at = min(self.read_at, chosen.read_at)
        own = index_of(chosen.keys, key)
        if own is None:
            return None
        groups = Groups.of(chosen.keys, chosen, self.group_by)
        row = await self._neighbourhood(key, chosen.keys, groups)
        if not (row.sources or row.targets or self.selection.isolates):
            return None
        counts = brokerage.roles_of_one(
            brokerage.Neighbourhood(dict(row.sources), dict(row.targets), row.closed),
            int(groups.ids[own]),
        )
        return BrokerResult(key, groups.names[own], counts)

    async def _neighbourhood(
        self, key: str, keys: list[str], groups: Groups
    ) -> NeighbourhoodRow:
        numbers = dict(zip(keys, groups.ids.tolist(), strict=True))
        params = {"member": key, "groups": numbers, "day": self.selection.day}
        if self.selection.ties == (TieKind.CO_INVESTMENT,):
            query = statement("brokerage/by_investment")
        else:
            types = [TIES[kind].type for kind in self.selection.ties]
            query = statement("brokerage/by_ties", TYPES="|".join(types))
            params["reversed"] = [TIES[kind].type for kind in REVERSED_TIES]
            params["mutual"] = [TIES[kind].type for kind in MUTUAL_TIES]
            exchange_kind = self.selection.exchange_kind
            params["exchange_kind"] = exchange_kind and exchange_kind.value
        graph = self.networks.snapshots.graph
        return (await graph.rows(query, NeighbourhoodRow, **params))[0]

    async def pairs(self, key: str, limit: int) -> list[BrokeredPairResult]:
        """The first pairs that one member brokers, by the keys of source and target."""
        network, groups = await self.network(), (await self.groups()).ids
        broker = bisect_left(network.keys, key)
        pairs = await in_thread(
            brokerage.open_pairs, network.arcs, broker, limit, *self._options
        )
        results = []
        for pair in pairs:
            ends = groups[pair.source], groups[broker], groups[pair.target]
            role = BrokerageRole[ROLES[brokerage.role(*ends)].upper()]
            keys = network.keys[pair.source], network.keys[pair.target]
            results.append(BrokeredPairResult(*keys, role, pair.credit))
        return results

    async def pair_count(self, key: str) -> int:
        """How many pairs one member brokers."""
        network = await self.network()
        broker = bisect_left(network.keys, key)
        return await in_thread(brokerage.open_pair_count, network.arcs, broker)

    async def pair_counts(self) -> Int64s:
        """How many pairs each member of the network brokers."""
        arcs = (await self.network()).arcs
        unweighted = replace(arcs, weight=np.ones_like(arcs.weight))
        one_group = np.zeros(arcs.size, dtype=np.int64)
        roles = await in_thread(brokerage.roles, unweighted, one_group)
        counts: Int64s = roles.sum(axis=1).astype(np.int64)
        return counts

    async def warnings(self) -> list[str]:
        network, groups = await self.network(), await self.groups()
        warnings = network.warnings + groups.warnings
        return warnings + (
            [MUTUAL_ARCS] if network.mutual and self.has_null_model else []
        )


@dataclass(frozen=True)
class GroupMoments:
    """Moments of brokers, which depend on the size of their group alone."""

    null: Null
    group_sizes: Int64s  # of each member, in the order of the network

    @cached_property
    def of_size(self) -> dict[int, Moments]:
        return {
            own: brokerage_moments.of_broker(self.null, own) for own in self.null.sizes
        }

    @cached_property
    def network(self) -> Moments:
        """Of the network's sums over all its members."""
        return brokerage_moments.of_network(self.null)

    def of_member(self, index: int) -> Moments:
        return self.of_size[int(self.group_sizes[index])]

    def columns(self, role: int) -> tuple[Floats, Floats]:
        """Mean and deviation of one role (or the total), for each member."""
        sizes = np.array(sorted(self.of_size))
        table = np.array([self.of_size[size][role] for size in sizes.tolist()])
        moments = table[np.searchsorted(sizes, self.group_sizes)]
        return moments[:, 0], moments[:, 1]


def group_moments(network: Network, groups: Groups) -> GroupMoments:
    _, inverse, sizes = np.unique(groups.ids, return_inverse=True, return_counts=True)
    null = Null(len(network.keys), network.arcs.arc_count, sizes.tolist())
    return GroupMoments(null, sizes[inverse])


def z_ranks(observed: Floats, mean: Floats, deviation: Floats) -> Floats:
    """z of each member, below all others where it is null."""
    defined = np.where(deviation == 0, 1, deviation)
    z: Floats = np.where(deviation == 0, -np.inf, (observed - mean) / defined)
    return z


def may_count_in_cypher(selection: Selection) -> bool:
    """Stored ties, or co-investment alone: a bounded pattern around one member."""
    stored = all(kind in STORED_TIES for kind in selection.ties)
    return stored or selection.ties == (TieKind.CO_INVESTMENT,)
