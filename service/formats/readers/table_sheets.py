"""Sheets with the columns of the `tables` format, in any dialect or workbook."""

from __future__ import annotations

from service.formats.readers.mapping_cells import (
    TYPES,
    CellSource,
    ambiguity,
    standard_text,
)
from service.formats.records import COLUMNS
from service.formats.rows import Faults, Rows
from service.formats.sheets import Sheet
from service.formats.sheets.sheet_types import sheet_types

LEAST_SHARE = 0.5  # of the columns of a table's sheet, which are ours


def table_name(text: str) -> str:
    """
    >>> table_name("Service cases"), table_name("Members")
    ('service_cases', 'members')
    """
    return text.strip().casefold().replace(" ", "_").replace("-", "_")


def column_name(table: str, header: str) -> str:
    """The column of ours that a header means; another header stays as it is.

    >>> column_name("members", "Founded on"), column_name("members", "Tier")
    ('founded_on', 'Tier')
    """
    name = table_name(header)
    return name if name in COLUMNS[table] else header


def is_table_sheet(table: str, header: list[str]) -> bool:
    """Whether a sheet of this name has the columns of our table."""
    if table not in COLUMNS:
        return False
    names = [column_name(table, column) for column in header]
    known = sum(name in COLUMNS[table] or name.startswith("x:") for name in names)
    needed = {"kind", "source", "target"} if table == "ties" else {"key"}
    return needed <= set(names) and known >= LEAST_SHARE * len(names)


def table_rows(table: str, sheet: Sheet, faults: Faults) -> Rows:
    """The rows of a sheet, with numbers and days as the format writes them."""
    names = {column: column_name(table, column) for column in sheet.header}
    needs_type = {
        column
        for column, name in names.items()
        if name.startswith("x:") or TYPES.get(name, str) not in (str, list)
    }
    types = sheet_types(sheet) if needs_type else {}
    for column in sorted(needs_type):
        if not column.startswith("x:") and (text := ambiguity(types[column])):
            advice = f"{text} as an option of the command"
            faults.add(sheet.file, sheet.header_line, column, advice)
    sources = {column: CellSource((column,)) for column in sheet.header}
    for row in sheet.rows(faults):
        cells = {
            names[column]: cell
            and standard_text(
                table, names[column], cell, sources[column], types.get(column)
            )
            for column, cell in row.cells.items()
        }
        yield table, row._replace(cells=cells)
