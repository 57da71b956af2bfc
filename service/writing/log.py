"""Appending to the change log: the last statement of every write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.graph import Writer
from service.queries import statement
from service.vocabulary import MEMBERS
from service.writing.entries import Entry, Operation, packs


@dataclass(frozen=True)
class Author:
    """Who writes, and the id of the request or import that it belongs to."""

    by: str
    run: str


@dataclass(frozen=True)
class Logged:
    last: int  # number of the last change in the log


async def append(
    writer: Writer,
    entries: list[Entry],
    author: Author,
    answers: list[dict[str, Any]] | None = None,
) -> int:
    """Log `entries`, number new members, keep `answers`; the last change's number.

    Nothing of the same transaction may come after: the counter is held from here on.
    """
    added = [
        entry.key
        for entry in entries
        if entry.kind in MEMBERS and entry.operation is Operation.CREATE
    ]
    rows = await writer.rows(
        statement("writes/log"),
        Logged,
        count=len(entries),
        members=added,
        packs=packs(entries, {"by": author.by, "run": author.run}),
        answers=answers or [],
    )
    return rows[0].last
