"""A panel of a page: a title, a sentence, a table, and what is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

Answer = dict[str, Any]  # of GraphQL
NUMBER = re.compile(r"-|[\d,.]+( ?%| days?)?")
MANY_COLUMNS = 6  # which need the whole width of a page


@dataclass(frozen=True)
class PageLink:
    """A text that leads to a page."""

    text: str
    address: str

    def __str__(self) -> str:
        return self.text


Cell = str | PageLink


@dataclass(frozen=True)
class Panel:
    """`document` and `variables` say which question it answers.

    `actions`: for each row, where it can be edited; no part of the CSV.
    """

    id: str
    title: str
    sentence: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    notes: Sequence[str] = ()
    document: str = ""
    variables: Answer = field(default_factory=dict)
    actions: Sequence[PageLink] = ()

    @property
    def is_wide(self) -> bool:
        return len(self.columns) >= MANY_COLUMNS

    @property
    def number_columns(self) -> list[bool]:
        """Which columns are of numbers alone, and stand at the right.

        >>> rows = [("1A", "0.5"), ("B", "-")]
        >>> Panel("a", "A", "", ("name", "loss"), rows).number_columns
        [False, True]
        """
        columns = zip(*self.rows, strict=True)
        return [are_numbers([str(cell) for cell in column]) for column in columns]


def are_numbers(cells: list[str]) -> bool:
    return all(map(NUMBER.fullmatch, cells)) and set(cells) != {"-"}


def shared_notes(panels: Sequence[Panel]) -> list[str]:
    """The notes of more than one table, which the page says once."""
    counts = Counter(note for panel in panels if panel.rows for note in panel.notes)
    return [note for note, count in counts.items() if count > 1]


def member_link(member: Answer) -> PageLink:
    """
    >>> member_link({"key": "a/b", "name": "A"}).address
    '/members/a%2Fb'
    """
    return PageLink(member["name"], f"/members/{quoted(member['key'])}")


def quoted(key: str) -> str:
    """A key as a part of an address."""
    return quote(key, safe="")
