"""Batches of staged records: how one is packed, and in which order they are written."""

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

BATCH = 10_000  # records of one kind that are set down together
PART = 20_000  # rows that are held at once: some 50 MB of ours
# Of one transaction, in ties of 3 kB: less than half of the 700 MB that the server of
# 1 GB has for transactions.
WHOLE = 100_000
NODE = 2  # as many ties does a node take, with its labels and its entries in indexes
Staged = NodeRecord | TieRecord
OF_KIND = {kind.value: cls for kind, cls in TIES.items()}


class Batch(NamedTuple):
    kind: str  # a label, or a kind of tie
    number: int
    rows: int


def packed(record: Staged) -> tuple[Any, ...]:
    """A record as plain values, which pickle in half the time."""
    file, line, values = record.input
    needed = {name: values[name] for name in NEEDED_VALUES if name in values}
    return ((file, line, needed), *record[1:])


def unpacked(kind: str, given: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    cls: type[Staged] = NodeRecord if kind in NODES else TieRecord
    return (cls(RecordInput(*input), *rest) for input, *rest in given)


def put(kind: str, given: Iterable[Any], found: Records) -> None:
    """Put records of one kind among `found`."""
    if kind in NODES:
        found.nodes.setdefault(kind, {}).update((one.key, one) for one in given)
    else:
        found.ties.setdefault(OF_KIND[kind], {}).update((one.key, one) for one in given)


def order() -> list[str]:
    """Members, then nodes after those that they link to, then ties between them."""
    needs = {n: [link.label for link in cls.links] for n, cls in NODES.items()}
    every = list(TopologicalSorter(needs).static_order())
    nodes = [n for n in every if n in NODES and n not in MEMBERS]
    return [*MEMBERS, *nodes, *OF_KIND]


ORDER = {kind: place for place, kind in enumerate(order())}


def ordered(batches: Iterable[Batch]) -> list[Batch]:
    return sorted(batches, key=lambda batch: (ORDER[batch.kind], batch.number))


def rows_of(batch: Batch) -> int:
    return batch.rows


def weight_of(batch: Batch) -> int:
    """What it takes of a transaction, in ties."""
    return batch.rows * (NODE if batch.kind in NODES else 1)


def runs(
    batches: Iterable[Batch], most: int, size: Callable[[Batch], int] = rows_of
) -> Iterator[list[Batch]]:
    """Batches that follow each other, of `most` at most where one is no more."""
    run: list[Batch] = []
    for batch in batches:
        if run and sum(map(size, run)) + size(batch) > most:
            yield run
            run = []
        run.append(batch)
    if run:
        yield run
