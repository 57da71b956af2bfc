"""Relay connections with keyset cursors: a page is found by where it begins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

import strawberry

from schema.node import (
    ENDS,
    STARTS,
    opaque,
    shown,
    sort_value,
    transparent,
)
from service.errors import BadInput
from service.vocabulary.nodes import Record

T = TypeVar("T")
R = TypeVar("R", bound=Record)
DEFAULT_PAGE = 20
Place = tuple[Any, str]  # (value of the default order, key): a total order


@strawberry.type(description="Where a page stands in its connection.")
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type(description="A record in a connection, with its place.")
class Edge(Generic[T]):
    node: T
    cursor: str


def nodes(root: Connection[T]) -> list[T]:
    return [edge.node for edge in root.edges]


async def total_count(root: Connection[T]) -> int:
    return await root.count()


@strawberry.type(description="One page of records in their default order.")
class Connection(Generic[T]):
    edges: list[Edge[T]]
    page_info: PageInfo
    nodes: list[T] = strawberry.field(
        resolver=nodes, description="The records of this page, without their cursors."
    )
    total_count: int = strawberry.field(
        resolver=total_count, description="All records, this page or not."
    )
    count: strawberry.Private[Callable[[], Awaitable[int]]]


@dataclass(frozen=True)
class Page:
    """Between which places, how many, and from which end."""

    owner: str  # the type that its cursors name

    begin: Place
    end: Place
    size: int
    backward: bool
    bounded: bool  # an edge lies before the page: its cursor was given
    enclosed: bool  # where it must end was given as well

    def follows(self, record: Record) -> bool:
        """Whether a record lies beyond `begin`; elsewhere the database tells."""
        place = (sort_value(record), record.key)
        return place < self.begin if self.backward else place > self.begin

    def holds(self, record: Record) -> bool:
        """Whether a record found beyond `begin` lies before `end`."""
        return self.inside((sort_value(record), record.key))

    def inside(self, place: Place) -> bool:
        return place > self.end if self.backward else place < self.end

    @property
    def words(self) -> dict[str, str]:
        beyond, turn = ("<", "DESC") if self.backward else (">", "ASC")
        return {"FROM": f"{beyond}= $", "BEYOND": f"{beyond} $", "TURN": turn}

    @property
    def params(self) -> dict[str, Any]:
        value, key = self.begin
        return {
            "value": value,
            "key": key,
            "limit": self.size + 1,  # one more tells whether there is a next page
        }


@dataclass(frozen=True)
class Window:
    """The paging arguments of a field, as the client gave them."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def page(self, cls: type[Record], max_page: int) -> Page:
        if self.first is not None and self.last is not None:
            raise BadInput("first and last: give one of them, not both.")
        backward = self.last is not None
        size = self.last if self.last is not None else self.first
        if size is not None and not 1 <= size <= max_page:
            name = "last" if backward else "first"
            raise BadInput(f"{name}: expected 1 to {max_page}, got {size}.")
        low = self.place(cls, "after") or (STARTS[cls.sort_type], "")
        high = self.place(cls, "before") or (ENDS[cls.sort_type], ENDS[str])
        return Page(
            owner=cls.__name__,
            begin=high if backward else low,
            end=low if backward else high,
            size=size or DEFAULT_PAGE,
            backward=backward,
            bounded=(self.before if backward else self.after) is not None,
            enclosed=(self.after if backward else self.before) is not None,
        )

    def place(self, cls: type[Record], name: str) -> Place | None:
        text = getattr(self, name)
        if text is None:
            return None
        kind = cls.sort_type
        match transparent(text):
            case [str(owner), str(value), str(key)] if owner == cls.__name__:
                return parsed(kind, value, text), key
        raise BadInput(
            f"{name}: expected a cursor of {cls.__name__} records, got {shown(text)}."
        )


def window_of(*arguments: Any) -> Window:
    """first, after, last, before of a field; an absent one is UNSET there."""
    return Window(
        *(None if given is strawberry.UNSET else given for given in arguments)
    )


def parsed(kind: type, value: str, text: str) -> Any:
    try:
        found: Any = kind.fromisoformat(value) if kind in (date, datetime) else value
    except ValueError as error:
        raise BadInput(f"cursor: not understood: {shown(text)}.") from error
    if kind is datetime and found.tzinfo is None:
        raise BadInput(f"cursor: not understood: {shown(text)}.")
    return found


def cursor(owner: str, record: Record) -> str:
    return cursor_at(owner, sort_value(record), record.key)


def cursor_at(owner: str, value: Any, key: str) -> str:
    text = value if isinstance(value, str) else value.isoformat()
    return opaque([owner, text, key])


def connection(
    found: list[R], page: Page, count: Callable[[], Awaitable[int]]
) -> Connection[R]:
    """One more record than the page's size was asked for: it only says "more"."""
    inside = [record for record in found if page.holds(record)]
    more = len(inside) > page.size
    kept = inside[: page.size][:: -1 if page.backward else 1]
    edges = [Edge(node=record, cursor=cursor(page.owner, record)) for record in kept]
    info = PageInfo(
        has_next_page=page.bounded if page.backward else more,
        has_previous_page=more if page.backward else page.bounded,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return Connection(edges=edges, page_info=info, count=count)
