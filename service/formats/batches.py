"""Batches of staged records: how they are packed, ordered and grouped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from graphlib import TopologicalSorter
from typing import Any, NamedTuple

from service.vocabulary import MEMBERS, NODES, TIES
from service.writes.records import (
    NEEDED_VALUES,
    NodeRecord,
    RecordInput,
    Records,
    TieRecord,
)

BATCH_SIZE = 10_000  # records of one kind that are stored together
PART_SIZE = 20_000  # rows in memory at once, about 50 MB of this process
# The size of one transaction, in ties of 3 kB: less than half of the 700 MB that a
# server of 1 GB has for transactions.
TRANSACTION_SIZE = 100_000
NODE_WEIGHT = 2  # a node, with its labels and index entries, takes as much as two ties
StagedRecord = NodeRecord | TieRecord
TIE_TYPES = {kind.value: cls for kind, cls in TIES.items()}


class RecordBatch(NamedTuple):
    """Some records of one kind; `rows` also counts their links."""

    kind: str  # a label, or a kind of tie
    number: int
    rows: int


def pack(record: StagedRecord) -> tuple[Any, ...]:
    """A record as a plain tuple, which pickles in half the time."""
    file, line, values = record.input
    needed = {name: values[name] for name in NEEDED_VALUES if name in values}
    return ((file, line, needed), *record[1:])


def unpack(kind: str, packed: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    cls: type[StagedRecord] = NodeRecord if kind in NODES else TieRecord
    return (cls(RecordInput(*input), *rest) for input, *rest in packed)


def add_records(kind: str, added: Iterable[Any], records: Records) -> None:
    """Add records of one kind to `records`."""
    if kind in NODES:
        records.nodes.setdefault(kind, {}).update(
            (record.key, record) for record in added
        )
    else:
        records.ties.setdefault(TIE_TYPES[kind], {}).update(
            (record.key, record) for record in added
        )


def write_order() -> list[str]:
    """The kinds: members, then other nodes after the nodes they link to, then ties."""
    needs = {n: [link.label for link in cls.links] for n, cls in NODES.items()}
    every = list(TopologicalSorter(needs).static_order())
    nodes = [n for n in every if n in NODES and n not in MEMBERS]
    return [*MEMBERS, *nodes, *TIE_TYPES]


ORDER = {kind: index for index, kind in enumerate(write_order())}


def in_write_order(batches: Iterable[RecordBatch]) -> list[RecordBatch]:
    return sorted(batches, key=lambda batch: (ORDER[batch.kind], batch.number))


def rows_of(batch: RecordBatch) -> int:
    return batch.rows


def weight_of(batch: RecordBatch) -> int:
    """How much of a transaction the batch takes, in ties."""
    return batch.rows * (NODE_WEIGHT if batch.kind in NODES else 1)


def groups(
    batches: Iterable[RecordBatch],
    max_size: int,
    size: Callable[[RecordBatch], int] = rows_of,
) -> Iterator[list[RecordBatch]]:
    """Consecutive batches, together of at most this size unless one alone is larger."""
    group: list[RecordBatch] = []
    for batch in batches:
        if group and sum(map(size, group)) + size(batch) > max_size:
            yield group
            group = []
        group.append(batch)
    if group:
        yield group
