"""Objects of JSON as grids, such as an export of a CRM or the answer of an API."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from service.errors import BadInput
from service.formats.rows import Faults
from service.formats.sheets.csv_lines import BoundedLines
from service.formats.sheets.sheet import MAX_COLUMNS, Grid, GridLine
from service.inputs.content import Content
from service.inputs.encodings import encoding_of_sample
from service.inputs.json_files import read_json
from service.inputs.json_text import InvalidJson, parse_json
from service.inputs.packed import open_data

LARGEST_EXACT = 1e16  # whole floats below it have all their digits
NumberedObject = tuple[int, dict[str, Any]]


def json_grid(path: Path, content: Content) -> Grid:
    """The objects of a file; their keys are the columns, in the order of the file.

    A line has the number of its object, or of its line in JSON Lines.
    """
    objects = JsonObjects(path, content is Content.JSON_LINES)
    columns = objects.columns()
    return Grid(
        name=path.stem,
        file=str(path),
        format=f"{content}",
        lines=lambda faults: objects.lines(columns, faults),
        has_typed_cells=True,
        columns=columns,
    )


@dataclass(frozen=True)
class JsonObjects:
    """The objects of one file: each a line, or all in a list."""

    path: Path
    has_lines: bool

    def columns(self) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for _, value in self.objects(Faults()):
            names.update(dict.fromkeys(flat_cells(value)))
            if len(names) > MAX_COLUMNS:
                text = f"its objects have more than {MAX_COLUMNS:,} different keys"
                raise BadInput(f"{self.path}: {text}; is it a table?")
        return tuple(names)

    def lines(self, columns: tuple[str, ...], faults: Faults) -> Iterator[GridLine]:
        for number, value in self.objects(faults):
            cells = flat_cells(value)
            yield number, [cells.get(name) for name in columns]

    def objects(self, faults: Faults) -> Iterator[NumberedObject]:
        if self.has_lines:
            yield from self.objects_of_lines(faults)
            return
        for number, value in enumerate(object_list(read_json(self.path), self.path), 1):
            if isinstance(value, dict):
                yield number, value
            else:
                faults.add(str(self.path), number, None, "expected an object")

    def objects_of_lines(self, faults: Faults) -> Iterator[NumberedObject]:
        name, number = str(self.path), 0
        with open_data(self.path) as data:
            encoding = encoding_of_sample(data.peek(4)) or "utf-8"  # type: ignore[attr-defined]
            lines = BoundedLines(data, encoding)
            try:
                for number, line in enumerate(lines, 1):
                    lines.row_size = 0
                    if not line.strip():
                        continue
                    value = parsed_line(line)
                    if isinstance(value, dict):
                        yield number, value
                    else:
                        faults.add(name, number, None, "expected an object of JSON")
            except (csv.Error, UnicodeError) as error:
                faults.add(name, number + 1, None, f"not JSON Lines: {error}")


def parsed_line(line: str) -> Any:
    try:
        return parse_json(line)
    except InvalidJson:
        return None


def object_list(value: Any, path: Path) -> list[Any]:
    """The objects of a list, or of the only list of objects that an object has."""
    if isinstance(value, list):
        return value
    lists = [
        item
        for item in (value.values() if isinstance(value, dict) else ())
        if isinstance(item, list) and item and all(isinstance(o, dict) for o in item)
    ]
    if len(lists) != 1:
        raise BadInput(f"{path}: expected a list of objects to read as a table")
    return lists[0]


def flat_cells(value: dict[str, Any], prefix: str = "") -> dict[str, str | None]:
    """The texts of an object; objects in it give columns such as `owner.name`.

    >>> flat_cells({"name": "A", "owner": {"id": 7.0}, "tags": ["x", "y"]})
    {'name': 'A', 'owner.id': '7', 'tags': 'x;y'}
    """
    cells: dict[str, str | None] = {}
    for key, item in value.items():
        name = prefix + key
        if isinstance(item, dict) and item:
            cells |= flat_cells(item, f"{name}.")
        elif isinstance(item, list):
            has_parts = any(isinstance(part, dict | list) for part in item)
            texts = [json_text(part) or "" for part in item]
            text = orjson.dumps(item).decode() if has_parts else ";".join(texts)
            cells[name] = text or None
        else:
            cells[name] = json_text(item)
    return cells


def json_text(value: Any) -> str | None:
    """
    >>> json_text(12.0), json_text(True), json_text(" "), json_text({})
    ('12', 'true', None, None)
    """
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_EXACT:
        return str(int(value))
    return str(value) if isinstance(value, int | float) else None
