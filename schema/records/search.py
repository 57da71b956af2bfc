"""search: which records hold these words, best matches first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import partial
from typing import Any

import strawberry

from schema.context import Context, Info
from schema.records.connection import PageInfo
from schema.records.connection_fields import Window
from schema.records.grouping import Total
from schema.records.node import Node
from schema.records.reading import NodeRow
from service.compiler.bindings import Bindings
from service.compiler.cursors import cursor, digest, parsed
from service.compiler.expressions import active
from service.compiler.orders import Term, beyond
from service.compiler.search_text import lucene
from service.compiler.traversal import joined
from service.errors import BadInput
from service.graph.statements import Statement, statement
from service.vocabulary import NODES, snake
from service.vocabulary.nodes import Contract, Record

SearchKind = Enum("SearchKind", {snake(n)[1:].upper(): n for n in NODES})  # type: ignore[misc]
strawberry.enum(SearchKind, description="A kind of record that holds words.")
ORDER = [
    Term("score", "score", float, required=True, descending=True),
    Term("id", "id", str, required=True),
]


@dataclass(frozen=True)
class Found(NodeRow):
    score: float = 0
    id: str = ""


@strawberry.type(description="A record that matches, with its place.")
class SearchEdge:
    node: Node
    score: float = strawberry.field(
        description="How well it matches, by the index; comparable in one search only."
    )
    cursor: str


def nodes(root: SearchConnection) -> list[Node]:
    return [edge.node for edge in root.edges]


async def total_count(root: SearchConnection) -> int:
    return await root.count()


@strawberry.type(description="Matches by score, then by kind of record and key.")
class SearchConnection:
    edges: list[SearchEdge]
    page_info: PageInfo
    nodes: list[Node] = strawberry.field(
        resolver=nodes, description="The records of this page, without their scores."
    )
    total_count: int = strawberry.field(
        resolver=total_count, description="All matches, on this page or not."
    )
    count: strawberry.Private[Callable[[], Awaitable[int]]]


async def search(
    info: Info,
    text: str,
    kinds: list[SearchKind] | None = strawberry.UNSET,
    first: int | None = strawberry.UNSET,
    after: str | None = strawberry.UNSET,
    as_of: date | None = strawberry.UNSET,
) -> SearchConnection:
    """Which records hold all of these words, whole or as beginnings of theirs?

    text: The words to look for.
    kinds: Only records of these kinds; all by default.
    first: How many to return at most, from 1 to 200; 20 by default.
    after: The cursor of the last record already seen.
    as_of: Only records that are active on this day; all by default.
    """
    window = Window(given(first), given(after))
    size, words = window.size(info.context.settings.max_page), lucene(text)
    if words is None:
        return paged([], size, window, "", none)
    labels = sorted(str(kind.value) for kind in kinds or SearchKind)
    asked = Search(words, "|".join(labels), given(as_of))
    made = digest(["search", words, labels, asked.day])
    place = None if window.after is None else placed(window.after, made)
    rows = await asked.found(info.context, place, size)
    return paged(rows, size, window, made, partial(asked.total, info.context))


def given(value: Any) -> Any:
    return None if value is strawberry.UNSET else value


def placed(text: str, made: str) -> list[Any]:
    try:
        return parsed(text, made, ORDER)
    except BadInput as error:
        raise BadInput(f"after: {error}") from error


@dataclass(frozen=True)
class Search:
    """Words, where they may stand, and on which day."""

    words: str
    labels: str
    day: date | None

    async def found(
        self, context: Context, place: list[Any] | None, size: int
    ) -> list[Found]:
        bindings = Bindings(day=self.day)
        names = [term.name for term in ORDER]
        after = beyond(ORDER, place, bindings, names) if place else "true"
        read = self.read("records/search", bindings, BEYOND=after)
        params = {"words": self.words, "given": bindings.values, "limit": size + 1}
        return await context.graph.rows(read, Found, **params)

    async def total(self, context: Context) -> int:
        bindings = Bindings(day=self.day)
        read = self.read("records/search_count", bindings)
        params = {"words": self.words, "given": bindings.values}
        [found] = await context.graph.rows(read, Total, **params)
        return found.total

    def read(self, name: str, bindings: Bindings, **words: str) -> Statement:
        condition = joined(seen(bindings))
        return statement(name, NODES=self.labels, FILTER=condition, **words)


async def none() -> int:
    return 0


def seen(bindings: Bindings) -> list[str]:
    """Active on the day; a contract by its status as well."""
    always = active(Record, "n", bindings)
    more = active(Contract, "n", bindings)[len(always) :]
    return [*always, *(f"(NOT n:Contract OR {condition})" for condition in more)]


def paged(
    rows: list[Found],
    size: int,
    window: Window,
    made: str,
    count: Callable[[], Awaitable[int]],
) -> SearchConnection:
    edges = [
        SearchEdge(
            node=row.record(),  # type: ignore[arg-type]
            score=row.score,
            cursor=cursor(made, [row.score, row.id]),
        )
        for row in rows[:size]
    ]
    return SearchConnection(
        edges=edges,
        page_info=PageInfo(
            has_next_page=len(rows) > size,
            has_previous_page=window.after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
        count=count,
    )
