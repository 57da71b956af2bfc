"""JSON files, read whole up to a size, their lists of objects checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from service.errors import BadInput
from service.formats.rows import Faults

LARGEST = 256 << 20  # bytes; a file takes some five times that while it is read


def parsed(path: Path, faults: Faults) -> dict[str, Any]:
    """The object that a file holds; a fault and an empty object where it does not."""
    if path.stat().st_size > LARGEST:
        limit = f"{LARGEST >> 20} MB"
        raise BadInput(f"{path}: larger than {limit}; split it, or load it as tables")
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        faults.add(str(path), error.lineno, None, f"not JSON: {error.msg}")
        return {}
    if not isinstance(found, dict):
        faults.add(str(path), 1, None, "expected an object")
        return {}
    return found


def document(
    path: Path, faults: Faults, *names: str
) -> dict[str, list[dict[str, Any]]]:
    """The lists of objects that a file has under these names."""
    whole = parsed(path, faults)
    return {name: objects(whole, name, path, faults) for name in names}


def objects(
    found: dict[str, Any], name: str, path: Path, faults: Faults
) -> list[dict[str, Any]]:
    """A list of objects; nothing where it is absent, a fault where it is no such."""
    given = found.get(name)
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(i, dict) for i in given):
        faults.add(str(path), 1, name, "expected a list of objects")
        return []
    return given
