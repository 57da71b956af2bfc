"""Makes GraphQL inputs and enums from the vocabulary, and reads such inputs."""

from __future__ import annotations

import keyword
import sys
from collections.abc import Collection, Mapping
from enum import Enum
from typing import Any, get_type_hints

import strawberry
from strawberry.types.base import get_object_definition

from service.compiler.nulls import is_filter
from service.vocabulary import snake

Fields = Mapping[str, tuple[str, str | None]]  # name: (annotation, description)


def declare_type(module: str, name: str) -> type:
    """A class that annotations may name before `make_input` gives it its fields.

    Strawberry tries an annotation that it does not understand again and again.
    """
    space = vars(sys.modules[module])
    declared: type = space.setdefault(name, type(name, (), {"__module__": module}))
    return declared


def make_input(
    module: str,
    name: str,
    fields: Fields,
    description: str,
    required: Collection[str] = (),
) -> type:
    """An input type, in the namespace of `module`: annotations there may name it."""
    cls = declare_type(module, name)
    for field, (annotation, text) in fields.items():
        python = snake(field) + "_" * keyword.iskeyword(field)
        if field in required:
            cls.__annotations__[python] = annotation
            definition = strawberry.field(name=field, description=text)
        else:
            cls.__annotations__[python] = f"{annotation} | None"
            definition = strawberry.field(
                name=field, default=strawberry.UNSET, description=text
            )
        setattr(cls, python, definition)
    cls.__annotations__ = get_type_hints(cls)
    return strawberry.input(cls, name=name, description=description)


def make_enum(
    module: str, name: str, values: Mapping[str, str], description: str
) -> type[Enum]:
    """An enum; `values` are its values with their descriptions."""
    enum = Enum(name, {value: value for value in values}, module=module)  # type: ignore[misc]
    made: Any = strawberry.enum(enum, name=name, description=description)
    for value in made.__strawberry_definition__.values:
        value.description = values[value.name]
    setattr(sys.modules[module], name, made)
    registered: type[Enum] = made
    return registered


def to_plain(value: Any) -> Any:
    """An input as plain dicts of its GraphQL names, without absent fields.

    Null is as good as absent, except in a filter, where it is an error.

    >>> to_plain([1, None, strawberry.UNSET])
    [1, None, None]
    """
    if value is strawberry.UNSET:
        return None
    if isinstance(value, list):
        return [to_plain(item) for item in value]
    definition = get_object_definition(type(value))
    if definition is None:
        return value
    absent = (
        (strawberry.UNSET,) if is_filter(definition.name) else (strawberry.UNSET, None)
    )
    pairs = (
        (field.graphql_name or "", getattr(value, field.python_name))
        for field in definition.fields
    )
    return {name: to_plain(item) for name, item in pairs if item not in absent}
