"""Reads a JSON file at once, if its values fit into memory.

What a value takes in memory depends on its kind more than on its length: an empty list
has 2 bytes in the file and 56 in memory. So the file is estimated before it is parsed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from service.errors import BadInput
from service.inputs.encodings import encoding_of_sample
from service.inputs.json_text import InvalidJson, parse_json
from service.inputs.packed import read_data

MAX_BYTES = 256_000_000
MAX_MEMORY = 300_000_000  # bytes of the values of one file
# Bytes in memory, beside the text itself, for each occurrence of a character.
VALUE_BYTES = {b",": 64, b"{": 184, b"[": 88}


def read_json(path: Path) -> Any:
    """The value of a file."""
    data = utf8(read_data(path, MAX_BYTES))
    check_memory(data, path)
    try:
        return parse_json(data)
    except InvalidJson as error:
        text = f"{path} line {error.line}: not valid JSON: {error}"
        raise BadInput(text) from error


def check_memory(data: bytes, path: Path) -> None:
    """Refuse a text whose values would fill the memory."""
    if (memory := memory_of(data)) > MAX_MEMORY:
        text = f"its values take about {memory / 1e6:,.0f} MB of memory; the limit is"
        advice = f"{MAX_MEMORY / 1e6:,.0f} MB. Split the file, or use --format tables"
        raise BadInput(f"{path}: {text} {advice}")


def utf8(data: bytes) -> bytes:
    """The data in UTF-8 without a mark; what is not text is refused as no JSON."""
    encoding = encoding_of_sample(data)
    try:
        text = data.decode(encoding).encode() if encoding else data
    except UnicodeError:
        return data
    return text.removeprefix("\ufeff".encode())


def memory_of(data: bytes) -> int:
    """About the bytes that the values of a JSON text take in memory.

    >>> memory_of(b'{"a": [1, 2]}')
    349
    """
    own = sum(data.count(mark) * size for mark, size in VALUE_BYTES.items())
    return len(data) + own
