"""What a write must find in the graph: its ends, its own records, their kinds."""

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
from service.writes.records import End, Records, ends

NAME_NEEDED = "a member needs a name"


class Mode(Enum):
    """What a write does to a record that is there, and to one that is not."""

    CREATE = "CREATE"  # there: a conflict
    UPDATE = "UPDATE"  # not there: not found
    UPSERT = "UPSERT"
    RESTORE = "RESTORE"  # an upsert of what was there once, whatever the rules say


@dataclass(frozen=True)
class NodeIdentity:
    key: str
    labels: list[str]

    @property
    def label(self) -> str:
        return next(name for name in NODES if name in self.labels)


def check_existing(
    found: Records, held: ExistingRecords, mode: Mode, problems: Problems
) -> None:
    """All that can be said of each record beside what is held of it."""
    check_mode(found, held, mode, problems)
    check_members(found, held, mode, problems)
    check_ties(found, held, problems)


def check_mode(
    found: Records, held: ExistingRecords, mode: Mode, problems: Problems
) -> None:
    for label, group in found.nodes.items():
        for key, node in group.items():
            there = key in held.nodes.get(label, {})
            if mode is Mode.CREATE and (there or key in held.kinds):
                problems.at(
                    node.input,
                    "key",
                    f"the key {key!r} exists already",
                    WriteErrorCode.CONFLICT,
                )
            elif mode is Mode.UPDATE and not there and key not in held.kinds:
                problems.at(
                    node.input,
                    "key",
                    f"no {label} has the key {key!r}",
                    WriteErrorCode.NONE,
                )
    for cls, ties in found.ties.items():
        for key, tie in ties.items():
            there = key in held.ties.get(cls, {})
            if mode is Mode.CREATE and there:
                problems.at(
                    tie.input,
                    "key",
                    f"the key {key!r} exists already",
                    WriteErrorCode.CONFLICT,
                )
            elif mode is Mode.UPDATE and not there:
                text = f"no {cls.__name__} has the key {key!r}"
                problems.at(tie.input, "key", text, WriteErrorCode.NONE)


def check_members(
    found: Records, held: ExistingRecords, mode: Mode, problems: Problems
) -> None:
    """A member's kind never changes, and each has a name."""
    for label in MEMBERS:
        for key, record in found.nodes.get(label, {}).items():
            kind = held.kinds.get(key, label)
            if kind != label:
                text = f"{key!r} is {with_article(noun_of(kind))} in the database"
                text += "; the kind of a member cannot change"
                problems.at(record.input, "kind", text, WriteErrorCode.CONFLICT)
            elif record.input.values.get("name") in (None, "") and (
                "name" in record.input.values
                or (key not in held.kinds and mode is not Mode.UPDATE)
            ):
                problems.at(record.input, "name", NAME_NEEDED, WriteErrorCode.REQUIRED)


EndLabels = dict[tuple[str, str], str]  # of nodes, by how to find them: label and key


async def read_end_labels(writer: Writer, every: Iterable[Records]) -> EndLabels:
    """The ends that the database has, of those that are not written with them."""
    missing: dict[str, set[str]] = {}
    for found in every:
        own = labels_of(found)
        for end in ends(found):
            if (end.find, end.key) not in own:
                missing.setdefault(end.find, set()).add(end.key)
    return {
        (find, node.key): node.label
        for find, keys in missing.items()
        for node in await read_identities(writer, find, sorted(keys))
    }


def labels_of(found: Records) -> EndLabels:
    return {
        (key_label(label), key): label
        for label, group in found.nodes.items()
        for key in group
    }


def check_ends(found: Records, there: EndLabels, problems: Problems) -> None:
    """Every end is written with it or in the database, and is what its tie needs."""
    known = there | labels_of(found)
    for end in ends(found):
        check_end(end, known.get((end.find, end.key)), problems)


def check_end(end: End, label: str | None, problems: Problems) -> None:
    """`label` is what has the key of this end, if anything has."""
    if label is None:
        text = f"no {end.find} has the key {end.key!r}"
        problems.at(end.input, end.column, text, WriteErrorCode.NONE)
    elif label not in end.labels:
        owner, needed = with_article(noun_of(end.owner)), alternatives(end.labels)
        text = f"{end.key!r} is {with_article(noun_of(label))}"
        text += f"; the {end.column} of {owner} must be {needed}"
        problems.at(end.input, end.column, text)


def check_ties(found: Records, held: ExistingRecords, problems: Problems) -> None:
    """A tie keeps its two ends."""
    for cls, group in found.ties.items():
        for key, tie in group.items():
            known = held.ties.get(cls, {}).get(key)
            if known and (tie.source, tie.target) != (known.source, known.target):
                ends_now = f"{known.source!r} to {known.target!r}"
                text = f"{key!r} connects {ends_now} in the database"
                text += "; its ends cannot change"
                problems.at(tie.input, "key", text, WriteErrorCode.CONFLICT)


async def read_identities(
    writer: Writer, label: str, keys: list[str]
) -> list[NodeIdentity]:
    read = statement("records/existing", NODE=label, KIND=label)
    return await writer.rows(read, NodeIdentity, keys=keys) if keys else []
