"""Reader of the `tables` format: one CSV file, or sheet, for each kind of record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from service.errors import BadInput
from service.formats.readers.csv_file import csv_rows
from service.formats.readers.table_sheets import column_name, table_name, table_rows
from service.formats.records import COLUMNS
from service.formats.rows import Faults, Rows
from service.formats.sheets import SheetOptions, sheets_of
from service.inputs.content import WORKBOOKS, content_of
from service.inputs.encodings import UnknownEncoding, check_utf8
from service.inputs.packed import (
    chunks_of,
    collection_files,
    content_at,
    is_collection,
    open_data,
)

NAMES = tuple(COLUMNS)
MAX_HEADER = 1 << 16  # bytes


def tables_reader(options: SheetOptions) -> Callable[[Path, Faults], Rows]:
    """A reader of tables that are written as the options say, or as is detected."""
    return lambda path, faults: read_tables(path, faults, options)


def read_tables(
    path: Path, faults: Faults, options: SheetOptions | None = None
) -> Rows:
    """Read all tables of a folder, a zip, a workbook, or the one of a CSV file."""
    options = options or SheetOptions()
    is_file = path.is_file() and not is_collection(path)
    if is_file and content_at(path) in WORKBOOKS:
        yield from workbook_rows(path, faults, options)
        return
    for file in table_files(path, faults):
        table = table_name(file.stem)
        if is_standard(file, table, options):
            yield from ((table, row) for row in csv_rows(file, faults))
        else:
            for sheet in sheets_of(file, options):
                yield from table_rows(table, sheet, faults)


def table_files(path: Path, faults: Faults) -> list[Path]:
    """The files in the order in which they are read; one of another name is a fault."""
    if not is_collection(path):
        if table_name(path.stem) in COLUMNS and path.is_file():
            return [path]
        names = f"a folder with members.csv, ties.csv, …; got a {kind_of(path)}"
        raise BadInput(f"{path}: expected {names}")
    files = collection_files(path, ".csv")
    files.sort(key=lambda file: (rank(table_name(file.stem)), file))
    if not files:
        text = "the folder has no .csv file; expected members.csv, ties.csv, …"
        raise BadInput(f"{path}: {text}")
    for file in files:
        if table_name(file.stem) not in COLUMNS:
            known = ", ".join(f"{name}.csv" for name in NAMES)
            text = f"unknown file name; rename it to one of {known}, or remove it"
            faults.add(str(file), 1, None, text)
    return [file for file in files if table_name(file.stem) in COLUMNS]


def kind_of(path: Path) -> str:
    return "folder" if path.is_dir() else "file of another name"


def is_standard(file: Path, table: str, options: SheetOptions) -> bool:
    """Whether the file is UTF-8 with commas, as we write it: that is read faster."""
    if options != SheetOptions():
        return False
    with open_data(file) as data:
        head = data.read(MAX_HEADER)
    if content_of(head) is not None:
        return True  # no CSV: the faster reader says so
    header = head.partition(b"\n")[0].decode("utf-8", "replace").removeprefix("\ufeff")
    names = {name.strip(' "\r') for name in header.split(",")}
    is_renamed = any(column_name(table, name) != name for name in names)
    if is_renamed or (not names & COLUMNS[table] and set(header) & set(";\t|")):
        return False
    try:
        check_utf8(chunks_of(file))
    except UnknownEncoding:
        return False
    return True


def workbook_rows(path: Path, faults: Faults, options: SheetOptions) -> Rows:
    """The rows of the sheets that are named as tables, in the order of the tables."""
    sheets = {table_name(sheet.name): sheet for sheet in sheets_of(path, options)}
    for name in sheets:
        if name not in COLUMNS:
            faults.note(f"sheet {sheets[name].name!r} is no table: not imported")
    for name in sorted(sheets.keys() & COLUMNS.keys(), key=rank):
        yield from table_rows(name, sheets[name], faults)


def rank(table: str) -> tuple[int, str]:
    """Members come first, then ties, then everything else."""
    return {"members": 0, "ties": 1}.get(table, 2), table
