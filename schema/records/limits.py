"""Checks a `first` argument, which every list of the API takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from service.errors import BadInput

MOST_ROWS = 10_000_000  # of a list that is a whole table
whole_lists: ContextVar[bool] = ContextVar("whole_lists", default=False)


@contextmanager
def without_list_limits() -> Iterator[None]:
    """Inside, a list may be as long as it is: a table has all rows."""
    token = whole_lists.set(True)
    try:
        yield
    finally:
        whole_lists.reset(token)


def limit_of(name: str, value: int | None, default: int, most: int = 1_000) -> int:
    """The value of the argument `name` within its bounds; null means its default."""
    if value is None:
        return default
    if name in ("first", "firstLinks") and whole_lists.get():
        most = MOST_ROWS
    if not 1 <= value <= most:
        raise BadInput(f"{name}: expected 1 to {most}, got {value}.")
    return value
