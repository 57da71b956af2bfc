"""The existing records of a write, locked until its transaction ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from service.graph.statements import statement
from service.graph.transactions import Writer
from service.vocabulary import MEMBERS, NODES, ROLE_LABELS, TIES
from service.vocabulary.ties import Tie
from service.writes.records import Records

ROLE_NAMES = {label: role.value for role, label in ROLE_LABELS.items()}
Image = dict[str, Any]  # a record as the log stores it: stored names, roles, links


@dataclass(frozen=True)
class ExistingNode:
    key: str
    labels: list[str]
    properties: Image

    @property
    def label(self) -> str:
        return next(name for name in NODES if name in self.labels)

    def image(self, links: dict[str, str]) -> Image:
        """All but the key and the number, which a record keeps for its life."""
        values = {
            n: v for n, v in self.properties.items() if n not in ("key", "number")
        }
        if self.label in MEMBERS:
            values["roles"] = sorted(
                ROLE_NAMES[n] for n in self.labels if n in ROLE_NAMES
            )
        return values | links


@dataclass(frozen=True)
class ExistingTie:
    key: str
    source: str
    target: str
    properties: Image

    @property
    def image(self) -> Image:
        return {n: v for n, v in self.properties.items() if n != "key"}


@dataclass(frozen=True)
class RecordLinks:
    key: str
    ends: list[list[str]]  # each: type of the link, key of the end, its labels


@dataclass
class ExistingRecords:
    """Images by kind and key; each member under its own kind."""

    nodes: dict[str, dict[str, Image]] = field(default_factory=dict)
    ties: dict[type[Tie], dict[str, ExistingTie]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # of members, by key


async def lock_existing(
    writer: Writer, records: Records, new: Collection[str] = ()
) -> ExistingRecords:
    """Read and lock the existing records of these keys, always in the same order.

    `new`: "Member", labels and kinds of tie that have no record yet.
    """
    existing = ExistingRecords()
    members = [key for label in MEMBERS for key in records.nodes.get(label, {})]
    nodes: dict[str, Iterable[str]] = {"Member": members}
    nodes |= {n: records.nodes.get(n, {}) for n in NODES if n not in MEMBERS}
    for label, keys in nodes.items():
        if label not in new:
            await lock_nodes(writer, existing, label, keys)
    for kind, cls in TIES.items():
        if kind.value not in new:
            await lock_ties(writer, existing, cls, records.ties.get(cls, {}))
    return existing


async def lock_nodes(
    writer: Writer, existing: ExistingRecords, label: str, keys: Iterable[str]
) -> None:
    sorted_keys = sorted(keys)
    if not sorted_keys:
        return
    read = statement("writes/existing_nodes", NODE=label)
    rows = [ExistingNode(*node) for node in await writer.list(read, keys=sorted_keys)]
    links = await links_of(writer, label, [row.key for row in rows])
    for row in rows:
        if label == "Member":
            existing.kinds[row.key] = row.label
        image = row.image(links.get(row.key, {}))
        existing.nodes.setdefault(row.label, {})[row.key] = image


async def lock_ties(
    writer: Writer, existing: ExistingRecords, cls: type[Tie], keys: Iterable[str]
) -> None:
    if sorted_keys := sorted(keys):
        read = statement("writes/existing_ties", TYPE=cls.type)
        rows = [ExistingTie(*tie) for tie in await writer.list(read, keys=sorted_keys)]
        existing.ties[cls] = {row.key: row for row in rows}


async def links_of(
    writer: Writer, label: str, keys: list[str]
) -> dict[str, dict[str, str]]:
    """The key at the end of each link, by record and name of the link."""
    links = NODES[label].links if label in NODES else ()
    if not links or not keys:
        return {}
    types = "|".join(sorted({link.type for link in links}))
    read = statement("records/links", NODE=label, TYPE=types)
    records: dict[str, dict[str, str]] = {}
    for row in await writer.rows(read, RecordLinks, keys=keys):
        for kind, key, *labels in row.ends:
            for link in links:
                if link.type == kind and link.label in labels:
                    records.setdefault(row.key, {})[link.name] = key
    return records
