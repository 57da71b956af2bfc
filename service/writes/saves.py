"""Creating and changing records of one kind; saves asked for at once share a commit.

A commit costs more than a record does. Who asks alone is written at once; what others
ask meanwhile is held, checked, written and logged together next, each with its own
answer. Who would touch a record of that group waits for the group after it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from weakref import WeakKeyDictionary

from service.change_log import append
from service.errors import StatementTimeout, Unavailable, WriteRefusal
from service.graph import Graph, request_scope
from service.graph.request_scope import RequestScope
from service.graph.transactions import Writer
from service.vocabulary import TIES_BY_NAME, key_label
from service.writes.apply import apply_changes, checked_changes
from service.writes.checks import Mode, read_end_labels
from service.writes.diff import RecordChange
from service.writes.existing import lock_existing
from service.writes.idempotency import Request, addition, again, before, check_key
from service.writes.operations import FEW, limited, places, told, with_ends
from service.writes.outcome import Outcome
from service.writes.problems import RequestProblems
from service.writes.record_inputs import records_of
from service.writes.records import Records, Values

MOST_TOGETHER = 50  # saves of one group
Answer = Outcome | WriteRefusal | None  # None: it waits for another of its group


def pending_answer() -> asyncio.Future[Outcome]:
    return asyncio.get_running_loop().create_future()


@dataclass(eq=False)
class Save:
    """Create, update or upsert records of one kind, all or none of them."""

    request: Request
    kind: str
    values: list[Values]
    mode: Mode
    asking: RequestScope | None = field(default_factory=request_scope.current.get)
    done: asyncio.Future[Outcome] = field(default_factory=pending_answer)
    problems: RequestProblems = field(default_factory=RequestProblems)

    async def read_input(self, writer: Writer) -> Records:
        self.problems = RequestProblems()  # those of this try
        rows = places(self.values)
        if self.mode is Mode.UPDATE and self.kind in TIES_BY_NAME:
            rows = await with_ends(writer, self.kind, rows, self.problems)
        found = records_of(self.kind, rows, self.problems)
        self.problems.refuse()  # what cannot be read, before the graph is asked
        return found

    def answer(self, answer: Outcome | Exception) -> None:
        if self.done.done():  # whoever asked has gone
            return
        if isinstance(answer, Exception):
            self.done.set_exception(answer)
        else:
            self.done.set_result(answer)


async def save(
    graph: Graph, request: Request, kind: str, given: list[Values], mode: Mode
) -> Outcome:
    """The records as they are afterwards; WriteRefused where nothing was written."""
    limited(given)
    check_key(request)
    one = Save(request, kind, given, mode)
    if len(given) > FEW:
        await write_group(graph, [one])
    else:
        SAVE_QUEUES.setdefault(graph, SaveQueue()).add(graph, one)
    return await one.done


class SaveQueue:
    """The saves that wait for one graph: a group is written while the next gathers."""

    def __init__(self) -> None:
        self._waiting: list[Save] = []
        self._task: asyncio.Task[None] | None = None

    def add(self, graph: Graph, one: Save) -> None:
        self._waiting.append(one)
        if self._task is None:
            self._task = asyncio.create_task(self._work(graph))

    async def _work(self, graph: Graph) -> None:
        try:
            while self._waiting:
                group = self._waiting[:MOST_TOGETHER]
                del self._waiting[:MOST_TOGETHER]
                self._waiting[:0] = await write_group(graph, group)
        finally:
            self._task = None


SAVE_QUEUES: WeakKeyDictionary[Graph, SaveQueue] = WeakKeyDictionary()


async def write_group(graph: Graph, group: list[Save]) -> list[Save]:
    """Tell each its answer; those that must wait for others are left."""
    group = [one for one in group if not one.done.done()]  # who asked may have gone
    if not group:
        return []
    try:
        with request_scope.joined_scope([one.asking for one in group]):
            found = await graph.write(partial(answers, saves=group))
    except Exception as error:
        nobody = isinstance(error, Unavailable) and not isinstance(
            error, StatementTimeout
        )
        if len(group) == 1 or nobody:
            for one in group:
                one.answer(error)
            return []
        for one in group:  # one of them may be at fault, or have no time left
            await write_group(graph, [one])
        return []
    left = []
    for one, answer in zip(group, found, strict=True):
        if answer is None:
            left.append(one)
        else:
            one.answer(answer)
    return left


async def answers(writer: Writer, saves: list[Save]) -> list[Answer]:
    """All of them in one transaction, none in the way of another."""
    kept = await before(writer, [one.request for one in saves])
    found: dict[Save, Answer] = {}
    reads: dict[Save, Records] = {}
    taken: set[Hashable] = set()
    for one in saves:
        name = one.request.name
        try:
            if name in kept:
                found[one] = again(one.request, kept[name])
                continue
            records = await one.read_input(writer)
        except WriteRefusal as refused:
            found[one] = refused
            continue
        touches = {name, *touched_keys(records)}
        if not touches & taken:
            reads[one] = records
        taken |= touches
    changes = await changes_of_saves(writer, reads, found)
    await apply_and_log(writer, reads, changes, found)
    return [found.get(one) for one in saves]


def touched_keys(found: Records) -> Iterator[Hashable]:
    for label, nodes in found.nodes.items():
        yield from ((key_label(label), key) for key in nodes)
    for cls, ties in found.ties.items():
        yield from ((cls, key) for key in ties)


async def changes_of_saves(
    writer: Writer, reads: dict[Save, Records], found: dict[Save, Answer]
) -> dict[Save, list[RecordChange]]:
    """What each would change; those that are refused have their answer now."""
    held = await lock_existing(writer, union_of(reads.values()))
    there = await read_end_labels(writer, reads.values())
    changes = {}
    for one, records in reads.items():
        try:
            changes[one] = checked_changes(records, held, there, one.mode, one.problems)
        except WriteRefusal as refused:
            found[one] = refused
    return changes


async def apply_and_log(
    writer: Writer,
    reads: dict[Save, Records],
    changes: dict[Save, list[RecordChange]],
    found: dict[Save, Answer],
) -> None:
    """Write what changes, and log it; each has its answer then."""
    if not changes:
        return
    every = [change for own in changes.values() for change in own]
    whole = union_of(reads[one] for one in changes)
    entries = iter(await apply_changes(writer, whole, every))
    additions, outcomes = [], []
    for one, own in changes.items():
        mine = list(islice(entries, len(own)))
        keys = [key for group in groups(reads[one]) for key in group]
        outcomes.append(await told(writer, one.kind, keys, mine))
        additions.append(addition(one.request, mine, outcomes[-1]))
    for one, answer, last in zip(
        changes, outcomes, await append.append(writer, additions), strict=True
    ):
        answer.last = last
        found[one] = answer


def groups(found: Records) -> list[Iterable[str]]:
    return [*found.nodes.values(), *found.ties.values()]


def union_of(every: Iterable[Records]) -> Records:
    whole = Records()
    for found in every:
        for label, nodes in found.nodes.items():
            whole.nodes.setdefault(label, {}).update(nodes)
        for cls, ties in found.ties.items():
            whole.ties.setdefault(cls, {}).update(ties)
    return whole
