"""A group of saves in one transaction: each is checked, written and logged."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from service.change_log import append
from service.errors import WriteRefusal
from service.graph import request_scope
from service.graph.request_scope import RequestScope
from service.graph.transactions import Writer
from service.vocabulary import TIES_BY_NAME, key_label
from service.writes.apply import apply_changes, checked_changes
from service.writes.checks import Mode, read_end_labels
from service.writes.diff import RecordChange
from service.writes.existing import lock_existing
from service.writes.idempotency import (
    WriteRequest,
    log_entry_of,
    replay_answer,
    stored_answers,
)
from service.writes.outcome import WriteOutcome, outcome_of
from service.writes.problems import RequestProblems
from service.writes.record_inputs import records_of
from service.writes.records import Records, Values
from service.writes.request_inputs import add_tie_ends, inputs_with_paths


def pending_outcome() -> asyncio.Future[WriteOutcome]:
    return asyncio.get_running_loop().create_future()


@dataclass(eq=False)
class Save:
    """Create, update or upsert records of one kind, all or none of them."""

    request: WriteRequest
    kind: str
    values: list[Values]
    mode: Mode
    scope: RequestScope | None = field(default_factory=request_scope.current.get)
    result: asyncio.Future[WriteOutcome] = field(default_factory=pending_outcome)
    problems: RequestProblems = field(default_factory=RequestProblems)

    async def read_input(self, writer: Writer) -> Records:
        """The checked records; `problems` has what is wrong in the inputs alone."""
        self.problems = RequestProblems()  # a retried transaction starts without any
        inputs = inputs_with_paths(self.values)
        if self.mode is Mode.UPDATE and self.kind in TIES_BY_NAME:
            inputs = await add_tie_ends(writer, self.kind, inputs, self.problems)
        return records_of(self.kind, inputs, self.problems)

    def answer(self, answer: WriteOutcome | Exception) -> None:
        if self.result.done():  # the caller has disconnected
            return
        if isinstance(answer, Exception):
            self.result.set_exception(answer)
        else:
            self.result.set_result(answer)


# None: the save waits for another save of its group.
SaveAnswer = WriteOutcome | WriteRefusal | None
AnswersBySave = dict[Save, SaveAnswer]
RecordsBySave = dict[Save, Records]
ChangesBySave = dict[Save, list[RecordChange]]


async def answers_of(writer: Writer, saves: list[Save]) -> list[SaveAnswer]:
    """Write the saves of which no two touch the same record, in one transaction."""
    stored = await stored_answers(writer, [save.request for save in saves])
    answers: AnswersBySave = {}
    records_by_save: RecordsBySave = {}
    keys_in_use: set[Hashable] = set()
    for save in saves:
        name = save.request.name
        try:
            if name in stored:
                answers[save] = replay_answer(save.request, stored[name])
                continue
            records = await save.read_input(writer)
        except WriteRefusal as refusal:
            answers[save] = refusal
            continue
        keys = {name, *touched_keys(records)}
        if not keys & keys_in_use:
            records_by_save[save] = records
        keys_in_use |= keys
    changes = await changes_of_saves(writer, records_by_save, answers)
    await apply_and_log(writer, records_by_save, changes, answers)
    return [answers.get(save) for save in saves]


def touched_keys(records: Records) -> Iterator[Hashable]:
    for label, nodes in records.nodes.items():
        yield from ((key_label(label), key) for key in nodes)
    for cls, ties in records.ties.items():
        yield from ((cls, key) for key in ties)


async def changes_of_saves(
    writer: Writer, records_by_save: RecordsBySave, answers: AnswersBySave
) -> ChangesBySave:
    """The changes of each save; a refused save gets its answer here."""
    existing = await lock_existing(writer, union_of(records_by_save.values()))
    labels = await read_end_labels(writer, records_by_save.values())
    changes = {}
    for save, records in records_by_save.items():
        try:
            changes[save] = checked_changes(
                records, existing, labels, save.mode, save.problems
            )
        except WriteRefusal as refusal:
            answers[save] = refusal
    return changes


async def apply_and_log(
    writer: Writer,
    records_by_save: RecordsBySave,
    changes: ChangesBySave,
    answers: AnswersBySave,
) -> None:
    """Write and log the changes of all saves, and answer each save."""
    if not changes:
        return
    union = union_of(records_by_save[save] for save in changes)
    all_changes = [change for own in changes.values() for change in own]
    entries = iter(await apply_changes(writer, union, all_changes))
    additions, outcomes = [], []
    for save, own in changes.items():
        own_entries = list(islice(entries, len(own)))
        keys = [key for group in groups(records_by_save[save]) for key in group]
        outcome = await outcome_of(writer, save.kind, keys, own_entries)
        outcome.warnings = save.problems.warnings
        outcomes.append(outcome)
        additions.append(log_entry_of(save.request, own_entries, outcome))
    numbers = await append.append(writer, additions)
    for save, outcome, last in zip(changes, outcomes, numbers, strict=True):
        outcome.last = last
        answers[save] = outcome


def groups(records: Records) -> list[Iterable[str]]:
    return [*records.nodes.values(), *records.ties.values()]


def union_of(several: Iterable[Records]) -> Records:
    union = Records()
    for records in several:
        for label, nodes in records.nodes.items():
            union.nodes.setdefault(label, {}).update(nodes)
        for cls, ties in records.ties.items():
            union.ties.setdefault(cls, {}).update(ties)
    return union
