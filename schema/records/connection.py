"""Relay connections: a page of records, each with its cursor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

import strawberry

from service.compiler.windows import Page

T = TypeVar("T")
Count = Callable[[], Awaitable[int]]
PositionedRecord = tuple[Any, list[Any]]  # a record, and its position in the order


@strawberry.type(description="The position of a page in its connection.")
class PageInfo:
    has_next_page: bool = strawberry.field(
        description="Whether more records follow this page."
    )
    has_previous_page: bool = strawberry.field(
        description="Whether records come before this page."
    )
    start_cursor: str | None = strawberry.field(
        description="The cursor of the first record on this page; null if it is empty."
    )
    end_cursor: str | None = strawberry.field(
        description="The cursor of the last record on this page; null if it is empty."
    )


def page_info_of(page: Page, rows: Sequence[Any], cursors: Sequence[str]) -> PageInfo:
    """`rows` are those fetched, `cursors` those of the rows on the page."""
    return PageInfo(
        has_next_page=page.has_next(rows),
        has_previous_page=page.has_previous(rows),
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )


@strawberry.type(description="A record in a connection, with its cursor.")
class Edge(Generic[T]):
    node: T = strawberry.field(description="The record.")
    cursor: str = strawberry.field(
        description="The position of the record: a value for `after` or `before`."
    )


def nodes(root: Connection[T]) -> list[T]:
    return [edge.node for edge in root.edges]


async def total_count(root: Connection[T]) -> int:
    return await root.count()


@strawberry.type(
    description="One page of records, in the order of `orderBy`. With `asOf`, its own"
    " or that of a field above, only the records active on that day; without it all"
    " records, past and future ones too."
)
class Connection(Generic[T]):
    edges: list[Edge[T]] = strawberry.field(
        description="The records of this page, each with its cursor."
    )
    page_info: PageInfo = strawberry.field(
        description="Whether there are more pages, and the cursors to reach them."
    )
    nodes: list[T] = strawberry.field(
        resolver=nodes, description="The records of this page, without their cursors."
    )
    total_count: int = strawberry.field(
        resolver=total_count,
        description="The number of records that pass the filter, on all pages.",
    )
    count: strawberry.Private[Count]


def connection_of(
    page: Page, rows: list[PositionedRecord], count: Count
) -> Connection[Any]:
    """The connection that shows a page of fetched rows."""
    edges = [
        Edge(node=record, cursor=page.cursor(position))
        for record, position in page.shown_rows(rows)
    ]
    info = page_info_of(page, rows, [edge.cursor for edge in edges])
    return Connection(edges=edges, page_info=info, count=count)
