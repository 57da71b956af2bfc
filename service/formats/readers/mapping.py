"""Reader of any CSV file, with a TOML file that maps its columns.

    delimiter = ";"                       # default ,
    decimal = ","                         # default .
    date = "%d/%m/%Y"                     # default ISO

    [[members]]                           # one such member for each line of the CSV
    name = "Supplier"                     # a column of the CSV
    country = "Country"
    kind = { value = "ORGANISATION" }     # the same for all lines

    [[ties]]
    kind = { value = "EXCHANGE" }
    source = "Supplier"                   # a column with a member's key or name
    target = { value = "our-firm" }
    value = "Amount"

A section is a table of the `tables` format and its entries are that table's columns. A
member without `key` gets one from its name, so equal names are one member; an end of a
tie that is in the column of such a name gets the same key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from service.errors import BadInput
from service.formats.connections import CONNECTIONS
from service.formats.names import key_from_name
from service.formats.readers.csv_file import csv_rows
from service.formats.readers.mapping_file import Mapping, MappingSection, read_mapping
from service.formats.rows import Faults, FileReader, Rows, TableRow

END_COLUMNS = {"source", "target", "referrer", "customer", "provider", "requester"}
END_COLUMNS |= {"introducer", "giver", "organisation"}
TYPES = {
    c.name: c.type for connection in CONNECTIONS.values() for c in connection.columns
}


def mapped_reader(mapping_file: Path) -> FileReader:
    """A reader of CSV files with this mapping."""
    mapping = read_mapping(mapping_file)
    return lambda path, faults: MappedCsv(path, mapping, mapping_file, faults).rows()


@dataclass
class MappedCsv:
    """One CSV file and its mapping."""

    path: Path
    mapping: Mapping
    mapping_file: Path
    faults: Faults
    # The cells of each record at its first line, by table and key.
    first_cells: dict[tuple[str, str], dict[str, str | None]] = field(
        default_factory=dict
    )

    def rows(self) -> Rows:
        """All members first: the CSV file is read once for them, once for the rest."""
        if self.path.is_dir():
            text = f"expected a CSV file to read with the mapping {self.mapping_file}"
            raise BadInput(f"{self.path}: {text}")
        members = [s for s in self.mapping.sections if s.table == "members"]
        others = [s for s in self.mapping.sections if s.table != "members"]
        for line in self.lines(self.faults):
            for section in members:
                row = mapped_row(section, line, self.mapping)
                yield from self.new_record("members", row)
        for line in self.lines(Faults()) if others else ():
            for section in others:
                row = mapped_row(section, line, self.mapping)
                if section.table == "ties":
                    yield "ties", row
                else:
                    yield from self.new_record(section.table, row)

    def lines(self, faults: Faults) -> Iterator[TableRow]:
        is_first = True
        for row in csv_rows(self.path, faults, self.mapping.delimiter):
            if is_first:
                self.check_header(row, faults)
                is_first = False
            yield row

    def check_header(self, row: TableRow, faults: Faults) -> None:
        columns = {c for s in self.mapping.sections for c in s.columns.values()}
        for column in sorted(columns - row.cells.keys()):
            text = f"the CSV file has no such column; correct {self.mapping_file}"
            faults.add(row.file, 1, column, text)
        for column in sorted(row.cells.keys() - columns):
            faults.note(f"column {column!r} is not in the mapping: not imported")

    def new_record(self, table: str, row: TableRow) -> Rows:
        """A record that several lines describe is imported once, from the first."""
        key = row.cells.get("key")
        if not key and table == "members" and not row.cells.get("name"):
            return  # this line names no member
        first = self.first_cells.setdefault((table, key or ""), row.cells)
        if first is row.cells:
            yield table, row
        elif first != row.cells:
            text = f"repeated key in {table}: only its first line is imported"
            self.faults.note(text)


def mapped_row(section: MappingSection, row: TableRow, mapping: Mapping) -> TableRow:
    """One line of the CSV as a row of the section's table."""
    cells: dict[str, str | None] = dict(section.values)
    for name, column in section.columns.items():
        text = row.cells.get(column)
        if text and name in END_COLUMNS and column in mapping.name_columns:
            text = key_from_name(text)
        elif text:
            text = standard_form(name, text, mapping)
        cells[name] = text
    if section.table == "members":
        cells.setdefault("kind", "ORGANISATION")
        if "key" not in cells and (member_name := cells.get("name")):
            cells["key"] = key_from_name(member_name)
    return row._replace(cells=cells)


def standard_form(name: str, text: str, mapping: Mapping) -> str:
    """A number or date as `tables` writes it; other texts are checked later."""
    kind = TYPES.get(name)
    if kind in (int, float) and mapping.decimal == ",":
        return text.replace(".", "").replace(" ", "").replace(",", ".")
    if kind is date and mapping.date_format:
        try:
            return str(datetime.strptime(text, mapping.date_format).date())
        except ValueError:
            return text
    return text
