"""The rows of a response as columns: the way from nested objects to lists of values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from service.feeds.table import Column, Table

Columns = list[list[Any]]  # one list of values for each column
PLAIN = {str, type(None)}


def columns_of(table: Table, data: Any, columns: Sequence[Column]) -> Columns:
    """The values of these columns in all rows of a response."""
    levels = rows_of(table, data)
    known: dict[tuple[int, tuple[str | int, ...]], list[Any]] = {}

    def objects(level: int, path: tuple[str | int, ...]) -> list[Any]:
        if not path:
            return levels[level]
        if (level, path) not in known:
            name = path[-1]
            known[level, path] = [
                None if item is None else part_of(item, name)
                for item in objects(level, path[:-1])
            ]
        return known[level, path]

    return [values_of(column, objects(column.level, column.path)) for column in columns]


def part_of(item: Any, name: str | int) -> Any:
    if isinstance(name, int):
        return item[name] if name < len(item) else None
    return item.get(name)


def rows_of(table: Table, data: Any) -> list[list[Any]]:
    """For each list around the rows, its item of every row; the rows come last."""
    if not table.lists:
        return [[data]]
    first, *inner = table.lists
    levels = [items_at(data, first)]
    for way in inner:
        lists = [items_at(item, way) for item in levels[-1]]
        levels = [
            [item for item, items in zip(level, lists, strict=True) for _ in items]
            for level in levels
        ]
        levels.append([item for items in lists for item in items])
    return levels


def items_at(item: Any, way: tuple[str, ...]) -> list[Any]:
    """The items of a list inside an object; none if something on the way is missing."""
    for name in way:
        if item is None:
            return []
        item = item.get(name)
    return item or []


def values_of(column: Column, values: list[Any]) -> list[Any]:
    """Values in the type of the column; what has no type of its own becomes text."""
    if column.type is str and not PLAIN.issuperset(map(type, values)):
        return [text_of(value) for value in values]
    if column.type is list:
        return [value and [text_of(item) for item in value] for value in values]
    return values


def text_of(value: Any) -> str | None:
    """
    >>> text_of("a"), text_of(2026), text_of({"a": 1}), text_of(None)
    ('a', '2026', '{"a":1}', None)
    """
    if value is None or isinstance(value, str):
        return value
    return orjson.dumps(value).decode()


def row_count(columns: Columns) -> int:
    return len(columns[0]) if columns else 0


def part(columns: Columns, begin: int, end: int) -> Columns:
    return [values[begin:end] for values in columns]
