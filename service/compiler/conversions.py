"""Values as they come from Neo4j become what the executor makes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from math import isfinite
from typing import Any

from service.compiler.decoders import native
from service.compiler.schema_mapping import NotCompilable

INT = 2**31  # GraphQL's Int is of 32 bits


def conversion(kind: Any) -> Callable[[Any], Any] | None:
    """What the executor makes of a stored value; None: itself."""
    if kind is float:
        return real
    if kind is int:
        return integer
    if kind is datetime:
        return lambda value: native(value).isoformat()
    if isinstance(kind, type) and issubclass(kind, Enum):
        names = {one.value: one.name for one in kind}
        return lambda value: chosen(names, value)
    return None


def real(value: Any) -> float:
    if type(value) in (float, int) and isfinite(value):
        return float(value)
    raise NotCompilable("not a number")


def integer(value: Any) -> int:
    if type(value) is int and -INT <= value < INT:
        return value
    raise NotCompilable("not an Int")


def chosen(names: dict[Any, str], value: Any) -> str:
    if value in names:
        return names[value]
    raise NotCompilable("not of its enum")
