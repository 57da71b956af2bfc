"""The queue of saves: saves that arrive at once share one transaction.

A commit costs more than writing a record. A single save is written at once. Saves that
arrive meanwhile are grouped into the next transaction; a save of a record already in
the group waits for the group after it.
"""

from __future__ import annotations

import asyncio
from functools import partial
from weakref import WeakKeyDictionary

from service.errors import StatementTimeout, Unavailable
from service.graph import Graph, request_scope
from service.writes.checks import Mode
from service.writes.idempotency import WriteRequest, check_key
from service.writes.outcome import MAX_RETURNED, WriteOutcome
from service.writes.records import Values
from service.writes.request_inputs import check_batch_size
from service.writes.save_group import Save, answers_of

MAX_GROUP = 50  # saves of one transaction


async def save(
    graph: Graph, request: WriteRequest, kind: str, values: list[Values], mode: Mode
) -> WriteOutcome:
    """Save records of one kind; WriteRefusal is raised if none was written."""
    check_batch_size(values)
    check_key(request)
    new = Save(request, kind, values, mode)
    if len(values) > MAX_RETURNED:
        await write_group(graph, [new])
    else:
        SAVE_QUEUES.setdefault(graph, SaveQueue()).add(graph, new)
    return await new.result


class SaveQueue:
    """The saves that wait for one graph while a group of earlier ones is written."""

    def __init__(self) -> None:
        self._waiting: list[Save] = []
        self._task: asyncio.Task[None] | None = None

    def add(self, graph: Graph, save: Save) -> None:
        self._waiting.append(save)
        if self._task is None:
            self._task = asyncio.create_task(self._work(graph))

    async def _work(self, graph: Graph) -> None:
        try:
            while self._waiting:
                group = self._waiting[:MAX_GROUP]
                del self._waiting[:MAX_GROUP]
                self._waiting[:0] = await write_group(graph, group)
        finally:
            self._task = None


SAVE_QUEUES: WeakKeyDictionary[Graph, SaveQueue] = WeakKeyDictionary()


async def write_group(graph: Graph, group: list[Save]) -> list[Save]:
    """Write and answer a group; the saves that must wait for others are returned."""
    group = [save for save in group if not save.result.done()]  # not cancelled
    if not group:
        return []
    try:
        with request_scope.joined_scope([save.scope for save in group]):
            answers = await graph.write(partial(answers_of, saves=group))
    except Exception as error:
        if len(group) == 1 or is_database_down(error):
            for save in group:
                save.answer(error)
            return []
        for save in group:  # one save may have caused it, or have no time left
            await write_group(graph, [save])
        return []
    postponed = []
    for save, answer in zip(group, answers, strict=True):
        if answer is None:
            postponed.append(save)
        else:
            save.answer(answer)
    return postponed


def is_database_down(error: Exception) -> bool:
    return isinstance(error, Unavailable) and not isinstance(error, StatementTimeout)
