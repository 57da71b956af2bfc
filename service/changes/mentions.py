"""Other records and ties that have the name of an erased person in their texts."""

from __future__ import annotations

from dataclasses import dataclass

from service.changes.traces import Traces
from service.graph import Writer
from service.queries import Statement, statement
from service.vocabulary import MEMBERS, NODES
from service.writing.entries import Entry, Operation
from service.writing.held import Held, hold_nodes, hold_ties
from service.writing.records import node_label
from service.writing.removal import TYPES


@dataclass(frozen=True)
class Naming:
    """Who has the name in a text: its labels or its type, and its key."""

    owner: list[str]
    key: str

    @property
    def kind(self) -> str:
        return next((label for label in NODES if label in self.owner), self.owner[0])


def naming_nodes() -> Statement:
    labels = ["Member", *(label for label in NODES if label not in MEMBERS)]
    return statement("writes/naming_nodes", NODES="|".join(labels))


def naming_ties() -> Statement:
    return statement("writes/naming_ties", TYPES="|".join(TYPES))


async def unnamed_elsewhere(writer: Writer, traces: Traces) -> list[Entry]:
    """Other records and ties no longer have the name in their texts."""
    look = naming_nodes()
    held = Held()
    for found in await writer.rows(look, Naming, name=traces.name):
        await hold_nodes(writer, held, node_label((found.kind,)), [found.key])
    entries = []
    for kind, images in held.nodes.items():
        stem = "known_members" if kind in MEMBERS else "known_nodes"
        write = statement(f"writes/{stem}", NODE=kind)
        for key, image in images.items():
            if texts := traces.unnamed(kind, image):
                row = {"key": key, "properties": texts, "roles": None}
                await writer.write(write, rows=[row])
                after = image | texts
                entries.append(Entry(Operation.ERASE, kind, key, None, after))
    return entries + await unnamed_ties(writer, traces)


async def unnamed_ties(writer: Writer, traces: Traces) -> list[Entry]:
    entries = []
    look = naming_ties()
    for row in await writer.rows(look, Naming, name=traces.name):
        cls, held = TYPES[row.kind], Held()
        await hold_ties(writer, held, cls, [row.key])
        tie, kind = held.ties[cls][row.key], cls.__name__
        if texts := traces.unnamed(kind, tie.image):
            write = statement("writes/known_ties", TYPE=cls.type)
            await writer.write(write, rows=[{"key": row.key, "properties": texts}])
            after, ends = tie.image | texts, (tie.source, tie.target)
            entries.append(Entry(Operation.ERASE, kind, row.key, None, after, ends))
    return entries
