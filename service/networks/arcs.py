"""Arcs of a selection as columns of indices and weights, read block by block.

A block is so many members, whose ties come in one record: to move a column costs a
hundredth of moving its rows, and no block is large enough to be felt.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from service.algorithms.csr import Csr, Floats, Int32s
from service.errors import BadInput
from service.graph import Graph
from service.graph.statements import Statement, statement
from service.networks.members import Members
from service.networks.selection import MUTUAL, REVERSED, STORED, Selection
from service.vocabulary import TIES
from service.vocabulary.enums import TieWeight

BLOCK = 20_000  # members whose ties make one record
NO_PLACE = -1
REVERSED_TYPES = {TIES[kind].type for kind in REVERSED}
MUTUAL_TYPES = {TIES[kind].type for kind in MUTUAL}
Row = TypeVar("Row")


@dataclass(frozen=True)
class Places:
    """The index of each member by what its ties are fetched by."""

    members: Members

    @property
    def end(self) -> str:
        """The property of members that is fetched; keys where one has no number."""
        return "number" if self.members.numbers else "key"

    @property
    def ends(self) -> list[Any]:
        return self.members.numbers or self.members.keys

    @cached_property
    def by_key(self) -> dict[str, int]:
        return {key: i for i, key in enumerate(self.members.keys)}

    @cached_property
    def by_number(self) -> Int32s:
        """The last cell stands for all numbers that are not asked about."""
        table = np.full(max(self.members.numbers) + 2, NO_PLACE, dtype=np.int32)
        table[self.members.numbers] = np.arange(len(self.ends), dtype=np.int32)
        return table

    def of(self, ends: list[Any]) -> Int32s:
        """The index of each end; -1 where it was not chosen.

        >>> Places(Members(["a", "b"], [7, 3], [])).of([3, 5, 7, 9]).tolist()
        [1, -1, 0, -1]
        """
        if self.members.numbers:
            numbers = np.array(ends, dtype=np.int64)
            return self.by_number[np.minimum(numbers, len(self.by_number) - 1)]
        found = (self.by_key.get(key, NO_PLACE) for key in ends)
        return np.fromiter(found, dtype=np.int32, count=len(ends))


@dataclass
class Arcs:
    """The arcs found so far, and what there is to say of their weights."""

    selection: Selection
    max_ties: int
    parts: list[tuple[Int32s, Int32s, Floats]] = field(default_factory=list)
    count: int = 0
    blanks: int = 0
    currencies: set[str] = field(default_factory=set)

    @property
    def by_property(self) -> bool:
        """Whether a weight is read, and not the number of ties."""
        return self.selection.weight not in (TieWeight.NONE, TieWeight.COUNT)

    def refuse(self, count: int) -> None:
        """Raise where the network has more than so many ties."""
        if count > self.max_ties:
            raise BadInput(
                f"network: it has {count:,} ties or more, the limit is"
                f" {self.max_ties:,}; narrow it, or raise VALUENET_MAX_TIES."
            )

    def add(self, source: Int32s, target: Int32s, weight: Floats) -> None:
        self.count += len(source)
        self.refuse(self.count)
        self.parts.append((source, target, weight))

    def weights(self, values: Floats, currencies: set[str]) -> Floats:
        """Weights without blanks (NaN), which are counted; one currency at most."""
        blank = np.isnan(values)
        self.blanks += int(blank.sum())
        if not blank.all():
            self.currencies |= currencies - {""}
        if len(self.currencies) > 1:
            named = " and ".join(sorted(self.currencies))
            raise BadInput(
                f"network.weight: {self.selection.weight.value} is in {named}; narrow"
                " the network to one currency."
            )
        return np.where(blank, 0.0, values)

    def csr(self, size: int) -> Csr:
        """One arc a pair, of the weights summed; those of no weight are left out."""
        if not self.parts:
            none = np.zeros(0, dtype=np.int32)
            return Csr.of(none, none, np.zeros(0), size)
        source, target, weight = (
            np.concatenate(column) for column in zip(*self.parts, strict=True)
        )
        self.parts.clear()  # at most two copies of what may be large
        found = Csr.of(source, target, weight, size)
        if self.selection.weight is TieWeight.NONE:
            return replace(found, weight=np.ones(found.arc_count))
        return found.where(found.weight > 0)

    @property
    def warnings(self) -> list[str]:
        if not self.blanks:
            return []
        return [f"{self.blanks} ties without a {self.selection.weight.value} weigh 0."]


@dataclass(frozen=True)
class TieColumns:
    type: str
    currency: str | None
    sources: list[Any]
    targets: list[Any]
    weights: list[float]


async def add_stored(graph: Graph, places: Places, arcs: Arcs) -> None:
    """Ties between two members."""
    selection = arcs.selection
    kinds = [kind for kind in selection.ties if kind in STORED]
    if not kinds:
        return
    types = "|".join(TIES[kind].type for kind in kinds)
    read = statement("networks/ties", TYPES=types, END=places.end)
    exchange_kind = selection.exchange_kind and selection.exchange_kind.value
    weight = selection.weight.value if arcs.by_property else None
    async for row in blocks(
        graph,
        read,
        TieColumns,
        places,
        day=selection.day,
        exchange_kind=exchange_kind,
        weight=weight,
        half_life=selection.half_life_days,
    ):
        add_ties(row, places, arcs)


def add_ties(row: TieColumns, places: Places, arcs: Arcs) -> None:
    source, target = places.of(row.sources), places.of(row.targets)
    kept = (source >= 0) & (target >= 0) & (source != target)
    source, target = source[kept], target[kept]
    weight = np.ones(len(source))
    if arcs.by_property:
        values = np.array(row.weights, dtype=np.float64)[kept]
        weight = arcs.weights(values, {row.currency or ""})
    if row.type not in REVERSED_TYPES:
        arcs.add(source, target, weight)
    if row.type in REVERSED_TYPES or row.type in MUTUAL_TYPES:
        arcs.add(target, source, weight)


async def blocks(
    graph: Graph, read: Statement, row: type[Row], places: Places, **params: Any
) -> AsyncIterator[Row]:
    """The rows of one block after another; the next is read while one is decoded."""
    ahead: asyncio.Task[list[Row]] | None = None
    try:
        for start in range(0, len(places.ends), BLOCK):
            ends = places.ends[start : start + BLOCK]
            reading = graph.rows(read, row, members=ends, **params)
            asked, ahead = ahead, asyncio.create_task(reading)
            for found in await asked if asked else ():
                yield found
        for found in await ahead if ahead else ():
            yield found
    finally:
        if ahead:
            ahead.cancel()


@dataclass(frozen=True)
class ReferralColumns:
    sources: list[Any]
    targets: list[Any]


async def add_referrals(graph: Graph, places: Places, arcs: Arcs) -> None:
    read = statement("networks/referrals", END=places.end)
    day = arcs.selection.day
    async for row in blocks(graph, read, ReferralColumns, places, day=day):
        source, target = places.of(row.sources), places.of(row.targets)
        kept = (source >= 0) & (target >= 0) & (source != target)
        arcs.add(source[kept], target[kept], np.ones(int(kept.sum())))
