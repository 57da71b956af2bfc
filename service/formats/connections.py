"""What can be exported: each connection of the API with its columns and their types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from service.formats.records import TABLES
from service.vocabulary import MEMBERS, NODES, TIES
from service.vocabulary.names import plural_field
from service.vocabulary.nodes import Link, Record
from service.vocabulary.properties import Property, properties_of
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
    attributes: tuple[str, ...] = ()  # properties of extra attributes, one column each

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
        columns = [column.name for column in self.columns]
        return [*self.leading_columns, *links, *columns, *self.attributes]


def columns_of(*kinds: type[Record]) -> tuple[ExportedColumn, ...]:
    """The properties of these kinds together, each once."""
    columns: dict[str, ExportedColumn] = {}
    for cls in kinds:
        for attribute in properties_of(cls).values():
            if attribute.column not in ("key", "roles"):
                column = ExportedColumn(
                    attribute.column, attribute.name, stored_type(attribute)
                )
                columns.setdefault(attribute.column, column)
    return tuple(columns.values())


def stored_type(attribute: Property) -> type:
    """The type of a value in the graph: of an enum, its name."""
    if attribute.is_list:
        return list
    return str if issubclass(attribute.type, Enum) else attribute.type


def connections() -> dict[str, ExportedConnection]:
    every = [ExportedConnection("members", "Member", columns_of(*MEMBERS.values()))]
    for label, cls in NODES.items():
        every.append(
            ExportedConnection(plural_field(label), label, columns_of(cls), cls.links)
        )
    for cls in TIES.values():
        name = plural_field(cls.__name__)
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
