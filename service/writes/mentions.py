"""Other records and ties that have the name of an erased person in their texts."""

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
from service.writes.traces import Traces


@dataclass(frozen=True)
class Naming:
    """Who has the name in a text: its labels or its type, and its key."""

    owner: list[str]
    key: str

    @property
    def found_by(self) -> str:
        return next((label for label in KEYED if label in self.owner), self.owner[0])


def naming_nodes() -> Statement:
    return statement("writes/naming_nodes", NODES="|".join(KEYED))


def naming_ties() -> Statement:
    return statement("writes/naming_ties", TYPES="|".join(TYPES))


async def unnamed_elsewhere(writer: Writer, traces: Traces) -> list[Entry]:
    """Other records and ties no longer have the name in their texts."""
    entries, held = [], ExistingRecords()
    naming = await writer.rows(naming_nodes(), Naming, name=traces.name)
    for label, keys in grouped(naming):
        await lock_nodes(writer, held, label, keys)
    for kind, images in held.nodes.items():
        texts = {key: traces.unnamed(kind, images[key]) for key in images}
        stem = "known_members" if kind in MEMBERS else "known_nodes"
        await writer.write(statement(f"writes/{stem}", NODE=kind), rows=rows(texts))
        entries += [
            Entry(Operation.ERASE, kind, key, None, images[key] | found)
            for key, found in texts.items()
            if found
        ]
    return entries + await unnamed_ties(writer, traces)


async def unnamed_ties(writer: Writer, traces: Traces) -> list[Entry]:
    entries, held = [], ExistingRecords()
    naming = await writer.rows(naming_ties(), Naming, name=traces.name)
    for type, keys in grouped(naming):
        await lock_ties(writer, held, TYPES[type], keys)
    for cls, ties in held.ties.items():
        kind = cls.__name__
        texts = {key: traces.unnamed(kind, ties[key].image) for key in ties}
        write = statement("writes/known_ties", TYPE=cls.type)
        await writer.write(write, rows=rows(texts))
        for key, found in texts.items():
            if found:
                tie = ties[key]
                after, ends = tie.image | found, (tie.source, tie.target)
                entries.append(Entry(Operation.ERASE, kind, key, None, after, ends))
    return entries


def grouped(found: list[Naming]) -> Iterable[tuple[str, list[str]]]:
    """The keys, by what they are found by."""
    keys: dict[str, list[str]] = {}
    for one in found:
        keys.setdefault(one.found_by, []).append(one.key)
    return keys.items()


def rows(texts: dict[str, Image]) -> list[dict[str, Any]]:
    return [
        {"key": key, "properties": found, "roles": None}
        for key, found in texts.items()
        if found
    ]
