"""Dates and amounts of a table, read as its whole columns seem to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache, partial

from service.formats.readers.crunchbase.columns import (
    DEFAULT_CURRENCY,
    SIGN,
    UNKNOWN_CURRENCY,
    InvestmentColumns,
)
from service.formats.rows import Faults, TableRow
from service.formats.sheets.column_kinds import ColumnKind, ColumnType
from service.formats.sheets.column_types import type_of_counts
from service.formats.sheets.number_texts import (
    POINT,
    currency_codes,
    written_number,
)
from service.formats.sheets.sheet import Sheet

KINDS = {
    "on": (ColumnKind.DATE, ColumnKind.TIME),
    "total": (ColumnKind.NUMBER,),
    "part": (ColumnKind.NUMBER,),
}
UNKNOWN = ("-", "?", "n/a", "na", "unknown", "undisclosed", "undisclosed amount")
NO_TYPE = ColumnType(ColumnKind.TEXT)  # of a column that is not what it should be
MEMORY = 10_000  # texts of a column
DAY = 10  # characters of a date that has a time


class InvestmentValues:
    """The types of the columns of dates and amounts."""

    def __init__(
        self, sheet: Sheet, columns: InvestmentColumns, faults: Faults
    ) -> None:
        types = types_of(sheet, columns)
        self._values: dict[str, Callable[[str], tuple[str | None, str | None]]] = {}
        for meaning, kinds in KINDS.items():
            name = columns.names.get(meaning)
            if name is None:
                continue
            type = types[name] if types[name].kind in kinds else NO_TYPE
            if type.is_ambiguous and ColumnKind.NUMBER in kinds:
                type = type.with_format(POINT)  # as Crunchbase writes
            elif type.is_ambiguous:
                text = f"may be {' or '.join(type.alternatives)}; write dates such as"
                line = sheet.header_line
                faults.add(sheet.file, line, name, f"{text} 2026-11-01")
            # Days and totals repeat.
            self._values[name] = lru_cache(MEMORY)(partial(standard_value, type))

    def standard(self, row: TableRow, faults: Faults) -> TableRow:
        """The row with ISO dates and plain numbers; what is neither stays."""
        cells = dict(row.cells)
        for name, value in self._values.items():
            if text := cells[name]:
                cells[name], sign = value(text)
                if sign:
                    cells[SIGN] = currency_of(sign, faults)
        return row._replace(cells=cells)


def currency_of(sign: str, faults: Faults) -> str:
    """The currency of a sign; that of `$` is US dollars, as Crunchbase writes.

    >>> currency_of("€", Faults()), currency_of("$", Faults())
    ('EUR', 'USD')
    """
    codes = currency_codes(sign)
    if len(codes) == 1 or DEFAULT_CURRENCY in codes:
        return codes[0]
    what = "currency left blank; name it in a column `currency`"
    faults.note(f"{sign!r} may be {' or '.join(codes)}: {what}")
    return UNKNOWN_CURRENCY


def types_of(sheet: Sheet, columns: InvestmentColumns) -> dict[str, ColumnType]:
    """The types of the columns that have dates and amounts, without unknown ones."""
    names = {columns.names[meaning] for meaning in KINDS if meaning in columns.names}
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for row in sheet.rows(Faults()):
        for name, count in counts.items():
            if (text := row.cells[name]) and text.casefold() not in UNKNOWN:
                count[text] += 1
    typed = sheet.grid.has_typed_cells
    return {n: type_of_counts(count, n, typed) for n, count in counts.items()}


def standard_value(type: ColumnType, text: str) -> tuple[str | None, str | None]:
    """The value as `tables` writes it, and the sign of its currency."""
    if text.casefold() in UNKNOWN:
        return None, None
    value = type.parse(text)
    if value is None:
        return text, None
    if type.kind in KINDS["on"]:
        return value[:DAY], None
    number = written_number(text)
    return value, number.currency if number else None
