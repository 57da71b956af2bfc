"""Rows of a CSV file, each with its line; the file must be UTF-8."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from service.formats.rows import Faults, TableRow


def csv_rows(file: Path, faults: Faults, delimiter: str = ",") -> Iterator[TableRow]:
    """The lines of one CSV file; an empty file, or a header alone, has none."""
    name, line = str(file), 1  # the line where a row begins: a cell may span several
    if not check_encoding(file, faults):
        return
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, strict=True, delimiter=delimiter)
        try:
            header = read_header(next(reader, []), name, faults)
            line = reader.line_num + 1
            is_complete = all(header)
            for cells in reader:
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


def read_header(cells: list[str], name: str, faults: Faults) -> list[str]:
    header = [column.strip() for column in cells]
    for column in sorted({c for c in header if c and header.count(c) > 1}):
        text = "the header has this column twice; remove or rename one"
        faults.add(name, 1, column, text)
    return header


def check_encoding(file: Path, faults: Faults) -> bool:
    """Whether the file is UTF-8 to its end; checked before any row is read."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                text = f"not UTF-8 ({error.reason}); save the file as UTF-8"
                faults.add(str(file), number, None, text)
                return False
    return True


def cells_without_column(header: list[str], cells: list[str]) -> list[str]:
    """The texts of the cells that the header does not name."""
    pairs = zip_longest(header, cells, fillvalue="")
    return [cell.strip() for column, cell in pairs if not column]


def cells_by_column(header: list[str], cells: list[str]) -> dict[str, str | None]:
    if len(cells) < len(header):
        cells = cells + [""] * (len(header) - len(cells))
    pairs = zip(header, cells, strict=False)
    return {column: cell.strip() or None for column, cell in pairs if column}
