"""Ending and deleting records of one kind."""

from __future__ import annotations

from datetime import UTC, date, datetime

from service.change_log.entries import Operation
from service.graph import Graph
from service.graph.transactions import Writer
from service.vocabulary import TIES_BY_NAME
from service.writes.apply import write_records
from service.writes.checks import Mode
from service.writes.idempotency import WriteRequest, WriteResult, run_once
from service.writes.outcome import (
    MAX_RETURNED,
    WriteOutcome,
    outcome_of,
    written_records,
)
from service.writes.problems import ArgumentProblems
from service.writes.record_inputs import records_of
from service.writes.records import Values
from service.writes.removal import remove_nodes, remove_ties
from service.writes.request_inputs import (
    add_tie_ends,
    check_batch_size,
    inputs_with_paths,
)


async def end(
    graph: Graph, request: WriteRequest, kind: str, keys: list[str], until: date | None
) -> WriteOutcome:
    """From `until` (today by default) on, the records are no longer active."""
    day = until or datetime.now(UTC).date()
    values: list[Values] = [{"key": key, "until": day} for key in keys]
    check_batch_size(values)

    async def work(writer: Writer) -> WriteResult:
        problems = ArgumentProblems({"until": "until"})
        inputs = inputs_with_paths(values)
        if kind in TIES_BY_NAME:
            inputs = await add_tie_ends(writer, kind, inputs, problems)
        records = records_of(kind, inputs, problems)
        updates = await write_records(writer, records, Mode.UPDATE, problems)
        entries = [entry._replace(operation=Operation.END) for entry in updates]
        return entries, await outcome_of(writer, kind, keys, entries)

    return await run_once(graph, request, work)


async def delete(
    graph: Graph, request: WriteRequest, kind: str, keys: list[str]
) -> WriteOutcome:
    """Delete the records and their ties; the log stores what they were."""
    values: list[Values] = [{"key": key} for key in keys]
    check_batch_size(values)

    async def work(writer: Writer) -> WriteResult:
        problems, inputs = ArgumentProblems({}), inputs_with_paths(values)
        if kind in TIES_BY_NAME:
            entries = await remove_ties(writer, TIES_BY_NAME[kind], inputs, problems)
        else:
            entries = await remove_nodes(writer, kind, inputs, problems)
        own = [entry for entry in entries if entry.kind == kind and entry.key in keys]
        records = written_records(own) if len(own) <= MAX_RETURNED else []
        return entries, WriteOutcome(records, keys)

    return await run_once(graph, request, work)
