"""A value network in two views: who takes part, and which roles they play."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from service.algorithms.csr import Csr, Floats, Int32s, Int64s
from service.algorithms.distances import Distances, distances
from service.algorithms.exchange_balance import (
    INTANGIBLE,
    TANGIBLE,
    UNSTATED,
    ExchangeBalance,
    balance,
)
from service.algorithms.structure import Structure, structure
from service.algorithms.value_chains import value_chains
from service.analyses.currency_sums import MoneyFlow
from service.analyses.exchanges import Exchanges, exchanges
from service.analyses.value_network.pairs import ExchangePairs, pairs
from service.computation.pool import in_thread
from service.networks.network import Networks
from service.networks.selection import Selection

T = TypeVar("T")


class ValueView(Enum):
    PARTICIPANT = "PARTICIPANT"
    ROLE = "ROLE"


@dataclass(frozen=True)
class ExchangeView:
    """The parties of one view, and the two parties of each exchange."""

    names: list[str]
    source: Int32s  # of each exchange; -1 where it has no part in this view
    target: Int32s
    exchanges: Exchanges

    @property
    def has_both_ends(self) -> NDArray[np.bool_]:
        """Whether each exchange has both ends in this view."""
        flags: NDArray[np.bool_] = (self.source >= 0) & (self.target >= 0)
        return flags

    @cached_property
    def balance(self) -> ExchangeBalance:
        rows = self.exchanges
        values = rows.sender_value, rows.receiver_value
        ends = self.source, self.target
        return balance(*ends, rows.kind, *values, len(self.names))

    @cached_property
    def order(self) -> list[int]:
        """Parties by load descending, then by name."""
        order: list[int] = np.argsort(-self.balance.load, kind="stable").tolist()
        return order

    def arcs(self, kind: int | None = None) -> Csr:
        rows = self.has_both_ends
        if kind is not None:
            rows = rows & (self.exchanges.kind == kind)
        source, target = self.source[rows], self.target[rows]
        return Csr.of(source, target, np.ones(len(source)), len(self.names))

    @cached_property
    def structure(self) -> Structure:
        return structure(self.arcs())

    @cached_property
    def distances(self) -> tuple[Distances, Distances, Distances]:
        """Over all exchanges, over tangible ones, over intangible ones."""
        kinds = (None, TANGIBLE, INTANGIBLE)
        by_kind = [distances(self.arcs(kind)) for kind in kinds]
        return by_kind[0], by_kind[1], by_kind[2]

    @cached_property
    def pairs(self) -> ExchangePairs:
        kind = self.exchanges.kind
        return pairs(self.source, self.target, kind, len(self.names))

    def money(self, party: int) -> tuple[MoneyFlow, MoneyFlow]:
        """Money that one party received and gave."""
        is_money = self.exchanges.is_money
        received = np.flatnonzero((self.target == party) & is_money)
        given = np.flatnonzero((self.source == party) & is_money)
        return self.exchanges.money(received), self.exchanges.money(given)

    def player_count(self, party: int) -> int:
        """Members that play a role."""
        senders = self.exchanges.source[self.source == party]
        receivers = self.exchanges.target[self.target == party]
        return len(np.union1d(senders, receivers))

    def kind_counts(self) -> tuple[int, int, int]:
        """Exchanges of this view: tangible, intangible, unstated."""
        kind = self.exchanges.kind[self.has_both_ends]
        tangible, intangible, unstated = (
            int((kind == name).sum()) for name in (TANGIBLE, INTANGIBLE, UNSTATED)
        )
        return tangible, intangible, unstated

    def brand(self) -> tuple[float | None, int]:
        """The mean of the values that receivers perceive in their inputs, of how
        many."""
        worth = self.exchanges.receiver_value[self.has_both_ends]
        worth = worth[~np.isnan(worth)]
        return (float(worth.mean()) if len(worth) else None), len(worth)

    def unlike_pair_count(self) -> int:
        return int(self.pairs.unlike.sum())


@dataclass
class ValueNetworkAnalysis:
    """The exchanges of one selection; each result is computed once."""

    exchanges: Exchanges
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def read_at(self) -> float:
        return self.exchanges.read_at

    @property
    def byte_count(self) -> int:
        return 2 * self.exchanges.byte_count

    @cached_property
    def participants(self) -> ExchangeView:
        rows = self.exchanges
        return ExchangeView(rows.members, rows.source, rows.target, rows)

    @cached_property
    def roles(self) -> ExchangeView:
        """A role has the same name for who sends in it and who receives in it.

        An exchange with one role alone has no part in this view.
        """
        pairs = [
            (traits.sender_role, traits.receiver_role)
            if traits.sender_role and traits.receiver_role
            else None
            for traits in self.exchanges.traits
        ]
        names = sorted({name for pair in pairs if pair for name in pair})
        index = {name: i for i, name in enumerate(names)}
        ends = [(index[p[0]], index[p[1]]) if p else (-1, -1) for p in pairs]
        table = np.array(ends, dtype=np.int32).reshape(-1, 2)
        source, target = table[self.exchanges.trait_index].T
        return ExchangeView(names, source, target, self.exchanges)

    def view(self, view: ValueView) -> ExchangeView:
        return self.roles if view is ValueView.ROLE else self.participants

    @cached_property
    def chains(self) -> tuple[Int64s, Int64s]:
        rows = self.exchanges
        sequence = rows.floats["sequences"]
        return value_chains(rows.source, rows.target, sequence, len(rows.members))

    @cached_property
    def chain_starts(self) -> Int64s:
        """The first exchange of each chain that no other precedes, longest first."""
        rows, length = self.exchanges, self.chains[0]
        sequence = rows.floats["sequences"]
        earliest = np.full(len(rows.members), np.inf)
        np.fmin.at(earliest, rows.target, sequence)
        first = ~(earliest[rows.source] < sequence) & (length > 0)
        starts = np.flatnonzero(first)
        return starts[np.lexsort((starts, -length[starts]))]

    def chain(self, start: int) -> list[int]:
        """The exchanges of a chain, in their order."""
        steps = [start]
        while (following := int(self.chains[1][steps[-1]])) >= 0:
            steps.append(following)
        return steps

    @cached_property
    def gap(self) -> Floats:
        """The receiver's perceived value minus the sender's."""
        gap: Floats = self.exchanges.receiver_value - self.exchanges.sender_value
        return gap

    def role_pairs(self) -> set[tuple[str, str]]:
        """The pairs (senderRole, receiverRole) that exchange."""
        return {
            (traits.sender_role, traits.receiver_role)
            for traits in self.exchanges.traits
            if traits.sender_role and traits.receiver_role
        }

    async def once(self, work: Callable[[], T]) -> T:
        """The result of `work`, in a thread; one at a time, because each is cached."""
        async with self._lock:
            return await in_thread(work)


async def value_network_analysis(
    networks: Networks, selection: Selection
) -> ValueNetworkAnalysis:
    """The same object for every request for the same network."""

    async def analysis() -> ValueNetworkAnalysis:
        return ValueNetworkAnalysis(await exchanges(networks, selection))

    return await networks.snapshots.get(("value network", selection), analysis)
