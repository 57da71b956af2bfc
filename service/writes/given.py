"""What a caller gave becomes rows, which are read as those of files are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from service.errors import Problem, WriteRefusal
from service.formats.records import node, roles, tie
from service.vocabulary import MEMBERS, NODES, TIES, camel
from service.vocabulary.ties import ContractParty, Tie
from service.writes.records import NodeRecord, Records, Row, TieRecord

Given = dict[str, Any]  # by the names of columns; absent is not None
KINDS: dict[str, type[Tie]] = {cls.__name__: cls for cls in TIES.values()}
MOST_ROWS = 10_000


class Problems:
    """Everything that is wrong with one request, each with its path."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, file: str, line: int, column: str | None, text: str) -> None:
        self.found.append(Problem((file,), "INVALID", text))

    def at(
        self, row: Row, column: str | None, text: str, code: str = "INVALID"
    ) -> None:
        path = [*row.file.split("/"), *([column] if column else [])]
        named = tuple(camel(part) for part in path)  # as the caller spells it
        if (problem := Problem(named, code, text)) not in self.found:
            self.found.append(problem)

    def refuse(self) -> None:
        if self.found:
            raise WriteRefusal(self.found)


def row(given: Given, path: str) -> Row:
    return Row(path, 0, {name: cell(value) for name, value in given.items()})


def cell(value: Any) -> str | None:
    """A typed value as the text that a file would hold; an empty text is none."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(str(cell(item)) for item in value)
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, datetime | date):
        return value.isoformat()
    return None if value is None else repr(value)


def add(found: Records, kind: str, one: Row, problems: Any) -> None:
    """Read one row into `found`; a second row of its key is a fault."""
    cls = KINDS.get(kind)
    if cls is not None:
        record: TieRecord | NodeRecord | None = tied(cls, one, problems)
        group: dict[str, Any] = found.ties.setdefault(cls, {})
    else:
        record = noded(kind, one, problems)
        group = found.nodes.setdefault(kind, {})
    if record is None:
        return
    if record.key in group:
        text = f"{record.key!r} stands twice in this request"
        problems.at(one, "key", text, "DUPLICATE")
    group[record.key] = record


def tied(cls: type[Tie], one: Row, problems: Any) -> TieRecord | None:
    known = "key" in one.cells and "role" not in one.cells
    if cls is ContractParty and not known and one.cells.get("role") is None:
        problems.at(one, "role", "a party to a contract has a role", "REQUIRED")
    return tie(cls, one, problems)


def noded(kind: str, one: Row, problems: Any) -> NodeRecord | None:
    if kind not in MEMBERS:
        # Whether a link is wanted depends on what is there: the rules look.
        links = [replace(link, required=False) for link in NODES[kind].links]
        return node(kind, links, one, problems)
    record = node(kind, (), one, problems)
    return record and record._replace(roles=roles(one, problems))


def read(kind: str, rows: Iterable[Row], problems: Problems) -> Records:
    found = Records()
    for one in rows:
        add(found, kind, one, problems)
    return found
