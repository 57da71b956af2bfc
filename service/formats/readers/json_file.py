"""JSON files: an object with lists of objects, read at once up to a size.

What a value takes in memory depends on its kind more than on its length: an empty list
has 2 bytes in the file and 56 in memory. So the file is estimated before it is parsed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from service.errors import BadInput
from service.formats.rows import Faults
from service.inputs.content import XML_CONTENTS, Content, content_of
from service.inputs.encodings import encoding_of_sample
from service.inputs.json_text import InvalidJson, parse_json
from service.inputs.packed import read_data

MAX_BYTES = 256_000_000
MAX_MEMORY = 300_000_000  # bytes of the values of one file
# Bytes in memory, beside the text itself, for each occurrence of a character.
VALUE_BYTES = {b",": 64, b"{": 184, b"[": 88}


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


def check_memory(data: bytes, path: Path) -> None:
    """Refuse a text whose values would fill the memory."""
    if (memory := memory_of(data)) > MAX_MEMORY:
        text = f"its values take about {memory / 1e6:,.0f} MB of memory; the limit is"
        advice = f"{MAX_MEMORY / 1e6:,.0f} MB. Split the file, or use --format tables"
        raise BadInput(f"{path}: {text} {advice}")


def utf8(data: bytes) -> bytes:
    """The data in UTF-8; what is not text stays, and is refused as no JSON."""
    encoding = encoding_of_sample(data)
    try:
        return data.decode(encoding).encode() if encoding else data
    except UnicodeError:
        return data


def memory_of(data: bytes) -> int:
    """About the bytes that the values of a JSON text take in memory.

    >>> memory_of(b'{"a": [1, 2]}')
    349
    """
    own = sum(data.count(mark) * size for mark, size in VALUE_BYTES.items())
    return len(data) + own


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
