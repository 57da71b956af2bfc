"""What a write finds: the records of its keys as they are, held until it ends."""

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
Image = dict[str, Any]  # a record as the log keeps it: stored names, roles, links


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
        known = {n: v for n, v in self.properties.items() if n not in ("key", "number")}
        if self.label in MEMBERS:
            known["roles"] = sorted(
                ROLE_NAMES[n] for n in self.labels if n in ROLE_NAMES
            )
        return known | links


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
    """Images by kind and key; members under their kind, whatever was asked for."""

    nodes: dict[str, dict[str, Image]] = field(default_factory=dict)
    ties: dict[type[Tie], dict[str, ExistingTie]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # of members, by key


async def lock_existing(
    writer: Writer, found: Records, new: Collection[str] = ()
) -> ExistingRecords:
    """Read and lock all that is there of `found`, always in one order.

    `new`: "Member", labels and kinds of tie of which nothing can be there.
    """
    held = ExistingRecords()
    members = [key for label in MEMBERS for key in found.nodes.get(label, {})]
    nodes: dict[str, Iterable[str]] = {"Member": members}
    nodes |= {n: found.nodes.get(n, {}) for n in NODES if n not in MEMBERS}
    for label, keys in nodes.items():
        if label not in new:
            await lock_nodes(writer, held, label, keys)
    for kind, cls in TIES.items():
        if kind.value not in new:
            await lock_ties(writer, held, cls, found.ties.get(cls, {}))
    return held


async def lock_nodes(
    writer: Writer, held: ExistingRecords, label: str, keys: Iterable[str]
) -> None:
    wanted = sorted(keys)
    if not wanted:
        return
    read = statement("writes/held_nodes", NODE=label)
    rows = [ExistingNode(*node) for node in await writer.list(read, keys=wanted)]
    links = await links_of(writer, label, [row.key for row in rows])
    for row in rows:
        if label == "Member":
            held.kinds[row.key] = row.label
        image = row.image(links.get(row.key, {}))
        held.nodes.setdefault(row.label, {})[row.key] = image


async def lock_ties(
    writer: Writer, held: ExistingRecords, cls: type[Tie], keys: Iterable[str]
) -> None:
    if wanted := sorted(keys):
        read = statement("writes/held_ties", TYPE=cls.type)
        rows = [ExistingTie(*tie) for tie in await writer.list(read, keys=wanted)]
        held.ties[cls] = {row.key: row for row in rows}


async def links_of(
    writer: Writer, label: str, keys: list[str]
) -> dict[str, dict[str, str]]:
    """The key at the end of each link, by record and name of the link."""
    links = NODES[label].links if label in NODES else ()
    if not links or not keys:
        return {}
    types = "|".join(sorted({link.type for link in links}))
    read = statement("records/links", NODE=label, TYPE=types)
    found: dict[str, dict[str, str]] = {}
    for row in await writer.rows(read, RecordLinks, keys=keys):
        for kind, key, *labels in row.ends:
            for link in links:
                if link.type == kind and link.label in labels:
                    found.setdefault(row.key, {})[link.name] = key
    return found
