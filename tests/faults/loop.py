"""A loop of writes whose every answer is remembered, and the count of what is there."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.change_log import history
from service.errors import ValuenetError
from service.graph import Graph
from service.graph.statements import statement
from service.writes import saves
from service.writes.checks import Mode, NodeIdentity
from service.writes.idempotency import WriteRequest


@dataclass
class Told:
    """Keys by the answer that their writer got; a write is of one key, made once."""

    done: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


async def create(graph: Graph, key: str, told: Told) -> None:
    """Create one organisation; CREATE, so that a second time would be a conflict."""
    request = WriteRequest("createOrganisation", key, "soak", f"key of {key}")
    given = [{"key": key, "name": key}]
    try:
        found = await saves.save(graph, request, "Organisation", given, Mode.CREATE)
    except (ValuenetError, OSError):
        told.failed.append(key)
    else:
        assert found.records[0].key == key
        told.done.append(key)


async def check(graph: Graph, start: int, told: Told) -> None:
    """Every acknowledged write once, every other at most once, the log without gap."""
    sent = told.done + told.failed
    read = statement("records/existing", NODE="Member", KIND="Member")
    there = [row.key for row in await graph.rows(read, NodeIdentity, keys=sent)]
    assert len(there) == len(set(there))
    assert set(told.done) <= set(there)
    numbers, made, number = [], [], start
    while packs := await history.packs_after(graph, number):
        for pack in packs:
            for change in pack.changes():
                numbers.append(change.number)
                made.append(change.key)
        number = packs[-1].number
    assert numbers == list(range(start + 1, start + 1 + len(numbers)))
    assert sorted(made) == sorted(there)
    assert number == start + len(numbers)
    assert (await history.bounds(graph)).last == number
