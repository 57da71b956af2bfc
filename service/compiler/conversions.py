"""Converts values from Neo4j to the values that the executor would return."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from math import isfinite
from typing import Any

from service.compiler.decoders import to_python
from service.compiler.schema_mapping import NotCompilable

INT_LIMIT = 2**31  # GraphQL's Int has 32 bits


def conversion(kind: Any) -> Callable[[Any], Any] | None:
    """The function that converts a stored value of this type; None: no need to."""
    if kind is float:
        return checked_float
    if kind is int:
        return checked_int
    if kind is datetime:
        return lambda value: to_python(value).isoformat()
    if isinstance(kind, type) and issubclass(kind, Enum):
        names = {member.value: member.name for member in kind}
        return lambda value: enum_name(names, value)
    return None


def checked_float(value: Any) -> float:
    if type(value) in (float, int) and isfinite(value):
        return float(value)
    raise NotCompilable("not a number")


def checked_int(value: Any) -> int:
    if type(value) is int and -INT_LIMIT <= value < INT_LIMIT:
        return value
    raise NotCompilable("not an Int")


def enum_name(names: dict[Any, str], value: Any) -> str:
    if value in names:
        return names[value]
    raise NotCompilable("not a value of its enum")
