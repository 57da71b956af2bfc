"""The exchanges of a selection as columns, read block by block and cached."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.algorithms.csr import Csr, Floats, Int32s, Int64s
from service.algorithms.exchange_balance import INTANGIBLE, TANGIBLE, UNSTATED
from service.analyses.currency_sums import (
    CurrencySums,
    KnownSum,
    MoneyFlow,
    currency_order,
)
from service.computation.pool import in_thread
from service.errors import BadInput
from service.graph.statements import statement
from service.networks.arcs import MemberIndex, blocks
from service.networks.network import Networks
from service.networks.selection import Selection
from service.vocabulary.enums import ExchangeKind, TieKind, TieWeight

MONEY = "MONEY"  # the form of an exchange
KEY_BYTES = 130  # of one key of an exchange in a list
KINDS = {
    ExchangeKind.TANGIBLE.value: TANGIBLE,
    ExchangeKind.INTANGIBLE.value: INTANGIBLE,
}


class ExchangeTraits(NamedTuple):
    """What the exchanges of one row have in common, as stored."""

    kind: str | None
    form: str | None
    area: str | None
    sender_role: str | None
    receiver_role: str | None
    currency: str | None


MOST_BY_KEY = 1_001  # so many rows are ordered without the rank of all keys


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
    """Exchanges in columns; members by key, blanks NaN, ends by index.

    `trait_index` of an exchange is the index of its traits in `traits`.
    """

    members: list[str]
    keys: list[str]
    source: Int32s
    target: Int32s
    trait_index: Int32s
    traits: list[ExchangeTraits]
    floats: dict[str, Floats]
    read_at: float

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
        """TANGIBLE, INTANGIBLE or UNSTATED."""
        kinds = [KINDS.get(traits.kind or "", UNSTATED) for traits in self.traits]
        return np.array(kinds, dtype=np.int32)[self.trait_index]

    def names(self, column: str) -> tuple[list[str], Int32s]:
        """The names in a column, in order, and the name's index or -1 for each."""
        values = [getattr(traits, column) for traits in self.traits]
        names = sorted({name for name in values if name})
        index = {name: i for i, name in enumerate(names)}
        ids = np.array([index.get(name, -1) for name in values], dtype=np.int32)
        return names, ids[self.trait_index]

    def number(self, column: str, index: int) -> float | None:
        """A number of one exchange; None where it is blank."""
        value = self.floats[column][index]
        return None if np.isnan(value) else float(value)

    def currency(self, index: int) -> str | None:
        return self.traits[int(self.trait_index[index])].currency

    @property
    def is_money(self) -> NDArray[np.bool_]:
        forms = np.array([traits.form == MONEY for traits in self.traits], dtype=bool)
        flags: NDArray[np.bool_] = forms[self.trait_index]
        return flags

    def value_sums(self, indices: Int64s) -> CurrencySums:
        """The sum of the known values of these exchanges, by currency."""
        value, trait = self.value[indices], self.trait_index[indices]
        known = ~np.isnan(value)
        size = len(self.traits)
        totals = np.bincount(trait[known], value[known], minlength=size)
        counts = np.bincount(trait[known], minlength=size)
        sums: CurrencySums = {}
        for i in np.flatnonzero(counts).tolist():
            currency = self.traits[i].currency
            sums[currency] = sums.get(currency, KnownSum(0.0, 0)).plus(
                float(totals[i]), int(counts[i])
            )
        return {currency: sums[currency] for currency in currency_order(sums)}

    def money(self, indices: Int64s) -> MoneyFlow:
        """The money of these exchanges; those without a value are unknown."""
        unknown = indices[np.isnan(self.value[indices])].tolist()
        return MoneyFlow(self.value_sums(indices), Counter(map(self.currency, unknown)))

    @cached_property
    def key_rank(self) -> Int64s:
        """The position of each exchange among all by key."""
        rank = np.empty(len(self.keys), dtype=np.int64)
        rank[sorted(range(len(self.keys)), key=self.keys.__getitem__)] = np.arange(
            len(self.keys)
        )
        return rank

    def lowest(self, order: Floats, chosen: NDArray[np.bool_], limit: int) -> list[int]:
        """The first of the chosen exchanges by `order` (unknown last), then by key."""
        indices = np.flatnonzero(chosen)
        values = np.nan_to_num(order[indices], nan=np.inf)
        if len(indices) > limit:
            most = np.partition(values, limit - 1)[limit - 1]
            indices, values = indices[values <= most], values[values <= most]
        if limit > MOST_BY_KEY:
            first = np.lexsort((self.key_rank[indices], values))[:limit]
            lowest: list[int] = indices[first].tolist()
            return lowest
        rank = dict(zip(indices.tolist(), values.tolist(), strict=True))
        return nsmallest(limit, rank, key=lambda index: (rank[index], self.keys[index]))

    def arcs(self, kind: int | None = None) -> Csr:
        """One arc a pair, weighing the number of its exchanges."""
        rows = slice(None) if kind is None else self.kind == kind
        source, target = self.source[rows], self.target[rows]
        return Csr.of(source, target, np.ones(len(source)), len(self.members))


