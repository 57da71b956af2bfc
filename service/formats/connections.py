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
class Column:
    """A property: its name in files, in the graph, and the type of its values."""

    name: str
    stored: str
    type: type


@dataclass(frozen=True)
class Connection:
    """The records of one label, or the ties of one kind."""

    name: str
    label: str  # of nodes; "" for ties
    columns: tuple[Column, ...]
    links: tuple[Link, ...] = ()
    tie: type[Tie] | None = None

    @property
    def dates(self) -> list[str]:
        return [c.stored for c in self.columns if c.type in DATES]

    @property
    def plain(self) -> list[str]:
        return [c.stored for c in self.columns if c.type not in DATES]

    @property
    def first(self) -> list[str]:
        """The columns before the properties."""
        if self.tie:
            return ["kind", "source", "target", "key"]
        member = self.label == "Member" or self.label in MEMBERS
        return ["key", "kind", "roles"] if member else ["key"]

    @property
    def header(self) -> list[str]:
        """The columns in the order of a row."""
        links = [link.name for link in self.links]
        return [*self.first, *links, *(c.name for c in self.columns)]


def columns_of(*kinds: type[Record]) -> tuple[Column, ...]:
    """The properties of these kinds together, each once."""
    found: dict[str, Column] = {}
    for cls in kinds:
        hints = get_type_hints(cls)
        for field in fields(cls):
            if field.name not in ("key", "roles"):
                column = Column(field.name, camel(field.name), plain(hints[field.name]))
                found.setdefault(field.name, column)
    return tuple(found.values())


def plain(hint: Any) -> type:
    """Of `X | None`, X; of an enum, str; of a list, list."""
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


def connections() -> dict[str, Connection]:
    found = [Connection("members", "Member", columns_of(*MEMBERS.values()))]
    for label, cls in NODES.items():
        name = "people" if label == "Person" else plural(label[0].lower() + label[1:])
        found.append(Connection(name, label, columns_of(cls), cls.links))
    for cls in TIES.values():
        name = plural(cls.__name__[0].lower() + cls.__name__[1:])
        found.append(Connection(name, "", columns_of(cls), (), cls))
    return {connection.name: connection for connection in found}


CONNECTIONS = connections()
# The files of the `tables` format, each with the connections that fill it.
FILES: dict[str, list[Connection]] = {
    "members": [CONNECTIONS["members"]],
    "ties": [c for c in CONNECTIONS.values() if c.tie],
    **{
        file: [c for c in CONNECTIONS.values() if c.label == label]
        for file, label in TABLES.items()
    },
}
