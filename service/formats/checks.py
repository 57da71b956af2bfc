"""What files alone cannot tell: whether a run agrees with what the database holds."""

from __future__ import annotations

from dataclasses import dataclass

from service.formats.batches import Batch
from service.formats.rows import Faults
from service.formats.staging import Stage
from service.graph import Graph
from service.graph.statements import Statement, statement
from service.graph.transactions import Writer
from service.vocabulary import KEYED, NODES, TIES
from service.writes.checks import Mode, check_end, check_held, existing
from service.writes.diff import Merged, merged
from service.writes.existing import hold
from service.writes.records import Records, ends
from service.writes.rules import check_rules


@dataclass(frozen=True)
class Absent:
    kinds: list[str]


async def check_parts(
    graph: Graph, stage: Stage, parts: list[list[Batch]], new: set[str], faults: Faults
) -> None:
    """Refuse the run if anything is wrong in any of its parts."""
    for part in parts:
        found = stage.records(part)

        async def work(writer: Writer, found: Records = found) -> None:
            await changes(writer, found, new, faults)

        await graph.write(work)
    faults.refuse()


async def changes(
    writer: Writer, found: Records, new: set[str], faults: Faults
) -> list[Merged]:
    """What `found` would change: its ends were looked for in the whole run before."""
    held = await hold(writer, found, new)
    check_held(found, held, Mode.UPSERT, faults)
    would = merged(found, held)
    check_rules(would, faults)
    return would


async def check_ends(writer: Writer, stage: Stage, faults: Faults) -> None:
    """Every end is in the files or in the database, and is what its tie needs."""
    for space in stage.spaces():
        for keys in list(stage.absent(space)):
            found = await existing(writer, space, keys)
            stage.outside(space, ((node.key, node.label) for node in found))
    if not stage.wrong_ends():
        return
    # Ties first, as people read them.
    for batch in sorted(stage.batches(), key=lambda batch: batch.kind in NODES):
        for end in ends(stage.records([batch])):
            check_end(end, stage.kind(end.find, end.key), faults)


async def absent(writer: Writer) -> set[str]:
    """The kinds of which the database has none: nothing need be looked for there."""
    [found] = await writer.rows(absence(), Absent)
    return set(found.kinds)


def absence() -> Statement:
    counts = [f'["{label}", COUNT {{ (:{label}) }}]' for label in KEYED]
    counts += [
        f'["{kind.value}", COUNT {{ ()-[:{cls.type}]->() }}]'
        for kind, cls in TIES.items()
    ]
    return statement("writes/absent", COUNTS=", ".join(counts))
