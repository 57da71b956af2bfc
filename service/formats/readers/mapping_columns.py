"""The columns of a sheet that a mapping names: their types, and their texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from service.formats.readers.mapping_cells import (
    TYPES,
    CellSource,
    ambiguity,
    standard_text,
)
from service.formats.readers.mapping_file import MappingSection
from service.formats.rows import Faults, TableRow
from service.formats.sheets import Sheet
from service.formats.sheets.column_kinds import ColumnKind, ColumnType
from service.formats.sheets.sheet_types import sheet_types

# An e-mail address or a telephone number: no example of it is printed.
CONTACT = re.compile(r"\S+@\S+|[+(0][\d ()/.-]{6,}")
MOST_KNOWN = 50_000  # values of one sheet that are remembered with their texts
Cells = dict[str, str | None]


class MappedColumns:
    """What the sections of a mapping take from one sheet."""

    def __init__(
        self,
        sheet: Sheet,
        sections: Sequence[MappingSection],
        about: str,
        faults: Faults,
    ) -> None:
        self._sheet, self._sections = sheet, sections
        self._about, self._faults = about, faults
        self._types: dict[str, ColumnType] = {}
        self._unused: list[str] = []  # columns
        # The texts of the values that came last: most columns have few.
        self._known: dict[tuple[int, str, str | None], list[str]] = {}

    def check(self) -> bool:
        """Whether the file has all columns; if so, their types are then known."""
        columns = {c for section in self._sections for c in section.columns}
        for column in sorted(columns - set(self._sheet.header)):
            text = f"the file has no such column; correct {self._about}"
            self._faults.add(self._sheet.file, self._sheet.header_line, column, text)
        self._unused = [c for c in self._sheet.header if c not in columns]
        if not columns <= set(self._sheet.header):
            return False
        self._find_types()
        self._name_headers()
        return True

    def note_unused(self, line: TableRow) -> None:
        for column in self._unused:
            if cell := line.cells[column]:
                text = f"column {column!r} is not in the mapping: not imported"
                is_personal = CONTACT.fullmatch(cell)
                self._faults.note(text, None if is_personal else repr(cell))

    def _name_headers(self) -> None:
        """Faults name the columns of the file, where only one stands for ours."""
        headers: dict[str, set[str]] = defaultdict(set)
        for section in self._sections:
            for name, source in section.cells.items():
                if source.columns:
                    headers[name].add(", ".join(source.columns))
        for name, names in headers.items():
            if len(names) == 1:
                self._faults.headers[self._sheet.file, name] = names.pop()

    def _find_types(self) -> None:
        """The types of the columns with numbers, days and extra attributes."""
        typed = {
            column
            for section in self._sections
            for name, source in section.cells.items()
            if name.startswith("x:") or TYPES.get(name, str) is not str
            for column in source.columns
        }
        if not typed:
            return
        every = sheet_types(self._sheet)
        self._types = {column: every[column] for column in typed}
        for section in self._sections:
            for name, source in section.cells.items():
                if len(source.columns) == 1 and source.columns[0] in typed:
                    self._set_format(name, source)

    def _set_format(self, name: str, source: CellSource) -> None:
        """The format that the mapping gives; a column that needs one is a fault."""
        [column] = source.columns
        type = self._types[column]
        if format := source.date or source.decimal:
            self._types[column] = type.with_format(format)
            return
        text = ambiguity(type)
        if text and not name.startswith("x:"):
            text = f"{text} in {self._about}"
            line = self._sheet.header_line
            self._faults.add(self._sheet.file, line, column, text)
        elif text:
            self._types[column] = ColumnType(ColumnKind.TEXT)  # as it is written

    def texts(
        self, table: str, name: str, source: CellSource, cells: Cells
    ) -> list[str]:
        """The values of a column of ours in a line, as `tables` writes them."""
        if len(source.columns) > 1:
            return self._texts(table, name, source, cells)
        cell = cells.get(source.columns[0]) if source.columns else None
        known = self._known.get((id(source), name, cell))
        if known is None:
            if len(self._known) == MOST_KNOWN:
                self._known.clear()
            known = self._texts(table, name, source, cells)
            self._known[id(source), name, cell] = known
        return known

    def _texts(
        self, table: str, name: str, source: CellSource, cells: Cells
    ) -> list[str]:
        """The values of a column of ours, as the `tables` format writes them."""
        column = source.columns[0] if len(source.columns) == 1 else ""
        type = self._types.get(column)
        texts = source.texts(cells)
        if name == "roles":  # a list: all of them in one cell
            roles = [standard_text(table, name, t, source, type) for t in texts]
            return [";".join(roles)] if roles else []
        return [standard_text(table, name, text, source, type) for text in texts]
