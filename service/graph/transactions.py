"""Reads and writes inside one transaction."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import neo4j

from service.graph.statements import Statement

Row = TypeVar("Row")
PLAIN = {str, int, float, bool, type(None)}  # are Python's as they come


@dataclass(frozen=True)
class Reader:
    """Reads inside one transaction."""

    transaction: neo4j.AsyncTransaction

    async def block(self, statement: Statement, **params: Any) -> list[list[Any]]:
        """The one value of the one row, as it comes: a list of records, each a list."""
        result = await self.transaction.run(statement.text, params)
        record = await result.single(strict=True)
        return cast("list[list[Any]]", record[0])


@dataclass(frozen=True)
class Writer:
    """Writes inside one transaction."""

    transaction: neo4j.AsyncTransaction
    is_retry: bool = False  # whether an earlier try may have been committed

    async def write(self, statement: Statement, **params: Any) -> None:
        await (await self.transaction.run(statement.text, params)).consume()

    async def rows(
        self, statement: Statement, row: type[Row], **params: Any
    ) -> list[Row]:
        result = await self.transaction.run(statement.text, params)
        return [row(**record) for record in await records_of(result)]

    async def list(self, statement: Statement, **params: Any) -> list[list[Any]]:
        """The one value of the one row: a list of records, each a list.

        As records of their own they would cost the driver more.
        """
        result = await self.transaction.run(statement.text, params)
        record = await result.single(strict=True)
        return cast("list[list[Any]]", to_native(record[0]))


async def records_of(result: neo4j.AsyncResult) -> list[dict[str, Any]]:
    return native_records([record async for record in result])


async def large_records_of(result: neo4j.AsyncResult) -> list[dict[str, Any]]:
    """The same, in a thread: columns of a whole network take a while."""
    records = [record async for record in result]
    return await asyncio.to_thread(native_records, records)


def native_records(records: list[neo4j.Record]) -> list[dict[str, Any]]:
    # Not record.data(), which walks every list once more.
    return [
        to_native(dict(zip(record.keys(), record.values(), strict=True)))
        for record in records
    ]


async def value_of(result: neo4j.AsyncResult) -> Any:
    """The one value of the one record; None if there is no record."""
    record = await result.single()
    return record.value() if record else None


def to_native(value: Any) -> Any:
    """Neo4j's dates as Python's, at any depth."""
    if isinstance(value, dict):
        return {key: to_native(item) for key, item in value.items()}
    if isinstance(value, list):
        if PLAIN.issuperset(map(type, value)):  # a column of numbers, most often
            return value
        return [to_native(item) for item in value]
    convert = getattr(value, "to_native", None)
    return convert() if convert else value
