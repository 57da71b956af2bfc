"""Reads files without a database: their rows by table, their notes, their faults."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from service.errors import ImportRefusal
from service.formats.identities import Identities
from service.formats.identities.row_store import RowStore
from service.formats.input_file import InputFile
from service.formats.load import read_records
from service.formats.readers import file_format
from service.formats.rows import Faults

Read = tuple[dict[str, list[dict[str, Any]]], dict[str, int]]


def rows_of(path: Path, format: str, mapping: Path | None = None) -> Read:
    """(non-blank cells of the rows by table, notes); a fault fails the test."""
    faults = Faults()
    found = defaultdict(list)
    for table, row in file_format(format, mapping).reader(path, faults):
        found[table].append({n: v for n, v in row.cells.items() if v is not None})
    assert faults.messages == []
    return dict(found), dict(faults.notes)


def keyed_rows_of(path: Path, format: str, mapping: Path | None = None) -> Read:
    """(non-blank cells by table, with keys, and notes) of a load of one file."""
    files = [InputFile(path, file_format(format, mapping), "")]
    faults, store, found = Faults(), RowStore(), defaultdict(list)
    for table, row in files[0].format.reader(path, faults):
        store.add(0, table, row)
    for table, row in Identities(files, store, []).rows(faults):
        found[table].append({n: v for n, v in row.cells.items() if v is not None})
    assert faults.messages == []
    return dict(found), dict(faults.notes)


def rows_with_ids(path: Path, format: str = "ocds") -> Read:
    """The same, with the id of each row that has one."""
    faults = Faults()
    tables = defaultdict(list)
    for table, row in file_format(format).reader(path, faults):
        cells = {n: v for n, v in row.cells.items() if v is not None}
        tables[table].append({"id": row.id, **cells} if row.id else cells)
    assert faults.messages == []
    return dict(tables), dict(faults.notes)


def faults_of(path: Path, format: str, mapping: Path | None = None) -> list[str]:
    """The faults of a file, without the name of its folder."""
    try:
        found, faults = read_records(path, format, mapping)
        found.close()
    except ImportRefusal as error:
        return [str(fault).replace(f"{path.parent}/", "") for fault in error.faults]
    return [text.replace(f"{path.parent}/", "") for text in faults.messages]


def unnumbered(rows: list[str]) -> list[str]:
    """A dump without internal numbers, the schema record and the change log."""
    own = ("{'labels': ['ValuenetSchema']", "{'labels': ['Change']")
    kept = [row for row in rows if not row.startswith(own)]
    return sorted(re.sub(r"\('number', \d+\),? ?", "", row) for row in kept)
