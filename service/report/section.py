"""A section of the report, and how its sentences and cells write numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from service.vocabulary.names import counted

Answer = dict[str, Any]  # of GraphQL


@dataclass(frozen=True)
class Picture:
    """An SVG element, and what it shows in words."""

    name: str  # of its file, beside a report that cannot contain it
    description: str
    svg: str


class MemberName(str):
    """The name of a member in a cell; a page leads to the member by its key."""

    key: str

    @classmethod
    def of(cls, member: Answer) -> MemberName:
        """
        >>> cell = MemberName.of({"key": "a", "name": "Acme"})
        >>> cell, cell.key
        ('Acme', 'a')
        """
        cell = cls(member["name"] or member["key"])
        cell.key = member["key"]
        return cell


@dataclass(frozen=True)
class ReportSection:
    """A title, a sentence, a table, perhaps a picture, and notes."""

    title: str
    sentence: str
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    picture: Picture | None = None
    notes: list[str] = field(default_factory=list)


def number(value: float | None, digits: int = 2) -> str:
    """
    >>> number(0.5), number(3.0), number(20.0), number(None)
    ('0.5', '3', '20', '-')
    """
    if value is None:
        return "-"
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if digits else text


def percentage(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def listed(length: int, count: int, noun: str) -> str:
    """How many of a list a table has.

    >>> listed(5, 22, "broker"), listed(2, 2, "broker"), listed(0, 0, "broker")
    ('The table has 5 of 22 brokers.', 'The table has all 2 brokers.', '')
    """
    if length < count:
        return f"The table has {length:,} of {counted(count, noun)}."
    return f"The table has all {counted(count, noun)}." if count > 1 else ""


def sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def tie_names(ties: list[Answer]) -> list[str]:
    """Ties by the names of their two members."""
    return [f"{tie['source']['name']} to {tie['target']['name']}" for tie in ties]


def missing_data(report: Answer, part: str) -> list[str]:
    """What the data lack for a part, and what to add."""
    gaps = [gap for gap in report["gaps"] if gap["part"] == part]
    return [f"{gap['missing']} {gap['remedy']}" for gap in gaps]


def is_blocked(report: Answer, part: str) -> bool:
    """Whether a part can say nothing because of what is missing."""
    return any(gap["part"] == part and gap["blocks"] for gap in report["gaps"])


def unanswered(report: Answer, part: str, title: str) -> ReportSection:
    """A section that says only what is missing: its zeros would mean unknown."""
    return ReportSection(title, unknown(report, part))


def unknown(report: Answer, part: str) -> str:
    gaps = [gap for gap in report["gaps"] if gap["part"] == part and gap["blocks"]]
    return sentences("Unknown.", *(f"{g['missing']} {g['remedy']}" for g in gaps))
