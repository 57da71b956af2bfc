"""What a write would change: each record before it, and after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from service.change_log.entries import Entry, Operation
from service.vocabulary import MEMBERS
from service.vocabulary.attributes import is_attribute
from service.vocabulary.provenance import (
    DECIDED,
    IMPORTED_FROM,
    joined_rows,
    joined_sources,
    source_days,
    source_list,
)
from service.vocabulary.ties import Tie
from service.writes.existing import ROLE_NAMES, ExistingRecords, Image
from service.writes.record_inputs import START_DAYS
from service.writes.records import NodeRecord, RecordInput, Records, TieRecord


class RecordChange(NamedTuple):
    """One record that a write changes."""

    input: RecordInput
    kind: str
    key: str
    before: Image | None
    after: Image
    properties: Image  # what to set; None clears
    links: dict[str, str | None]
    roles: list[str] | None = None
    tie: type[Tie] | None = None
    ends: tuple[str, str] | None = None

    @property
    def entry(self) -> Entry:
        operation = Operation.CREATE if self.before is None else Operation.UPDATE
        names = (self.kind, self.key, self.before, self.after, self.ends)
        return Entry(operation, *names)


def diff(records: Records, existing: ExistingRecords) -> list[RecordChange]:
    """The records that the write would change."""
    every = [*node_changes(records, existing), *tie_changes(records, existing)]
    return [change for change in every if is_different(change)]


def is_different(change: RecordChange) -> bool:
    """Whether anything changes; for an attribute 1 and true are not the same."""
    before, after = change.before, change.after
    return before != after or any(
        is_attribute(name) and type(before[name]) is not type(value)
        for name, value in after.items()
    )


def node_changes(records: Records, existing: ExistingRecords) -> Iterator[RecordChange]:
    for label, group in records.nodes.items():
        for record in group.values():
            before = existing.nodes.get(label, {}).get(record.key)
            properties = properties_to_set(label, record, before)
            after = {**(before or {}), **properties, **record.ends}
            if label in MEMBERS:
                after.setdefault("roles", [])
            roles = roles_to_set(record, before)
            if roles is not None:
                after["roles"] = sorted(ROLE_NAMES[name] for name in roles)
            result = without_nulls(after)
            identity = (record.input, label, record.key, before, result)
            yield RecordChange(*identity, properties, record.ends, roles)


def tie_changes(records: Records, existing: ExistingRecords) -> Iterator[RecordChange]:
    for cls, group in records.ties.items():
        for tie in group.values():
            there = existing.ties.get(cls, {}).get(tie.key)
            before = there.image if there else None
            properties = properties_to_set(cls.__name__, tie, before)
            after = {**(before or {}), **properties}
            result = without_nulls(after)
            identity = (tie.input, cls.__name__, tie.key, before, result)
            yield RecordChange(
                *identity, properties, {}, None, cls, (tie.source, tie.target)
            )


def roles_to_set(record: NodeRecord, before: Image | None) -> list[str] | None:
    """The labels of the roles; what a source does not list, another one may."""
    if record.roles is None or IMPORTED_FROM not in record.properties:
        return record.roles
    labels = {name: label for label, name in ROLE_NAMES.items()}
    known = [labels[name] for name in (before or {}).get("roles", [])]
    return list(dict.fromkeys([*known, *record.roles]))


def without_nulls(image: Image) -> Image:
    return {name: value for name, value in image.items() if value is not None}


def properties_to_set(
    kind: str, record: NodeRecord | TieRecord, before: Image | None
) -> Image:
    """The properties to set; a `since` that differs from its start day stays."""
    properties, begin = record.properties, START_DAYS.get(kind)
    if before and (sources := properties.get(IMPORTED_FROM)):
        known = source_list(before.get(IMPORTED_FROM))
        own = source_list(sources)
        if "until" not in properties and is_listed_again(before, known, own):
            properties = {**properties, "until": None}
        properties = {**properties, IMPORTED_FROM: joined_sources(known, own)}
        for name in properties.keys() & {*DECIDED}:
            rows = joined_rows(before.get(name), properties[name])
            properties[name] = rows or None
    if begin is None or before is None or "since" in record.input.values:
        return properties
    if before.get("since") in (None, day(before.get(begin))):
        return properties
    return {n: v for n, v in properties.items() if n != "since"}


def is_listed_again(before: Image, known: list[str], sources: list[str]) -> bool:
    """Whether a record ended as a source did not list it, and the source does now."""
    ended, until = source_days(known), str(before.get("until"))
    return any(ended.get(source) == until for source in sources)


def day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value