async def exchanges(networks: Networks, selection: Selection) -> Exchanges:
    """All exchanges of a selection, read once until the graph changes."""
    if selection.ties != (TieKind.EXCHANGE,):
        ties = ", ".join(kind.value for kind in selection.ties)
        raise BadInput(f"network.ties: expected [EXCHANGE], got [{ties}].")
    if selection.weight not in (TieWeight.NONE, TieWeight.COUNT):
        raise BadInput(
            "network.weight: this question counts exchanges; leave out"
            f" {selection.weight.value}."
        )
    return await networks.snapshots.get(
        ("exchanges", selection), lambda: read_exchanges(networks, selection)
    )


async def read_exchanges(networks: Networks, selection: Selection) -> Exchanges:
    read_at = time.monotonic()
    chosen = await networks.members(selection)
    index, parts = MemberIndex(chosen), ExchangeParts()
    kind = selection.exchange_kind and selection.exchange_kind.value
    async for row in blocks(
        networks.snapshots.graph,
        statement("networks/exchanges", END=index.end),
        ExchangeColumns,
        index,
        day=selection.day,
        exchange_kind=kind,
    ):
        parts.add(row, index)
        parts.refuse(networks.max_ties)
    return await in_thread(parts.exchanges, chosen.keys, selection.isolates, read_at)


@dataclass
class ExchangeParts:
    """The rows read up to now, as arrays; each set of traits has a number."""

    keys: list[str] = field(default_factory=list)
    arrays: list[tuple[Int32s, Int32s, Int32s]] = field(default_factory=list)
    floats: dict[str, list[Floats]] = field(default_factory=dict)
    traits: dict[ExchangeTraits, int] = field(default_factory=dict)

    def refuse(self, most: int) -> None:
        if len(self.keys) > most:
            raise BadInput(
                f"network: it has {len(self.keys):,} exchanges or more, the limit is"
                f" {most:,}; narrow it, or raise VALUENET_MAX_TIES."
            )

    def add(self, row: ExchangeColumns, members: MemberIndex) -> None:
        source, target = members.positions(row.sources), members.positions(row.targets)
        is_inside = (source >= 0) & (target >= 0) & (source != target)
        count = int(is_inside.sum())
        if not count:
            return
        number = self.traits.setdefault(ExchangeTraits(*row.alike), len(self.traits))
        traits = np.full(count, number, dtype=np.int32)
        self.arrays.append((source[is_inside], target[is_inside], traits))
        keys = np.array(row.keys, object)[is_inside].tolist()
        self.keys += row.keys if count == len(is_inside) else keys
        for name in (*FLOATS, "sequences"):
            values = getattr(row, name) or [np.nan] * len(is_inside)
            column = np.array(values, dtype=np.float64)[is_inside]
            self.floats.setdefault(name, []).append(column)

    def exchanges(
        self, members: list[str], isolates: bool, read_at: float
    ) -> Exchanges:
        none = np.zeros(0, dtype=np.int32)
        columns = zip(*self.arrays, strict=True) if self.arrays else [[none]] * 3
        source, target, trait = (np.concatenate(column) for column in columns)
        if not isolates:
            tied = np.union1d(source, target)
            members = [members[i] for i in tied.tolist()]
            source = np.searchsorted(tied, source).astype(np.int32)
            target = np.searchsorted(tied, target).astype(np.int32)
        floats = {
            name: np.concatenate(self.floats.get(name, [np.zeros(0)]))
            for name in (*FLOATS, "sequences")
        }
        traits = list(self.traits)
        return Exchanges(
            members, self.keys, source, target, trait, traits, floats, read_at
        )
