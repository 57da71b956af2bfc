"""The TOML file that maps the columns of a table; see docs/import.md."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from service.errors import BadInput
from service.formats.readers.mapping_cells import CellSource
from service.formats.records import COLUMNS
from service.formats.sheets import SheetOptions
from service.inputs.encodings import codec_name
from service.inputs.files import input_text
from service.vocabulary.folding import fold

MAX_BYTES = 1_000_000
CHARACTERS = ("delimiter", "decimal", "thousands")
OPTIONS = (*CHARACTERS, "date", "encoding")
SOURCE_FIELDS = {"column", "columns", "value", "join", "map", "default", "split"}
SOURCE_FIELDS |= {"decimal", "date"}
EXPECTED = 'expected "a column", { value = "fixed" } or { column = "a column", … }'


@dataclass(frozen=True)
class MappingSection:
    """One record for each line of a sheet: where its columns come from.

    `id` is the column of what the file calls the record by elsewhere, such as a number.
    `lines` has the texts, folded, that a column needs in the lines that are meant.
    """

    table: str
    cells: Mapping[str, CellSource]
    sheet: str | None = None
    sums: tuple[str, ...] = ()  # columns that are added over lines that else agree
    id: str | None = None
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def columns(self) -> set[str]:
        """All columns of the file that it names."""
        columns = {c for source in self.cells.values() for c in source.columns}
        return columns | set(self.lines) | ({self.id} if self.id else set())

    @property
    def name(self) -> CellSource | None:
        """What names the record, where no key does."""
        return self.cells.get("title" if self.table == "contracts" else "name")

    def has_line(self, cells: Mapping[str, str | None]) -> bool:
        """Whether it is about a line."""
        return all(
            fold(cells.get(column) or "") in texts
            for column, texts in self.lines.items()
        )


@dataclass(frozen=True)
class TableMapping:
    """The sections of a mapping file, and how its tables are written."""

    sections: list[MappingSection]
    options: SheetOptions = field(default_factory=SheetOptions)


def read_mapping(file: Path) -> TableMapping:
    return mapping_of(read_toml(file), str(file))


def mapping_of(tables: dict[str, Any], file: str) -> TableMapping:
    """The mapping that the parsed TOML `tables` describe; `file` is for messages."""
    given = {name: tables.pop(name) for name in OPTIONS if name in tables}
    options = sheet_options(file, given)
    sections = [
        section_of(file, table, part)
        for table, parts in tables.items()
        for part in (parts if isinstance(parts, list) else [parts])
    ]
    if not sections:
        raise BadInput(f"{file}: expected sections such as [[members]] and [[ties]]")
    return TableMapping(sections, options)


def sheet_options(where: str, options: dict[str, Any]) -> SheetOptions:
    """The options of tables, checked; `where` they come from is for messages."""
    for name, value in options.items():
        check_option(where, name, value)
    names = {name: "date_format" if name == "date" else name for name in options}
    return SheetOptions(**{names[name]: value for name, value in options.items()})


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


def check_option(file: str, name: str, value: Any) -> None:
    is_text = isinstance(value, str)
    if name == "date":
        if not (is_text and is_date_format(value)):
            example = 'expected a format such as "%d/%m/%Y"'
            raise BadInput(f"{file}: date: {example}")
    elif name == "encoding":
        if not (is_text and codec_name(value)):
            raise BadInput(f'{file}: encoding: expected a name such as "utf-8"')
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


def section_of(file: str, table: str, entries: Any) -> MappingSection:
    if table not in COLUMNS:
        known = ", ".join([*OPTIONS, *COLUMNS])
        raise BadInput(f"{file}: {table}: expected one of {known}")
    if not isinstance(entries, dict):
        raise BadInput(f"{file}: {table}: expected a section [[{table}]]")
    entries = dict(entries)
    sheet, sums = entries.pop("sheet", None), entries.pop("sum", [])
    if not (sheet is None or isinstance(sheet, str)):
        raise BadInput(f"{file}: {table}: sheet: expected the name of a sheet")
    id = entries.pop("id", None)
    if not (id is None or isinstance(id, str)):
        raise BadInput(f"{file}: {table}: id: expected a column")
    lines = lines_of(f"{file}: {table}: lines", entries.pop("lines", {}))
    cells = {}
    for name, source in entries.pop("attributes", {}).items():
        cells[f"x:{name}"] = cell_source(file, f"{table}: attributes: {name}", source)
    for name, source in entries.items():
        if name not in COLUMNS[table]:
            raise BadInput(f"{file}: {table}: {table}.csv has no column {name}")
        cells[name] = cell_source(file, f"{table}: {name}", source)
    if not (isinstance(sums, list) and all(name in cells for name in sums)):
        raise BadInput(f"{file}: {table}: sum: expected a list of its columns")
    return MappingSection(table, cells, sheet, tuple(sums), id, lines)


def lines_of(where: str, texts: Any) -> dict[str, tuple[str, ...]]:
    if not (isinstance(texts, dict) and all(map(is_list_of_texts, texts.values()))):
        raise BadInput(f'{where}: expected columns and texts: {{ "Type" = ["Order"] }}')
    return {column: tuple(map(fold, values)) for column, values in texts.items()}


def is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def cell_source(file: str, where: str, source: Any) -> CellSource:
    if isinstance(source, str):
        return CellSource((source,))
    if not isinstance(source, dict) or not source.keys() <= SOURCE_FIELDS:
        raise BadInput(f"{file}: {where}: {EXPECTED}")
    if source.keys() == {"value"}:
        return CellSource(value=fixed_text(file, where, source["value"]))
    columns = source.get("columns", [source.get("column")])
    texts = [source.get(name, "") for name in ("join", "split", "decimal", "date")]
    words = source.get("map", {})
    if not (
        isinstance(columns, list)
        and columns
        and all(isinstance(text, str) for text in [*columns, *texts])
        and isinstance(words, dict)
    ):
        raise BadInput(f"{file}: {where}: {EXPECTED}")
    default = source.get("default")
    return CellSource(
        tuple(columns),
        join=source.get("join", " "),
        words={
            fold(text): fixed_text(file, where, word) for text, word in words.items()
        },
        default=None if default is None else fixed_text(file, where, default),
        split=source.get("split", ""),
        decimal=source.get("decimal"),
        date=source.get("date"),
    )


def fixed_text(file: str, where: str, value: Any) -> str:
    if isinstance(value, list | dict):
        raise BadInput(f"{file}: {where}: value: expected a text, number or date")
    return str(value)
