"""The TOML file that maps the columns of a CSV file; see `mapping.py`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from service.errors import BadInput
from service.formats.records import COLUMNS
from service.inputs.files import input_text

MAX_BYTES = 1_000_000
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
    tables = read_toml(file)
    options = {OPTIONS[name]: tables.pop(name) for name in OPTIONS if name in tables}
    for name, field_name in OPTIONS.items():
        check_option(file, name, options.get(field_name))
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


def read_toml(file: Path) -> dict[str, Any]:
    text = input_text(file, MAX_BYTES)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{file}: not a TOML mapping: {error}") from error
    except RecursionError as error:
        raise BadInput(f"{file}: its values are nested too deeply") from error
    except ValueError as error:  # an integer of thousands of digits
        raise BadInput(f"{file}: a number in it has too many digits") from error


def check_option(file: Path, name: str, value: Any) -> None:
    if value is None:
        return
    is_text = isinstance(value, str)
    if name == "date":
        if not (is_text and is_date_format(value)):
            example = 'expected a format such as "%d/%m/%Y"'
            raise BadInput(f"{file}: date: {example}")
    elif not (is_text and len(value) == 1 and (value.isprintable() or value == "\t")):
        raise BadInput(f"{file}: {name}: expected one character in quotes")
    elif value == '"':
        raise BadInput(f"{file}: {name}: expected another character than the quote")


def is_date_format(text: str) -> bool:
    """Whether a date that is written in this format is read as the same date."""
    day = datetime(2026, 11, 29)
    try:
        return datetime.strptime(day.strftime(text), text) == day
    except (ValueError, re.error):  # such as a part that occurs twice
        return False


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
            values[name] = fixed_text(file, f"{table}: {name}", source["value"])
        else:
            text = 'expected "a column" or { value = "fixed" }'
            raise BadInput(f"{file}: {table}: {name}: {text}")
    return MappingSection(table, columns, values)


def fixed_text(file: Path, where: str, value: Any) -> str:
    if isinstance(value, list | dict):
        raise BadInput(f"{file}: {where}: value: expected a text, number or date")
    return str(value)
