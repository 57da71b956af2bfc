"""Relay connections: a page of records, each with its place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import strawberry

T = TypeVar("T")


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


@strawberry.type(
    description="One page of records, in the order asked for. With `asOf` only what is"
    " active on that day is there; without it everything, whenever it was."
)
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
