"""The first records that a mapping gives, as they would be loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from service.formats.identities import Identities
from service.formats.identities.row_store import RowStore
from service.formats.input_file import InputFile
from service.formats.readers import mapped_format
from service.formats.readers.mapping_file import TableMapping
from service.formats.rows import Faults
from service.vocabulary import NODES

MOST_ROWS = 5_000  # that are read for a preview
FIRST_RECORDS = 5  # of each table
FIRST_COLUMNS = ("kind", "name", "title", "roles", "source", "target")
MOST_COLUMNS = 8  # of a record
LINKS = frozenset(link.name for record in NODES.values() for link in record.links)
LINKS |= {"source", "target"}
Records = dict[str, list[dict[str, str]]]


def first_records(
    path: Path, mapping: TableMapping, limit: int = FIRST_RECORDS
) -> Records:
    """The first records of a table that is read with this mapping."""
    format = mapped_format(mapping, "the proposed mapping")
    return first_records_of(InputFile(path, format, ""), limit)


def first_records_of(file: InputFile, limit: int = FIRST_RECORDS) -> Records:
    """Up to `limit` records of each table, with names for the ends of ties."""
    store = RowStore()
    for table, row in islice(file.format.reader(file.path, Faults()), MOST_ROWS):
        store.add(0, table, row)
    names: dict[str, str] = {}
    records: Records = defaultdict(list)
    for table, row in Identities([file], store).rows(Faults()):
        cells = {name: cell for name, cell in row.cells.items() if cell is not None}
        key = cells.pop("key", "")
        names[key] = cells.get("name") or cells.get("title") or key
        if len(records[table]) < limit:
            records[table].append(cells)
    store.close()
    return {table: [with_names(r, names) for r in rs] for table, rs in records.items()}


def with_names(record: dict[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """The record with names where others are named by their keys."""
    return {
        column: names.get(cell, cell) if column in LINKS else cell
        for column, cell in record.items()
    }


def first_columns(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The columns to show of records, those that say most first."""
    every = dict.fromkeys([*FIRST_COLUMNS, *(column for row in rows for column in row)])
    used = [column for column in every if any(column in row for row in rows)]
    return used[:MOST_COLUMNS]
