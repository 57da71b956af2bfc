"""Writer of the `tables` format: a folder of CSV files, which `load` reads again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from service.formats.blocks import ExportSource
from service.formats.connections import FILES, ExportedConnection
from service.formats.writers.csv import csv_bytes
from service.formats.writers.output_files import new_folder, save_file
from service.vocabulary.attributes import is_attribute


async def write_tables(
    source: ExportSource, path: Path, overwrite: bool = False
) -> None:
    """Write all nodes and ties with all their properties; empty tables have no file."""
    with new_folder(path, overwrite) as folder:
        for name, connections in FILES.items():
            file = folder / f"{name}.csv"
            await save_file(file, table(source, connections))
            if file.stat().st_size == 0:
                file.unlink()


async def table(
    source: ExportSource, connections: list[ExportedConnection]
) -> AsyncIterator[bytes]:
    """One file with the columns of all its connections; nothing without a record."""
    connections = [await source.with_attributes(each) for each in connections]
    names = dict.fromkeys(c for connection in connections for c in connection.header)
    header = sorted(names, key=is_attribute)  # extra attributes come last
    begun = False
    for connection in connections:
        indexes = {column: index for index, column in enumerate(connection.header)}
        order = [indexes.get(column, -1) for column in header]
        async for block in source.blocks(connection):
            rows = [[row[i] if i >= 0 else None for i in order] for row in block]
            yield csv_bytes(rows if begun else [list[object](header), *rows])
            begun = True
