"""Reads of records: by key, in pages, related to other records; always in batches."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar, cast

from schema.context import Context
from schema.records.connection import Connection, PositionedRecord, connection_of
from schema.records.grouping import AggregateSource
from schema.records.node import TYPES, build
from schema.records.related_records import RelatedRecords
from service.compiler.bindings import Bindings
from service.compiler.pages import RecordSelection, compile_page
from service.compiler.traversal import MatchedRecord
from service.errors import RecordNotFound
from service.graph.statements import statement
from service.vocabulary import KEYED, MEMBERS, NODES, ROLE_LABELS, key_label
from service.vocabulary.nodes import Record
from service.vocabulary.ties import Tie

R = TypeVar("R", bound=Record)
ROLES = {label: role for role, label in ROLE_LABELS.items()}


@dataclass(frozen=True)
class NodeRow:
    labels: list[str]
    properties: dict[str, Any]
    anchor: str = ""
    position: list[Any] = field(default_factory=list)

    def record(self) -> Record:
        label = next(name for name in NODES if name in self.labels)
        roles = [ROLES[name] for name in sorted(self.labels) if name in ROLES]
        extra = {"roles": roles} if label in MEMBERS else {}
        return cast(Record, build(TYPES[label], self.properties, **extra))


@dataclass(frozen=True)
class TieRow:
    properties: dict[str, Any]
    source: list[str]  # key, then labels
    target: list[str]
    anchor: str = ""
    position: list[Any] = field(default_factory=list)

    def record(self, cls: type[R]) -> R:
        ends = {"source_end": end(self.source), "target_end": end(self.target)}
        return build(cls, self.properties, **ends)


@dataclass(frozen=True)
class LinkEnds:
    key: str
    ends: list[list[str]]  # each: type of the link, key of the end, its labels


def end(parts: list[str]) -> tuple[str, str]:
    """(label to read it by, key) of the end of a tie."""
    key, *labels = parts
    return node_label(labels), key


def node_label(labels: list[str]) -> str:
    return next(label for label in KEYED if label in labels)


async def node(context: Context, label: str, key: str) -> Record | None:
    """One record by its key; `label` may be Member or a role's label."""

    async def fetch(keys: list[str]) -> dict[str, Record]:
        read = statement("records/nodes", NODE=key_label(label), KIND=label)
        rows = await context.graph.rows(read, NodeRow, keys=keys)
        return {row.properties["key"]: row.record() for row in rows}

    return await context.load(("node", label), key, fetch)


async def tie(context: Context, cls: type[R], key: str) -> R | None:
    async def fetch(keys: list[str]) -> dict[str, R]:
        read = statement("records/ties", TYPE=cast(type[Tie], cls).type)
        rows = await context.graph.rows(read, TieRow, keys=keys)
        return {row.properties["key"]: row.record(cls) for row in rows}

    return await context.load(("tie", cls), key, fetch)


async def links(context: Context, label: str, key: str) -> list[list[str]]:
    """The ends of a record node's links."""
    types = {link.type for link in NODES[label].links}

    async def fetch(keys: list[str]) -> dict[str, list[list[str]]]:
        read = statement("records/links", NODE=label, TYPE="|".join(sorted(types)))
        rows = await context.graph.rows(read, LinkEnds, keys=keys)
        return {row.key: row.ends for row in rows}

    return await context.load(("links", label), key, fetch) or []


async def nodes_page(
    context: Context,
    label: str,
    selection: RecordSelection,
    keys: list[str] | None = None,
) -> Connection[Any]:
    """`keys`: only records with these keys."""
    indexed = label if keys is None else None
    matched, max_page = MatchedRecord("n"), context.settings.max_page
    page = compile_page(selection, matched, max_page, indexed=indexed, keys=keys)
    read = statement("records/nodes_page", NODE=label, **page.texts)
    rows = await context.graph.rows(read, NodeRow, **page.params)
    records = [(row.record(), row.position) for row in rows]
    source = AggregateSource(selection, label, keys=keys)
    return connection_of(page, records, partial(source.total, context))


async def ties_page(
    context: Context, cls: type[Any], selection: RecordSelection
) -> Connection[Any]:
    kind = cast(type[Tie], cls).type
    matched = MatchedRecord("r", "source", "target")
    page = compile_page(selection, matched, context.settings.max_page, indexed=kind)
    read = statement("records/ties_page", TYPE=kind, **page.texts)
    rows = await context.graph.rows(read, TieRow, **page.params)
    records = [(row.record(cls), row.position) for row in rows]
    source = AggregateSource(selection, kind)
    return connection_of(page, records, partial(source.total, context))


async def related_page(
    context: Context, related: RelatedRecords, selection: RecordSelection
) -> Connection[Any]:
    """A page of the related records of one record, read for all siblings at once."""
    bindings = Bindings(day=selection.day)
    traversal = related.traversal(bindings)
    matched = traversal.matched if traversal else MatchedRecord("n")
    max_page = context.settings.max_page
    page = compile_page(selection, matched, max_page, bindings=bindings)
    if traversal is None:  # nothing of this kind can run in this direction
        return connection_of(page, [], no_records)
    texts = {**page.texts, **related.texts(traversal)}
    texts.pop("HINT")
    row_type: type[Any] = NodeRow if related.relation.node else TieRow

    async def fetch(anchors: list[str]) -> dict[str, list[PositionedRecord]]:
        read = statement(f"{related.file}_around", **texts)
        rows = await context.graph.rows(read, row_type, anchors=anchors, **page.params)
        records = defaultdict(list)
        for row in rows:
            record = row.record() if related.relation.node else row.record(related.cls)
            records[row.anchor].append((record, row.position))
        return records

    window = selection.window
    name = ("around", related.relation, related.direction, page.owner, window)
    records = await context.load(name, related.key, fetch) or []
    source = AggregateSource(selection, related=related)
    return connection_of(page, records, partial(source.total, context))


async def no_records() -> int:
    return 0


async def member_of(context: Context, key: str) -> Any:
    """The member with that key; an unknown key is an error of the client."""
    return await existing_node(context, "Member", key)


async def existing_node(context: Context, label: str, key: str) -> Any:
    record = await node(context, label, key)
    if record is None:
        raise RecordNotFound(f"No {label} has the key {key!r}.")
    return record


async def members_of(context: Context, keys: list[str]) -> list[Any]:
    return list(await asyncio.gather(*(member_of(context, key) for key in keys)))
