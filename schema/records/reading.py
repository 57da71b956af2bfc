"""Reads of records: by key, as pages, around other records; always in batches."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar, cast

from schema.context import Context
from schema.records.connection import Connection
from schema.records.connection_fields import Wanted
from schema.records.grouping import Source
from schema.records.node import TYPES, build
from schema.records.paging import Found, page
from schema.records.related_records import Hanging
from service.compiler.bindings import Bindings
from service.compiler.traversal import Seen
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
    place: list[Any] = field(default_factory=list)

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
    place: list[Any] = field(default_factory=list)

    def record(self, cls: type[R]) -> R:
        ends = {"source_end": end(self.source), "target_end": end(self.target)}
        return build(cls, self.properties, **ends)


@dataclass(frozen=True)
class Ends:
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
        rows = await context.graph.rows(read, Ends, keys=keys)
        return {row.key: row.ends for row in rows}

    return await context.load(("links", label), key, fetch) or []


async def nodes_page(
    context: Context, label: str, wanted: Wanted, among: list[str] | None = None
) -> Connection[Any]:
    """`among`: the records are some of these keys."""
    indexed = label if among is None else None
    most = context.settings.max_page
    found = page(wanted, Seen("n"), most, indexed=indexed, among=among)
    read = statement("records/nodes_page", NODE=label, **found.words)
    rows = await context.graph.rows(read, NodeRow, **found.params)
    records = [(row.record(), row.place) for row in rows]
    source = Source(wanted, label, among=among)
    return found.connection(records, partial(source.total, context))


async def ties_page(
    context: Context, cls: type[Any], wanted: Wanted
) -> Connection[Any]:
    kind = cast(type[Tie], cls).type
    seen = Seen("r", "source", "target")
    found = page(wanted, seen, context.settings.max_page, indexed=kind)
    read = statement("records/ties_page", TYPE=kind, **found.words)
    rows = await context.graph.rows(read, TieRow, **found.params)
    records = [(row.record(cls), row.place) for row in rows]
    source = Source(wanted, kind)
    return found.connection(records, partial(source.total, context))


async def around(context: Context, hanging: Hanging, wanted: Wanted) -> Connection[Any]:
    """A page of what hangs on one record, read for all its siblings at once."""
    bindings = Bindings(day=wanted.day)
    reach = hanging.reach(bindings)
    seen = reach.seen if reach else Seen("n")
    found = page(wanted, seen, context.settings.max_page, bindings=bindings)
    if reach is None:  # nothing of this kind can run that way
        return found.connection([], no_records)
    words = {**found.words, **hanging.words(reach)}
    words.pop("HINT")
    row_type: type[Any] = NodeRow if hanging.around.node else TieRow

    async def fetch(anchors: list[str]) -> dict[str, list[Found]]:
        read = statement(f"{hanging.file}_around", **words)
        rows = await context.graph.rows(read, row_type, anchors=anchors, **found.params)
        held = defaultdict(list)
        for row in rows:
            record = row.record() if hanging.around.node else row.record(hanging.cls)
            held[row.anchor].append((record, row.place))
        return held

    name = ("around", hanging.around, hanging.way, found.made, wanted.window)
    records = await context.load(name, hanging.key, fetch) or []
    source = Source(wanted, hanging=hanging)
    return found.connection(records, partial(source.total, context))


async def no_records() -> int:
    return 0


async def member_of(context: Context, key: str) -> Any:
    """The member with that key; none is a client's error."""
    return await existing_node(context, "Member", key)


async def existing_node(context: Context, label: str, key: str) -> Any:
    found = await node(context, label, key)
    if found is None:
        raise RecordNotFound(f"No {label} has the key {key!r}.")
    return found


async def members_of(context: Context, keys: list[str]) -> list[Any]:
    return list(await asyncio.gather(*(member_of(context, key) for key in keys)))
