"""Deleting records: related ties go too; a record that needs one prevents it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.change_log.entries import Entry, Operation
from service.errors import WriteErrorCode
from service.graph.statements import statement
from service.graph.transactions import Writer
from service.vocabulary import NODES, TIES, key_label
from service.vocabulary.names import noun_of
from service.vocabulary.nodes import Link
from service.vocabulary.ties import Tie
from service.writes.existing import ExistingRecords, ExistingTie, lock_nodes, lock_ties
from service.writes.problems import Problems
from service.writes.records import RecordInput

TYPES = {cls.type: cls for cls in TIES.values()}
LINKS = [(label, link) for label, cls in NODES.items() for link in cls.links]


@dataclass(frozen=True)
class RelatedTie:
    type: str
    key: str | None
    source: list[str]  # key, then labels
    target: list[str]
    properties: dict[str, Any]


async def remove_nodes(
    writer: Writer, label: str, rows: list[RecordInput], problems: Problems
) -> list[Entry]:
    """Delete nodes of one label and their ties; refused if a record needs a node."""
    by_key = {str(row.values["key"]): row for row in rows}
    existing, find = ExistingRecords(), key_label(label)
    await lock_nodes(writer, existing, find, by_key)
    images = existing.nodes.get(label, {})
    for key, row in by_key.items():
        if key not in images:
            problems.at(
                row, "key", f"no {label} has the key {key!r}", WriteErrorCode.NONE
            )
    problems.refuse()
    look = statement("writes/ties_of_nodes", NODE=find)
    related = await writer.rows(look, RelatedTie, keys=sorted(by_key))
    entries = [*await drop_related_ties(writer, related)]
    entries += await unlink_records(writer, related, by_key, problems)
    problems.refuse()
    drop = statement("writes/delete_nodes", NODE=find)
    await writer.write(drop, rows=[{"key": key} for key in by_key])
    gone = Operation.DELETE
    return entries + [Entry(gone, label, key, images[key], None) for key in by_key]


async def drop_related_ties(writer: Writer, related: list[RelatedTie]) -> list[Entry]:
    """Delete the related ties."""
    entries = []
    for cls in TIES.values():
        keys = [tie.key for tie in related if TYPES.get(tie.type) is cls and tie.key]
        entries += await drop_ties(writer, cls, keys)
    return entries


async def unlink_records(
    writer: Writer,
    related: list[RelatedTie],
    by_key: dict[str, RecordInput],
    problems: Problems,
) -> list[Entry]:
    """The changes of records whose optional link to a deleted node ends."""
    entries = []
    for tie in related:
        for label, link in LINKS:
            owner, end = sides(tie, link)
            if tie.type != link.type or label not in owner or end[0] not in by_key:
                continue
            if link.label not in end or owner[0] in by_key:
                continue
            if link.required:
                text = f"it is the {link.name} of the {noun_of(label)} {owner[0]!r}"
                text += f"; delete that {noun_of(label)} first"
                problems.at(by_key[end[0]], "key", text, WriteErrorCode.TIED)
                continue
            existing = ExistingRecords()
            await lock_nodes(writer, existing, label, [owner[0]])
            before = existing.nodes[label][owner[0]]
            after = {n: v for n, v in before.items() if n != link.name}
            entries.append(Entry(Operation.UPDATE, label, owner[0], before, after))
    return entries


def sides(tie: RelatedTie, link: Link) -> Iterator[list[str]]:
    """The record that has the link, and the record at its other end."""
    pair = (tie.source, tie.target)
    return iter(pair if link.outgoing else pair[::-1])


async def remove_ties(
    writer: Writer, cls: type[Tie], rows: list[RecordInput], problems: Problems
) -> list[Entry]:
    keys = [str(row.values["key"]) for row in rows]
    entries = await drop_ties(writer, cls, keys)
    deleted = {entry.key for entry in entries}
    for row, key in zip(rows, keys, strict=True):
        if key not in deleted:
            problems.at(
                row,
                "key",
                f"no {cls.__name__} has the key {key!r}",
                WriteErrorCode.NONE,
            )
    problems.refuse()
    return entries


async def drop_ties(writer: Writer, cls: type[Tie], keys: list[str]) -> list[Entry]:
    if not keys:
        return []
    existing = ExistingRecords()
    await lock_ties(writer, existing, cls, keys)
    drop = statement("writes/delete_ties", TYPE=cls.type)
    await writer.write(drop, rows=[{"key": key} for key in keys])
    return [deletion(cls, tie) for tie in existing.ties[cls].values()]


def deletion(cls: type[Tie], tie: ExistingTie) -> Entry:
    ends = (tie.source, tie.target)
    return Entry(Operation.DELETE, cls.__name__, tie.key, tie.image, None, ends)
