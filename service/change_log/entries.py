"""The changes of one write, and the packs that the log stores them in."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from itertools import groupby
from typing import Any, NamedTuple

import orjson

from service.vocabulary.attributes import PREFIX, logged_image
from service.writes.existing import Image

PACK = 1_000  # records of one :Change node at most


class Operation(Enum):
    CREATE = "CREATE"
    UPDATE = "UPDATE"
    END = "END"
    DELETE = "DELETE"
    ERASE = "ERASE"


class Entry(NamedTuple):
    """One record changed; `ends` are the keys of a tie's ends, source first."""

    operation: Operation
    kind: str  # Organisation, Exchange, …
    key: str
    before: Image | None
    after: Image | None
    ends: tuple[str, str] | None = None


def packs(entries: list[Entry], about: dict[str, Any]) -> list[dict[str, Any]]:
    """Consecutive changes of one kind and operation share a node.

    Each change has its own number; a node has the number of its last change.
    """
    result, last = [], 0
    for run in runs(entries):
        last += len(run)
        operation, kind = run[0].operation, run[0].kind
        keys = [entry.key for entry in run]
        properties = {
            "operation": operation.value,
            "kind": kind,
            # An index finds the changes of one record by its key, and packs by "".
            "key": keys[0] if len(keys) == 1 else "",
            "keys": keys,
            "records": images_text([[e.ends, e.before, e.after] for e in run]),
            **about,
        }
        result.append({"last": last, "properties": properties})
    return result


def runs(entries: list[Entry]) -> Iterator[list[Entry]]:
    for _, group in groupby(entries, lambda entry: (entry.operation, entry.kind)):
        alike = list(group)
        for start in range(0, len(alike), PACK):
            yield alike[start : start + PACK]


def images_text(records: list[list[Any]]) -> str:
    """Ends, before and after of each record; few records have attributes."""
    written = text(records)
    if f'"{PREFIX}' not in written:
        return written
    return text(
        [
            [ends, before and logged_image(before), after and logged_image(after)]
            for ends, before, after in records
        ]
    )


def text(value: Any) -> str:
    return orjson.dumps(value).decode()
