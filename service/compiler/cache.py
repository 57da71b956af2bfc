"""Keeps the most recently used values: plans, by document and shape of variables."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from enum import Enum
from typing import Any, Generic, TypeVar

T = TypeVar("T")
CACHE_SIZE = 512


class LruCache(Generic[T]):
    """The `size` most recently used values; older ones are dropped."""

    def __init__(self, size: int = CACHE_SIZE) -> None:
        self.size = size
        self.values: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        value = self.values.get(key)
        if value is not None:
            self.values.move_to_end(key)
        return value

    def put(self, key: Hashable, value: T) -> None:
        self.values[key] = value
        self.values.move_to_end(key)
        if len(self.values) > self.size:
            self.values.popitem(last=False)


def variable_shape(value: Any) -> Hashable:
    """The part of a variable's value that the text of a statement may depend on.

    That is whether it is present, and its value if it is one of a closed set; texts
    and numbers become parameters, so that only their type counts.

    >>> variable_shape({"first": 5, "after": None, "deep": True})
    (('first', 'int'), ('after', None), ('deep', True))
    """
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, dict):
        return tuple((name, variable_shape(item)) for name, item in value.items())
    if isinstance(value, list):
        return (list, *map(variable_shape, value))
    return type(value).__name__
