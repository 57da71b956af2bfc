"""Rows of a CSV file, each with its line; the file must be UTF-8."""

from __future__ import annotations

import csv
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from service.errors import BadInput
from service.formats.rows import Faults, TableRow
from service.formats.sheets.csv_lines import MAX_ROW, BoundedLines
from service.formats.sheets.sheet import MAX_COLUMNS
from service.inputs.content import content_of
from service.inputs.files import exists
from service.inputs.packed import open_data

CHUNK = 1 << 20
NO_LINE_END = f"a line has more than {MAX_ROW:,} characters; is this a CSV file?"


def csv_rows(
    file: Path, faults: Faults, delimiter: str = ",", needed: Iterable[str] = ()
) -> Iterator[TableRow]:
    """The lines of one CSV file; an empty file, or a header alone, has none.

    A file without a column of `needed` is a fault, and none of its lines is read.
    """
    name, line = str(file), 1  # the line where a row begins: a cell may span several
    if not check_text(file, faults):
        return
    with open_data(file) as data:
        lines = BoundedLines(data, "utf-8-sig")
        reader = csv.reader(lines, strict=True, delimiter=delimiter)
        try:
            header = read_header(next(reader, []), name, faults)
            if not check_columns(header, needed, name, faults):
                return
            line = reader.line_num + 1
            is_complete = all(header)
            for cells in reader:
                lines.row_size = 0
                fits = is_complete and len(cells) <= len(header)
                if not fits and any(cells_without_column(header, cells)):
                    message = "this line has more cells than the header has columns"
                    faults.add(name, line, None, message)
                row = cells_by_column(header, cells)
                if any(row.values()):
                    yield TableRow(name, line, row)
                line = reader.line_num + 1
        except csv.Error as error:
            faults.add(name, line, None, f"not valid CSV: {error}")


def needed_file(folder: Path, name: str, format: str) -> Path:
    """The file of this name, which a format needs in its folder."""
    file = folder / name
    if not (folder.is_dir() and exists(file)):
        raise BadInput(f"{file}: not found; the {format} format needs this file")
    return file


def read_header(cells: list[str], name: str, faults: Faults) -> list[str]:
    header = [column.strip() for column in cells]
    for column, count in sorted(Counter(header).items()):
        if column and count > 1:
            text = "the header has this column twice; remove or rename one"
            faults.add(name, 1, column, text)
    return header


def check_columns(
    header: list[str], needed: Iterable[str], name: str, faults: Faults
) -> bool:
    """Whether the rows can be read: the header names every needed column."""
    if len(header) > MAX_COLUMNS:
        text = f"the header has {len(header):,} columns; at most {MAX_COLUMNS:,} are"
        faults.add(name, 1, None, f"{text} read. Is this a CSV file?")
        return False
    missing = [column for column in needed if column not in header]
    for column in missing:
        faults.add(name, 1, column, "the file has no such column; add it")
    return not missing


def check_text(file: Path, faults: Faults) -> bool:
    """Whether the file is UTF-8 to its end, in lines, and not of another format.

    It is checked before any row is read.
    """
    decoder = getincrementaldecoder("utf-8")()
    line, unended = 1, 0  # bytes since the last end of a line
    with open_data(file) as data:
        chunk = data.read(CHUNK)
        if other := content_of(chunk):
            text = f"this is {other}, not CSV; save it as CSV or name its --format"
            faults.add(str(file), 1, None, text)
            return False
        while True:
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                line += error.object.count(b"\n", 0, error.start)
                text = f"not UTF-8 ({error.reason}); save the file as UTF-8"
                faults.add(str(file), line, None, text)
                return False
            if not chunk:
                return True
            line += chunk.count(b"\n")
            end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            unended = unended + len(chunk) if end < 0 else len(chunk) - end - 1
            if unended > MAX_ROW:
                faults.add(str(file), line, None, NO_LINE_END)
                return False
            chunk = data.read(CHUNK)


def cells_without_column(header: list[str], cells: list[str]) -> list[str]:
    """The texts of the cells that the header does not name."""
    pairs = zip_longest(header, cells, fillvalue="")
    return [cell.strip() for column, cell in pairs if not column]


def cells_by_column(header: list[str], cells: list[str]) -> dict[str, str | None]:
    if len(cells) < len(header):
        cells = cells + [""] * (len(header) - len(cells))
    pairs = zip(header, cells, strict=False)
    return {column: cell.strip() or None for column, cell in pairs if column}
