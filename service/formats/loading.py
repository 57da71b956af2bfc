"""Loading: read, check everything, then write all of it in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.errors import BadInput
from service.formats import FORMATS
from service.formats.records import (
    NodeRecord,
    Records,
    TieRecord,
    ends,
    node_label,
    records,
)
from service.formats.rows import Faults
from service.graph import Graph, Writer
from service.queries import Statement, statement
from service.vocabulary import MEMBERS, NODES, ROLE_LABELS
from service.vocabulary.nodes import Link
from service.vocabulary.ties import Tie

BATCH = 10_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Existing:
    key: str
    labels: list[str]


@dataclass(frozen=True)
class ExistingTie:
    key: str
    source: str
    target: str


def read(path: Path, name: str) -> tuple[Records, Faults]:
    """Read and check `path` as far as files alone can tell."""
    if name not in FORMATS:
        raise BadInput(f"--format: expected one of {', '.join(FORMATS)}; got {name!r}")
    if not path.exists():
        raise BadInput(f"{path}: no such file or folder")
    faults = Faults()
    return records(FORMATS[name](path, faults), faults), faults


async def write(
    graph: Graph, found: Records, faults: Faults, progress: Progress
) -> dict[str, int]:
    """Write everything or nothing; how many records of each kind there were."""
    async with graph.writing() as writer:
        await check_members(writer, found, faults)
        await check_ends(writer, found, faults)
        known = await check_ties(writer, found, faults)
        faults.refuse()
        for write, rows in writes(found, known):
            await writer.write(write, rows=rows)
            progress(len(rows))
        await writer.write(statement("writes/member_numbers"))
    nodes = {label: len(group) for label, group in found.nodes.items()}
    return nodes | {cls.kind.value: len(group) for cls, group in found.ties.items()}


async def check_members(writer: Writer, found: Records, faults: Faults) -> None:
    """A member's kind never changes."""
    given = {
        key: (label, record)
        for label in MEMBERS
        for key, record in found.nodes.get(label, {}).items()
    }
    for known in await existing(writer, "Member", list(given)):
        label, record = given[known.key]
        kind = next(name for name in MEMBERS if name in known.labels)
        if kind != label:
            text = f"{known.key!r} is a {kind} in the database, and stays one"
            faults.at(record.row, "kind", text)


async def check_ends(writer: Writer, found: Records, faults: Faults) -> None:
    """Every end is in the files or in the database, and is what its tie needs."""
    known: dict[tuple[str, str], str] = {
        (node_label((label,)), key): label
        for label, group in found.nodes.items()
        for key in group
    }
    missing: dict[str, set[str]] = {}
    for end in ends(found):
        if (end.find, end.key) not in known:
            missing.setdefault(end.find, set()).add(end.key)
    for find, keys in missing.items():
        for node in await existing(writer, find, sorted(keys)):
            kind = next(name for name in NODES if name in node.labels)
            known[find, node.key] = kind
    for end in ends(found):
        label = known.get((end.find, end.key))
        if label is None:
            faults.at(end.row, end.column, f"no {end.find} has the key {end.key!r}")
        elif label not in end.labels:
            wanted = " or ".join(end.labels)
            text = f"{end.key!r} is a {label}; a {end.owner} wants a {wanted} there"
            faults.at(end.row, end.column, text)


async def check_ties(
    writer: Writer, found: Records, faults: Faults
) -> dict[type[Tie], set[str]]:
    """The keys that the database holds already; a tie keeps its two ends."""
    known: dict[type[Tie], set[str]] = {}
    for cls, group in found.ties.items():
        read = statement("writes/existing_ties", TYPE=cls.type)
        rows = await writer.rows(read, ExistingTie, keys=list(group))
        known[cls] = {row.key for row in rows}
        for row in rows:
            tie = group[row.key]
            if (tie.source, tie.target) != (row.source, row.target):
                ends_now = f"{row.source!r} to {row.target!r}"
                text = f"{row.key!r} runs from {ends_now} in the database"
                faults.at(tie.row, "key", text)
    return known


def writes(
    found: Records, known: dict[type[Tie], set[str]]
) -> Iterator[tuple[Statement, list[dict[str, Any]]]]:
    """The statements of one run, each with its rows, a batch at a time."""
    for label, group in found.nodes.items():
        file = "writes/members" if label in MEMBERS else "writes/nodes"
        rows = [node_row(record) for record in group.values()]
        yield from batches(statement(file, NODE=label), rows)
    for cls, ties in found.ties.items():
        old = [tie_row(tie) for tie in ties.values() if tie.key in known[cls]]
        new = [tie_row(tie) for tie in ties.values() if tie.key not in known[cls]]
        yield from batches(statement("writes/known_ties", TYPE=cls.type), old)
        yield from batches(tie_statement(cls), new)
    for label, group in found.nodes.items():
        for link in NODES[label].links:
            rows = [
                {"key": record.key, "end": record.ends[link.name]}
                for record in group.values()
                if link.name in record.ends
            ]
            yield from batches(link_statement(label, link), rows)


def batches(
    write: Statement, rows: list[dict[str, Any]]
) -> Iterator[tuple[Statement, list[dict[str, Any]]]]:
    for start in range(0, len(rows), BATCH):
        yield write, rows[start : start + BATCH]


def node_row(record: NodeRecord) -> dict[str, Any]:
    row = {"key": record.key, "properties": record.properties, "roles": record.roles}
    if record.roles is not None:
        row["dropped"] = [r for r in ROLE_LABELS.values() if r not in record.roles]
    return row


def tie_row(tie: TieRecord) -> dict[str, Any]:
    names = ("key", "source", "target", "properties")
    return {name: getattr(tie, name) for name in names}


def tie_statement(cls: type[Tie]) -> Statement:
    source = f"(source:{node_label(cls.sources)}"
    target = f"(target:{node_label(cls.targets)}"
    return statement("writes/ties", SOURCE=source, TYPE=cls.type, TARGET=target)


def link_statement(label: str, link: Link) -> Statement:
    left, right = ("(n)-[", "]->(end") if link.outgoing else ("(n)<-[", "]-(end")
    words = {"LEFT": left, "TYPE": link.type, "RIGHT": right, "END": link.label}
    return statement("writes/links", NODE=label, **words)


async def existing(writer: Writer, label: str, keys: list[str]) -> list[Existing]:
    read = statement("existing", NODE=label)
    return await writer.rows(read, Existing, keys=keys) if keys else []
