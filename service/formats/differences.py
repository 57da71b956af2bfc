"""What a run would change: each record of the files beside the one that we have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from service.formats.checking import check
from service.formats.rows import Faults
from service.formats.staging import Stage
from service.graph import Graph
from service.queries import statement
from service.vocabulary import MEMBERS, NODES, ROLE_LABELS, TIES

SHOWN = 5  # keys told of each kind and change


@dataclass(frozen=True)
class Node:
    labels: list[str]
    properties: dict[str, Any]


@dataclass(frozen=True)
class Tied:
    properties: dict[str, Any]
    source: list[str]
    target: list[str]


@dataclass(frozen=True)
class Linked:
    key: str
    ends: list[list[str]]


@dataclass
class Difference:
    """How many records of one kind would be created, changed or stay as they are."""

    counts: Counter[str] = field(default_factory=Counter)
    keys: dict[str, list[str]] = field(default_factory=dict)

    def add(self, change: str, key: str) -> None:
        self.counts[change] += 1
        shown = self.keys.setdefault(change, [])
        if len(shown) < SHOWN:
            shown.append(key)


async def differences(
    graph: Graph, found: Stage, faults: Faults
) -> dict[str, Difference]:
    """By kind; faults are refused as a load refuses them, and nothing is written."""
    try:
        async with graph.writing() as writer:
            await check(writer, found, faults)
        return {kind: await compared(graph, found, kind) for kind in found.counts}
    finally:
        found.close()


async def compared(graph: Graph, found: Stage, kind: str) -> Difference:
    told = Difference()
    for batch in found.rows(kind):
        known = await existing(graph, kind, [row["key"] for row in batch])
        for row in batch:
            have = known.get(row["key"])
            told.add(change(row, have), row["key"])
    return told


def change(row: dict[str, Any], have: dict[str, Any] | None) -> str:
    if have is None:
        return "created"
    given = dict(row["properties"])
    if row.get("roles") is not None:
        given["roles"] = sorted(row["roles"])
    given |= row.get("ends", {})
    same = all(have.get(name) == value for name, value in given.items())
    return "unchanged" if same else "changed"


async def existing(graph: Graph, kind: str, keys: list[str]) -> dict[str, Any]:
    """What the database has under these keys: properties, roles and ends as one."""
    ties = {cls.kind.value: cls for cls in TIES.values()}
    if kind in ties:
        read = statement("records/ties", TYPE=ties[kind].type)
        held = await graph.rows(read, Tied, keys=keys)
        return {tie.properties["key"]: tie.properties for tie in held}
    label = "Member" if kind in MEMBERS else kind
    nodes = await graph.rows(statement("records/nodes", NODE=label), Node, keys=keys)
    found = {node.properties["key"]: node.properties | roles(node) for node in nodes}
    if links := NODES[kind].links:
        types = "|".join(dict.fromkeys(link.type for link in links))
        read = statement("records/links", NODE=kind, TYPE=types)
        for linked in await graph.rows(read, Linked, keys=keys):
            found[linked.key] |= ends(kind, linked.ends)
    return found


def roles(node: Node) -> dict[str, list[str]]:
    return {"roles": sorted(set(node.labels) & set(ROLE_LABELS.values()))}


def ends(kind: str, held: Iterable[list[str]]) -> dict[str, str]:
    return {
        link.name: end[1]
        for link in NODES[kind].links
        for end in held
        if end[0] == link.type and link.label in end[2:]
    }
