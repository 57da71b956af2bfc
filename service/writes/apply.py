"""One write: lock existing records, check, write what differs, return the changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from service.change_log.entries import Entry
from service.errors import WriteConflict
from service.graph.statements import Statement, statement
from service.graph.transactions import Writer
from service.vocabulary import MEMBERS, NODES, ROLE_LABELS, TIES, key_label
from service.vocabulary.nodes import Link
from service.vocabulary.ties import Tie
from service.writes.checks import (
    EndLabels,
    Mode,
    check_ends,
    check_existing,
    read_end_labels,
)
from service.writes.diff import RecordChange, diff
from service.writes.existing import ExistingRecords, lock_existing
from service.writes.problems import Problems
from service.writes.records import Records
from service.writes.rules import check_rules

BATCH = 10_000
Progress = Callable[[int], None]
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class WrittenCount:
    count: int


async def write_records(
    writer: Writer, records: Records, mode: Mode, problems: Problems
) -> list[Entry]:
    """Write all records or none; the result is what changed, for the log.

    A record that equals its input is neither written nor logged.
    """
    existing = await lock_existing(writer, records)
    labels = await read_end_labels(writer, [records])
    changes = checked_changes(records, existing, labels, mode, problems)
    return await apply_changes(writer, records, changes)


def checked_changes(
    records: Records,
    existing: ExistingRecords,
    labels: EndLabels,
    mode: Mode,
    problems: Problems,
) -> list[RecordChange]:
    """What the records would change; refused if any of them has a problem."""
    check_existing(records, existing, mode, problems)
    check_ends(records, labels, problems)
    changes = diff(records, existing)
    if mode is not Mode.RESTORE:
        check_rules(changes, problems)
    problems.refuse()
    return changes


async def apply_changes(
    writer: Writer,
    records: Records,
    changes: list[RecordChange],
    progress: Progress = lambda rows: None,
) -> list[Entry]:
    """Write changes that have been checked."""
    left = records.count()
    for query, rows in statements(changes):
        await run_statement(writer, query, rows)
        progress(len(rows))
        left -= len(rows)
    progress(left)
    return [change.entry for change in changes]


async def run_statement(writer: Writer, query: Statement, rows: Rows) -> None:
    if not query.columns:
        await writer.write(query, rows=rows)
        return
    [row] = await writer.rows(query, dict, rows=rows)
    if row["written"] != len(rows):
        raise WriteConflict(
            "A record at one end of this tie was deleted meanwhile; try again."
        )


def statements(changes: list[RecordChange]) -> Iterator[tuple[Statement, Rows]]:
    """The statements of one write, each with its rows, a batch at a time."""
    by_kind: dict[str, list[RecordChange]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append(change)
    labels = [label for label in NODES if label in by_kind]
    for label in labels:
        stem = "members" if label in MEMBERS else "nodes"
        for verb, exists in (("create", False), ("update", True)):
            rows = [
                node_row(c) for c in by_kind[label] if (c.before is not None) == exists
            ]
            query = statement(f"writes/{verb}_{stem}", NODE=label)
            yield from batches(query, rows)
    for cls in TIES.values():
        ties = by_kind.get(cls.__name__, [])
        old = [tie_row(change) for change in ties if change.before is not None]
        new = [tie_row(change) for change in ties if change.before is None]
        yield from batches(statement("writes/update_ties", TYPE=cls.type), old)
        yield from batches(tie_statement(cls), new)
    for label in labels:
        for link in NODES[label].links:
            linked = [change for change in by_kind[label] if link.name in change.links]
            old = [link_row(c, link) for c in linked if c.before is not None]
            new = [link_row(c, link) for c in linked if c.before is None]
            yield from batches(link_statement("update_links", label, link), old)
            with_end = [row for row in new if row["end"] is not None]
            yield from batches(link_statement("create_links", label, link), with_end)


def batches(query: Statement, rows: Rows) -> Iterator[tuple[Statement, Rows]]:
    for start in range(0, len(rows), BATCH):
        yield query, rows[start : start + BATCH]


def node_row(change: RecordChange) -> dict[str, Any]:
    row: dict[str, Any] = {"key": change.key, "properties": change.properties}
    if change.kind in MEMBERS:
        roles = change.roles
        if roles is None and change.before is None:
            roles = []
        row["roles"] = roles
        if roles is not None:
            row["removed_role_labels"] = [
                r for r in ROLE_LABELS.values() if r not in roles
            ]
    return row


def tie_row(change: RecordChange) -> dict[str, Any]:
    source, target = change.ends or ("", "")
    return {
        "key": change.key,
        "source": source,
        "target": target,
        "properties": change.properties,
    }


def link_row(change: RecordChange, link: Link) -> dict[str, Any]:
    return {"key": change.key, "end": change.links[link.name]}


def tie_statement(cls: type[Tie]) -> Statement:
    source = f"source:{key_label(cls.sources[0])}"
    target = f"target:{key_label(cls.targets[0])}"
    return statement("writes/create_ties", SOURCE=source, TYPE=cls.type, TARGET=target)


def link_statement(file: str, label: str, link: Link) -> Statement:
    left, right = ("(n)-[", "]->(end") if link.outgoing else ("(n)<-[", "]-(end")
    words = {"LEFT": left, "TYPE": link.type, "RIGHT": right, "END": link.label}
    return statement(f"writes/{file}", NODE=label, **words)
