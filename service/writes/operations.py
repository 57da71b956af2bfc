"""Ending and deleting records of one kind, and what an answer tells of them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from service.change_log.entries import Entry, Operation
from service.errors import BadInput, WriteErrorCode
from service.graph import Graph
from service.graph.transactions import Writer
from service.vocabulary import TIES_BY_NAME, key_label
from service.writes.apply import write_records
from service.writes.checks import Mode
from service.writes.existing import ExistingRecords, lock_nodes, lock_ties
from service.writes.idempotency import Done, Request, answered
from service.writes.outcome import Outcome, Recorded, of
from service.writes.problems import RequestProblems
from service.writes.record_inputs import records_of
from service.writes.records import RecordInput, Values
from service.writes.removal import remove_nodes, remove_ties

MOST_ROWS = 10_000  # of one request
FEW = 20  # records that an answer tells whole


def limited(given: list[Values]) -> None:
    if not 0 < len(given) <= MOST_ROWS:
        raise BadInput(f"input: expected 1 to {MOST_ROWS:,} records, got {len(given)}.")


def places(given: list[Values]) -> list[RecordInput]:
    """Rows with the path of each in the request."""
    if len(given) == 1:
        return [RecordInput("input", 0, given[0])]
    return [RecordInput(f"input/{place}", 0, one) for place, one in enumerate(given)]


async def with_ends(
    writer: Writer, kind: str, rows: list[RecordInput], problems: RequestProblems
) -> list[RecordInput]:
    """A tie that is changed keeps its ends, which its key alone tells."""
    keys = [key for one in rows if (key := one.values.get("key"))]
    held = ExistingRecords()
    await lock_ties(writer, held, TIES_BY_NAME[kind], keys)
    known = held.ties.get(TIES_BY_NAME[kind], {})
    found = []
    for one in rows:
        key = one.values.get("key")
        if tie := known.get(key or ""):
            ends = {"source": tie.source, "target": tie.target}
            found.append(one._replace(values={**ends, **one.values}))
        else:
            problems.at(
                one, "key", f"no {kind} has the key {key!r}", WriteErrorCode.NONE
            )
    problems.refuse()
    return found


async def told(
    writer: Writer, kind: str, keys: list[str], entries: list[Entry]
) -> Outcome:
    """The records as they are now: what a write left as it was must be read."""
    if len(keys) > FEW:
        return Outcome(keys=keys)
    changed = {(entry.kind, entry.key): entry for entry in entries}
    records = of([changed[kind, key] for key in keys if (kind, key) in changed])
    left = [key for key in keys if (kind, key) not in changed]
    return Outcome([*records, *await unchanged(writer, kind, left)], keys)


async def unchanged(writer: Writer, kind: str, keys: list[str]) -> list[Recorded]:
    held = ExistingRecords()
    if kind in TIES_BY_NAME:
        await lock_ties(writer, held, TIES_BY_NAME[kind], keys)
        ties = held.ties.get(TIES_BY_NAME[kind], {})
        return [
            Recorded(kind, t.key, t.image, (t.source, t.target)) for t in ties.values()
        ]
    await lock_nodes(writer, held, key_label(kind), keys)
    nodes = held.nodes.get(kind, {})
    return [Recorded(kind, key, image, None) for key, image in nodes.items()]


async def end(
    graph: Graph, request: Request, kind: str, keys: list[str], until: date | None
) -> Outcome:
    """From `until` (today) on, the records are no longer active."""
    day = until or datetime.now(UTC).date()
    given: list[Values] = [{"key": key, "until": day} for key in keys]
    limited(given)

    async def work(writer: Writer) -> Done:
        problems = RequestProblems()
        rows = places(given)
        if kind in TIES_BY_NAME:
            rows = await with_ends(writer, kind, rows, problems)
        found = records_of(kind, rows, problems)
        entries = await write_records(writer, found, Mode.UPDATE, problems)
        ended = [entry._replace(operation=Operation.END) for entry in entries]
        return ended, await told(writer, kind, keys, ended)

    return await answered(graph, request, work)


async def delete(graph: Graph, request: Request, kind: str, keys: list[str]) -> Outcome:
    """The records are gone, with their ties; the log keeps what they were."""
    given: list[Values] = [{"key": key} for key in keys]
    limited(given)

    async def work(writer: Writer) -> Done:
        problems, rows = RequestProblems(), places(given)
        if kind in TIES_BY_NAME:
            entries = await remove_ties(writer, TIES_BY_NAME[kind], rows, problems)
        else:
            entries = await remove_nodes(writer, kind, rows, problems)
        own = [entry for entry in entries if entry.kind == kind and entry.key in keys]
        return entries, Outcome(of(own) if len(own) <= FEW else [], keys)

    return await answered(graph, request, work)
