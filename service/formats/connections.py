"""What can be exported: each connection of the API with its columns and their types."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from service.formats.records import TABLES
from service.vocabulary import MEMBERS, NODES, TIES, camel
from service.vocabulary.nodes import Link, Record
from service.vocabulary.ties import Tie

DATES = (date, datetime)


@dataclass(frozen=True)
class ExportedColumn:
    """A property: its name in files and in the graph, and the type of its values."""

    name: str
    stored: str
    type: type


@dataclass(frozen=True)
class ExportedConnection:
    """The records of one label, or the ties of one kind."""

    name: str
    label: str  # of nodes; "" for ties
    columns: tuple[ExportedColumn, ...]
    links: tuple[Link, ...] = ()
    tie: type[Tie] | None = None

    @property
    def date_properties(self) -> list[str]:
        return [c.stored for c in self.columns if c.type in DATES]

    @property
    def other_properties(self) -> list[str]:
        return [c.stored for c in self.columns if c.type not in DATES]

    @property
    def leading_columns(self) -> list[str]:
        """The columns before the properties."""
        if self.tie:
            return ["kind", "source", "target", "key"]
        member = self.label == "Member" or self.label in MEMBERS
        return ["key", "kind", "roles"] if member else ["key"]

    @property
    def header(self) -> list[str]:
        """The columns in the order of a row."""
        links = [link.name for link in self.links]
        return [*self.leading_columns, *links, *(c.name for c in self.columns)]


def columns_of(*kinds: type[Record]) -> tuple[ExportedColumn, ...]:
    """The properties of all these kinds, each once."""
    columns: dict[str, ExportedColumn] = {}
    for cls in kinds:
        hints = get_type_hints(cls)
        for field in fields(cls):
            if field.name not in ("key", "roles"):
                type_ = value_type(hints[field.name])
                column = ExportedColumn(field.name, camel(field.name), type_)
                columns.setdefault(field.name, column)
    return tuple(columns.values())


def value_type(hint: Any) -> type:
    """X for `X | None`, str for an enum, list for a list of anything."""
    if isinstance(hint, UnionType):
        hint = get_args(hint)[0]
    if get_origin(hint) is list:
        return list
    return str if issubclass(hint, Enum) else hint


def plural(name: str) -> str:
    """
    >>> plural("dependency"), plural("advice"), plural("feedback")
    ('dependencies', 'advices', 'feedbacks')
    """
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def connections() -> dict[str, ExportedConnection]:
    every = [ExportedConnection("members", "Member", columns_of(*MEMBERS.values()))]
    for label, cls in NODES.items():
        name = "people" if label == "Person" else plural(label[0].lower() + label[1:])
        every.append(ExportedConnection(name, label, columns_of(cls), cls.links))
    for cls in TIES.values():
        name = plural(cls.__name__[0].lower() + cls.__name__[1:])
        every.append(ExportedConnection(name, "", columns_of(cls), (), cls))
    return {connection.name: connection for connection in every}


CONNECTIONS = connections()
# The files of the `tables` format, each with its connections.
FILES: dict[str, list[ExportedConnection]] = {
    "members": [CONNECTIONS["members"]],
    "ties": [c for c in CONNECTIONS.values() if c.tie],
    **{
        file: [c for c in CONNECTIONS.values() if c.label == label]
        for file, label in TABLES.items()
    },
}
