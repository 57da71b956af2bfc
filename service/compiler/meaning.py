"""What the fields of the API read: the schema says which field means what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from service.vocabulary.nodes import Link, Record


class Uncovered(Exception):
    """Not for the compiler: the executor answers instead, field by field."""


@dataclass(frozen=True)
class Property:
    """A stored property; `convert` makes it what the executor would show."""

    stored: str
    dated: bool = False  # goes out as ISO text, which Neo4j writes as Python does
    convert: Callable[[Any], Any] | None = None
    required: bool = False


@dataclass(frozen=True)
class Roles:
    """The roles of a member, by its labels: pairs of label and role."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class GlobalId:
    """The id that `node(id)` finds again."""


@dataclass(frozen=True)
class Itself:
    """The member whose view this is."""


@dataclass(frozen=True)
class End:
    """An end of a tie."""

    source: bool


class Hanging(Protocol):
    """What hangs on a node: types of tie that leave it and that come to it."""

    @property
    def out(self) -> tuple[str, ...]: ...
    @property
    def into(self) -> tuple[str, ...]: ...
    @property
    def node(self) -> str | None: ...


@dataclass(frozen=True)
class Around:
    """A connection of what hangs on one record."""

    cls: type[Record]
    hanging: Hanging


@dataclass(frozen=True)
class Every:
    """A connection of all records with one label, or of one type of tie."""

    cls: type[Record]
    name: str


@dataclass(frozen=True)
class ByKey:
    """One record; `name` is its label, or the type of a tie."""

    name: str
    tie: bool = False


@dataclass(frozen=True)
class ById:
    """One record of the type that its global id names."""


Meaning = (
    Property | Roles | GlobalId | Itself | End | Link | Around | Every | ByKey | ById
)
Place = tuple[Any, str]  # (value of the order, key)


class Page(Protocol):
    """Between which places, how many, and from which end."""

    @property
    def size(self) -> int: ...
    @property
    def backward(self) -> bool: ...
    @property
    def bounded(self) -> bool: ...
    @property
    def enclosed(self) -> bool: ...
    @property
    def params(self) -> dict[str, Any]: ...
    def inside(self, place: Place) -> bool: ...


class Face(Protocol):
    """What the compiler must know of the schema, and leaves to it."""

    @property
    def meanings(self) -> Mapping[tuple[str, str], Meaning]: ...
    def page(self, cls: type[Record], arguments: dict[str, Any]) -> Page: ...
    def sort(self, cls: type[Record], variable: str) -> str: ...
    def hint(self, cls: type[Record], variable: str, name: str) -> str: ...
    def cursor(self, cls: type[Record], value: Any, key: str) -> str: ...
    def id(self, name: str, key: str) -> str: ...
    def parsed_id(self, text: str) -> tuple[str, str]: ...
