"""The rows of a table, as blocks of columns: page by page, one day after the other."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any

from graphql import OperationDefinitionNode, parse
from graphql.execution.values import get_variable_values

from schema.context import ColumnValues, Context
from schema.execution.engine import GraphQLEngine
from schema.execution.pricing import PriceModel, default_values
from schema.query import schema
from schema.records.limits import MOST_ROWS, without_list_limits
from service.computation.pool import in_thread
from service.errors import (
    BadInput,
    ErrorCode,
    RecordNotFound,
    StatementTimeout,
    Unavailable,
    ValuenetError,
)
from service.feeds.blocks import Columns, columns_of, part, row_count, values_of
from service.feeds.changes import changed_keys
from service.feeds.page_document import (
    ABOUT,
    AFTER,
    FILTER,
    FIRST,
    ORDER,
    RANKING_PAGE,
    PageShape,
    filter_variable,
    page_document,
)
from service.feeds.table import AS_OF, Column
from service.feeds.table_orders import is_sorted_here, order_input, sorted_columns
from service.feeds.table_request import TableRequest
from service.server.export_request import VALUES_PER_POINT
from service.settings import Settings
from service.vocabulary.texts import MOST_MESSAGE, beginning_of

ROWS_AT_ONCE = 2_000  # the database and this process hold two such pages
FIRST_PAGE = 500  # the first bytes come soon
KEYS_AT_ONCE = 1_000
# The analyses of a series run one after the other: each costs a tenth of its price.
FEED_SHARE = 10
FAILURES: dict[str, type[ValuenetError]] = {
    ErrorCode.SERVICE_UNAVAILABLE: Unavailable,
    ErrorCode.TIMEOUT: StatementTimeout,
    ErrorCode.NOT_FOUND: RecordNotFound,
}
INVALID = re.compile(r"^Variable '\$(\w+)' has invalid value(?: at [^:]+)?: ")
Warnings = dict[str, list[str]]  # the days of a series that each is about


def feed_engine(settings: Settings, engine: GraphQLEngine) -> GraphQLEngine:
    """An engine with the page size of feeds, which shares the turns of analyses.

    A table has a price of its own, so its pages have none.
    """
    feeds = GraphQLEngine(feed_settings(settings))
    feeds.documents.limits = feeds.limits = replace(feeds.limits, cost=None)
    feeds.analyses = engine.analyses
    return feeds


def feed_settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"max_page": ROWS_AT_ONCE})


@dataclass(frozen=True)
class RowPage:
    """Some rows, and where the next ones begin. `is_columns`: the list gave columns."""

    block: Columns
    has_next: bool
    end: str | None
    is_columns: bool = False


@dataclass(frozen=True)
class TableReader:
    """Reads one table with the rights of one caller. `warnings` are those of the
    answers that were read so far, each with its days in a series.
    """

    engine: GraphQLEngine
    context: Context
    warnings: Warnings = field(default_factory=dict)
    texts: dict[PageShape, str] = field(default_factory=dict)  # of its one table

    async def blocks(self, request: TableRequest) -> AsyncGenerator[Columns, None]:
        """All rows of a request. A series has its day as the first column."""
        if request.since is not None:
            async with aclosing(self.changed_blocks(request)) as blocks:
                async for block in blocks:
                    yield block
            return
        if request.days:
            async with aclosing(read_ahead(self.series(request))) as blocks:
                async for block in blocks:
                    yield block
            return
        async with aclosing(self.blocks_of_day(request)) as blocks:
            async for block in blocks:
                yield block

    async def series(self, request: TableRequest) -> AsyncGenerator[Columns, None]:
        """The rows of each day, which is the first column."""
        for day in request.days:
            of_day = self.blocks_of_day(with_day(request, day))
            async with aclosing(of_day) as blocks:
                async for block in blocks:
                    yield [[day] * row_count(block), *block]

    async def blocks_of_day(
        self, request: TableRequest
    ) -> AsyncGenerator[Columns, None]:
        left = request.limit if request.limit is not None else MOST_ROWS
        table = request.table
        ordered = [order.column for order in request.order]
        if not table.has_pages or is_sorted_here(table, ordered):
            block = part(await self.all_rows(request), 0, left)
            for each in small_blocks(block):
                yield each
                await asyncio.sleep(0)  # the event loop serves others
            return
        async with aclosing(self.pages(request, left)) as pages:
            async for block in pages:
                for each in small_blocks(block):
                    yield each
                    await asyncio.sleep(0)

    async def all_rows(self, request: TableRequest) -> Columns:
        """All rows together, in the order of the request."""
        columns = request.columns
        extra = [o.column for o in request.order if o.column not in columns]
        plain = replace(request, columns=(*columns, *extra), order=())
        if request.table.has_pages:
            block: Columns = [[] for _ in plain.columns]
            async with aclosing(self.pages(plain, MOST_ROWS)) as pages:
                async for page in pages:
                    for values, more in zip(block, page, strict=True):
                        values += more
        else:
            block = await self.list_rows(plain)
        if request.order:
            work = (block, plain.columns, request.order)
            block = await in_thread(sorted_columns, *work)
        return block[: len(columns)]

    async def list_rows(self, request: TableRequest) -> Columns:
        """All rows of a list that has no pages."""
        data = await self.data(request, request.columns, {FIRST: MOST_ROWS})
        return columns_of(request.table, data, request.columns)

    async def pages(
        self, request: TableRequest, left: int
    ) -> AsyncGenerator[Columns, None]:
        """The pages of a connection or a ranking; the next one is read while one is
        sent. What a ranking gives as columns is read to its end after the first page.
        """
        is_ranking = request.table.ranking is not None
        size = min(ROWS_AT_ONCE if is_ranking else FIRST_PAGE, left)
        pending = asyncio.create_task(self.page(request, size, None))
        try:
            while True:
                page = await pending
                left -= size
                if more := page.has_next and left > 0:
                    size = min(MOST_ROWS if page.is_columns else ROWS_AT_ONCE, left)
                    pending = asyncio.create_task(self.page(request, size, page.end))
                if row_count(page.block):
                    yield page.block
                if not more:
                    return
        finally:
            if not pending.done():
                pending.cancel()
                await asyncio.wait([pending])

    async def page(
        self, request: TableRequest, size: int, after: str | None
    ) -> RowPage:
        table, columns = request.table, request.columns
        column_values = ColumnValues([column.fields for column in columns])
        # Each page loads its own records: those of all pages are not kept.
        context = replace(self.context, loaders={})
        if table.ranking is not None and table.has_plain_rows:
            context = replace(context, column_values=column_values)
        reader = replace(self, context=context)
        data = await reader.data(request, columns, {FIRST: size, AFTER: after})
        info = data
        for step in table.steps[:-1]:
            info = info and info[step.name]
        info = info and info["pageInfo" if table.ranking is None else RANKING_PAGE]
        info = info or {"hasNextPage": False, "endCursor": None}
        end = (info["hasNextPage"], info["endCursor"])
        if column_values.values is None:
            return RowPage(columns_of(table, data, columns), *end)
        pairs = zip(columns, column_values.values, strict=True)
        return RowPage([values_of(*pair) for pair in pairs], *end, is_columns=True)

    async def data(
        self, request: TableRequest, columns: Sequence[Column], own: dict[str, Any]
    ) -> Any:
        """The data of the document with our arguments; its errors are exceptions."""
        table, variables = request.table, {**request.variables, **own}
        has_order = bool(request.order) and table.connection is not None
        if request.filter is not None:
            variables[FILTER] = request.filter
        if has_order:
            variables[ORDER] = [order_input(table, order) for order in request.order]
        paths = frozenset((column.level, column.path) for column in columns)
        is_whole = len(paths) == len(table.columns)
        shape = PageShape(
            has_filter=request.filter is not None,
            has_order=has_order,
            drops_filter=drops_filter(request),
            paths=None if is_whole else paths,
            has_warnings=True,
        )
        if shape not in self.texts:
            self.texts[shape] = page_document(table, shape)
        data = await self.execute(self.texts[shape], variables)
        for name in table.answers:
            about = (data[name] or {}).get(ABOUT) or {"warnings": []}
            for text in about["warnings"]:
                days = self.warnings.setdefault(text, [])
                days += [day for day in request.days if day not in days]
        return data

    async def execute(self, text: str, variables: dict[str, Any]) -> Any:
        with without_list_limits():
            response = await self.engine.execute(text, variables, None, self.context)
        if errors := response.body.get("errors"):
            code = errors[0]["extensions"]["code"]
            raise FAILURES.get(code, BadInput)(errors[0]["message"])
        return response.body["data"]

    async def changed_blocks(
        self, request: TableRequest
    ) -> AsyncGenerator[Columns, None]:
        """The records that changed; `deleted` comes last. One that is gone, or that
        the table does not have any more, has its key alone.
        """
        table = request.table
        assert request.since is not None
        assert table.record_type is not None
        key = next(column for column in table.columns if column.name == "key")
        keys = await changed_keys(self.context.graph, table.record_type, request.since)
        keys = keys[: request.limit]
        for begin in range(0, len(keys), KEYS_AT_ONCE):
            chunk = keys[begin : begin + KEYS_AT_ONCE]
            chosen = and_filter(request.filter, {"key": {"in": chunk}})
            columns = (key, *request.columns)
            read = replace(request, columns=columns, since=None, filter=chosen)
            read = replace(read, limit=None)
            block: Columns = [[] for _ in columns]
            async for page in self.blocks(read):
                for values, more in zip(block, page, strict=True):
                    values += more
            gone = sorted(set(chunk) - set(block[0]))
            for column, values in zip(columns, block, strict=True):
                values += gone if column.name == "key" else [None] * len(gone)
            deleted = [False] * (row_count(block) - len(gone)) + [True] * len(gone)
            yield [*block[1:], deleted]

    async def count(self, request: TableRequest) -> int:
        """How many rows the connection of a request has."""
        shape = PageShape(
            has_filter=request.filter is not None,
            drops_filter=drops_filter(request),
            counts=True,
        )
        variables = {**request.variables, FIRST: 1}
        if request.filter is not None:
            variables[FILTER] = request.filter
        data = await self.execute(page_document(request.table, shape), variables)
        for step in request.table.steps[:-1]:
            data = data and data[step.name]
        return int(data["totalCount"]) if data else 0

    async def price(self, request: TableRequest) -> int:
        """The most points that a table costs, known before it is read."""
        table = request.table
        check_values(request)
        if table.connection is not None:
            days = request.days[:1]
            rows = await self.count(with_day(request, days[0]) if days else request)
            if not is_sorted_here(table, [order.column for order in request.order]):
                rows = min(rows, request.limit or rows)
            rows *= max(len(request.days), 1)
            return ceil(rows * len(request.columns) / VALUES_PER_POINT)
        points = price_of_analysis(request)
        return ceil(points / FEED_SHARE) * max(len(request.days), 1)


def small_blocks(block: Columns) -> Iterator[Columns]:
    """The same rows in blocks that are encoded in a moment and sent in a few seconds.

    >>> list(small_blocks([[0] * ROWS_AT_ONCE + [1]])) == [[[0] * ROWS_AT_ONCE], [[1]]]
    True
    """
    for begin in range(0, row_count(block), ROWS_AT_ONCE):
        yield part(block, begin, begin + ROWS_AT_ONCE)


async def read_ahead(
    blocks: AsyncGenerator[Columns, None],
) -> AsyncGenerator[Columns, None]:
    """The same blocks; while one is sent, the next one is read."""
    async with aclosing(blocks):
        pending = asyncio.ensure_future(anext(blocks, None))
        try:
            while (block := await pending) is not None:
                pending = asyncio.ensure_future(anext(blocks, None))
                yield block
        finally:
            if not pending.done():
                pending.cancel()
                await asyncio.wait([pending])


def with_day(request: TableRequest, day: str) -> TableRequest:
    variables = {**request.variables, AS_OF: day}
    return replace(request, variables=variables, days=(day,))


def and_filter(
    own: Mapping[str, Any] | None, more: Mapping[str, Any]
) -> Mapping[str, Any]:
    return more if own is None else {"and": [own, more]}


def drops_filter(request: TableRequest) -> bool:
    """Whether the document's own filter is a variable that has no value."""
    name = filter_variable(request.table)
    values = {**default_values(request.table.operation), **request.variables}
    return name is not None and values.get(name) is None


def check_values(request: TableRequest) -> None:
    """Refuse values that do not fit the types of their variables."""
    definitions = request.table.operation.variable_definitions or ()
    variables = dict(request.variables)
    values = get_variable_values(schema._schema, definitions, variables)
    if isinstance(values, list):
        text = INVALID.sub(r"\1: ", values[0].message)
        raise BadInput(beginning_of(text, MOST_MESSAGE))


def price_of_analysis(request: TableRequest) -> int:
    """The price of the document without its rows."""
    document = parse(page_document(request.table, PageShape()))
    [operation] = [
        d for d in document.definitions if isinstance(d, OperationDefinitionNode)
    ]
    model = PriceModel(schema._schema, document, operation, ROWS_AT_ONCE)
    return model.price({**request.variables, FIRST: 0})
