"""JSON files: an object with lists of objects, read at once up to a size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from service.formats.rows import Faults
from service.inputs.content import XML_CONTENTS, Content, content_of
from service.inputs.json_files import MAX_BYTES, check_memory, utf8
from service.inputs.json_text import InvalidJson, parse_json
from service.inputs.packed import read_data


def json_object(path: Path, faults: Faults) -> dict[str, Any]:
    """The object that a file holds; a fault and an empty object if it holds none."""
    for value in json_values(read_data(path, MAX_BYTES), path, faults):
        if isinstance(value, dict):
            return value
        faults.add(str(path), 1, None, "expected a JSON object")
    return {}


def json_values(
    data: bytes, path: Path, faults: Faults, line: int | None = None
) -> list[Any]:
    """The value of a JSON text, or a fault and none; `line` is that of JSON Lines."""
    data = utf8(data)
    if (other := content_of(data)) in {*XML_CONTENTS, Content.HTML}:
        faults.add(str(path), line or 1, None, f"this is {other}, not JSON")
        return []
    check_memory(data, path)
    try:
        return [parse_json(data)]
    except InvalidJson as error:
        text, _, _ = str(error).partition(": line ") if line else (str(error), "", "")
        faults.add(str(path), line or error.line, None, f"not valid JSON: {text}")
        return []


def objects(
    parent: dict[str, Any], name: str, path: Path, faults: Faults
) -> list[dict[str, Any]]:
    """A list of objects: empty if it is absent, a fault if it is anything else."""
    value = parent.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(i, dict) for i in value):
        faults.add(str(path), 1, name, "expected a list of objects")
        return []
    return value
