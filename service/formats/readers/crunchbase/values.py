"""Dates and amounts of a table, read as its whole columns seem to be written."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from service.formats.readers.crunchbase.columns import InvestmentColumns
from service.formats.rows import Faults, TableRow
from service.formats.sheets.column_types import ColumnKind, ColumnType
from service.formats.sheets.number_texts import POINT
from service.formats.sheets.sheet import Sheet
from service.formats.sheets.sheet_types import sheet_types

KINDS = {
    "on": (ColumnKind.DATE, ColumnKind.TIME),
    "total": (ColumnKind.NUMBER,),
    "part": (ColumnKind.NUMBER,),
}
UNKNOWN = ("-", "?", "n/a", "na", "unknown", "undisclosed", "undisclosed amount")
MEMORY = 10_000  # texts of a column
DAY = 10  # characters of a date that has a time


class InvestmentValues:
    """The types of the columns of dates and amounts."""

    def __init__(
        self, sheet: Sheet, columns: InvestmentColumns, faults: Faults
    ) -> None:
        types = sheet_types(sheet)
        self._values: dict[str, Callable[[str], str | None]] = {}
        for meaning, kinds in KINDS.items():
            name = columns.names.get(meaning)
            if name is None or (type := types[name]).kind not in kinds:
                continue
            if type.is_ambiguous and ColumnKind.NUMBER in kinds:
                type = type.with_format(POINT)  # as Crunchbase writes
            elif type.is_ambiguous:
                text = f"may be {' or '.join(type.alternatives)}; write dates such as"
                line = sheet.header_line
                faults.add(sheet.file, line, name, f"{text} 2026-11-01")
            # Days and totals repeat.
            self._values[name] = lru_cache(MEMORY)(partial(standard_value, type))

    def standard(self, row: TableRow) -> TableRow:
        """The row with ISO dates and plain numbers; what is neither stays."""
        cells = dict(row.cells)
        for name, value in self._values.items():
            if text := cells[name]:
                cells[name] = value(text)
        return row._replace(cells=cells)


def standard_value(type: ColumnType, text: str) -> str | None:
    if text.casefold() in UNKNOWN:
        return None
    value = type.parse(text)
    if value is None:
        return text
    return value if type.kind is ColumnKind.NUMBER else value[:DAY]
