"""Ids of nodes in graph files: unique, although two kinds may share a key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.formats.blocks import ExportSource
from service.graph.statements import Statement, statement
from service.vocabulary import key_label, snake
from service.vocabulary.nodes import KEYED

PREFIXES = {label: f"{snake(label).strip('_').upper()}:" for label in KEYED}
EVERY_PREFIX = tuple(PREFIXES.values())


@dataclass(frozen=True)
class NodeIds:
    """The id of a record is its key, or its kind and key if the key is not enough.

    `shared` has, by label, the keys that a record of an earlier label has too.
    """

    shared: Mapping[str, frozenset[str]]

    def of(self, label: str, key: str) -> str:
        """The id of a record.

        A key that looks like such an id gets a prefix too, so that no two are equal.

        >>> ids = NodeIds({"Offering": frozenset(["market"])})
        >>> ids.of("Member", "market"), ids.of("Offering", "market")
        ('market', 'OFFERING:market')
        >>> ids.of("Team", "OFFERING:market")
        'MEMBER:OFFERING:market'
        """
        label = key_label(label)
        is_shared = key in self.shared.get(label, ())
        if is_shared or key.startswith(EVERY_PREFIX):
            return PREFIXES[label] + key
        return key


async def read_node_ids(source: ExportSource) -> NodeIds:
    shared = {}
    for query, label in zip(shared_key_statements(), KEYED[1:], strict=True):
        rows = await source.reader.block(query)
        clean = source.replacements.text
        shared[label] = frozenset(clean(key) for [key] in rows)
    return NodeIds(shared)


def shared_key_statements() -> list[Statement]:
    """One statement for each label but the first."""
    return [
        statement(
            "exports/shared_keys",
            NODE=label,
            OTHERS=" OR ".join(map(has_key, KEYED[:index])),
        )
        for index, label in enumerate(KEYED)
        if index > 0
    ]


def has_key(label: str) -> str:
    return (
        f"EXISTS {{ MATCH (m:{label} {{key: n.key}}) USING INDEX SEEK m:{label}(key) }}"
    )
