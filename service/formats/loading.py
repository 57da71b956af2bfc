"""Loading: read and check everything, then write it, in one transaction or in several.

A fault anywhere is found before the first write, so faulty files leave nothing. Up to
WHOLE rows are one transaction. More than that would not fit the server's memory: they
are written in transactions of about WHOLE rows, each of which only ever sets what the
files say, so that a run that was killed is completed by running it again. The database
remembers the run from its first transaction to its last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from service.errors import BadInput
from service.formats import FORMATS
from service.formats import mapping as mapped
from service.formats.checking import check, existing_ties
from service.formats.matching import Matching
from service.formats.records import node_label, records
from service.formats.rows import Faults, Reader
from service.formats.staging import Stage
from service.graph import Graph, Writer
from service.queries import Statement, statement
from service.vocabulary import MEMBERS, NODES, TIES
from service.vocabulary.nodes import Link
from service.vocabulary.ties import Tie

WHOLE = 100_000  # rows of one transaction: some 150 MB of the server's heap
Progress = Callable[[int], None]


class Write(NamedTuple):
    """Rows for one statement; `tie` where ties of that kind are made."""

    statement: Statement
    rows: list[dict[str, Any]]
    tie: type[Tie] | None = None


def reader(name: str, mapping: Path | None = None) -> Reader:
    """What reads the format `name`, or any CSV by a mapping file."""
    if mapping is not None:
        return mapped.reader(mapping)
    if name not in FORMATS:
        raise BadInput(f"--format: expected one of {', '.join(FORMATS)}; got {name!r}")
    return FORMATS[name]


def read(
    path: Path,
    name: str,
    mapping: Path | None = None,
    matching: Matching | None = None,
) -> tuple[Stage, Faults]:
    """Read and check `path` as far as files alone can tell."""
    reading = reader(name, mapping)
    if not path.exists():
        raise BadInput(f"{path}: no such file or folder")
    faults = Faults()
    rows = reading(path, faults)
    return records(matching.settled(rows) if matching else rows, faults), faults


async def write(
    graph: Graph, found: Stage, faults: Faults, progress: Progress, run: str = "load"
) -> dict[str, int]:
    """Write everything or, where there are faults, nothing; how many of each kind."""
    try:
        async with graph.writing() as writer:
            known = await check(writer, found, faults)
        several = found.count() > WHOLE
        for chunk in chunks(writes(found)):
            async with graph.writing() as writer:
                if several:
                    await remember(writer, run, ended=False)
                await write_chunk(writer, chunk, known, progress)
        if several:
            async with graph.writing() as writer:
                await remember(writer, run, ended=True)
        return dict(found.counts)
    finally:
        found.close()


async def write_chunk(
    writer: Writer, chunk: list[Write], known: set[type[Tie]], progress: Progress
) -> None:
    """One transaction of a run: its rows, and numbers for the members among them."""
    for write in chunk:
        parts = await parted(writer, write) if write.tie in known else [write]
        for part in parts:
            await writer.write(part.statement, rows=part.rows)
        progress(len(write.rows))
    await writer.write(statement("writes/member_numbers"))


async def parted(writer: Writer, write: Write) -> list[Write]:
    """Ties that the database holds take values, the others are made."""
    assert write.tie is not None
    keys = [row["key"] for row in write.rows]
    there = {tie.key for tie in await existing_ties(writer, write.tie, keys)}
    old = [row for row in write.rows if row["key"] in there]
    new = [row for row in write.rows if row["key"] not in there]
    taking = statement("writes/known_ties", TYPE=write.tie.type)
    return [Write(taking, old), Write(write.statement, new)]


async def remember(writer: Writer, run: str, ended: bool) -> None:
    await writer.write(statement("writes/unfinished_load"), run=run, ended=ended)


def chunks(writes: Iterator[Write]) -> Iterator[list[Write]]:
    """The writes of each transaction."""
    chunk: list[Write] = []
    size = 0
    for write in writes:
        chunk.append(write)
        size += len(write.rows)
        if size >= WHOLE:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def writes(found: Stage) -> Iterator[Write]:
    """The statements of one run, each with its rows, a batch at a time."""
    labels = [label for label in NODES if found.counts[label]]
    for label in labels:
        file = "writes/members" if label in MEMBERS else "writes/nodes"
        for rows in found.rows(label):
            yield Write(statement(file, NODE=label), rows)
    for kind, cls in TIES.items():
        for rows in found.rows(kind.value):
            yield Write(tie_statement(cls), rows, cls)
    for label in labels:
        for link in NODES[label].links:
            for nodes in found.rows(label):
                rows = [
                    {"key": row["key"], "end": row["ends"][link.name]}
                    for row in nodes
                    if link.name in row["ends"]
                ]
                if rows:
                    yield Write(link_statement(label, link), rows)


def tie_statement(cls: type[Tie]) -> Statement:
    source = f"(source:{node_label(cls.sources)}"
    target = f"(target:{node_label(cls.targets)}"
    return statement("writes/ties", SOURCE=source, TYPE=cls.type, TARGET=target)


def link_statement(label: str, link: Link) -> Statement:
    left, right = ("(n)-[", "]->(end") if link.outgoing else ("(n)<-[", "]-(end")
    words = {"LEFT": left, "TYPE": link.type, "RIGHT": right, "END": link.label}
    return statement("writes/links", NODE=label, **words)
