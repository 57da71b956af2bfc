"""Reader of tables of any columns, with a mapping that says what they mean.

Each line of a sheet becomes one record for each section of the mapping that is about
that sheet, or several where a cell is split. A member that a column names has an id in
the file: an organisation one for its name and country, a person one for each line. An
end of a tie in the same column is the same member.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from service.errors import BadInput
from service.formats.readers.mapping_cells import (
    TYPES,
    CellSource,
    ambiguity,
    standard_text,
)
from service.formats.readers.mapping_file import Mapping, MappingSection
from service.formats.readers.mapping_sums import Sums
from service.formats.rows import Faults, Rows, TableRow
from service.formats.sheets import Sheet, sheets_of
from service.formats.sheets.column_types import ColumnKind, ColumnType
from service.formats.sheets.sheet_types import sheet_types
from service.vocabulary.enums import MemberKind
from service.vocabulary.folding import fold
from service.vocabulary.kind_words import tie_meaning

END_COLUMNS = {"source", "target", "referrer", "customer", "provider", "requester"}
END_COLUMNS |= {"introducer", "giver", "organisation", "contract", "initiative", "case"}
SEVERAL_NAMES = 'a name with ; in it is one member; `split = ";"` makes it several'
NO_SECTION = "line that no section of the mapping is about: not imported"
ORGANISATION = MemberKind.ORGANISATION.value
# An e-mail address or a telephone number: no example of it is printed.
CONTACT = re.compile(r"\S+@\S+|[+(0][\d ()/.-]{6,}")
MOST_KNOWN = 50_000  # values of one sheet that are remembered with their texts
Cells = dict[str, str | None]


def read_mapped(path: Path, mapping: Mapping, about: str, faults: Faults) -> Rows:
    """The rows of all sheets of a file; `about` says where the mapping is."""
    if path.is_dir():
        text = f"expected a file with a table to read with {about}"
        raise BadInput(f"{path}: {text}")
    sheets = sheets_of(path, mapping.options)
    used: set[int] = set()
    for sheet in sheets:
        sections = {
            number: section
            for number, section in enumerate(mapping.sections)
            if is_about(section, sheet, alone=len(sheets) == 1)
        }
        used |= sections.keys()
        if sections:
            yield from MappedSheet(sheet, sections, about, faults).rows()
        else:
            faults.note(f"sheet {sheet.name!r} is not in the mapping: not imported")
    for number, section in enumerate(mapping.sections):
        if number not in used and sheets:
            name = section.sheet or ", ".join(sorted(section.columns))
            text = f"no sheet has what its section [[{section.table}]] needs: {name}"
            faults.add(str(path), 1, None, f"{text}; correct {about}")


def is_about(section: MappingSection, sheet: Sheet, alone: bool) -> bool:
    if section.sheet is not None:
        return fold(section.sheet) == fold(sheet.name)
    return alone or section.columns <= set(sheet.header)


class MappedSheet:
    """One sheet, and the sections of the mapping that are about it."""

    def __init__(
        self,
        sheet: Sheet,
        sections: dict[int, MappingSection],
        about: str,
        faults: Faults,
    ) -> None:
        self._sheet, self._sections = sheet, sections
        self._about, self._faults = about, faults
        self._types: dict[str, ColumnType] = {}
        self._sums = Sums()
        self._unused: list[str] = []  # columns
        # The texts of the values that came last: most columns have few.
        self._known: dict[tuple[int, str, str | None], list[str]] = {}
        self._marks: set[int] = set()  # of the rows of organisations
        # The sections that a column names the records of.
        self._named: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, section in sections.items():
            if section.name and section.name.columns:
                self._named[section.name.columns].append(number)

    def rows(self) -> Rows:
        if not self._check_columns():
            return
        self._find_types()
        self._name_headers()
        ties = {n: s for n, s in self._sections.items() if s.table == "ties"}
        for line in self._sheet.rows(self._faults):
            self._note_unused(line)
            records: dict[int, list[TableRow]] = {}
            about = {n for n, s in self._sections.items() if s.has_line(line.cells)}
            if not about:
                self._faults.note(NO_SECTION, f"line {line.line}")
            for number in sorted(about - ties.keys()):
                section = self._sections[number]
                records[number] = list(self._records(number, section, line))
                for row in records[number]:
                    if not self._is_repeated(number, section, row):
                        yield section.table, row
            for number in sorted(about & ties.keys()):
                yield from self._ties(ties[number], line, records)
        yield from self._sums.rows()

    def _check_columns(self) -> bool:
        columns = {c for section in self._sections.values() for c in section.columns}
        for column in sorted(columns - set(self._sheet.header)):
            text = f"the file has no such column; correct {self._about}"
            self._faults.add(self._sheet.file, self._sheet.header_line, column, text)
        self._unused = [c for c in self._sheet.header if c not in columns]
        return columns <= set(self._sheet.header)

    def _note_unused(self, line: TableRow) -> None:
        for column in self._unused:
            if cell := line.cells[column]:
                text = f"column {column!r} is not in the mapping: not imported"
                is_personal = CONTACT.fullmatch(cell)
                self._faults.note(text, None if is_personal else repr(cell))

    def _name_headers(self) -> None:
        """Faults name the columns of the file, where only one stands for ours."""
        headers: dict[str, set[str]] = defaultdict(set)
        for section in self._sections.values():
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
            for section in self._sections.values()
            for name, source in section.cells.items()
            if name.startswith("x:") or TYPES.get(name, str) is not str
            for column in source.columns
        }
        if not typed:
            return
        every = sheet_types(self._sheet)
        self._types = {column: every[column] for column in typed}
        for section in self._sections.values():
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

    def _is_repeated(self, number: int, section: MappingSection, row: TableRow) -> bool:
        """Whether another line has said all of this: one firm has many orders."""
        if section.table != "members" or row.cells["kind"] != ORGANISATION:
            return False
        mark = hash((number, row.id, *row.cells.values()))
        is_new = mark not in self._marks
        self._marks.add(mark)
        return not is_new

    def _records(
        self, number: int, section: MappingSection, line: TableRow
    ) -> Iterator[TableRow]:
        """The records of one line, other than ties; those without a name are none."""
        for index, cells in enumerate(self._combinations(section, line)):
            name = cells.get("title" if section.table == "contracts" else "name")
            if section.table == "members":
                cells.setdefault("kind", ORGANISATION)
                if name and ";" in name:
                    self._faults.note(SEVERAL_NAMES, repr(name))
            if cells.get("key"):
                yield line._replace(cells=cells)
            elif name or section.name is None:
                stated = section.id and line.cells[section.id]
                id = stated or id_of(section.table, name, cells)
                own_id = id or f"{self._sheet.name}:{line.line}:{number}:{index}"
                yield line._replace(cells=cells, id=own_id, keeps_id=bool(stated))

    def _ties(
        self,
        section: MappingSection,
        line: TableRow,
        records: dict[int, list[TableRow]],
    ) -> Rows:
        for cells in self._combinations(section, line, records):
            if not (cells.get("source") and cells.get("target")):
                self._faults.note(missing_end(section, cells), f"line {line.line}")
                continue
            if is_reversed(section, line):
                cells["source"], cells["target"] = cells["target"], cells["source"]
            row = line._replace(cells=cells)
            if section.sums:
                self._sums.add(section.sums, row)
            else:
                yield "ties", row

    def _combinations(
        self,
        section: MappingSection,
        line: TableRow,
        records: dict[int, list[TableRow]] | None = None,
    ) -> Iterator[Cells]:
        """The cells of each record of a line: several where a cell is split."""
        values: list[Sequence[str | None]] = [
            self._values(section.table, name, source, line, records) or [None]
            for name, source in section.cells.items()
        ]
        for chosen in product(*values):
            yield dict(zip(section.cells, chosen, strict=True))

    def _values(
        self,
        table: str,
        name: str,
        source: CellSource,
        line: TableRow,
        records: dict[int, list[TableRow]] | None,
    ) -> list[str]:
        if records and name in END_COLUMNS:
            numbers = self._named.get(source.columns, ())
            named = [row for n in numbers for row in records.get(n, ())]
            if named:
                keys = [row.id or row.cells.get("key") for row in named]
                return list(dict.fromkeys(key for key in keys if key))
        if len(source.columns) > 1:
            return self._texts(table, name, source, line.cells)
        cell = line.cells.get(source.columns[0]) if source.columns else None
        known = self._known.get((id(source), name, cell))
        if known is None:
            if len(self._known) == MOST_KNOWN:
                self._known.clear()
            known = self._texts(table, name, source, line.cells)
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


def missing_end(section: MappingSection, cells: Cells) -> str:
    """What to say of a line without an end of a tie."""
    end = "target" if cells.get("source") else "source"
    source = section.cells.get(end)
    blank = " and ".join(map(repr, source.columns)) if source else ""
    kind = cells.get("kind") or "tie"
    return f"{blank or f'the {end}'} is blank: no {kind} imported"


def is_reversed(section: MappingSection, line: TableRow) -> bool:
    """Whether the word for the kind runs from target to source, as "bought by" does."""
    source = section.cells.get("kind")
    if source is None or not source.columns:
        return False
    texts = source.texts(line.cells)
    meaning = tie_meaning(texts[0]) if texts else None
    return meaning is not None and meaning.is_reversed


def id_of(table: str, name: str | None, cells: Cells) -> str | None:
    """What one file calls one record; None for people and teams, who may be several."""
    if not name or (table == "members" and cells["kind"] != ORGANISATION):
        return None
    if table == "contracts":  # two of one title differ in their days or values
        return "|".join([table, fold(name), *(cell or "" for cell in cells.values())])
    return f"{table}|{fold(name)}|{cells.get('country') or ''}"
