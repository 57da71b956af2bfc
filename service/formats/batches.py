"""Batches of staged records: how one is packed, and in which order they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from typing import Any, NamedTuple

from service.vocabulary import MEMBERS, NODES, TIES
from service.writing.records import ASKED, NodeRecord, Records, Row, TieRecord

BATCH = 10_000  # records of one kind that are set down together
PART = 20_000  # rows that are held at once: some 50 MB of ours
WHOLE = 150_000  # rows of one transaction: some 225 MB of the server's heap
Staged = NodeRecord | TieRecord
OF_KIND = {kind.value: cls for kind, cls in TIES.items()}


class Batch(NamedTuple):
    kind: str  # a label, or a kind of tie
    number: int
    rows: int


def packed(record: Staged) -> tuple[Any, ...]:
    """A record as plain values, which pickle in half the time."""
    file, line, cells = record.row
    asked = {name: cells[name] for name in ASKED if name in cells}
    return ((file, line, asked), *record[1:])


def unpacked(kind: str, given: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    cls: type[Staged] = NodeRecord if kind in NODES else TieRecord
    return (cls(Row(*row), *rest) for row, *rest in given)


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


def runs(batches: Iterable[Batch], most: int) -> Iterator[list[Batch]]:
    """Batches that follow each other, of at most `most` rows where one has no more."""
    run: list[Batch] = []
    for batch in batches:
        if run and sum(one.rows for one in run) + batch.rows > most:
            yield run
            run = []
        run.append(batch)
    if run:
        yield run
