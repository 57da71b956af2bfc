"""Parses JSON that comes from outside, with a bound for its depth.

What is nested deeper ends in a RecursionError somewhere later, such as where an answer
that repeats it is written.
"""

from __future__ import annotations

from typing import Any

import orjson

MAX_DEPTH = 100
CONTAINERS = (dict, list)


class InvalidJson(ValueError):
    """The text is not JSON, or is nested too deep; `line` is where."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def parse_json(text: bytes | str) -> Any:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        message = f"{error.msg}: line {error.lineno} column {error.colno}"
        raise InvalidJson(message, error.lineno) from error
    if is_deeper(value, MAX_DEPTH):
        raise InvalidJson(f"values are nested more than {MAX_DEPTH} levels deep")
    return value


def is_deeper(value: Any, most: int) -> bool:
    """Whether lists and objects are nested more than `most` levels deep.

    >>> is_deeper([{"a": [1]}], 3), is_deeper([{"a": [1]}], 2)
    (False, True)
    """
    level = [value] if type(value) in CONTAINERS else []
    depth = 0
    while level:
        depth += 1
        if depth > most:
            return True
        level = [
            child
            for parent in level
            for child in (parent.values() if type(parent) is dict else parent)
            if type(child) in CONTAINERS
        ]
    return False
