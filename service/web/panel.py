"""A panel of a page: a title, a sentence, a table, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

Answer = dict[str, Any]  # of GraphQL


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
    """`document` and `variables` say which question it answers."""

    id: str
    title: str
    sentence: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    notes: Sequence[str] = ()
    document: str = ""
    variables: Answer = field(default_factory=dict)


def member_link(member: Answer) -> PageLink:
    """
    >>> member_link({"key": "a/b", "name": "A"}).address
    '/members/a%2Fb'
    """
    return PageLink(member["name"], f"/members/{quote(member['key'], safe='')}")
