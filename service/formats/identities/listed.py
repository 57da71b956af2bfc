"""What a source listed before: a complete load ends what it no longer lists."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.formats.records import TABLES, space_of
from service.formats.rows import Faults, TableRow
from service.formats.staging import RecordStage
from service.graph import Graph
from service.graph.statements import statement
from service.vocabulary import MEMBER_KINDS, MEMBERS, TIES
from service.vocabulary.provenance import (
    IMPORTED_FROM,
    ended_source,
    joined_sources,
    source_days,
    source_list,
)
from service.vocabulary.ties import Tie

# Other records, such as referrals, are events: nobody ends them.
ENDED_TABLES = ("contracts", "offerings", "capabilities", "communities")
ALSO_LISTED = "records that the source no longer lists, but another one does: not ended"
SOURCE = "records that the source no longer lists"  # stands for a file in messages


@dataclass(frozen=True)
class ListedNodes:
    keys: list[str]
    kinds: list[list[str]]
    names: list[str]
    sources: list[str]


@dataclass(frozen=True)
class ListedTies:
    keys: list[str]
    starts: list[str]
    ends: list[str]
    sources: list[str]


async def unlisted_rows(
    graph: Graph, sources: set[str], stage: RecordStage, day: date, faults: Faults
) -> AsyncIterator[tuple[str, TableRow]]:
    """A row for each record of the sources that the stage does not have.

    It ends the record, unless another source lists it, and says since when the sources
    do not list it.
    """
    rows: dict[tuple[str, str], tuple[str, TableRow]] = {}
    for source in sorted(sources):
        async for table, row, text in listed_rows(graph, source, day):
            days = source_days(source_list(text))
            listing = {name for name, ended in days.items() if not ended}
            if source not in listing or is_staged(stage, table, row):
                continue
            ended = joined_sources(
                ended_source(name, day) for name in sources & listing
            )
            cells = {**row.cells, IMPORTED_FROM: ended}
            if listing - sources:
                faults.note(ALSO_LISTED, row.cells["key"])
                del cells["until"]
            rows[space_of(table, row), cells["key"] or ""] = (
                table,
                row._replace(cells=cells),
            )
    for each in rows.values():
        yield each


def is_staged(stage: RecordStage, table: str, row: TableRow) -> bool:
    return stage.kind(space_of(table, row), row.cells["key"] or "") is not None


async def listed_rows(
    graph: Graph, source: str, day: date
) -> AsyncIterator[tuple[str, TableRow, str]]:
    """All open records of a source, each as a row that ends it on the day."""
    for table, label in {"members": "Member", **TABLES}.items():
        if table == "members" or table in ENDED_TABLES:
            for row, sources in await listed_nodes(graph, label, source, day):
                yield table, row, sources
    for cls in TIES.values():
        for row, sources in await listed_ties(graph, cls, source, day):
            yield "ties", row, sources


def listed_parameters(source: str, day: date) -> dict[str, Any]:
    return {"source": source, "day": day, "sources": IMPORTED_FROM}


async def listed_nodes(
    graph: Graph, label: str, source: str, day: date
) -> list[tuple[TableRow, str]]:
    read = statement("imports/listed_nodes", NODE=label)
    [nodes] = await graph.long_rows(read, ListedNodes, **listed_parameters(source, day))
    rows = []
    columns = (nodes.keys, nodes.kinds, nodes.names)
    for key, labels, name in zip(*columns, strict=True):
        cells: dict[str, str | None] = {"key": key, "until": str(day)}
        if label == "Member":
            kind = next(each for each in labels if each in MEMBERS)
            cells |= {"kind": MEMBER_KINDS[kind].value, "name": name}
        rows.append(TableRow(SOURCE, 0, cells))
    return list(zip(rows, nodes.sources, strict=True))


async def listed_ties(
    graph: Graph, cls: type[Tie], source: str, day: date
) -> list[tuple[TableRow, str]]:
    read = statement("imports/listed_ties", TYPE=cls.type)
    [ties] = await graph.long_rows(read, ListedTies, **listed_parameters(source, day))
    rows = []
    for key, start, end in zip(ties.keys, ties.starts, ties.ends, strict=True):
        cells: dict[str, str | None] = {"kind": cls.kind.value, "key": key}
        cells |= {"source": start, "target": end, "until": str(day)}
        rows.append(TableRow(SOURCE, 0, cells))
    return list(zip(rows, ties.sources, strict=True))
