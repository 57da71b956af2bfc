"""What a load would change: each record of the files compared with the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from service.formats.batches import PART_SIZE, groups
from service.formats.checks import changes, check_ends
from service.formats.rows import Faults
from service.formats.staging import RecordStage
from service.graph import Graph
from service.graph.transactions import Writer
from service.writes.diff import RecordChange
from service.writes.records import NodeRecord, Records

EXAMPLES = 5  # keys of each kind and change


@dataclass
class Difference:
    """How many records of one kind would be created, changed or left unchanged."""

    counts: Counter[str] = field(default_factory=Counter)
    keys: dict[str, list[str]] = field(default_factory=dict)  # of some, by change
    names: dict[str, list[str]] = field(default_factory=dict)  # of the same

    def add(self, change: str, key: str, name: str) -> None:
        self.counts[change] += 1
        keys = self.keys.setdefault(change, [])
        if len(keys) < EXAMPLES:
            keys.append(key)
            self.names.setdefault(change, []).append(name)


async def differences(
    graph: Graph, stage: RecordStage, faults: Faults
) -> dict[str, Difference]:
    """By kind. Faults are refused as in a load, and nothing is written."""
    by_kind = {kind: Difference() for kind in stage.counts}
    try:
        await graph.write(lambda writer: check_ends(writer, stage, faults))
        for part in groups(stage.batches(), PART_SIZE):
            records = stage.records(part)

            async def work(
                writer: Writer, records: Records = records
            ) -> list[RecordChange]:
                return await changes(writer, records, set(), faults)

            diff = {
                (change.kind, change.key): change for change in await graph.write(work)
            }
            names = names_of(records)
            for kind, log_kind, key in record_keys(records):
                change = change_of(diff.get((log_kind, key)))
                by_kind[kind].add(change, key, names.get((log_kind, key), key))
        faults.refuse()
        return by_kind
    finally:
        stage.close()


def record_keys(records: Records) -> Iterator[tuple[str, str, str]]:
    """The kind of each record in a stage, its kind in the log, and its key."""
    for label, nodes in records.nodes.items():
        yield from ((label, label, key) for key in nodes)
    for cls, ties in records.ties.items():
        yield from ((cls.kind.value, cls.__name__, key) for key in ties)


def names_of(records: Records) -> dict[tuple[str, str], str]:
    """What people call each record, by its kind in the log and its key.

    A record without a name of its own is called by its ends: "Ann to Bo".
    """
    nodes = [each for group in records.nodes.values() for each in group.values()]
    by_key = {node.key: name_of(node) for node in nodes}
    names = {
        (label, key): name_of(node) or " to ".join(called(by_key, node.ends.values()))
        for label, group in records.nodes.items()
        for key, node in group.items()
    }
    for cls, ties in records.ties.items():
        for key, tie in ties.items():
            ends = called(by_key, (tie.source, tie.target))
            names[cls.__name__, key] = " to ".join(ends)
    return {id: name for id, name in names.items() if name}


def name_of(node: NodeRecord) -> str:
    return node.properties.get("name") or node.properties.get("title") or ""


def called(names: dict[str, str], keys: Iterable[str | None]) -> list[str]:
    """The names of records by their keys; one that only the database has: its key."""
    return [names.get(key) or key for key in keys if key]


def change_of(merged: RecordChange | None) -> str:
    if merged is None:
        return "unchanged"
    return "created" if merged.before is None else "changed"
