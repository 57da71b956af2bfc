"""The inputs of one request: their number, their paths and the ends of their ties."""

from __future__ import annotations

from service.errors import BadInput, WriteErrorCode
from service.graph.transactions import Writer
from service.vocabulary import TIES_BY_NAME
from service.writes.existing import ExistingRecords, lock_ties
from service.writes.problems import RequestProblems
from service.writes.record_inputs import key_problem, tie_properties
from service.writes.records import RecordInput, Values

MAX_ROWS = 10_000  # records of one request


def check_batch_size(inputs: list[Values]) -> None:
    if not 0 < len(inputs) <= MAX_ROWS:
        raise BadInput(f"input: expected 1 to {MAX_ROWS:,} records, got {len(inputs)}.")


def inputs_with_paths(inputs: list[Values]) -> list[RecordInput]:
    """Each input with its path in the request."""
    if len(inputs) == 1:
        return [RecordInput("input", 0, inputs[0])]
    return [
        RecordInput(f"input/{index}", 0, values) for index, values in enumerate(inputs)
    ]


async def add_tie_ends(
    writer: Writer, kind: str, inputs: list[RecordInput], problems: RequestProblems
) -> list[RecordInput]:
    """Inputs that change ties, completed with the ends that each tie has.

    An input without a stored tie is a problem, and only its values are checked.
    """
    keys = [
        key for row in inputs if (key := row.values.get("key")) and not key_problem(key)
    ]
    existing = ExistingRecords()
    await lock_ties(writer, existing, TIES_BY_NAME[kind], keys)
    ties = existing.ties.get(TIES_BY_NAME[kind], {})
    completed = []
    for row in inputs:
        key = row.values.get("key") or ""
        if tie := ties.get(key):
            ends = {"source": tie.source, "target": tie.target}
            completed.append(row._replace(values={**ends, **row.values}))
        else:
            problem, code = key_problem(key), WriteErrorCode.INVALID
            if not problem:
                problem, code = f"no {kind} has the key {key!r}", WriteErrorCode.NONE
            problems.at(row, "key", problem, code)
            tie_properties(TIES_BY_NAME[kind], row, problems)
    return completed
