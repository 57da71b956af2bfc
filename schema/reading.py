"""Reads of records: by key, as pages, around other records; always in batches."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar, cast

from schema.connection import Connection, Window, connection
from schema.context import Context
from schema.node import TYPES, build
from service.errors import NotFound
from service.queries import Statement, statement
from service.vocabulary import MEMBERS, NODES, ROLE_LABELS, camel
from service.vocabulary.enums import Direction
from service.vocabulary.nodes import Member, Record
from service.vocabulary.ties import Tie

R = TypeVar("R", bound=Record)
ROLES = {label: role for role, label in ROLE_LABELS.items()}


@dataclass(frozen=True)
class NodeRow:
    labels: list[str]
    properties: dict[str, Any]
    anchor: str = ""

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

    def record(self, cls: type[R]) -> R:
        ends = {"source_end": end(self.source), "target_end": end(self.target)}
        return build(cls, self.properties, **ends)


@dataclass(frozen=True)
class Total:
    total: int
    anchor: str = ""


@dataclass(frozen=True)
class Ends:
    key: str
    ends: list[list[str]]  # each: type of the link, key of the end, its labels


def end(parts: list[str]) -> tuple[str, str]:
    """(label to read it by, key) of the end of a tie."""
    key, *labels = parts
    return node_label(labels), key


def node_label(labels: list[str]) -> str:
    return "Member" if "Member" in labels else next(n for n in NODES if n in labels)


def sort_words(cls: type[Record], variable: str, name: str) -> dict[str, str]:
    """The expression of a default order, and the index of it where there is one."""
    columns = {"key": "key", "name": "name, key"}.get(cls.sort)
    indexed = cls.sort == "key" or issubclass(cls, Member)
    hint = f"USING INDEX SEEK {variable}:{name}({columns})" if indexed else ""
    return {"SORT": sort_expression(cls, variable), "HINT": hint}


def sort_expression(cls: type[Record], variable: str) -> str:
    """What may be missing sorts last."""
    stored = f"{variable}.{camel(cls.sort)}"
    if cls.sort == "key" or issubclass(cls, Member):
        return stored
    last = {
        str: r"'\uDBFF\uDFFF'",  # U+10FFFF: Cypher has no \U and takes it as text
        date: "date('9999-12-31')",
        datetime: "datetime('9999-12-31T00:00:00Z')",
    }[cls.sort_type]
    return f"coalesce({stored}, {last})"


async def node(context: Context, label: str, key: str) -> Record | None:
    """One record by its key; `label` may be Member or a role's label."""

    # The index of keys is of all members, not of one kind or role of them.
    own = label == "Member" or (label in NODES and label not in MEMBERS)
    labels = label if own else f"Member&{label}"

    async def fetch(keys: list[str]) -> dict[str, Record]:
        read = statement("records/nodes", NODE=labels)
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
    context: Context, label: str, cls: type[R], window: Window
) -> Connection[R]:
    page = window.page(cls, context.settings.max_page)
    words = {"NODE": label, **sort_words(cls, "n", label), **page.words}
    rows = await context.graph.rows(
        statement("records/nodes_page", **words), NodeRow, **page.params
    )
    found = cast(list[R], [row.record() for row in rows])
    count = partial(total, context, statement("records/nodes_count", NODE=label))
    return connection(found, page, count)


async def ties_page(context: Context, cls: type[R], window: Window) -> Connection[R]:
    page = window.page(cls, context.settings.max_page)
    kind = cast(type[Tie], cls).type
    words = {"TYPE": kind, **sort_words(cls, "r", kind), **page.words}
    rows = await context.graph.rows(
        statement("records/ties_page", **words), TieRow, **page.params
    )
    found = [row.record(cls) for row in rows]
    count = partial(total, context, statement("records/ties_count", TYPE=kind))
    return connection(found, page, count)


async def total(context: Context, read: Statement) -> int:
    return (await context.graph.rows(read, Total))[0].total


@dataclass(frozen=True)
class Around:
    """What hangs on a node: by which types of tie, and which way they run."""

    anchor: str
    out: tuple[str, ...]  # types that leave the anchor
    into: tuple[str, ...]  # types that come to it
    node: str | None = None  # label of the records found; None: the ties themselves

    def words(self, direction: Direction) -> dict[str, str]:
        types = {
            Direction.OUT: self.out,
            Direction.IN: self.into,
            Direction.BOTH: tuple(dict.fromkeys(self.out + self.into)),
        }[direction]
        variable = "n" if self.node else ""
        words = {
            "ANCHOR": self.anchor,
            "LEFT": "(a)<-[" if direction is Direction.IN else "(a)-[",
            "TYPE": "|".join(types),
            "RIGHT": ("]->(" if direction is Direction.OUT else "]-(") + variable,
        }
        return words | ({"NODE": self.node} if self.node else {})

    @property
    def files(self) -> str:
        return "records/nodes_around" if self.node else "records/ties_around"


async def around(
    context: Context,
    cls: type[R],
    anchor_key: str,
    shape: Around,
    direction: Direction,
    window: Window,
) -> Connection[R]:
    """A page of what hangs on one record, read for all its siblings at once."""
    page = window.page(cls, context.settings.max_page)
    words = shape.words(direction)
    variable = "n" if shape.node else "r"

    async def fetch(anchors: list[str]) -> dict[str, list[R]]:
        read = statement(
            shape.files, SORT=sort_expression(cls, variable), **words, **page.words
        )
        rows: list[NodeRow] | list[TieRow]
        if shape.node:
            rows = await context.graph.rows(
                read, NodeRow, anchors=anchors, **page.params
            )
        else:
            rows = await context.graph.rows(
                read, TieRow, anchors=anchors, **page.params
            )
        found = defaultdict(list)
        for row in rows:
            record = row.record() if isinstance(row, NodeRow) else row.record(cls)
            found[row.anchor].append(cast(R, record))
        return found

    async def fetch_totals(anchors: list[str]) -> dict[str, int]:
        read = statement(f"{shape.files}_count", **words)
        rows = await context.graph.rows(read, Total, anchors=anchors)
        return {row.anchor: row.total for row in rows}

    async def count() -> int:
        name = ("count", shape, direction)
        return await context.load(name, anchor_key, fetch_totals) or 0

    if not words["TYPE"]:  # nothing of this kind can run that way
        return connection([], page, no_records)
    name = ("around", cls, shape, direction, page)
    found = await context.load(name, anchor_key, fetch) or []
    return connection(found, page, count)


async def no_records() -> int:
    return 0


async def member_of(context: Context, key: str) -> Any:
    """The member with that key; none is a client's error."""
    return await existing_node(context, "Member", key)


async def existing_node(context: Context, label: str, key: str) -> Any:
    found = await node(context, label, key)
    if found is None:
        raise NotFound(f"No {label} has the key {key!r}.")
    return found


async def members_of(context: Context, keys: list[str]) -> list[Any]:
    return list(await asyncio.gather(*(member_of(context, key) for key in keys)))
