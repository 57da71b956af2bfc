"""The exchanges of a selection as columns, read block by block and kept."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from service.algorithms.csr import Csr, Floats, Int32s
from service.algorithms.exchange_balance import INTANGIBLE, TANGIBLE, UNTOLD
from service.errors import BadInput
from service.graph.statements import statement
from service.networks.arcs import MemberIndex, blocks
from service.networks.network import Networks
from service.networks.selection import Selection
from service.vocabulary.enums import ExchangeKind, TieKind, TieWeight

KEY_BYTES = 130  # of one key of an exchange in a list
KINDS = {
    ExchangeKind.TANGIBLE.value: TANGIBLE,
    ExchangeKind.INTANGIBLE.value: INTANGIBLE,
}


class Alike(NamedTuple):
    """What the exchanges of one row have in common, as stored."""

    kind: str | None
    form: str | None
    area: str | None
    sender_role: str | None
    receiver_role: str | None
    currency: str | None


@dataclass(frozen=True)
class ExchangeColumns:
    alike: list[str | None]
    keys: list[str]
    sources: list[Any]
    targets: list[Any]
    values: list[float]
    costs: list[float]
    receiver_costs: list[float]
    sender_values: list[float]
    receiver_values: list[float]
    sequences: list[int]


FLOATS = ("values", "costs", "receiver_costs", "sender_values", "receiver_values")


@dataclass(frozen=True)
class Exchanges:
    """Exchanges beside one another; members by key, blanks NaN, ends by index.

    `alike` of an exchange is the index of what it shares with others in `sorts`.
    """

    members: list[str]
    keys: list[str]
    source: Int32s
    target: Int32s
    alike: Int32s
    sorts: list[Alike]
    floats: dict[str, Floats]
    read_at: float
    kept: dict[Any, Any] = field(default_factory=dict)  # what was found of them

    @property
    def byte_count(self) -> int:
        each = KEY_BYTES + 12 + 8 * len(self.floats) + 16
        return each * len(self.keys) + 150 * len(self.members)

    @property
    def value(self) -> Floats:
        return self.floats["values"]

    @property
    def sender_value(self) -> Floats:
        return self.floats["sender_values"]

    @property
    def receiver_value(self) -> Floats:
        return self.floats["receiver_values"]

    @cached_property
    def kind(self) -> Int32s:
        """TANGIBLE, INTANGIBLE or UNTOLD."""
        kinds = [KINDS.get(sort.kind or "", UNTOLD) for sort in self.sorts]
        return np.array(kinds, dtype=np.int32)[self.alike]

    def named(self, column: str) -> tuple[list[str], Int32s]:
        """The names in a column, in order, and which each exchange has; -1: blank."""
        given = [getattr(sort, column) for sort in self.sorts]
        names = sorted({name for name in given if name})
        place = {name: i for i, name in enumerate(names)}
        ids = np.array([place.get(name, -1) for name in given], dtype=np.int32)
        return names, ids[self.alike]

    def arcs(self, kind: int | None = None) -> Csr:
        """One arc a pair, weighing the number of its exchanges."""
        kept = slice(None) if kind is None else self.kind == kind
        source, target = self.source[kept], self.target[kept]
        return Csr.of(source, target, np.ones(len(source)), len(self.members))


async def exchanges(networks: Networks, selection: Selection) -> Exchanges:
    """All exchanges of a selection, read once until the graph changes."""
    if selection.ties != (TieKind.EXCHANGE,):
        got = ", ".join(kind.value for kind in selection.ties)
        raise BadInput(f"network.ties: expected [EXCHANGE], got [{got}].")
    if selection.weight not in (TieWeight.NONE, TieWeight.COUNT):
        raise BadInput(
            "network.weight: exchanges are counted here; leave"
            f" {selection.weight.value} out."
        )
    return await networks.snapshots.get(
        ("exchanges", selection), lambda: read(networks, selection)
    )


async def read(networks: Networks, selection: Selection) -> Exchanges:
    read_at = time.monotonic()
    chosen = await networks.members(selection)
    places, parts = MemberIndex(chosen), Parts()
    kind = selection.exchange_kind and selection.exchange_kind.value
    async for row in blocks(
        networks.snapshots.graph,
        statement("networks/exchanges", END=places.end),
        ExchangeColumns,
        places,
        day=selection.day,
        exchange_kind=kind,
    ):
        parts.add(row, places)
        parts.refuse(networks.max_ties)
    return await asyncio.to_thread(
        parts.exchanges, chosen.keys, selection.isolates, read_at
    )


@dataclass
class Parts:
    """The rows read so far, as arrays; what is alike has a number of its own."""

    keys: list[str] = field(default_factory=list)
    arrays: list[tuple[Int32s, Int32s, Int32s]] = field(default_factory=list)
    floats: dict[str, list[Floats]] = field(default_factory=dict)
    sorts: dict[Alike, int] = field(default_factory=dict)

    def refuse(self, most: int) -> None:
        if len(self.keys) > most:
            raise BadInput(
                f"network: it has {len(self.keys):,} exchanges or more, the limit is"
                f" {most:,}; narrow it, or raise VALUENET_MAX_TIES."
            )

    def add(self, row: ExchangeColumns, places: MemberIndex) -> None:
        source, target = places.positions(row.sources), places.positions(row.targets)
        kept = (source >= 0) & (target >= 0) & (source != target)
        count = int(kept.sum())
        if not count:
            return
        number = self.sorts.setdefault(Alike(*row.alike), len(self.sorts))
        alike = np.full(count, number, dtype=np.int32)
        self.arrays.append((source[kept], target[kept], alike))
        every = count == len(kept)
        self.keys += row.keys if every else np.array(row.keys, object)[kept].tolist()
        for name in (*FLOATS, "sequences"):
            values = getattr(row, name) or [np.nan] * len(kept)
            column = np.array(values, dtype=np.float64)[kept]
            self.floats.setdefault(name, []).append(column)

    def exchanges(
        self, members: list[str], isolates: bool, read_at: float
    ) -> Exchanges:
        none = np.zeros(0, dtype=np.int32)
        columns = zip(*self.arrays, strict=True) if self.arrays else [[none]] * 3
        source, target, alike = (np.concatenate(column) for column in columns)
        if not isolates:
            tied = np.union1d(source, target)
            members = [members[i] for i in tied.tolist()]
            source = np.searchsorted(tied, source).astype(np.int32)
            target = np.searchsorted(tied, target).astype(np.int32)
        floats = {
            name: np.concatenate(self.floats.get(name, [np.zeros(0)]))
            for name in (*FLOATS, "sequences")
        }
        sorts = list(self.sorts)
        return Exchanges(
            members, self.keys, source, target, alike, sorts, floats, read_at
        )
