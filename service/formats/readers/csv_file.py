"""Rows of a CSV file, each with its line; the file must be UTF-8."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from service.formats.rows import Faults, Row


def csv_rows(file: Path, faults: Faults, delimiter: str = ",") -> Iterator[Row]:
    """The lines of one CSV file; an empty one, or a header alone, has none."""
    name, line = str(file), 1  # the line where a row begins: a cell may hold several
    if not decodable(file, faults):
        return
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, strict=True, delimiter=delimiter)
        try:
            header = [column.strip() for column in next(reader, [])]
            for column in sorted({c for c in header if c and header.count(c) > 1}):
                faults.add(name, 1, column, "the column stands twice")
            line = reader.line_num + 1
            whole = all(header)
            for cells in reader:
                if not (whole and len(cells) <= len(header)) and any(
                    cell.strip() for cell in unnamed(header, cells)
                ):
                    faults.add(name, line, None, "more cells than the header names")
                found = named(header, cells)
                if any(found.values()):
                    yield Row(name, line, found)
                line = reader.line_num + 1
        except csv.Error as error:
            faults.add(name, line, None, f"not a CSV line: {error}")


def decodable(file: Path, faults: Faults) -> bool:
    """Whether all of it is UTF-8; told before anything is read from it."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                faults.add(str(file), number, None, f"not UTF-8: {error.reason}")
                return False
    return True


def unnamed(header: list[str], cells: list[str]) -> list[str]:
    pairs = zip_longest(header, cells, fillvalue="")
    return [cell for column, cell in pairs if not column]


def named(header: list[str], cells: list[str]) -> dict[str, str | None]:
    if len(cells) < len(header):
        cells = cells + [""] * (len(header) - len(cells))
    pairs = zip(header, cells, strict=False)
    return {column: cell.strip() or None for column, cell in pairs if column}
