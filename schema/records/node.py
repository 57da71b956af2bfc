"""Global ids, and how a row of the graph becomes an object of the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from enum import Enum
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

import strawberry
from strawberry.types.base import get_object_definition

from service.compiler.global_ids import encode_global_id
from service.compiler.schema_mapping import FieldMapping, GlobalIdField
from service.vocabulary import camel

T = TypeVar("T")


def compiled_as(mapping: FieldMapping | None) -> dict[str, FieldMapping | None]:
    """Metadata of a field: what it reads. Without it the executor answers the field."""
    return {"mapping": mapping}


def own_id(root: Any) -> strawberry.ID:
    return global_id(type(root).__name__, root.key)


@strawberry.interface(description="A record or view that `node(id)` can return.")
class Node:
    id: strawberry.ID = strawberry.field(
        resolver=own_id,
        description="A global id: opaque and stable.",
        metadata=compiled_as(GlobalIdField()),
    )


def global_id(name: str, key: str) -> strawberry.ID:
    return strawberry.ID(encode_global_id(name, key))


def build(cls: type[T], properties: dict[str, Any], **extra: Any) -> T:
    """An object of the API from stored properties; unknown ones are left out."""
    values = {
        name: convert(properties[stored])
        for stored, name, convert in COLUMNS[cls]
        if properties.get(stored) is not None
    }
    extra["stored"] = properties
    return cls(**values, **extra)


def columns(cls: type[Any]) -> list[tuple[str, str, Callable[[Any], Any]]]:
    """Stored name, Python name and conversion of each property of a record."""
    base = next(c for c in cls.__mro__ if c.__module__.startswith("service.vocabulary"))
    hints = get_type_hints(base)
    return [
        (camel(f.name), f.name, conversion(hints[f.name]))
        for f in fields(base)
        if f.name != "roles"  # roles are labels
    ]


def conversion(hint: Any) -> Callable[[Any], Any]:
    kind = next(iter(get_args(hint)), hint) if isinstance(hint, UnionType) else hint
    if isinstance(kind, type) and issubclass(kind, Enum | float):
        return kind
    return lambda value: value


def register_enum(
    enum: type[Enum], description: str, name: str | None = None, /, **values: str
) -> None:
    """Add an enum of the vocabulary to the schema, with a description of each value."""
    strawberry.enum(enum, name=name, description=description)
    definition: Any = enum
    for value in definition.__strawberry_definition__.values:
        value.description = values.get(value.name)


COLUMNS: dict[type, list[tuple[str, str, Callable[[Any], Any]]]] = {}
TYPES: dict[str, type] = {}  # the GraphQL type of each label and kind of tie


def register_record(cls: type[T]) -> type[T]:
    """Give a GraphQL type the descriptions of the vocabulary, and list it in TYPES."""
    describe_fields(cls)
    TYPES[cls.__name__] = cls
    COLUMNS[cls] = columns(cls)
    return cls


def describe_fields(cls: type[T]) -> type[T]:
    """Give the fields of a GraphQL type the descriptions of the vocabulary."""
    definition = get_object_definition(cls, strict=True)
    texts = {f.name: f.metadata.get("description") for f in fields(cls)}  # type: ignore[arg-type]
    for field in definition.fields:
        field.description = field.description or texts.get(field.python_name)
    return cls


VIEWS: dict[str, type] = {}  # types that show a member in one role


def register_view(cls: type[T]) -> type[T]:
    VIEWS[cls.__name__] = cls
    return cls
