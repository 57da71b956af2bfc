"""Paging, in one place: the window of a connection and the page that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from service.compiler.cursors import decode_cursor, encode_cursor
from service.compiler.orders import OrderTerm
from service.errors import BadInput

DEFAULT_PAGE = 20
T = TypeVar("T")


@dataclass(frozen=True)
class PageWindow:
    """The paging arguments of a field, as the client sent them."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def size(self, max_page: int) -> int:
        if self.first is not None and self.last is not None:
            raise BadInput("first and last: give one of them, not both.")
        size = self.last if self.backward else self.first
        if size is not None and not 1 <= size <= max_page:
            name = "last" if self.backward else "first"
            raise BadInput(f"{name}: expected 1 to {max_page}, got {size}.")
        return size or DEFAULT_PAGE

    @property
    def backward(self) -> bool:
        return self.last is not None

    @property
    def has_edge_before(self) -> bool:
        """Whether an edge lies before the page, in reading order: its cursor came."""
        return (self.before if self.backward else self.after) is not None

    def positions(
        self, owner: str, order: Sequence[OrderTerm]
    ) -> tuple[list[Any] | None, list[Any] | None]:
        """The positions of `after` and `before` in the order."""
        return (
            position_of("after", self.after, owner, order),
            position_of("before", self.before, owner, order),
        )


def position_of(
    argument: str, text: str | None, owner: str, order: Sequence[OrderTerm]
) -> list[Any] | None:
    try:
        return None if text is None else decode_cursor(text, owner, order)
    except BadInput as error:
        raise BadInput(f"{argument}: {error}") from error


@dataclass(frozen=True)
class Page:
    """A page of fetched rows; the rows are at most one more than its size."""

    window: PageWindow
    size: int
    owner: str  # a digest of what its cursors are valid for

    @property
    def limit(self) -> int:
        """How many rows to fetch: one more shows whether there is a next page."""
        return self.size + 1

    def shown_rows(self, rows: list[T]) -> list[T]:
        """The rows of the page, in the order of the connection."""
        return rows[: self.size][:: -1 if self.window.backward else 1]

    def has_next(self, rows: Sequence[Any]) -> bool:
        more = len(rows) > self.size
        return self.window.has_edge_before if self.window.backward else more

    def has_previous(self, rows: Sequence[Any]) -> bool:
        more = len(rows) > self.size
        return more if self.window.backward else self.window.has_edge_before

    def edge_row(self, rows: Sequence[T], last: bool) -> T | None:
        """The first or the last row of the page; None if it is empty."""
        if not rows:
            return None
        return rows[: self.size][-1 if last != self.window.backward else 0]

    def cursor(self, position: Sequence[Any]) -> str:
        return encode_cursor(self.owner, position)
