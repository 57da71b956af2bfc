"""The arcs of a selection as columns of indices and weights, read block by block.

One record carries the ties of one block of members: moving a column costs a hundredth
of moving its rows, and no block is large enough to delay other requests.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from service.algorithms.csr import Csr, Floats, Int32s
from service.computation.pool import in_thread
from service.errors import BadInput
from service.graph import Graph
from service.graph.statements import Statement, statement
from service.networks.members import Members
from service.networks.selection import (
    MUTUAL_TIES,
    REVERSED_TIES,
    STORED_TIES,
    Selection,
)
from service.vocabulary import TIES
from service.vocabulary.enums import TieWeight

BLOCK = 20_000  # members whose ties make one record
NOT_A_MEMBER = -1
REVERSED_TYPES = {TIES[kind].type for kind in REVERSED_TIES}
MUTUAL_TYPES = {TIES[kind].type for kind in MUTUAL_TIES}
Row = TypeVar("Row")


@dataclass(frozen=True)
class MemberIndex:
    """The index of each member, by the property that its ties are fetched with."""

    members: Members

    @property
    def end(self) -> str:
        """The property that is fetched: the key, if any member has no number."""
        return "number" if self.members.numbers else "key"

    @property
    def ends(self) -> list[Any]:
        return self.members.numbers or self.members.keys

    @cached_property
    def by_key(self) -> dict[str, int]:
        return {key: i for i, key in enumerate(self.members.keys)}

    @cached_property
    def by_number(self) -> Int32s:
        """The last cell stands for all numbers outside the selection."""
        table = np.full(max(self.members.numbers) + 2, NOT_A_MEMBER, dtype=np.int32)
        table[self.members.numbers] = np.arange(len(self.ends), dtype=np.int32)
        return table

    def positions(self, ends: list[Any]) -> Int32s:
        """The index of each end; -1 where it is not in the selection.

        >>> index = MemberIndex(Members(["a", "b"], [7, 3], []))
        >>> index.positions([3, 5, 7, 9]).tolist()
        [1, -1, 0, -1]
        """
        if self.members.numbers:
            numbers = np.array(ends, dtype=np.int64)
            return self.by_number[np.minimum(numbers, len(self.by_number) - 1)]
        positions = (self.by_key.get(key, NOT_A_MEMBER) for key in ends)
        return np.fromiter(positions, dtype=np.int32, count=len(ends))


@dataclass
class ArcBuilder:
    """The arcs read so far, and what their weights lack."""

    selection: Selection
    max_ties: int
    parts: list[tuple[Int32s, Int32s, Floats]] = field(default_factory=list)
    count: int = 0
    blanks: int = 0
    currencies: set[str] = field(default_factory=set)

    @property
    def is_weighted_by_property(self) -> bool:
        """Whether a property is the weight, and not the number of ties."""
        return self.selection.weight not in (TieWeight.NONE, TieWeight.COUNT)

    def check_size(self, count: int) -> None:
        """Raise if the network has more ties than the limit."""
        if count > self.max_ties:
            raise BadInput(
                f"network: it has {count:,} ties or more, the limit is"
                f" {self.max_ties:,}; narrow it, or raise VALUENET_MAX_TIES."
            )

    def add(self, source: Int32s, target: Int32s, weight: Floats) -> None:
        self.count += len(source)
        self.check_size(self.count)
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
        """One arc for each pair, its weights summed; arcs of weight 0 are left out."""
        if not self.parts:
            none = np.zeros(0, dtype=np.int32)
            return Csr.of(none, none, np.zeros(0), size)
        source, target, weight = (
            np.concatenate(column) for column in zip(*self.parts, strict=True)
        )
        self.parts.clear()  # at most two copies of what may be large
        arcs = Csr.of(source, target, weight, size)
        if not np.isfinite(arcs.weight.sum()):
            raise BadInput(
                f"network.weight: the sum of {self.selection.weight.value} is beyond"
                " the largest number, 1.8e308; use NONE or COUNT."
            )
        if self.selection.weight is TieWeight.NONE:
            return replace(arcs, weight=np.ones(arcs.arc_count))
        return arcs.where(arcs.weight > 0)

    @property
    def warnings(self) -> list[str]:
        if not self.blanks:
            return []
        return [
            f"Ties without a {self.selection.weight.value}, counted with the weight 0:"
            f" {self.blanks}."
        ]


@dataclass(frozen=True)
class ArcColumns:
    type: str
    currency: str | None
    sources: list[Any]
    targets: list[Any]
    weights: list[float]


async def add_stored(graph: Graph, index: MemberIndex, arcs: ArcBuilder) -> None:
    """Ties between two members."""
    selection = arcs.selection
    kinds = [kind for kind in selection.ties if kind in STORED_TIES]
    if not kinds:
        return
    types = "|".join(TIES[kind].type for kind in kinds)
    query = statement("networks/ties", TYPES=types, END=index.end)
    exchange_kind = selection.exchange_kind and selection.exchange_kind.value
    weight = selection.weight.value if arcs.is_weighted_by_property else None
    async for row in blocks(
        graph,
        query,
        ArcColumns,
        index,
        day=selection.day,
        exchange_kind=exchange_kind,
        weight=weight,
        half_life=selection.half_life_days,
    ):
        await in_thread(add_ties, row, index, arcs)


def member_pairs(
    row: ArcColumns | ReferralColumns, index: MemberIndex
) -> tuple[Int32s, Int32s, NDArray[np.bool_]]:
    """The ends of the rows that join two different members, and which rows they are."""
    source, target = index.positions(row.sources), index.positions(row.targets)
    inside = (source >= 0) & (target >= 0) & (source != target)
    return source[inside], target[inside], inside


def add_ties(row: ArcColumns, index: MemberIndex, arcs: ArcBuilder) -> None:
    source, target, inside = member_pairs(row, index)
    weight = np.ones(len(source))
    if arcs.is_weighted_by_property:
        values = np.array(row.weights, dtype=np.float64)[inside]
        weight = arcs.weights(values, {row.currency or ""})
    if row.type not in REVERSED_TYPES:
        arcs.add(source, target, weight)
    if row.type in REVERSED_TYPES or row.type in MUTUAL_TYPES:
        arcs.add(target, source, weight)


async def blocks(
    graph: Graph, query: Statement, row: type[Row], index: MemberIndex, **params: Any
) -> AsyncIterator[Row]:
    """The rows of one block after another; the next is read while one is decoded."""
    next_block: asyncio.Task[list[Row]] | None = None
    try:
        for start in range(0, len(index.ends), BLOCK):
            ends = index.ends[start : start + BLOCK]
            reading = graph.long_rows(query, row, members=ends, **params)
            block, next_block = next_block, asyncio.create_task(reading)
            for columns in await block if block else ():
                yield columns
        for columns in await next_block if next_block else ():
            yield columns
    finally:
        if next_block:
            next_block.cancel()


@dataclass(frozen=True)
class ReferralColumns:
    sources: list[Any]
    targets: list[Any]


async def add_referrals(graph: Graph, index: MemberIndex, arcs: ArcBuilder) -> None:
    read = statement("networks/referrals", END=index.end)
    day = arcs.selection.day
    async for row in blocks(graph, read, ReferralColumns, index, day=day):
        source, target, _ = await in_thread(member_pairs, row, index)
        arcs.add(source, target, np.ones(len(source)))
