"""Workbooks of Excel and OpenDocument as grids, one for each sheet."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from service.errors import BadInput
from service.formats.rows import Faults
from service.formats.sheets.sheet import Grid, GridLine
from service.inputs.content import Content
from service.inputs.packed import file_on_disk

PROGRAM = Path(__file__).with_name("workbook_cells.py")
MAX_SECONDS = 120
TOO_LARGE = "it needs too much memory or time; save the sheet as CSV"
FORMATS = {
    Content.XLSX: "Excel workbook",
    Content.XLS: "Excel 97 workbook",
    Content.ODS: "OpenDocument spreadsheet",
}


def workbook_grids(path: Path, content: Content) -> list[Grid]:
    """The sheets of a workbook that are not hidden."""
    cells, result = workbook_cells(path)
    visible = [sheet for sheet in result["sheets"] if not sheet["is_hidden"]]
    notes = tuple(notes_of(result))
    return [
        Grid(
            name=sheet["name"],
            file=f"{path} sheet {sheet['name']}",
            format=f"{FORMATS[content]}, sheet {sheet['name']}",
            lines=SheetCells(cells, sheet["start"], sheet["end"]).lines,
            has_typed_cells=True,
            notes=notes if index == 0 else (),
        )
        for index, sheet in enumerate(visible)
    ]


def notes_of(result: dict[str, Any]) -> Iterator[str]:
    for sheet in result["sheets"]:
        if sheet["is_hidden"]:
            yield f"hidden sheet {sheet['name']!r}: not imported"
    if count := result["errors"]:
        yield f"cells with an error such as #N/A ({count:,}): read as blank"


class CellsFile:
    """A temporary file, which is removed when nobody can read it any more."""

    def __init__(self) -> None:
        handle, self.name = tempfile.mkstemp(prefix="valuenet-")
        os.close(handle)
        weakref.finalize(self, os.unlink, self.name)


def workbook_cells(path: Path) -> tuple[CellsFile, dict[str, Any]]:
    """The file of the cells, and what the process says of the sheets."""
    cells = CellsFile()
    with file_on_disk(path) as workbook:
        command = [sys.executable, "-P", str(PROGRAM), str(workbook), cells.name]
        try:
            process = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=MAX_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise BadInput(f"{path}: {TOO_LARGE}") from error
    if process.returncode:
        raise BadInput(f"{path}: {TOO_LARGE}")
    result = orjson.loads(process.stdout)
    if "error" in result:
        raise BadInput(f"{path}: this workbook cannot be read: {result['error']}")
    return cells, result


@dataclass(frozen=True)
class SheetCells:
    """The cells of one sheet in the file of cells of its workbook."""

    cells: CellsFile
    start: int
    end: int

    def lines(self, _: Faults) -> Iterator[GridLine]:
        """Lines of two sheets, or of one that is read twice, may be read in turn."""
        position = self.start
        with open(self.cells.name, "rb") as file:
            file.seek(position)
            while position < self.end:
                line = file.readline()
                position += len(line)
                number, cells = orjson.loads(line)
                yield number, cells
