"""What a load would change: each record of the files compared with the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.formats.batches import PART_SIZE, groups
from service.formats.checks import changes, check_ends
from service.formats.rows import Faults
from service.formats.staging import RecordStage
from service.graph import Graph
from service.graph.transactions import Writer
from service.writes.diff import RecordChange
from service.writes.records import Records

EXAMPLES = 5  # keys of each kind and change


@dataclass
class Difference:
    """How many records of one kind would be created, changed or left unchanged."""

    counts: Counter[str] = field(default_factory=Counter)
    keys: dict[str, list[str]] = field(default_factory=dict)

    def add(self, change: str, key: str) -> None:
        self.counts[change] += 1
        examples = self.keys.setdefault(change, [])
        if len(examples) < EXAMPLES:
            examples.append(key)


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
            for kind, name, key in record_keys(records):
                by_kind[kind].add(change_of(diff.get((name, key))), key)
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


def change_of(merged: RecordChange | None) -> str:
    if merged is None:
        return "unchanged"
    return "created" if merged.before is None else "changed"
