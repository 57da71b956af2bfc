"""Appending to the change log: the last statement of every write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from service.change_log.entries import Entry, Operation, packs
from service.graph.statements import statement
from service.graph.transactions import Writer
from service.vocabulary import MEMBERS


@dataclass(frozen=True)
class Author:
    """Who writes, and the id of the request or import that it belongs to."""

    by: str
    run: str


@dataclass(frozen=True)
class Logged:
    last: int  # number of the last change in the log


class Addition(NamedTuple):
    """What one request adds to the log, and its answer where that is kept."""

    entries: list[Entry]
    author: Author
    answer: dict[str, Any] | None = None


async def append(writer: Writer, additions: list[Addition]) -> list[int]:
    """Log them, number new members, keep answers; the number of each one's last change.

    Nothing of the same transaction may come after: the counter is held from here on.
    """
    rows: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    added: list[str] = []
    count, ends = 0, []
    for entries, author, answer in additions:
        about = {"by": author.by, "run": author.run}
        rows += [
            {**pack, "last": count + pack["last"]} for pack in packs(entries, about)
        ]
        added += [entry.key for entry in entries if new_member(entry)]
        count += len(entries)
        ends.append(count)
        if answer is not None:
            answers.append({**answer, "last": count})
    [logged] = await writer.rows(
        statement("writes/log"),
        Logged,
        count=count,
        members=added,
        packs=rows,
        answers=answers,
    )
    return [logged.last - count + end for end in ends]


def new_member(entry: Entry) -> bool:
    return entry.kind in MEMBERS and entry.operation is Operation.CREATE
