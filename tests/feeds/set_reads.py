"""What a client of OData read of a set, compared with the rows of the table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.support.everything import everything
from tests.support.worlds import member

MANY = 24  # organisations beside those of the world: several pages of PAGE
PAGE = 10


@dataclass
class SetRead:
    """One set as a client read it."""

    rows: list[dict[str, Any]]
    count: int
    matches: dict[str, list[Any]] = field(default_factory=dict)  # keys of `eq`
    part: list[Any] = field(default_factory=list)  # keys: descending, 1 skipped, 2


def world():
    """Records of each kind, and a set of several pages."""
    own = everything()
    own["members"] += [member(f"many{n:02d}") for n in range(MANY)]
    return own


def check_set(name, key, read, table):
    """The client's rows are those of /tables/NAME.json, for each way of reading."""
    expected = [as_row(row) for row in table]
    rows = [as_row(row) for row in read.rows]
    if key == "row":
        assert [row.pop("row") for row in rows] == list(range(1, len(rows) + 1)), name
    assert rows == expected, name
    assert read.count == len(table), name
    keys = [row[key] for row in read.rows]
    for column, matched in read.matches.items():
        value = first_value(read.rows, column)
        own = zip(keys, read.rows, strict=True)
        assert matched == [k for k, row in own if row[column] == value], (name, column)
    assert read.part == sorted(keys, reverse=True)[1:3], name


def first_value(rows, column):
    return next((row[column] for row in rows if row[column] is not None), None)


def as_row(row):
    """A row with lists as texts and moments as such."""
    return {name: as_value(value) for name, value in row.items()}


def as_value(value):
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, str) and "T" in value and value[:4].isdigit():
        return datetime.fromisoformat(value)
    return value
