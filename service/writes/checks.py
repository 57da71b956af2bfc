"""Checks of a write against the graph: its ends, its own records, their kinds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from service.errors import WriteErrorCode
from service.graph.statements import statement
from service.graph.transactions import Writer
from service.vocabulary import MEMBERS, NODES, key_label
from service.vocabulary.names import alternatives, noun_of, with_article
from service.writes.existing import ExistingRecords
from service.writes.problems import Problems
from service.writes.records import NAME_NEEDED, End, Records, ends


class Mode(Enum):
    """What a write does with a record that exists, and with one that does not."""

    CREATE = "CREATE"  # a record that exists is a conflict
    UPDATE = "UPDATE"  # a record that does not exist is not found
    UPSERT = "UPSERT"
    RESTORE = "RESTORE"  # an upsert of an earlier state, without the rules


@dataclass(frozen=True)
class NodeIdentity:
    key: str
    labels: list[str]

    @property
    def label(self) -> str:
        return next(name for name in NODES if name in self.labels)


def check_existing(
    records: Records, existing: ExistingRecords, mode: Mode, problems: Problems
) -> None:
    """Check each record against the existing record of its key."""
    check_mode(records, existing, mode, problems)
    check_members(records, existing, mode, problems)
    check_ties(records, existing, problems)


def check_mode(
    records: Records, existing: ExistingRecords, mode: Mode, problems: Problems
) -> None:
    for label, group in records.nodes.items():
        for key, node in group.items():
            exists = key in existing.nodes.get(label, {})
            if mode is Mode.CREATE and (exists or key in existing.kinds):
                problems.at(
                    node.input,
                    "key",
                    f"the key {key!r} already exists",
                    WriteErrorCode.CONFLICT,
                )
            elif mode is Mode.UPDATE and not exists and key not in existing.kinds:
                problems.at(
                    node.input,
                    "key",
                    f"no {label} has the key {key!r}",
                    WriteErrorCode.NONE,
                )
    for cls, ties in records.ties.items():
        for key, tie in ties.items():
            exists = key in existing.ties.get(cls, {})
            if mode is Mode.CREATE and exists:
                problems.at(
                    tie.input,
                    "key",
                    f"the key {key!r} already exists",
                    WriteErrorCode.CONFLICT,
                )
            elif mode is Mode.UPDATE and not exists:
                text = f"no {cls.__name__} has the key {key!r}"
                problems.at(tie.input, "key", text, WriteErrorCode.NONE)


def check_members(
    records: Records, existing: ExistingRecords, mode: Mode, problems: Problems
) -> None:
    """A member's kind never changes, and a new one has a name."""
    for label in MEMBERS:
        for key, record in records.nodes.get(label, {}).items():
            kind = existing.kinds.get(key, label)
            if kind != label:
                text = f"{key!r} is {with_article(noun_of(kind))} in the database"
                text += "; the kind of a member cannot change"
                problems.at(record.input, "kind", text, WriteErrorCode.CONFLICT)
            elif (
                "name" not in record.input.values
                and key not in existing.kinds
                and mode is not Mode.UPDATE
            ):
                problems.at(record.input, "name", NAME_NEEDED, WriteErrorCode.REQUIRED)


EndLabels = dict[
    tuple[str, str], str
]  # labels of nodes, by the label to find them by and key


async def read_end_labels(writer: Writer, several: Iterable[Records]) -> EndLabels:
    """The labels of the ends that the database has and the write does not."""
    missing: dict[str, set[str]] = {}
    for records in several:
        own = labels_of(records)
        for end in ends(records):
            if (end.find, end.key) not in own:
                missing.setdefault(end.find, set()).add(end.key)
    return {
        (find, node.key): node.label
        for find, keys in missing.items()
        for node in await read_identities(writer, find, sorted(keys))
    }


def labels_of(records: Records) -> EndLabels:
    return {
        (key_label(label), key): label
        for label, group in records.nodes.items()
        for key in group
    }


def check_ends(records: Records, exists: EndLabels, problems: Problems) -> None:
    """Check that every end is in the write or the database and has a valid kind."""
    old = exists | labels_of(records)
    for end in ends(records):
        check_end(end, old.get((end.find, end.key)), problems)


def check_end(end: End, label: str | None, problems: Problems) -> None:
    """`label` is that of the node with the key of this end; None if there is none."""
    if label is None:
        text = f"no {end.find} has the key {end.key!r}"
        problems.at(end.input, end.column, text, WriteErrorCode.NONE)
    elif label not in end.labels:
        owner, needed = with_article(noun_of(end.owner)), alternatives(end.labels)
        text = f"{end.key!r} is {with_article(noun_of(label))}"
        text += f"; the {end.column} of {owner} must be {needed}"
        problems.at(end.input, end.column, text)


def check_ties(records: Records, existing: ExistingRecords, problems: Problems) -> None:
    """A tie keeps its two ends."""
    for cls, group in records.ties.items():
        for key, tie in group.items():
            old = existing.ties.get(cls, {}).get(key)
            if old and (tie.source, tie.target) != (
                old.source,
                old.target,
            ):
                ends_now = f"{old.source!r} to {old.target!r}"
                text = f"{key!r} connects {ends_now} in the database"
                text += "; its ends cannot change"
                problems.at(tie.input, "key", text, WriteErrorCode.CONFLICT)


async def read_identities(
    writer: Writer, label: str, keys: list[str]
) -> list[NodeIdentity]:
    read = statement("records/existing", NODE=label, KIND=label)
    return await writer.rows(read, NodeIdentity, keys=keys) if keys else []
