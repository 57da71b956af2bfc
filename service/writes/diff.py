"""What a write would leave: each record as it was, and as it would be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from service.change_log.entries import Entry, Operation
from service.vocabulary import MEMBERS
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


def diff(found: Records, held: ExistingRecords) -> list[RecordChange]:
    """The records that would not stay as they are."""
    every = [*node_changes(found, held), *tie_changes(found, held)]
    return [change for change in every if change.before != change.after]


def node_changes(found: Records, held: ExistingRecords) -> Iterator[RecordChange]:
    for label, group in found.nodes.items():
        for record in group.values():
            before = held.nodes.get(label, {}).get(record.key)
            given = properties_to_set(label, record, before)
            after = {**(before or {}), **given, **record.ends}
            if label in MEMBERS:
                after.setdefault("roles", [])
            if record.roles is not None:
                after["roles"] = sorted(ROLE_NAMES[name] for name in record.roles)
            whole = without_nulls(after)
            place = (record.input, label, record.key, before, whole)
            yield RecordChange(*place, given, record.ends, record.roles)


def tie_changes(found: Records, held: ExistingRecords) -> Iterator[RecordChange]:
    for cls, group in found.ties.items():
        for tie in group.values():
            there = held.ties.get(cls, {}).get(tie.key)
            before = there.image if there else None
            given = properties_to_set(cls.__name__, tie, before)
            after = {**(before or {}), **given}
            whole = without_nulls(after)
            place = (tie.input, cls.__name__, tie.key, before, whole)
            yield RecordChange(*place, given, {}, None, cls, (tie.source, tie.target))


def without_nulls(image: Image) -> Image:
    return {name: value for name, value in image.items() if value is not None}


def properties_to_set(
    kind: str, record: NodeRecord | TieRecord, before: Image | None
) -> Image:
    """What is given; `since` follows its own day only where nobody chose another."""
    begin = START_DAYS.get(kind)
    if begin is None or before is None or "since" in record.input.values:
        return record.properties
    if before.get("since") in (None, day(before.get(begin))):
        return record.properties
    return {n: v for n, v in record.properties.items() if n != "since"}


def day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value
