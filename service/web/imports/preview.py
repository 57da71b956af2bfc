"""The first records of a file of an import, as tables of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from service.errors import BadInput
from service.formats.input_file import FileFormat, InputFile
from service.formats.proposals.preview import Records, first_columns, first_records_of
from service.web.imports.folder import Document

CODED = ("kind", "roles", "role", "state", "status", "outcome", "purpose")


def preview(path: Path, format: FileFormat) -> list[Document]:
    """The first records, or why they cannot be read."""
    try:
        records = first_records_of(InputFile(path, format, ""))
    except BadInput as error:
        return [{"title": str(error), "columns": [], "rows": []}]
    return list(record_tables(records))


def record_tables(records: Records) -> Iterator[Document]:
    """The first records of each table, with their first columns."""
    for name, rows in records.items():
        columns = first_columns(rows)
        yield {
            "title": f"The first {name.replace('_', ' ')}",
            "columns": [c.removeprefix("x:").replace("_", " ") for c in columns],
            "rows": [[plain(row, column) for column in columns] for row in rows],
        }


def plain(row: dict[str, str], column: str) -> str:
    """A cell for people: kinds and the like are not in capitals.

    >>> plain({"kind": "CO_INVESTMENT", "name": "IBM"}, "kind")
    'co investment'
    """
    text = row.get(column, "")
    return text.lower().replace("_", " ") if column in CODED else text
