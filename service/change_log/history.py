"""Reading the change log: one change for each record, from nodes that store many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import orjson

from service.change_log.entries import Operation
from service.errors import BadInput
from service.graph import Graph
from service.graph.statements import statement
from service.writes.existing import Image

PAGE = 100  # nodes of the log to read at once


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """The change of one record; images are JSON values by stored names."""

    number: int
    at: datetime
    by: str
    run: str
    operation: Operation
    kind: str
    key: str
    ends: tuple[str, str] | None
    before: Image | None
    after: Image | None


@dataclass(frozen=True, slots=True)
class Pack:
    """One node of the log; `number` is that of its last change."""

    number: int
    at: datetime
    by: str
    run: str
    operation: str
    kind: str
    keys: list[str]
    records: str

    def changes(self) -> Iterator[LoggedChange]:
        first = self.number - len(self.keys) + 1
        operation = Operation(self.operation)
        images = zip(self.keys, orjson.loads(self.records), strict=True)
        for offset, (key, (ends, before, after)) in enumerate(images):
            pair = tuple(ends) if ends else None
            yield LoggedChange(
                number=first + offset,
                at=self.at,
                by=self.by,
                run=self.run,
                operation=operation,
                kind=self.kind,
                key=key,
                ends=pair,
                before=before,
                after=after,
            )


@dataclass(frozen=True)
class Bounds:
    last: int
    dropped: int  # the last number that retention deleted


@dataclass(frozen=True)
class Filter:
    """Which changes to read; an empty condition does not limit."""

    kinds: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    operations: frozenset[Operation] = frozenset()
    run: str | None = None

    def may_pass(self, pack: Pack) -> bool:
        """Whether any change of the pack can pass, by kind and run alone."""
        kind = not self.kinds or pack.kind in self.kinds
        return kind and self.run in (None, pack.run)

    def passes(self, change: LoggedChange) -> bool:
        """Whether all conditions hold; a key is the record's own or that of an end."""
        if self.kinds and change.kind not in self.kinds:
            return False
        if self.operations and change.operation not in self.operations:
            return False
        if self.run is not None and change.run != self.run:
            return False
        own = {change.key, *(change.ends or ())}
        return not self.keys or not self.keys.isdisjoint(own)


async def bounds(graph: Graph) -> Bounds:
    return (await graph.rows(statement("change_log/bounds"), Bounds))[0]


async def packs_after(graph: Graph, number: int, limit: int = PAGE) -> list[Pack]:
    read = statement("change_log/after")
    return await graph.rows(read, Pack, after=number, limit=limit)


async def changes_after(
    graph: Graph, number: int, first: int, filter: Filter
) -> tuple[list[LoggedChange], bool]:
    """At most `first` changes that follow `number`, and whether there are more."""
    await refuse_dropped(graph, number)
    result: list[LoggedChange] = []
    while len(result) <= first:
        packs = await packs_after(graph, number)
        for pack in packs:
            of_pack = [c for c in pack.changes() if c.number > number]
            result += [change for change in of_pack if filter.passes(change)]
            number = pack.number
            if len(result) > first:
                break
        if len(packs) < PAGE:
            break
    return result[:first], len(result) > first


async def refuse_dropped(graph: Graph, number: int) -> None:
    """Refuse to read from a number that retention has passed: a gap would follow."""
    log_bounds = await bounds(graph)
    if 0 < number < log_bounds.dropped:
        raise BadInput(
            f"after: changes up to {log_bounds.dropped} have been deleted"
            f" (VALUENET_LOG_DAYS); read the records again, then follow the log from"
            f" its latest number."
        )


async def history(graph: Graph, kind: str, key: str) -> list[LoggedChange]:
    """All changes of one record, oldest first."""
    packs = await graph.rows(
        statement("change_log/of_record"), Pack, kind=kind, key=key
    )
    return [c for pack in packs for c in pack.changes() if c.key == key]
