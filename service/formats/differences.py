"""What a run would change: each record of the files beside the one that we have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.formats.batches import PART, runs
from service.formats.checks import changes, check_ends
from service.formats.rows import Faults
from service.formats.staging import Stage
from service.graph import Graph
from service.graph.transactions import Writer
from service.writes.diff import Merged
from service.writes.records import Records

SHOWN = 5  # keys told of each kind and change


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
    told = {kind: Difference() for kind in found.counts}
    try:
        await graph.write(lambda writer: check_ends(writer, found, faults))
        for part in runs(found.batches(), PART):
            records = found.records(part)

            async def work(writer: Writer, records: Records = records) -> list[Merged]:
                return await changes(writer, records, set(), faults)

            would = {(one.kind, one.key): one for one in await graph.write(work)}
            for kind, name, key in named(records):
                told[kind].add(change(would.get((name, key))), key)
        faults.refuse()
        return told
    finally:
        found.close()


def named(records: Records) -> Iterator[tuple[str, str, str]]:
    """The kind of each record in a stage, its kind in the log, and its key."""
    for label, nodes in records.nodes.items():
        yield from ((label, label, key) for key in nodes)
    for cls, ties in records.ties.items():
        yield from ((cls.kind.value, cls.__name__, key) for key in ties)


def change(would: Merged | None) -> str:
    if would is None:
        return "unchanged"
    return "created" if would.before is None else "changed"
