"""Reader of tables of any columns, with a mapping that says what they mean.

Each line of a sheet becomes one record for each section of the mapping that is about
that sheet, or several where a cell is split. A member that a column names has an id in
the file: an organisation one for its name and country, a person one for each line. An
end of a tie in the same column is the same member.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from service.errors import BadInput
from service.formats.readers.mapping_cells import CellSource
from service.formats.readers.mapping_columns import Cells, MappedColumns
from service.formats.readers.mapping_file import MappingSection, TableMapping
from service.formats.readers.mapping_sums import Sums
from service.formats.rows import Faults, Rows, TableRow
from service.formats.sheets import Sheet, sheets_of
from service.vocabulary.enums import MemberKind
from service.vocabulary.folding import fold
from service.vocabulary.kind_words import tie_meaning

END_COLUMNS = {"source", "target", "referrer", "customer", "provider", "requester"}
END_COLUMNS |= {"introducer", "giver", "organisation", "contract", "initiative", "case"}
SEVERAL_NAMES = 'a name with ; in it is one member; `split = ";"` makes it several'
SHARED = (
    "amount of a line with several names: kept as x:roundTotal or x:lineTotal, the part"
    " of each is not known"
)
TOTALS = {"amount": "round", "value": "line"}  # what a line is, by what it has once
NO_SECTION = "line that no section of the mapping is about: not imported"
ORGANISATION = MemberKind.ORGANISATION.value


def read_mapped(path: Path, mapping: TableMapping, about: str, faults: Faults) -> Rows:
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
        self._sheet, self._sections, self._faults = sheet, sections, faults
        self._columns = MappedColumns(sheet, list(sections.values()), about, faults)
        self._sums = Sums()
        self._marks: set[int] = set()  # of the rows of organisations
        # The sections that a column names the records of.
        self._named: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, section in sections.items():
            if section.name and section.name.columns:
                self._named[section.name.columns].append(number)

    def rows(self) -> Rows:
        if not self._columns.check():
            return
        ties = {n: s for n, s in self._sections.items() if s.table == "ties"}
        for line in self._sheet.rows(self._faults):
            self._columns.note_unused(line)
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
        several = self._complete_ties(section, line, records)
        for cells in several:
            if several[1:] and (total := with_total(cells)):
                self._faults.note(SHARED, f"line {line.line}: {cells[total]}")
            if is_reversed(section, line):
                cells["source"], cells["target"] = cells["target"], cells["source"]
            row = line._replace(cells=cells)
            if section.sums:
                self._sums.add(section.sums, row)
            else:
                yield "ties", row

    def _complete_ties(
        self,
        section: MappingSection,
        line: TableRow,
        records: dict[int, list[TableRow]],
    ) -> list[Cells]:
        """The cells of the ties of a line that have both ends."""
        several = []
        for cells in self._combinations(section, line, records):
            if cells.get("source") and cells.get("target"):
                several.append(cells)
            else:
                self._faults.note(missing_end(section, cells), f"line {line.line}")
        return several

    def _combinations(
        self,
        section: MappingSection,
        line: TableRow,
        records: dict[int, list[TableRow]] | None = None,
    ) -> Iterator[Cells]:
        """The cells of each record of a line: several where a cell is split."""
        values: list[Sequence[str | None]] = [
            source.fixed_texts
            or self._values(section.table, name, source, line, records)
            or [None]
            for name, source in section.cells.items()
        ]
        if all(len(texts) == 1 for texts in values):
            yield {n: texts[0] for n, texts in zip(section.cells, values, strict=True)}
            return
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
        return self._columns.texts(table, name, source, line.cells)


def with_total(cells: Cells) -> str | None:
    """Keep an amount as that of all ties of a line; where it is then, if there is one.

    >>> cells = {"kind": "INVESTMENT", "amount": "9", "currency": "EUR"}
    >>> with_total(cells), cells["amount"], cells["x:roundCurrency"]
    ('x:roundTotal', None, 'EUR')
    """
    for amount, of in TOTALS.items():
        if cells.get(amount):
            cells[f"x:{of}Total"] = cells[amount]
            cells[amount] = None
            if currency := cells.get("currency"):
                cells[f"x:{of}Currency"], cells["currency"] = currency, None
            return f"x:{of}Total"
    return None


def missing_end(section: MappingSection, cells: Cells) -> str:
    """What to say of a line without an end of a tie."""
    end = "target" if cells.get("source") else "source"
    source = section.cells.get(end)
    blank = " and ".join(map(repr, source.columns)) if source else ""
    kind = cells.get("kind") or "such"
    are = "are" if source and source.columns[1:] else "is"
    return f"{blank or f'the {end}'} {are} blank: no {kind} tie imported"


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
