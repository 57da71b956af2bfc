"""The JSON values of a file: one value, or JSON Lines, which are read line by line."""

from __future__ import annotations

from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

from service.errors import BadInput
from service.formats.readers.json_file import json_values
from service.formats.rows import Faults
from service.inputs.encodings import SAMPLE, encoding_of_sample
from service.inputs.json_files import MAX_BYTES, check_memory
from service.inputs.json_text import InvalidJson, parse_json
from service.inputs.packed import open_data, read_data


def json_documents(path: Path, faults: Faults) -> Iterator[tuple[int, Any]]:
    """Each value with its line. A file whose first line is a value is JSON Lines."""
    is_first = True
    for number, line in lines_of(path):
        if is_first and not is_json(line, path):
            break
        is_first = False
        for value in json_values(line, path, faults, number):
            yield number, value
    if is_first:
        for value in json_values(read_data(path, MAX_BYTES), path, faults):
            yield 1, value


def lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, in UTF-8, with their numbers."""
    with open_data(path) as data:
        encoding = encoding_of_sample(data.read(SAMPLE))
    with open_data(path) as data:
        text = TextIOWrapper(data, encoding, "replace", "\n") if encoding else None
        for number, line in enumerate(read_lines(text or data), 1):
            if len(line) > MAX_BYTES:
                size = f"{MAX_BYTES / 1e6:,.10g} MB"
                raise BadInput(f"{path}: line {number} is larger than {size}")
            if line.strip():
                yield number, line


def read_lines(file: BinaryIO | TextIOWrapper) -> Iterator[bytes]:
    while line := file.readline(MAX_BYTES + 1):
        yield line.encode() if isinstance(line, str) else line


def is_json(line: bytes, path: Path) -> bool:
    """Whether a line is a value by itself."""
    check_memory(line, path)
    try:
        parse_json(line)
    except InvalidJson:
        return False
    return True
