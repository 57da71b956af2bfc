"""What one write would change: nodes by label, ties by kind, each by key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from service.vocabulary import MEMBERS, NODES, key_label
from service.vocabulary.ties import Tie

# The values of an input that checks still need when its record is known.
NEEDED_VALUES = ("name", "since", "source")


NAME_NEEDED = "a member needs a name"
Values = dict[str, Any]  # by column; a column that is absent is not None


class RecordInput(NamedTuple):
    """The input values of one record by column, and their place in the input.

    None clears a property; a column that is absent leaves it as it is.
    """

    file: str  # its path, or a path in the request such as input/teams/0
    line: int  # in the file; 0 in a request
    values: Values


class NodeRecord(NamedTuple):
    input: RecordInput
    key: str
    properties: dict[str, Any]
    ends: dict[str, str | None]  # name of a link: key of its end, None to unlink
    roles: list[str] | None = None  # labels; None where the column was left out


class TieRecord(NamedTuple):
    input: RecordInput
    key: str
    source: str
    target: str
    properties: dict[str, Any]


@dataclass
class Records:
    """The records of one write: nodes by label, ties by kind, each by key."""

    nodes: dict[str, dict[str, NodeRecord]] = field(default_factory=dict)
    ties: dict[type[Tie], dict[str, TieRecord]] = field(default_factory=dict)

    def count(self) -> int:
        """Records and the links between them: a row is written for each."""
        nodes = [node for group in self.nodes.values() for node in group.values()]
        links = sum(len(node.ends) for node in nodes)
        return len(nodes) + links + sum(len(group) for group in self.ties.values())


class End(NamedTuple):
    """An end that must exist: of which record, in which cell, and what it may be."""

    owner: str
    input: RecordInput
    column: str
    key: str
    labels: tuple[str, ...]

    @property
    def find(self) -> str:
        """The label to find it by: members of any kind share one."""
        return key_label(self.labels[0])


def ends(records: Records) -> Iterator[End]:
    for cls, group in records.ties.items():
        for tie in group.values():
            columns = ["source", "target"]
            if tie.input.values["source"] != tie.source:  # stored the other way round
                columns.reverse()
            yield End(cls.__name__, tie.input, columns[0], tie.source, cls.sources)
            yield End(cls.__name__, tie.input, columns[1], tie.target, cls.targets)
    for label, nodes in records.nodes.items():
        links = {link.name: link for link in NODES[label].links}
        for record in nodes.values():
            for name, key in record.ends.items():
                if key is not None:
                    kind = links[name].label
                    allowed = tuple(MEMBERS) if kind == "Member" else (kind,)
                    yield End(label, record.input, name, key, allowed)
