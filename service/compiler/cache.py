"""Keeps the most recently used values: plans, by document and shape of variables.

A cache is bounded by the number of its values and by an estimate of their memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from enum import Enum
from typing import Any, Generic, TypeVar

T = TypeVar("T")
LEAST_VALUES = 16  # that a full cache has: one large value does not empty it


class LruCache(Generic[T]):
    """The most recently used values; older ones are dropped.

    >>> cache = LruCache[str](size=2, most_bytes=160)
    >>> for key, byte_count in [("a", 5), ("b", 10), ("c", 5), ("large", 11)]:
    ...     cache.put(key, key.upper(), byte_count)
    >>> cache.get("a"), cache.get("b"), cache.get("c"), cache.get("large")
    (None, 'B', 'C', None)
    >>> cache.byte_count
    15
    """

    def __init__(self, size: int, most_bytes: int) -> None:
        self.size = size
        self.most_bytes = most_bytes
        self.byte_count = 0
        self.entries: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        entry = self.entries.get(key)
        if entry is None:
            return None
        self.entries.move_to_end(key)
        return entry[0]

    def put(self, key: Hashable, value: T, byte_count: int) -> None:
        """A value that takes more than its share of the cache is not stored."""
        if old := self.entries.pop(key, None):
            self.byte_count -= old[1]
        if byte_count > self.most_bytes // LEAST_VALUES:
            return
        self.entries[key] = value, byte_count
        self.byte_count += byte_count
        while len(self.entries) > self.size or self.byte_count > self.most_bytes:
            self.byte_count -= self.entries.popitem(last=False)[1][1]


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
