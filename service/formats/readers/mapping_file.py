"""The TOML file that maps the columns of a CSV file; see `mapping.py`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from service.errors import BadInput
from service.formats.records import COLUMNS

OPTIONS = {"delimiter": "delimiter", "decimal": "decimal", "date": "date_format"}


@dataclass(frozen=True)
class MappingSection:
    """The columns of one table: columns of the CSV, and fixed values."""

    table: str
    columns: dict[str, str]
    values: dict[str, str]

    @property
    def has_key(self) -> bool:
        return "key" in self.columns or "key" in self.values


@dataclass(frozen=True)
class Mapping:
    sections: list[MappingSection]
    delimiter: str = ","
    decimal: str = "."
    date_format: str = ""
    name_columns: set[str] = field(default_factory=set)  # CSV columns of names as keys


def read_mapping(file: Path) -> Mapping:
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"{file}: not a TOML mapping: {error}") from error
    options = {OPTIONS[name]: tables.pop(name) for name in OPTIONS if name in tables}
    for name, field_name in OPTIONS.items():
        value = options.get(field_name, ",")
        if not isinstance(value, str) or (name != "date" and len(value) != 1):
            raise BadInput(f"{file}: {name}: expected one character in quotes")
    sections = [
        section_of(file, table, part)
        for table, parts in tables.items()
        for part in (parts if isinstance(parts, list) else [parts])
    ]
    if not sections:
        raise BadInput(f"{file}: expected sections such as [[members]] and [[ties]]")
    members = [s.columns for s in sections if s.table == "members" and not s.has_key]
    names = {columns["name"] for columns in members if "name" in columns}
    return Mapping(sections, **options, name_columns=names)


def section_of(file: Path, table: str, entries: Any) -> MappingSection:
    if table not in COLUMNS:
        known = ", ".join([*OPTIONS, *COLUMNS])
        raise BadInput(f"{file}: {table}: expected one of {known}")
    if not isinstance(entries, dict):
        raise BadInput(f"{file}: {table}: expected a section [[{table}]]")
    columns, values = {}, {}
    for name, source in entries.items():
        if name not in COLUMNS[table]:
            raise BadInput(f"{file}: {table}: {table}.csv has no column {name}")
        if isinstance(source, str):
            columns[name] = source
        elif isinstance(source, dict) and source.keys() == {"value"}:
            values[name] = str(source["value"])
        else:
            text = 'expected "a column" or { value = "fixed" }'
            raise BadInput(f"{file}: {table}: {name}: {text}")
    return MappingSection(table, columns, values)
