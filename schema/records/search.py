"""search: the records that contain these words, best matches first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import partial

import strawberry

from schema.context import Context, Info
from schema.records.connection import PageInfo, page_info_of
from schema.records.generated import to_plain
from schema.records.grouping import RecordTotal
from schema.records.node import Node, register_enum
from schema.records.reading import NodeRow, no_records
from service.compiler.bindings import Bindings
from service.compiler.cursors import digest
from service.compiler.expressions import activity_conditions
from service.compiler.orders import OrderTerm
from service.compiler.positions import after_position
from service.compiler.search_text import lucene_query
from service.compiler.traversal import join_conditions
from service.compiler.windows import Page, PageWindow
from service.graph.statements import Statement, statement
from service.vocabulary import NODES, snake
from service.vocabulary.nodes import Contract, Record

SearchKind = Enum("SearchKind", {snake(n)[1:].upper(): n for n in NODES})  # type: ignore[misc]
register_enum(
    SearchKind,
    "A type of record that `search` looks through.",
    ORGANISATION="Firms, public bodies and other organisations.",
    TEAM="Groups of people inside an organisation.",
    PERSON="Single people.",
    CONTRACT="Agreements between members.",
    OFFERING="What organisations and teams offer.",
    CAPABILITY="What members can do or need.",
    COMMUNITY="Cohorts, networks, clubs, forums and other circles of members.",
    REFERRAL="Customers whom a member sent to a provider.",
    INTRODUCTION="Requests to be introduced to another member.",
    FEEDBACK="What customers said about a provider or a case.",
    SERVICE_CASE="Cases of customers at a provider.",
    INITIATIVE="Innovation projects of organisations.",
)
ORDER = [
    OrderTerm("score", "score", float, required=True, descending=True),
    OrderTerm("id", "id", str, required=True),
]


@dataclass(frozen=True)
class SearchRow(NodeRow):
    score: float = 0
    id: str = ""


@strawberry.type(description="A record that matches, with its score and cursor.")
class SearchEdge:
    node: Node = strawberry.field(description="The record.")
    score: float = strawberry.field(
        description="How well it matches, according to the index; compare scores of the"
        " same search only."
    )
    cursor: str = strawberry.field(
        description="The position of the match: a value for `after`."
    )


def nodes(root: SearchConnection) -> list[Node]:
    return [edge.node for edge in root.edges]


async def total_count(root: SearchConnection) -> int:
    return await root.count()


@strawberry.type(description="Matches by score, then by kind of record and key.")
class SearchConnection:
    edges: list[SearchEdge] = strawberry.field(
        description="The matches of this page, each with its score and cursor."
    )
    page_info: PageInfo = strawberry.field(
        description="Whether there are more pages, and the cursors to reach them."
    )
    nodes: list[Node] = strawberry.field(
        resolver=nodes, description="The records of this page, without their scores."
    )
    total_count: int = strawberry.field(
        resolver=total_count, description="The number of matches, on all pages."
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
    """Which records contain all of these words, as whole words or as prefixes?

    text: The words to look for.
    kinds: Only records of these kinds; all by default.
    first: How many to return at most, from 1 to 200; 20 by default.
    after: Only matches after this cursor.
    as_of: Only records that are active on this day; all by default.
    """
    window = PageWindow(to_plain(first), to_plain(after))
    size, words = window.size(info.context.settings.max_page), lucene_query(text)
    if words is None:
        return connection_of_matches([], Page(window, size, ""), no_records)
    labels = sorted(str(kind.value) for kind in kinds or SearchKind)
    query = SearchQuery(words, "|".join(labels), to_plain(as_of))
    page = Page(window, size, digest(["search", words, labels, query.day]))
    rows = await query.matches(info.context, page)
    return connection_of_matches(rows, page, partial(query.total, info.context))


@dataclass(frozen=True)
class SearchQuery:
    """The words, the labels to search, and the day on which records are active."""

    words: str
    labels: str
    day: date | None

    async def matches(self, context: Context, page: Page) -> list[SearchRow]:
        bindings = Bindings(day=self.day)
        names = [term.name for term in ORDER]
        position, _ = page.window.positions(page.owner, ORDER)
        after = "true"
        if position:
            after = after_position(ORDER, position, bindings, names)
        read = self.statement("records/search", bindings, BEYOND=after)
        params = {"words": self.words, "values": bindings.values, "limit": page.limit}
        return await context.graph.rows(read, SearchRow, **params)

    async def total(self, context: Context) -> int:
        bindings = Bindings(day=self.day)
        read = self.statement("records/search_count", bindings)
        params = {"words": self.words, "values": bindings.values}
        [row] = await context.graph.rows(read, RecordTotal, **params)
        return row.total

    def statement(self, name: str, bindings: Bindings, **texts: str) -> Statement:
        condition = join_conditions(active_conditions(bindings))
        return statement(name, NODES=self.labels, FILTER=condition, **texts)


def active_conditions(bindings: Bindings) -> list[str]:
    """Active on the day; a contract by its status as well."""
    always = activity_conditions(Record, "n", bindings)
    more = activity_conditions(Contract, "n", bindings)[len(always) :]
    return [*always, *(f"(NOT n:Contract OR {condition})" for condition in more)]


def connection_of_matches(
    rows: list[SearchRow], page: Page, count: Callable[[], Awaitable[int]]
) -> SearchConnection:
    edges = [
        SearchEdge(
            node=row.record(),  # type: ignore[arg-type]
            score=row.score,
            cursor=page.cursor([row.score, row.id]),
        )
        for row in page.shown_rows(rows)
    ]
    info = page_info_of(page, rows, [edge.cursor for edge in edges])
    return SearchConnection(edges=edges, page_info=info, count=count)
