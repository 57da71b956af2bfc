"""One page of a set: from the database where it can select and sort, else in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from service.algorithms.threads import check_stop
from service.computation.pool import in_thread
from service.errors import BadInput
from service.feeds.blocks import Columns, part, row_count
from service.feeds.odata.expressions import Node, column_names
from service.feeds.odata.filter_input import NotExpressible, filter_input
from service.feeds.odata.filter_rows import Evaluate, truth, type_of
from service.feeds.odata.odata_request import ODataRequest, PageToken
from service.feeds.odata.sets import ROW
from service.feeds.odata.values import typed_value
from service.feeds.table import Column
from service.feeds.table_orders import is_sorted_here
from service.feeds.table_reader import ROWS_AT_ONCE, TableReader
from service.feeds.table_request import ColumnOrder, TableRequest

ROWS_BETWEEN_CHECKS = 100  # whether somebody still waits: a filter may be long
GONE = "$skiptoken: the row before this page is gone; begin with the first page."
Values = dict[str, list[Any]]  # of each column, by its name


@dataclass(frozen=True)
class SetPage:
    """The rows of a page as columns, where the next one begins, how many there are."""

    values: Values
    next: PageToken | None
    count: int | None = None


@dataclass(frozen=True)
class SetReader:
    """Reads one page, or the count, for one request."""

    reader: TableReader
    request: ODataRequest

    @property
    def is_in_memory(self) -> bool:
        """Whether all rows are read for each page: questions, and orders of records
        that the database does not have.
        """
        table = self.request.set.table
        columns = [column for column, _ in self.request.order]
        return table.connection is None or is_sorted_here(table, columns)

    async def page(self) -> SetPage:
        if self.is_in_memory:
            return await self.page_in_memory()
        rows, matches = self.selection()
        page = await self.page_of_connection(rows, matches)
        if not self.request.counts:
            return page
        return replace(page, count=await self.count_of(rows, matches))

    async def count(self) -> int:
        if self.request.set.table.connection is None:
            block = await self.all_rows()
            return row_count(list(block.values()))
        return await self.count_of(*self.selection())

    def selection(self) -> tuple[TableRequest, Evaluate | None]:
        """The connection with its filter and order, and what it cannot select."""
        request = self.request
        nulls = [ColumnOrder(c, down, not down) for c, down in request.order]
        rows = replace(request.rows, order=tuple(nulls))
        if request.filter is None:
            return rows, None
        columns = request.set.columns
        matches = self.condition(request.filter)
        try:
            chosen = filter_input(request.set.table, columns, request.filter)
        except NotExpressible:
            return rows, matches
        return replace(rows, filter=chosen), None

    def condition(self, node: Node) -> Evaluate:
        """The condition for rows in memory; its columns and types are checked."""
        type_of(node, self.request.set.columns)
        return truth(node, self.request.set.columns)

    def needed_columns(self, select: Sequence[Column]) -> tuple[Column, ...]:
        """Those to give and those of the condition, in the order of the table."""
        names = {column.name for column in select}
        if self.request.filter is not None:
            names.update(column_names(self.request.filter))
        return tuple(c for c in self.request.set.table.columns if c.name in names)

    async def page_of_connection(
        self, rows: TableRequest, matches: Evaluate | None
    ) -> SetPage:
        """Pages of the connection until there are enough rows."""
        token, names = self.request.token, [c.name for c in self.request.select]
        values: Values = {name: [] for name in names}
        select = self.request.select
        columns = self.needed_columns(select) if matches else select
        after, skip, left = token.after, token.skip, token.left
        size = self.request.size
        while left != 0:
            wanted = ROWS_AT_ONCE if matches else skip + min(size, left or size)
            most = min(wanted, ROWS_AT_ONCE)
            own = replace(rows, columns=columns)
            page = await self.reader.page(own, most, after)  # type: ignore[arg-type]
            block = page.block
            if matches:
                block = await in_thread(matching_rows, block, columns, matches)
            begin = min(skip, row_count(block))
            skip -= begin
            end = row_count(block) if left is None else begin + left
            block = part(block, begin, end)
            left = None if left is None else left - row_count(block)
            for column, cells in zip(columns, block, strict=True):
                if column.name in values:
                    values[column.name] += cells
            after = page.end
            if not page.has_next:
                return SetPage(values, None)
            size -= row_count(block)
            if size <= 0:
                break
        return SetPage(values, PageToken(after, skip, left) if left != 0 else None)

    async def count_of(self, rows: TableRequest, matches: Evaluate | None) -> int:
        if matches is None:
            return await self.reader.count(rows)
        total = 0
        columns = self.needed_columns(rows.table.columns[:1])
        async for block in self.reader.blocks(replace(rows, columns=columns)):
            rows_of_block = await in_thread(matching_rows, block, columns, matches)
            total += row_count(rows_of_block)
        return total

    async def page_in_memory(self) -> SetPage:
        """A page of all rows: after the row whose key the token says."""
        request, token = self.request, self.request.token
        block = await self.all_rows()
        keys = block[request.set.key]
        begin = token.skip
        if token.after is not None:
            if token.after not in keys:
                raise BadInput(GONE)
            begin += keys.index(token.after) + 1
        size = request.size if token.left is None else min(request.size, token.left)
        end = min(begin + size, len(keys))
        left = None if token.left is None else token.left - (end - begin)
        more = end < len(keys) and left != 0 and end > begin
        values = {c.name: block[c.name][begin:end] for c in request.select}
        after = PageToken(keys[end - 1], 0, left) if more else None
        return SetPage(values, after, len(keys) if request.counts else None)

    async def all_rows(self) -> Values:
        """All rows that pass the filter, in the order of the request."""
        request, columns = self.request, self.request.set.columns
        rows, matches = request.rows, None
        if request.set.table.connection is not None:
            rows, matches = self.selection()
        elif request.filter is not None:
            matches = self.condition(request.filter)
        own = tuple(request.set.table.columns)
        block = await self.reader.all_rows(replace(rows, columns=own, order=()))
        every = list(columns.values())
        if request.set.key == ROW:
            block = [list(range(1, row_count(block) + 1)), *block]
        if matches is not None:
            block = await in_thread(matching_rows, block, every, matches)
        values = dict(zip(columns, block, strict=True))
        return await in_thread(in_order, values, every, request.order)


def matching_rows(block: Columns, columns: Any, matches: Evaluate) -> Columns:
    """The rows for which the condition is true."""
    names = [column.name for column in columns]
    typed_columns = [
        [typed_value(column.type, value) for value in values]
        for column, values in zip(columns, block, strict=True)
    ]
    keep = []
    for number, row in enumerate(zip(*typed_columns, strict=True)):
        if number % ROWS_BETWEEN_CHECKS == 0:
            check_stop()
        keep.append(matches(dict(zip(names, row, strict=True))) is True)
    return [
        [value for value, stays in zip(values, keep, strict=True) if stays]
        for values in block
    ]


def in_order(
    values: Values, columns: Any, order: tuple[tuple[Column, bool], ...]
) -> Values:
    """Sorted by OData's rule: a missing value is less than all others."""
    count = len(next(iter(values.values())))
    rows = list(range(count))
    for column, descending in reversed(order):
        cells = [typed_value(column.type, value) for value in values[column.name]]
        known = [row for row in rows if cells[row] is not None]
        known.sort(key=lambda row, cells=cells: cells[row], reverse=descending)  # type: ignore[misc]
        missing = [row for row in rows if cells[row] is None]
        rows = known + missing if descending else missing + known
    return {name: [cells[row] for row in rows] for name, cells in values.items()}
