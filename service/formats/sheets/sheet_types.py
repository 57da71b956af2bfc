"""The types of all columns of a sheet; one column resolves what is open in another."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import islice

from service.formats.rows import Faults
from service.formats.sheets.column_kinds import ColumnKind, ColumnType
from service.formats.sheets.column_types import type_of_counts
from service.formats.sheets.date_texts import EXCEL, ISO
from service.formats.sheets.number_texts import COMMA
from service.formats.sheets.sheet import Sheet

FIRST_ROWS = 1_000  # a column of texts among them is one
MAX_DISTINCT = 50_000  # values of a column that are looked at
EXAMPLE = date(2026, 12, 31)
DATE_KINDS = (ColumnKind.DATE, ColumnKind.TIME)


def sheet_types(sheet: Sheet, limit: int | None = None) -> dict[str, ColumnType]:
    """The type of each column, from its first `limit` values or all of them."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in sheet.header}
    has_typed_cells = sheet.grid.has_typed_cells
    types: dict[str, ColumnType] = {}
    for number, row in enumerate(islice(sheet.rows(Faults()), limit)):
        if number == FIRST_ROWS:
            types = texts_of(counts, has_typed_cells)
            counts = {n: c for n, c in counts.items() if n not in types}
        for name, count in counts.items():
            cell = row.cells[name]
            if cell and (cell in count or len(count) < MAX_DISTINCT):
                count[cell] += 1
    others = {n: type_of_counts(c, n, has_typed_cells) for n, c in counts.items()}
    every = types | others
    return consistent_types({name: every[name] for name in sheet.header}, sheet)


def texts_of(
    counts: dict[str, Counter[str]], has_typed_cells: bool
) -> dict[str, ColumnType]:
    types = {n: type_of_counts(c, n, has_typed_cells) for n, c in counts.items()}
    return {
        name: type
        for name, type in types.items()
        if type.kind is ColumnKind.TEXT and type.count
    }


def consistent_types(
    types: dict[str, ColumnType], sheet: Sheet
) -> dict[str, ColumnType]:
    """The types; who wrote one column of a file wrote the others alike."""
    options = sheet.options
    decimal = common_format(types, (ColumnKind.NUMBER,))
    day = common_format(types, DATE_KINDS)
    every = {}
    for name, type in types.items():
        is_date = type.kind in DATE_KINDS
        explicit = options.date_format if is_date else options.decimal
        if explicit and (is_date or type.kind is ColumnKind.NUMBER):
            every[name] = type.with_format(explicit, options.thousands)
        else:
            every[name] = with_known_format(type, day if is_date else decimal)
    return every


def with_known_format(type: ColumnType, format: str | None) -> ColumnType:
    is_open = type.is_ambiguous and format in type.alternatives
    return type.with_format(format) if format and is_open else type


def common_format(
    types: dict[str, ColumnType], kinds: tuple[ColumnKind, ...]
) -> str | None:
    """The format of the columns of these kinds that are clear, if it is the same."""
    formats = {
        type.format
        for type in types.values()
        if type.kind in kinds and not type.is_ambiguous and has_marks(type)
    }
    return formats.pop() if len(formats) == 1 else None


def has_marks(type: ColumnType) -> bool:
    return type.kind in DATE_KINDS or type.has_decimals


def sheet_description(sheet: Sheet, types: dict[str, ColumnType]) -> str:
    """One line on how a sheet was read.

    It is such as "CSV, Windows-1252, separator ;, decimal comma, dates as 31/12/2026".
    """
    parts = [sheet.grid.format]
    if common_format(types, (ColumnKind.NUMBER,)) == COMMA:
        parts.append("decimal comma")
    if day := common_format(types, DATE_KINDS):
        parts.append(f"dates as {date_example(day)}")
    return ", ".join(parts)


def date_example(format: str) -> str:
    """
    >>> date_example("%d/%m/%Y")
    '31/12/2026'
    """
    return "46387" if format == EXCEL else EXAMPLE.strftime(format or ISO)
