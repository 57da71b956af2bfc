"""Orders of a table: as input of its connection, or applied to rows in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from graphql import get_named_type

from service.feeds.blocks import Columns, row_count
from service.feeds.table import Column, Table
from service.feeds.table_request import ColumnOrder
from service.vocabulary import snake


def order_input(table: Table, order: ColumnOrder) -> dict[str, Any]:
    """An entry of `orderBy` for the connection of a table."""
    entry = order_entry(table, order.column)
    assert entry is not None
    entry["direction"] = "DESC" if order.descending else "ASC"
    return entry | ({"nulls": "FIRST"} if order.nulls_first else {})


def is_sorted_here(table: Table, columns: Iterable[Column]) -> bool:
    """Whether the rows must be sorted in memory: the connection has no such order."""
    if table.connection is None:
        return any(True for _ in columns)
    return any(order_entry(table, column) is None for column in columns)


def order_entry(table: Table, column: Column) -> dict[str, Any] | None:
    """The criterion of a column; None if the connection has none."""
    assert table.connection is not None
    type = get_named_type(table.connection.definition.args["orderBy"].type)
    *owners, name = column.fields
    entry = ("field", *owners)[-1]
    field = getattr(type, "fields", {}).get(entry)
    constant = snake(name).upper()
    if field is None or len(owners) > 1:
        return None
    values = getattr(get_named_type(field.type), "values", {})
    return {entry: constant} if constant in values else None


def sorted_columns(
    block: Columns, columns: Sequence[Column], order: Sequence[ColumnOrder]
) -> Columns:
    """The rows in this order; equal ones stay in the order that they had."""
    rows = list(range(row_count(block)))
    names = [column.name for column in columns]
    for each in reversed(order):
        values = block[names.index(each.column.name)]
        present = [row for row in rows if values[row] is not None]
        missing = [row for row in rows if values[row] is None]
        present.sort(key=values.__getitem__, reverse=each.descending)
        rows = missing + present if each.nulls_first else present + missing
    return [[values[row] for row in rows] for values in block]
