"""The tables that a file holds, whatever its format."""

from __future__ import annotations

from pathlib import Path

from service.errors import BadInput
from service.formats.sheets.csv_grid import csv_grid
from service.formats.sheets.header import sheet_of
from service.formats.sheets.json_grid import json_grid
from service.formats.sheets.sheet import Grid, Sheet, SheetOptions
from service.formats.sheets.workbook import workbook_grids
from service.inputs.content import JSON_CONTENTS, WORKBOOKS, Content
from service.inputs.packed import content_at, data_files

DETECTED = SheetOptions()


def sheets_of(path: Path, options: SheetOptions = DETECTED) -> list[Sheet]:
    """The tables of a file, or of the files of a zip; those without a row are none."""
    sheets = []
    for file in data_files(path):
        for grid in grids_of(file, options):
            if sheet := sheet_of(grid, options):
                sheets.append(sheet)
    return sheets


def grids_of(file: Path, options: SheetOptions) -> list[Grid]:
    content = content_at(file)
    if content in WORKBOOKS:
        return workbook_grids(file, Content(content))
    if content in JSON_CONTENTS:
        return [json_grid(file, Content(content))]
    if content is not None:
        text = f"this is {content}, not a table; save it as .xlsx or CSV"
        raise BadInput(f"{file}: {text}")
    return [csv_grid(file, options)]
