"""The outcome of a write: the records as it left them, and their text for storage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import orjson

from service.change_log.entries import Entry, text
from service.graph.transactions import Writer
from service.vocabulary import RECORD_TYPES, TIES_BY_NAME, key_label
from service.vocabulary.attributes import is_attribute, logged_image, value_of_log
from service.vocabulary.properties import properties_of
from service.writes.existing import ExistingRecords, Image, lock_nodes, lock_ties

MAX_RETURNED = 20  # a write of more records returns their keys alone


class WrittenRecord(NamedTuple):
    """One record as a write left it."""

    kind: str
    key: str
    image: Image
    ends: tuple[str, str] | None


@dataclass
class WriteOutcome:
    """The keys of the records, and `records` where there are at most MAX_RETURNED."""

    records: list[WrittenRecord] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    change_count: int = 0
    last: int = 0  # number of the log's last change
    warnings: list[str] = field(default_factory=list)  # each with its path

    def to_text(self) -> str:
        records = [
            (kind, key, logged_image(image), ends)
            for kind, key, image, ends in self.records
        ]
        return text([records, self.keys, self.change_count])


def outcome_of_text(stored: str, last: int) -> WriteOutcome:
    """The outcome that `to_text` stored."""
    rows, keys, count = orjson.loads(stored)
    records = [
        WrittenRecord(kind, key, with_dates(kind, image), ends and (ends[0], ends[1]))
        for kind, key, image, ends in rows
    ]
    return WriteOutcome(records, keys, count, last)


def with_dates(kind: str, image: Image) -> Image:
    """An image from JSON, with its dates and times parsed."""
    types = date_types(kind)
    attributes = {
        name: value_of_log(value) for name, value in image.items() if is_attribute(name)
    }
    dates = {
        name: types[name].fromisoformat(value)
        for name, value in image.items()
        if name in types
    }
    return image | dates | attributes


@cache
def date_types(kind: str) -> dict[str, Any]:
    """The properties of a kind that are dates or times, by their stored names."""
    properties = properties_of(RECORD_TYPES[kind]).values()
    return {
        attribute.name: attribute.type
        for attribute in properties
        if attribute.type in (date, datetime)
    }


def written_records(entries: list[Entry]) -> list[WrittenRecord]:
    return [
        WrittenRecord(
            entry.kind, entry.key, entry.after or entry.before or {}, entry.ends
        )
        for entry in entries
    ]


async def outcome_of(
    writer: Writer, kind: str, keys: list[str], entries: list[Entry]
) -> WriteOutcome:
    """The records after a write: from its entries, and read where nothing changed."""
    if len(keys) > MAX_RETURNED:
        return WriteOutcome(keys=keys)
    changes = {(entry.kind, entry.key): entry for entry in entries}
    records = written_records(
        [changes[kind, key] for key in keys if (kind, key) in changes]
    )
    others = [key for key in keys if (kind, key) not in changes]
    return WriteOutcome([*records, *await read_unchanged(writer, kind, others)], keys)


async def read_unchanged(
    writer: Writer, kind: str, keys: list[str]
) -> list[WrittenRecord]:
    existing = ExistingRecords()
    if kind in TIES_BY_NAME:
        await lock_ties(writer, existing, TIES_BY_NAME[kind], keys)
        ties = existing.ties.get(TIES_BY_NAME[kind], {})
        return [
            WrittenRecord(kind, tie.key, tie.image, (tie.source, tie.target))
            for tie in ties.values()
        ]
    await lock_nodes(writer, existing, key_label(kind), keys)
    nodes = existing.nodes.get(kind, {})
    return [WrittenRecord(kind, key, image, None) for key, image in nodes.items()]
