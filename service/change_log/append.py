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
class LogPosition:
    last: int  # number of the last change in the log


class Addition(NamedTuple):
    """What one request adds to the log, and its answer if that is stored."""

    entries: list[Entry]
    author: Author
    answer: dict[str, Any] | None = None


async def append(writer: Writer, additions: list[Addition]) -> list[int]:
    """Log changes, number new members and store answers; one last number each.

    This must be the last statement of its transaction: it locks the counter.
    """
    rows: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    new_members: list[str] = []
    count, ends = 0, []
    for entries, author, answer in additions:
        about = {"by": author.by, "run": author.run}
        rows += [
            {**pack, "last": count + pack["last"]} for pack in packs(entries, about)
        ]
        new_members += [entry.key for entry in entries if is_new_member(entry)]
        count += len(entries)
        ends.append(count)
        if answer is not None:
            answers.append({**answer, "last": count})
    [position] = await writer.rows(
        statement("writes/log"),
        LogPosition,
        count=count,
        members=new_members,
        packs=rows,
        answers=answers,
    )
    return [position.last - count + end for end in ends]


def is_new_member(entry: Entry) -> bool:
    return entry.kind in MEMBERS and entry.operation is Operation.CREATE
