"""What the fields of the API read: the schema says which field means what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from service.compiler.traversal import Seen
from service.vocabulary.connections import Around
from service.vocabulary.nodes import Link, Record


class NotCompilable(Exception):
    """Not for the compiler: the executor answers instead, field by field."""


@dataclass(frozen=True)
class StoredProperty:
    """A stored property; `convert` makes it what the executor would show."""

    stored: str
    dated: bool = False  # goes out as ISO text, which Neo4j writes as Python does
    convert: Callable[[Any], Any] | None = None
    required: bool = False


@dataclass(frozen=True)
class RoleLabels:
    """The roles of a member, by its labels: pairs of label and role."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class GlobalIdField:
    """The id that `node(id)` finds again."""


@dataclass(frozen=True)
class ViewedMember:
    """The member whose view this is."""


@dataclass(frozen=True)
class TieEnd:
    """An end of a tie."""

    source: bool


@dataclass(frozen=True)
class AllRecords:
    """A connection of all records with one label, or of one type of tie."""

    cls: type[Record]
    name: str


@dataclass(frozen=True)
class ConnectionAggregate:
    """What the records of a connection come to."""

    of: Around | AllRecords


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
    | GlobalIdField
    | ViewedMember
    | TieEnd
    | Link
    | Around
    | AllRecords
    | ConnectionAggregate
    | RecordByKey
    | RecordById
)


class Page(Protocol):
    """Which records of a connection, in which order, how many, from which end."""

    @property
    def size(self) -> int: ...
    @property
    def backward(self) -> bool: ...
    @property
    def bounded(self) -> bool: ...
    @property
    def words(self) -> Mapping[str, str]: ...
    @property
    def conditions(self) -> list[str]: ...
    @property
    def params(self) -> dict[str, Any]: ...
    def cursor(self, place: list[Any]) -> str: ...


class SchemaMapping(Protocol):
    """What the compiler must know of the schema, and leaves to it."""

    @property
    def meanings(self) -> Mapping[tuple[str, str], FieldMapping]: ...
    def page(
        self,
        cls: type[Record],
        arguments: dict[str, Any],
        seen: Seen,
        indexed: str | None,
        number: int,
    ) -> Page: ...
    def id(self, name: str, key: str) -> str: ...
    def parsed_id(self, text: str) -> tuple[str, str]: ...
