"""What was compiled, kept by document and by the shape of its variables."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from enum import Enum
from typing import Any, Generic, TypeVar

T = TypeVar("T")
KEPT = 512


class Kept(Generic[T]):
    """The last `size` values that were asked for; the others are forgotten."""

    def __init__(self, size: int = KEPT) -> None:
        self.size = size
        self.values: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        found = self.values.get(key)
        if found is not None:
            self.values.move_to_end(key)
        return found

    def keep(self, key: Hashable, value: T) -> None:
        self.values[key] = value
        self.values.move_to_end(key)
        if len(self.values) > self.size:
            self.values.popitem(last=False)


def outline(value: Any) -> Hashable:
    """What of a variable's value a statement's text may hang on, and no more.

    Whether it is given at all, and which of a closed set it is; texts and numbers
    become parameters, so that of them only the type counts.

    >>> outline({"first": 5, "after": None, "deep": True})
    (('first', 'int'), ('after', None), ('deep', True))
    """
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, dict):
        return tuple((name, outline(item)) for name, item in value.items())
    if isinstance(value, list):
        return (list, *map(outline, value))
    return type(value).__name__
