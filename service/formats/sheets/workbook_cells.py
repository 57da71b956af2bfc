"""Writes the cells of a workbook as lines of JSON; a program of its own.

It runs as a process because a workbook of a few kilobytes can name cells so far apart
that calamine asks for hundreds of gigabytes, which ends its process. It imports nothing
of ours, so that it starts in 0.1 s: `python -P workbook_cells.py WORKBOOK CELLS`.

CELLS gets a line `[number, [cell, …]]` for each line of each sheet, and one for several
blank lines. The sheets are written to the standard output.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any, BinaryIO
from zipfile import ZipFile, is_zipfile

import orjson
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MAX_MEMORY = 600_000_000  # bytes, with the interpreter and its libraries
MAX_CELLS_SIZE = 1_000_000_000  # bytes of the file of cells
SECONDS, MAX_SECONDS = 10, 40  # of the processor: for a small workbook, for any
BYTES_A_SECOND = 100_000  # of a larger one
CHUNK = 1 << 20
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
ERROR_CELL = re.compile(rb'<c [^>]*\bt="e"')
LARGEST_EXACT = 1e16  # whole floats below it have all their digits


def main(workbook: str, cells: str) -> None:
    limit_resources(processor_seconds(os.path.getsize(workbook)))
    try:
        with open(cells, "wb") as file:
            result: dict[str, Any] = {"sheets": list(write_sheets(workbook, file))}
        result["errors"] = number_of_errors(workbook)
    except PasswordError:
        result = {"error": "a password protects it; save it without one"}
    except CalamineError as error:
        result = {"error": f"it is damaged, or no workbook ({error})"}
    except MemoryError:
        raise
    except OSError as error:
        result = {"error": f"its cells cannot be stored ({error.strerror})"}
    except BaseException as error:  # a panic of calamine is no Exception
        result = {"error": f"it is damaged ({type(error).__name__})"}
    sys.stdout.buffer.write(orjson.dumps(result))


def processor_seconds(size: int) -> int:
    """The time that a workbook of so many bytes may take: ten times the usual one.

    Some damaged files of a few kilobytes would keep calamine busy for ever.

    >>> processor_seconds(2_000), processor_seconds(1_000_000)
    (10, 20)
    """
    return min(SECONDS + size // BYTES_A_SECOND, MAX_SECONDS)


def limit_resources(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {resource.RLIMIT_AS: MAX_MEMORY, resource.RLIMIT_CPU: seconds}
    limits[resource.RLIMIT_FSIZE] = MAX_CELLS_SIZE
    limits[resource.RLIMIT_CORE] = 0
    for kind, limit in limits.items():
        hard = resource.getrlimit(kind)[1]
        if hard == resource.RLIM_INFINITY or limit < hard:
            resource.setrlimit(kind, (limit, hard))


def write_sheets(workbook: str, file: BinaryIO) -> Iterator[dict[str, Any]]:
    """Write each sheet; the name of each, whether it is hidden, and where it begins."""
    with CalamineWorkbook.from_path(workbook) as book:
        for index, sheet in enumerate(book.sheets_metadata):
            if sheet.typ is not SheetTypeEnum.WorkSheet:
                continue
            start = file.tell()
            for line in sheet_lines(book.get_sheet_by_index(index)):
                file.write(orjson.dumps(line) + b"\n")
            yield {
                "name": sheet.name,
                "is_hidden": sheet.visible is not SheetVisibleEnum.Visible,
                "start": start,
                "end": file.tell(),
            }


def number_of_errors(workbook: str) -> int:
    """How many cells of an .xlsx show an error such as #N/A; calamine has no value."""
    if not is_zipfile(workbook):
        return 0
    count = 0
    with ZipFile(workbook) as parts:
        for name in parts.namelist():
            if SHEET_PART.fullmatch(name):
                with parts.open(name) as part:
                    count += errors_of_part(part)
    return count


def errors_of_part(part: IO[bytes]) -> int:
    count, rest = 0, b""
    while chunk := part.read(CHUNK):
        data = rest + chunk
        end = data.rfind(b"<")  # the last tag may go on in the next chunk
        count += len(ERROR_CELL.findall(data, 0, end))
        rest = data[end:]
    return count


def sheet_lines(sheet: CalamineSheet) -> Iterator[tuple[int, list[str | None]]]:
    is_blank = False
    for number, row in enumerate(sheet.iter_rows(), 1):
        while row and row[-1] == "":
            row.pop()
        if row or not is_blank:
            yield number, [cell_text(value) for value in row]
        is_blank = not row


def cell_text(value: Any) -> str | None:
    """A cell as the text that `tables` would have.

    >>> cell_text(12.0), cell_text(0.1), cell_text(True), cell_text(" ")
    ('12', '0.1', 'true', None)
    >>> cell_text(date(2026, 11, 1)), cell_text(timedelta(hours=30))
    ('2026-11-01', '30:00:00')
    """
    kind = type(value)
    if isinstance(value, str):
        return value.strip() or None
    if kind is float:
        is_whole = value.is_integer() and abs(value) < LARGEST_EXACT
        return str(int(value) if is_whole else value)
    if kind is bool:
        return "true" if value else "false"
    if kind is datetime and value.time() == time():
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat()
    if kind is timedelta:
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(value)


if __name__ == "__main__":
    main(*sys.argv[1:])
