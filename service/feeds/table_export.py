"""All tables in one SQLite database, or in one folder of Parquet files.

`_tables` says what is there and what was left out, `_columns` explains each column,
and `_warnings` has what the answers of questions warn of.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import orjson

from schema.query import schema
from service.errors import BadInput
from service.feeds.changes import last_change
from service.feeds.encoders import Blocks, Header
from service.feeds.file_request import FileRequest, file_request, known_names
from service.feeds.local_table import local_reader
from service.feeds.sqlite_file import sqlite_file
from service.feeds.table import AS_OF, DAY_COLUMN, Table
from service.feeds.table_documents import read_tables
from service.feeds.table_files import PARQUET, complete_output
from service.feeds.table_reader import TableReader, Warnings
from service.feeds.table_request import STEP
from service.formats.blocks import Progress
from service.graph import Graph
from service.server.export_list import TYPES
from service.settings import Settings

DAY_TEXT = "The day that the row is about."
TABLES_HEADER: Header = {
    "name": str,
    "description": str,
    "rows": int,
    "parameters": str,
    "change": int,
    "read_at": datetime,
    "left_out": str,
}
TABLES_TEXTS = {
    "name": "The name of the table.",
    "description": "What the table has.",
    "rows": "How many rows it has here.",
    "parameters": "The values of its parameters, as JSON; others have their defaults.",
    "change": "The number of the last change before it was read.",
    "read_at": "When it was read.",
    "left_out": "Why it is not here.",
}
COLUMNS_TEXTS = {
    "table_name": "The name of the table.",
    "name": "The name of the column.",
    "type": "The type of its values.",
    "description": "What its values are.",
}
COLUMNS_HEADER: Header = dict.fromkeys(COLUMNS_TEXTS, str)
WARNINGS_HEADER: Header = {"table_name": str, DAY_COLUMN: date, "warning": str}
WARNINGS_TEXTS = {
    "table_name": "The name of the table.",
    DAY_COLUMN: "The day of a series that it is about.",
    "warning": "What to know before relying on the rows.",
}
Row = tuple[Any, ...]


class TableWriter(Protocol):
    """A file or folder that takes one table after the other."""

    async def add(
        self,
        name: str,
        header: Header,
        blocks: Blocks,
        key: tuple[str, ...] = (),
        warnings: Warnings | None = None,
    ) -> int: ...


@dataclass(frozen=True)
class TableChoice:
    """What to export: tables (all if none is named), their parameters, and days."""

    names: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)  # asOf and step


@dataclass(frozen=True)
class ExportPlan:
    """The tables that are read, the values of the caller, and what is left out."""

    requests: list[FileRequest] = field(default_factory=list)
    values: dict[str, Mapping[str, str]] = field(default_factory=dict)
    left_out: list[tuple[Table, str]] = field(default_factory=list)


async def export_tables(
    graph: Graph,
    settings: Settings,
    path: Path,
    format: str,
    plan: ExportPlan,
    progress: Progress,
) -> dict[str, int]:
    """Write tables to `path`, one after the other, and return their row counts."""
    local = local_reader(graph, settings)
    counts: dict[str, int] = {}
    entries: list[Row] = []
    warnings: list[Row] = []
    with complete_output(path) as new, table_writer(format, new) as writer:
        for request in plan.requests:
            table = request.rows.table
            change, _ = await last_change(graph)
            read_at = datetime.now(UTC).isoformat(timespec="seconds")
            reader = TableReader(local.engine, local.context)
            count = await add_table(reader, writer, request)
            warnings += warning_rows(table.name, reader.warnings)
            counts[table.name] = count
            given = orjson.dumps(plan.values[table.name]).decode()
            entries.append(
                (table.name, table.description, count, given, change, read_at, None)
            )
            progress(1)
        for table, reason in plan.left_out:
            nothing = (None,) * 4
            entries.append((table.name, table.description, *nothing, reason))
        await writer.add("_tables", TABLES_HEADER, one_block(entries), ("name",))
        columns = list(column_rows(plan))
        await writer.add("_columns", COLUMNS_HEADER, one_block(columns))
        await writer.add("_warnings", WARNINGS_HEADER, one_block(warnings))
    return counts


def plan_of(settings: Settings, format: str, choice: TableChoice) -> ExportPlan:
    """Which tables are read. One that is not named may lack required values."""
    tables = read_tables(schema._schema, settings)
    for name in (*choice.names, *choice.values):
        tables.table(name)
    plan = ExportPlan()
    for name, table in tables.tables.items():
        if choice.names and name not in choice.names:
            continue
        values = values_of(choice, name)
        for each in values:
            if each not in (known := known_names(table, format)):
                text = f"{each}: unknown parameter. Known: {', '.join(known)}"
                raise BadInput(f"{name}: {text}.")
        missing = [each for each in table.missing if each not in values]
        if missing and not choice.names:
            options = " ".join(f"--set {name}.{each}=VALUE" for each in missing)
            plan.left_out.append((table, f"It needs {options}."))
            continue
        if table.day is None:
            values = {n: v for n, v in values.items() if n not in (AS_OF, STEP)}
        plan.values[name] = values
        try:
            plan.requests.append(file_request(table, format, values))
        except BadInput as error:
            raise BadInput(f"{name}: {error}") from error
    return plan


def values_of(choice: TableChoice, name: str) -> dict[str, str]:
    return {**choice.days, **choice.values.get(name, {})}


@contextmanager
def table_writer(format: str, path: Path) -> Iterator[TableWriter]:
    """A new file or folder for tables."""
    if format == PARQUET:
        from service.feeds.parquet_folder import ParquetFolder  # needs an extra

        yield ParquetFolder(path)
        return
    with sqlite_file(path) as file:
        yield file


async def add_table(
    reader: TableReader, writer: TableWriter, request: FileRequest
) -> int:
    rows = request.rows
    key = (rows.table.key,) if rows.table.key in request.header else ()
    names = (DAY_COLUMN, *key) if rows.days and key else key
    blocks = reader.blocks(rows)
    try:
        return await writer.add(
            rows.table.name, request.header, blocks, names, reader.warnings
        )
    except BadInput as error:
        raise BadInput(f"{rows.table.name}: {error}") from error


def column_rows(plan: ExportPlan) -> Iterator[Row]:
    """What each column of the export is, those of its own tables too."""
    for request in plan.requests:
        table = request.rows.table
        texts = {column.name: column.description for column in table.columns}
        texts[DAY_COLUMN] = DAY_TEXT
        for name, kind in request.header.items():
            yield table.name, name, TYPES[kind], texts[name]
    for owner, header, texts in (
        ("_tables", TABLES_HEADER, TABLES_TEXTS),
        ("_columns", COLUMNS_HEADER, COLUMNS_TEXTS),
        ("_warnings", WARNINGS_HEADER, WARNINGS_TEXTS),
    ):
        for name, kind in header.items():
            yield owner, name, TYPES[kind], texts[name]


def warning_rows(name: str, warnings: Warnings) -> Iterator[Row]:
    for text, days in warnings.items():
        for day in days or (None,):
            yield name, day, text


async def one_block(rows: list[Row]) -> AsyncIterator[list[list[Any]]]:
    if rows:
        yield [list(values) for values in zip(*rows, strict=True)]
