"""A section of the report, and how its sentences and cells write numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Answer = dict[str, Any]  # of GraphQL


@dataclass(frozen=True)
class ReportSection:
    """A title, a sentence, a table, perhaps a picture, and notes."""

    title: str
    sentence: str
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    picture: str | None = None
    notes: list[str] = field(default_factory=list)


def number(value: float | None, digits: int = 2) -> str:
    """
    >>> number(0.5), number(3.0), number(None)
    ('0.5', '3', '-')
    """
    return "-" if value is None else f"{value:.{digits}f}".rstrip("0").rstrip(".")


def percentage(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun.

    >>> counted(1, "tie"), counted(0, "tie"), counted(1_234, "person", "people")
    ('1 tie', '0 ties', '1,234 people')
    """
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def tie_names(ties: list[Answer]) -> list[str]:
    """Ties by the names of their two members."""
    return [f"{tie['source']['name']} to {tie['target']['name']}" for tie in ties]
