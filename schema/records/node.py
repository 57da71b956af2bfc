"""Global ids, and how a row of the graph becomes an object of the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from enum import Enum
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

import strawberry
from strawberry.types.base import get_object_definition

from service.compiler.opaque_text import opaque, shown, transparent
from service.compiler.schema_mapping import FieldMapping, GlobalIdField
from service.errors import BadInput
from service.vocabulary import camel

T = TypeVar("T")


def means(meaning: FieldMapping | None) -> dict[str, FieldMapping | None]:
    """What a field reads, for the compiler; without it a field is the executor's."""
    return {"means": meaning}


def own_id(root: Any) -> strawberry.ID:
    return global_id(type(root).__name__, root.key)


@strawberry.interface(description="Anything that `node(id)` finds again.")
class Node:
    id: strawberry.ID = strawberry.field(
        resolver=own_id,
        description="A global id: opaque, and stable.",
        metadata=means(GlobalIdField()),
    )


def global_id(name: str, key: str) -> strawberry.ID:
    return strawberry.ID(opaque([name, key]))


def parsed_id(text: str) -> tuple[str, str]:
    """The type and the key of a global id.

    >>> parsed_id(global_id("Team", "rnd"))
    ('Team', 'rnd')
    """
    match transparent(text):
        case [str(name), str(key)]:
            return name, key
    raise BadInput(f"id: expected an id that this API gave, got {shown(text)}.")


def build(cls: type[T], properties: dict[str, Any], **extra: Any) -> T:
    """An object of the API from stored properties; unknown ones are left out."""
    found = {
        name: convert(properties[stored])
        for stored, name, convert in COLUMNS[cls]
        if properties.get(stored) is not None
    }
    return cls(**found, **extra)


def columns(cls: type[Any]) -> list[tuple[str, str, Callable[[Any], Any]]]:
    """Stored name, Python name and conversion of each property of a record."""
    base = next(c for c in cls.__mro__ if c.__module__.startswith("service.vocabulary"))
    hints = get_type_hints(base)
    return [
        (camel(f.name), f.name, conversion(hints[f.name]))
        for f in fields(base)
        if f.name != "roles"  # labels tell the roles
    ]


def conversion(hint: Any) -> Callable[[Any], Any]:
    kind = next(iter(get_args(hint)), hint) if isinstance(hint, UnionType) else hint
    if isinstance(kind, type) and issubclass(kind, Enum | float):
        return kind
    return lambda value: value


def explained(enum: type[Enum], description: str, **values: str) -> None:
    """Register an enum of the vocabulary, with what its values mean."""
    strawberry.enum(enum, description=description)
    definition: Any = enum
    for value in definition.__strawberry_definition__.values:
        value.description = values.get(value.name)


COLUMNS: dict[type, list[tuple[str, str, Callable[[Any], Any]]]] = {}
TYPES: dict[str, type] = {}  # the GraphQL type of each label and kind of tie


def record(cls: type[T]) -> type[T]:
    """Give a GraphQL type the sentences of the vocabulary, and make it findable."""
    definition = get_object_definition(cls, strict=True)
    texts = {f.name: f.metadata.get("description") for f in fields(cls)}  # type: ignore[arg-type]
    for field in definition.fields:
        field.description = field.description or texts.get(field.python_name)
    TYPES[cls.__name__] = cls
    COLUMNS[cls] = columns(cls)
    return cls


VIEWS: dict[str, type] = {}  # types that show a member in one role


def view(cls: type[T]) -> type[T]:
    VIEWS[cls.__name__] = cls
    return cls
