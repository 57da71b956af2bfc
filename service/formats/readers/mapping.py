"""Any CSV, through a TOML file that says which column is what.

    delimiter = ";"                       # , where it is left out
    decimal = ","                         # . where it is left out
    date = "%d/%m/%Y"                     # ISO where it is left out

    [[members]]                           # one such member a line of the CSV
    name = "Supplier"                     # a column of the CSV
    country = "Country"
    kind = { value = "ORGANISATION" }     # the same for all lines

    [[ties]]
    kind = { value = "EXCHANGE" }
    source = "Supplier"                   # a column that holds a member's key or name
    target = { value = "our-firm" }
    value = "Amount"

A section is a table of the `tables` format and its entries are that table's columns. A
member without `key` gets one from its name, so one normalised name is one member; an
end that stands in the column of such a name gets the same key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from service.errors import BadInput
from service.formats.connections import CONNECTIONS
from service.formats.names import made_key
from service.formats.readers.csv_file import csv_rows
from service.formats.records import COLUMNS
from service.formats.rows import Faults, Reader, Row, Rows

OPTIONS = {"delimiter": ",", "decimal": ".", "date": ""}
ENDS = {"source", "target", "referrer", "customer", "provider", "requester"}
ENDS |= {"introducer", "giver", "organisation"}
TYPES = {c.name: c.type for found in CONNECTIONS.values() for c in found.columns}


@dataclass(frozen=True)
class Section:
    """What one table takes from a line: columns of the CSV, and fixed values."""

    table: str
    columns: dict[str, str]
    values: dict[str, str]


@dataclass(frozen=True)
class Mapping:
    sections: list[Section]
    delimiter: str = ","
    decimal: str = "."
    day: str = ""
    named: set[str] = field(default_factory=set)  # CSV columns that hold names


def mapped_reader(file: Path) -> Reader:
    """A reader of CSV files as `file` maps them."""
    mapping = parsed(file)
    return lambda path, faults: read(path, mapping, file, faults)


def parsed(file: Path) -> Mapping:
    try:
        given = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"{file}: not a mapping: {error}") from error
    options = {name: given.pop(name) for name in OPTIONS if name in given}
    for name, value in options.items():
        if not isinstance(value, str) or (name != "date" and len(value) != 1):
            raise BadInput(f"{file}: {name}: expected one character in quotes")
    found = [
        section(file, table, part)
        for table, parts in given.items()
        for part in (parts if isinstance(parts, list) else [parts])
    ]
    if not found:
        raise BadInput(f"{file}: expected sections such as [[members]] and [[ties]]")
    members = [s.columns for s in found if s.table == "members" and not has_key(s)]
    if "date" in options:
        options["day"] = options.pop("date")
    return Mapping(found, **options, named={c["name"] for c in members if "name" in c})


def has_key(section: Section) -> bool:
    return "key" in section.columns or "key" in section.values


def section(file: Path, table: str, given: Any) -> Section:
    if table not in COLUMNS:
        known = ", ".join([*OPTIONS, *COLUMNS])
        raise BadInput(f"{file}: {table}: expected one of {known}")
    if not isinstance(given, dict):
        raise BadInput(f"{file}: {table}: expected a section [[{table}]]")
    columns, values = {}, {}
    for name, what in given.items():
        if name not in COLUMNS[table]:
            raise BadInput(f"{file}: {table}: {name} is no column of {table}.csv")
        if isinstance(what, str):
            columns[name] = what
        elif isinstance(what, dict) and what.keys() == {"value"}:
            values[name] = str(what["value"])
        else:
            text = 'expected "a column" or { value = "fixed" }'
            raise BadInput(f"{file}: {table}: {name}: {text}")
    return Section(table, columns, values)


def read(path: Path, mapping: Mapping, file: Path, faults: Faults) -> Rows:
    """All members first, for which the CSV is read once more."""
    if not path.is_file():
        raise BadInput(f"{path}: expected a CSV file, as {file} maps one")
    members = [s for s in mapping.sections if s.table == "members"]
    others = [s for s in mapping.sections if s.table != "members"]
    seen: dict[tuple[str, str], dict[str, str | None]] = {}
    for row in lines(path, mapping, file, faults):
        for one in members:
            yield from unless_seen(one.table, mapped(one, row, mapping), seen, faults)
    for row in lines(path, mapping, file, Faults()) if others else ():
        for one in others:
            found = mapped(one, row, mapping)
            if one.table == "ties":
                yield "ties", found
            else:
                yield from unless_seen(one.table, found, seen, faults)


def lines(path: Path, mapping: Mapping, file: Path, faults: Faults) -> Iterator[Row]:
    begun = False
    for row in csv_rows(path, faults, mapping.delimiter):
        if not begun:
            begun = True
            named = {c: s.table for s in mapping.sections for c in s.columns.values()}
            for column in sorted(named.keys() - row.cells.keys()):
                text = f"the CSV has no such column, which {file} names"
                faults.add(row.file, 1, column, text)
            for column in sorted(row.cells.keys() - named.keys()):
                faults.note(f"column {column!r}: left out")
        yield row


def unless_seen(
    table: str,
    row: Row,
    seen: dict[tuple[str, str], dict[str, str | None]],
    faults: Faults,
) -> Rows:
    """A record that several lines tell is one, as its first line tells it."""
    key = row.cells.get("key")
    if not key and table == "members" and not row.cells.get("name"):
        return  # nobody is named on this line
    first = seen.setdefault((table, key or ""), row.cells)
    if first is not row.cells:
        if first != row.cells:
            faults.note(f"{table} told again otherwise: the first line holds")
        return
    yield table, row


def mapped(section: Section, row: Row, mapping: Mapping) -> Row:
    cells: dict[str, str | None] = dict(section.values)
    for name, column in section.columns.items():
        text = row.cells.get(column)
        if text and name in ENDS and column in mapping.named:
            text = made_key(text)
        elif text:
            text = converted(name, text, mapping)
        cells[name] = text
    if section.table == "members":
        cells.setdefault("kind", "ORGANISATION")
        if "key" not in cells and (called := cells.get("name")):
            cells["key"] = made_key(called)
    return row._replace(cells=cells)


def converted(name: str, text: str, mapping: Mapping) -> str:
    """A number or a date as ours; what is neither stays, and is a fault of its cell."""
    kind = TYPES.get(name)
    if kind in (int, float) and mapping.decimal == ",":
        return text.replace(".", "").replace(" ", "").replace(",", ".")
    if kind is date and mapping.day:
        try:
            return str(datetime.strptime(text, mapping.day).date())
        except ValueError:
            return text
    return text
