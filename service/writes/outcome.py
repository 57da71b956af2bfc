"""The outcome of a write: what it left, in a form that can be kept and told again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import orjson

from service.change_log.entries import Entry, text
from service.vocabulary import RECORD_TYPES, snake
from service.vocabulary.properties import properties_of
from service.writes.existing import Image


class Recorded(NamedTuple):
    """One record as a write left it."""

    kind: str
    key: str
    image: Image
    ends: tuple[str, str] | None


@dataclass
class Outcome:
    """`records` where few were written, else their keys alone."""

    records: list[Recorded] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    change_count: int = 0
    last: int = 0  # number of the log's last change

    def kept(self) -> str:
        return text([list(map(tuple, self.records)), self.keys, self.change_count])


def retold(kept: str, last: int) -> Outcome:
    """An outcome out of its text."""
    records, keys, count = orjson.loads(kept)
    found = [
        Recorded(kind, key, typed(kind, image), ends and (ends[0], ends[1]))
        for kind, key, image, ends in records
    ]
    return Outcome(found, keys, count, last)


def typed(kind: str, image: Image) -> Image:
    """An image out of JSON, its days and times as such again."""
    known = date_types(kind)
    return {
        name: known[name].fromisoformat(value) if name in known else value
        for name, value in image.items()
    }


@cache
def date_types(kind: str) -> dict[str, Any]:
    """The properties of a kind that are dates or times, by their stored names."""
    properties = properties_of(RECORD_TYPES[kind]).values()
    return {one.name: one.type for one in properties if one.type in (date, datetime)}


def values_of(kind: str, image: Image) -> dict[str, Any]:
    """An image out of JSON as typed values by column."""
    return {snake(name): value for name, value in typed(kind, image).items()}


def of(entries: list[Entry]) -> list[Recorded]:
    return [
        Recorded(entry.kind, entry.key, entry.after or entry.before or {}, entry.ends)
        for entry in entries
    ]
