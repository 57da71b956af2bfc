"""Texts of other records and ties that contain the name of an erased person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from service.change_log.entries import Entry, Operation
from service.graph.statements import Statement, statement
from service.graph.transactions import Writer
from service.vocabulary import KEYED, MEMBERS
from service.writes.existing import ExistingRecords, Image, lock_nodes, lock_ties
from service.writes.removal import TYPES
from service.writes.traces import PersonTraces


@dataclass(frozen=True)
class NameMention:
    """A record with the name in a text: its labels or its type, and its key."""

    owner: list[str]
    key: str

    @property
    def label(self) -> str:
        return next((label for label in KEYED if label in self.owner), self.owner[0])


def nodes_with_name() -> Statement:
    return statement("writes/nodes_with_name", NODES="|".join(KEYED))


def ties_with_name() -> Statement:
    return statement("writes/ties_with_name", TYPES="|".join(TYPES))


async def remove_name_elsewhere(writer: Writer, traces: PersonTraces) -> list[Entry]:
    """Remove the name from the texts of other records and ties."""
    entries, existing = [], ExistingRecords()
    mentions = await writer.rows(nodes_with_name(), NameMention, name=traces.name)
    for label, keys in keys_by_label(mentions):
        await lock_nodes(writer, existing, label, keys)
    for kind, images in existing.nodes.items():
        texts = {key: traces.texts_without_name(kind, images[key]) for key in images}
        stem = "update_members" if kind in MEMBERS else "update_nodes"
        await writer.write(statement(f"writes/{stem}", NODE=kind), rows=rows_of(texts))
        entries += [
            Entry(Operation.ERASE, kind, key, None, images[key] | changed)
            for key, changed in texts.items()
            if changed
        ]
    return entries + await remove_name_from_ties(writer, traces)


async def remove_name_from_ties(writer: Writer, traces: PersonTraces) -> list[Entry]:
    entries, existing = [], ExistingRecords()
    mentions = await writer.rows(ties_with_name(), NameMention, name=traces.name)
    for type, keys in keys_by_label(mentions):
        await lock_ties(writer, existing, TYPES[type], keys)
    for cls, ties in existing.ties.items():
        kind = cls.__name__
        texts = {key: traces.texts_without_name(kind, ties[key].image) for key in ties}
        write = statement("writes/update_ties", TYPE=cls.type)
        await writer.write(write, rows=rows_of(texts))
        for key, changed in texts.items():
            if changed:
                tie = ties[key]
                after, ends = tie.image | changed, (tie.source, tie.target)
                entries.append(Entry(Operation.ERASE, kind, key, None, after, ends))
    return entries


def keys_by_label(mentions: list[NameMention]) -> Iterable[tuple[str, list[str]]]:
    """The keys of the records, by the label or type to find them by."""
    keys: dict[str, list[str]] = {}
    for mention in mentions:
        keys.setdefault(mention.label, []).append(mention.key)
    return keys.items()


def rows_of(texts: dict[str, Image]) -> list[dict[str, Any]]:
    return [
        {"key": key, "properties": changed, "roles": None}
        for key, changed in texts.items()
        if changed
    ]
