"""A value network in two views: who takes part, and which roles they play."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from service.algorithms.csr import Csr, Floats, Int32s, Int64s
from service.algorithms.distances import Distances, distances
from service.algorithms.exchange_balance import (
    INTANGIBLE,
    TANGIBLE,
    Balance,
    balance,
)
from service.algorithms.structure import Structure, structure
from service.algorithms.value_chains import value_chains
from service.analyses.exchanges import Exchanges, exchanges
from service.analyses.value_network.pairs import Pairs, pairs
from service.networks.network import Networks
from service.networks.selection import Selection

T = TypeVar("T")


class ValueView(Enum):
    PARTICIPANT = "PARTICIPANT"
    ROLE = "ROLE"


@dataclass(frozen=True)
class View:
    """The parties of one view, and which of them each exchange runs between."""

    names: list[str]
    source: Int32s  # of each exchange; -1 where its role is blank
    target: Int32s
    exchanges: Exchanges

    @property
    def told(self) -> NDArray[np.bool_]:
        """Exchanges that have both ends in this view."""
        found: NDArray[np.bool_] = (self.source >= 0) & (self.target >= 0)
        return found

    @cached_property
    def balance(self) -> Balance:
        found = self.exchanges
        values = found.sender_value, found.receiver_value
        ends = self.source, self.target
        return balance(*ends, found.kind, *values, len(self.names))

    @cached_property
    def order(self) -> list[int]:
        """Parties by load descending, then by name."""
        found: list[int] = np.argsort(-self.balance.load, kind="stable").tolist()
        return found

    def arcs(self, kind: int | None = None) -> Csr:
        kept = self.told if kind is None else self.told & (self.exchanges.kind == kind)
        source, target = self.source[kept], self.target[kept]
        return Csr.of(source, target, np.ones(len(source)), len(self.names))

    @cached_property
    def structure(self) -> Structure:
        return structure(self.arcs())

    @cached_property
    def distances(self) -> tuple[Distances, Distances, Distances]:
        """Over all exchanges, over tangible ones, over intangible ones."""
        kinds = (None, TANGIBLE, INTANGIBLE)
        found = [distances(self.arcs(kind)) for kind in kinds]
        return found[0], found[1], found[2]

    @cached_property
    def pairs(self) -> Pairs:
        kind = self.exchanges.kind
        return pairs(self.source, self.target, kind, len(self.names))


@dataclass
class ValueNetwork:
    """One selection's exchanges; what is found of them is found once."""

    exchanges: Exchanges
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def read_at(self) -> float:
        return self.exchanges.read_at

    @property
    def byte_count(self) -> int:
        return 2 * self.exchanges.byte_count

    @cached_property
    def participants(self) -> View:
        found = self.exchanges
        return View(found.members, found.source, found.target, found)

    @cached_property
    def roles(self) -> View:
        """A role has the same name for who sends in it and who receives in it."""
        senders, source = self.exchanges.named("sender_role")
        receivers, target = self.exchanges.named("receiver_role")
        names = sorted({*senders, *receivers})
        place = {name: i for i, name in enumerate(names)}

        def renamed(known: list[str], ids: Int32s) -> Int32s:
            # Its last cell is where -1 points.
            table = np.array([*(place[name] for name in known), -1], dtype=np.int32)
            return table[ids]

        return View(
            names, renamed(senders, source), renamed(receivers, target), self.exchanges
        )

    def view(self, view: ValueView) -> View:
        return self.roles if view is ValueView.ROLE else self.participants

    @cached_property
    def chains(self) -> tuple[Int64s, Int64s]:
        found = self.exchanges
        sequence = found.floats["sequences"]
        return value_chains(found.source, found.target, sequence, len(found.members))

    @cached_property
    def chain_starts(self) -> Int64s:
        """The first exchange of each chain that none goes before, longest first."""
        found, length = self.exchanges, self.chains[0]
        sequence = found.floats["sequences"]
        earliest = np.full(len(found.members), np.inf)
        np.fmin.at(earliest, found.target, sequence)
        first = ~(earliest[found.source] < sequence) & (length > 0)
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
        """What the receiver finds it worth minus what the sender does."""
        found: Floats = self.exchanges.receiver_value - self.exchanges.sender_value
        return found

    async def once(self, work: Callable[[], T]) -> T:
        """What `work` gives, in a thread; one at a time, so that none is done twice."""
        async with self._lock:
            return await asyncio.to_thread(work)


async def value_network(networks: Networks, selection: Selection) -> ValueNetwork:
    """The same object for every request of the same network."""

    async def found() -> Any:
        return ValueNetwork(await exchanges(networks, selection))

    made: ValueNetwork = await networks.snapshots.get(
        ("value network", selection), found
    )
    return made
