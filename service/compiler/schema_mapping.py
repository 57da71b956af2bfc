"""What each field of the API reads; the schema supplies one mapping per field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from service.vocabulary.connections import RelationDefinition
from service.vocabulary.nodes import Link, Record


class NotCompilable(Exception):
    """The compiler does not cover this; the executor answers it, field by field."""


@dataclass(frozen=True)
class StoredProperty:
    """A stored property; `convert` gives the value that the executor would give."""

    name: str
    is_date: bool = False  # returned as ISO text, which Neo4j writes as Python does
    convert: Callable[[Any], Any] | None = None
    required: bool = False


@dataclass(frozen=True)
class RoleLabels:
    """The roles of a member, from its labels: pairs of label and role."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ExtraAttributes:
    """The extra attributes of a record: all, or those with some names."""


@dataclass(frozen=True)
class GlobalIdField:
    """The id that `node(id)` accepts."""


@dataclass(frozen=True)
class ViewedMember:
    """The member behind a view of one of its roles."""


@dataclass(frozen=True)
class TieEnd:
    """The source or the target of a tie."""

    source: bool


@dataclass(frozen=True)
class AllRecords:
    """A connection of all records with one label, or of one type of tie."""

    cls: type[Record]
    name: str


@dataclass(frozen=True)
class ConnectionAggregate:
    """The aggregate of the records of a connection."""

    of: RelationDefinition | AllRecords


@dataclass(frozen=True)
class RecordByKey:
    """One record; `name` is its label, or the type of a tie."""

    name: str
    tie: bool = False


@dataclass(frozen=True)
class RecordById:
    """One record of the type that its global id names."""


FieldMapping = (
    StoredProperty
    | RoleLabels
    | ExtraAttributes
    | GlobalIdField
    | ViewedMember
    | TieEnd
    | Link
    | RelationDefinition
    | AllRecords
    | ConnectionAggregate
    | RecordByKey
    | RecordById
)


@dataclass(frozen=True)
class SchemaMapping:
    """What the compiler needs to know of the schema."""

    fields: Mapping[tuple[str, str], FieldMapping]  # by type and field
    max_page: int

    @cached_property
    def root_fields(self) -> frozenset[str]:
        """The names of the root fields that can be compiled at all."""
        names = (name for type, name in self.fields if type == "Query")
        return frozenset(("__typename", *names))
