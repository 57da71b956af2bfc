"""JSON files: an object with lists of objects, read at once up to a size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from service.errors import BadInput
from service.formats.rows import Faults

MAX_BYTES = 256 << 20  # reading takes about five times as much memory


def json_object(path: Path, faults: Faults) -> dict[str, Any]:
    """The object that a file holds; a fault and an empty object if it holds none."""
    if path.stat().st_size > MAX_BYTES:
        limit = f"{MAX_BYTES >> 20} MB"
        raise BadInput(
            f"{path}: larger than {limit}; split the file or use the tables format"
        )
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        faults.add(str(path), error.lineno, None, f"not valid JSON: {error.msg}")
        return {}
    if not isinstance(value, dict):
        faults.add(str(path), 1, None, "expected a JSON object")
        return {}
    return value


def object_lists(
    path: Path, faults: Faults, *names: str
) -> dict[str, list[dict[str, Any]]]:
    """The lists of objects that a file has under these names."""
    parent = json_object(path, faults)
    return {name: objects(parent, name, path, faults) for name in names}


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
