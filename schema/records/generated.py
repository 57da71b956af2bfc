"""Inputs and enums made from the vocabulary: how one is made, and how it is read."""

from __future__ import annotations

import keyword
import sys
from collections.abc import Mapping
from enum import Enum
from typing import Any, get_type_hints

import strawberry
from strawberry.types.base import get_object_definition

from service.vocabulary import snake

Fields = Mapping[str, tuple[str, str | None]]  # name: (annotation, description)


def declared(module: str, name: str) -> type:
    """A class that annotations may name before `made` gives it its fields.

    Strawberry tries an annotation that it does not understand again and again.
    """
    space = vars(sys.modules[module])
    found: type = space.setdefault(name, type(name, (), {"__module__": module}))
    return found


def made(module: str, name: str, fields: Fields, description: str) -> type:
    """An input type, in the namespace of `module`: annotations there may name it."""
    cls = declared(module, name)
    for field, (annotation, text) in fields.items():
        python = snake(field) + "_" * keyword.iskeyword(field)
        cls.__annotations__[python] = f"{annotation} | None"
        absent = strawberry.field(
            name=field, default=strawberry.UNSET, description=text
        )
        setattr(cls, python, absent)
    cls.__annotations__ = get_type_hints(cls)
    return strawberry.input(cls, name=name, description=description)


def made_enum(
    module: str, name: str, values: list[str], description: str
) -> type[Enum]:
    enum = Enum(name, {value: value for value in values}, module=module)  # type: ignore[misc]
    found: type[Enum] = strawberry.enum(enum, name=name, description=description)
    setattr(sys.modules[module], name, found)
    return found


def plain(given: Any) -> Any:
    """An input as plain dicts of its own names; what is absent or null is left out.

    >>> plain([1, None, strawberry.UNSET])
    [1, None, None]
    """
    if given is strawberry.UNSET:
        return None
    if isinstance(given, list):
        return [plain(item) for item in given]
    definition = get_object_definition(type(given))
    if definition is None:
        return given
    pairs = (
        (field.graphql_name or "", plain(getattr(given, field.python_name)))
        for field in definition.fields
    )
    return {name: value for name, value in pairs if value is not None}
