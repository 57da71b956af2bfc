"""A SQLite database of tables: rows page by page, then their indexes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

from service.feeds.encoders import Blocks, Header
from service.feeds.table_reader import Warnings

# Declared types tell readers what a column is; SQLite stores days and times as text.
TYPES: dict[type, str] = {
    str: "TEXT",
    int: "INTEGER",
    float: "REAL",
    bool: "BOOLEAN",
    date: "DATE",
    datetime: "DATETIME",
    list: "TEXT",
}
FAST = (  # a file that is thrown away unless it is complete needs no journal
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
)


class SqliteFile:
    """Writes one table after the other into a new database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    async def add(
        self,
        name: str,
        header: Header,
        blocks: Blocks,
        key: tuple[str, ...] = (),
        warnings: Warnings | None = None,
    ) -> int:
        """Write a table, and return how many rows it has. `key`: its primary key.

        A table of SQLite has no room for warnings.
        """
        columns = [f"{quoted(c)} {TYPES[kind]}" for c, kind in header.items()]
        columns += [f"PRIMARY KEY ({', '.join(map(quoted, key))})"] if key else []
        self.database.execute(f"CREATE TABLE {quoted(name)} ({', '.join(columns)})")
        insert = f"INSERT INTO {quoted(name)} VALUES ({', '.join('?' * len(header))})"
        kinds, count = header.values(), 0
        self.database.execute("BEGIN")
        async for block in blocks:
            values = map(stored_values, kinds, block)
            count += self.database.executemany(
                insert, zip(*values, strict=True)
            ).rowcount
        for column in indexed_columns(header, key):
            index = quoted(f"{name}_by_{column}")
            on = f"{quoted(name)} ({quoted(column)})"
            self.database.execute(f"CREATE INDEX {index} ON {on}")
        self.database.execute("COMMIT")
        return count


@contextmanager
def sqlite_file(path: Path) -> Iterator[SqliteFile]:
    """A new database at `path`."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for line in FAST:
            database.execute(line)
        yield SqliteFile(database)
        database.execute("PRAGMA optimize = 0x10002")  # figures for the query planner


def stored_values(kind: type, values: list[Any]) -> list[Any]:
    """Values as SQLite stores them: lists as JSON; true is 1, missing is NULL."""
    if kind is list:
        return [v if v is None else orjson.dumps(v).decode() for v in values]
    return values


def indexed_columns(header: Header, key: tuple[str, ...]) -> list[str]:
    """The columns by which others are joined, and the day of a series.

    >>> indexed_columns({"key": str, "source_key": str, "name": str}, ("key",))
    ['source_key']
    """
    names = [n for n in header if n in ("key", "as_of") or n.endswith("_key")]
    return [name for name in names if name not in key[:1]]


def quoted(name: str) -> str:
    """A name as SQL writes it; names are letters, digits and `_`."""
    return f'"{name}"'
