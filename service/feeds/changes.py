"""Which records of a table changed after a change, or since a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from service.change_log.history import PAGE, bounds, packs_after
from service.errors import BadInput
from service.graph import Graph
from service.graph.statements import statement
from service.vocabulary import MEMBERS


@dataclass(frozen=True)
class ChangeNumber:
    number: int


@dataclass(frozen=True)
class ChangeTime:
    at: Any


async def changed_keys(graph: Graph, type: str, since: str) -> list[str]:
    """The keys of the records of a type that changed, in order."""
    kinds = set(MEMBERS) if type == "Member" else {type}
    number = await number_of(graph, since)
    keys: set[str] = set()
    while True:
        packs = await packs_after(graph, number)
        for pack in packs:
            if pack.kind in kinds:
                skipped = max(number - (pack.number - len(pack.keys)), 0)
                keys.update(pack.keys[skipped:])
            number = pack.number
        if len(packs) < PAGE:
            return sorted(keys)


async def number_of(graph: Graph, since: str) -> int:
    """The number of the last change that the caller knows."""
    known = await bounds(graph)
    if since.isdecimal():
        number = int(since)
        if number > known.last:
            raise BadInput(f"since: the last change has the number {known.last}.")
    else:
        read = statement("exports/change_before_day")
        day = date.fromisoformat(since)
        number = (await graph.rows(read, ChangeNumber, day=day))[0].number
    if number < known.dropped:
        raise BadInput(
            f"since: changes up to {known.dropped} have been deleted"
            " (VALUENET_LOG_DAYS); read the whole table again."
        )
    return number


async def last_change(graph: Graph) -> tuple[int, datetime | None]:
    """The number of the last change, and when it was committed."""
    last = (await bounds(graph)).last
    times = await graph.rows(statement("exports/change_time"), ChangeTime, number=last)
    return last, times[0].at.astimezone(UTC) if times else None
