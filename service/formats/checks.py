"""Checks of a load against the database: its ends, its own records, its rules."""

from __future__ import annotations

from dataclasses import dataclass

from service.formats.batches import RecordBatch
from service.formats.rows import Faults
from service.formats.staging import RecordStage
from service.graph import Graph
from service.graph.statements import Statement, statement
from service.graph.transactions import Writer
from service.vocabulary import KEYED, NODES, TIES
from service.writes.checks import Mode, check_end, check_existing, read_identities
from service.writes.diff import RecordChange, diff
from service.writes.existing import lock_existing
from service.writes.records import Records, ends
from service.writes.rules import check_rules


@dataclass(frozen=True)
class AbsentKinds:
    kinds: list[str]


async def check_parts(
    graph: Graph,
    stage: RecordStage,
    parts: list[list[RecordBatch]],
    new_kinds: set[str],
    faults: Faults,
) -> None:
    """Refuse the load if any of its parts has a fault."""
    for part in parts:
        records = stage.records(part)

        async def work(writer: Writer, records: Records = records) -> None:
            await changes(writer, records, new_kinds, faults)

        await graph.write(work)
    faults.refuse()


async def changes(
    writer: Writer, records: Records, new_kinds: set[str], faults: Faults
) -> list[RecordChange]:
    """What the records would change; `check_ends` has already checked their ends."""
    existing_records = await lock_existing(writer, records, new_kinds)
    check_existing(records, existing_records, Mode.UPSERT, faults)
    changes = diff(records, existing_records)
    check_rules(changes, faults)
    return changes


async def check_ends(writer: Writer, stage: RecordStage, faults: Faults) -> None:
    """Check that every end is in the files or the database and has a valid kind."""
    for space in stage.end_spaces():
        for keys in list(stage.missing_ends(space)):
            nodes = await read_identities(writer, space, keys)
            stage.add_existing(space, ((node.key, node.label) for node in nodes))
    if not stage.has_wrong_end():
        return
    # Faults of ties come first: they are the most frequent.
    for batch in sorted(stage.batches(), key=lambda batch: batch.kind in NODES):
        for end in ends(stage.records([batch])):
            check_end(end, stage.kind(end.find, end.key), faults)


async def absent_kinds(writer: Writer) -> set[str]:
    """The kinds of which the database has no record, so none needs a look-up."""
    [row] = await writer.rows(absent_kinds_statement(), AbsentKinds)
    return set(row.kinds)


def absent_kinds_statement() -> Statement:
    counts = [f'["{label}", COUNT {{ (:{label}) }}]' for label in KEYED]
    counts += [
        f'["{kind.value}", COUNT {{ ()-[:{cls.type}]->() }}]'
        for kind, cls in TIES.items()
    ]
    return statement("writes/absent_kinds", COUNTS=", ".join(counts))
