"""The stored ties behind an arc that came or went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.graph import Graph
from service.graph.statements import statement
from service.networks.selection import (
    MUTUAL_TIES,
    REVERSED_TIES,
    STORED_TIES,
    Selection,
)
from service.vocabulary import TIES
from service.vocabulary.enums import TieKind

KINDS = {TIES[kind].type: kind for kind in STORED_TIES}
KeyPair = tuple[str, str]


@dataclass(frozen=True)
class ChangeEvidenceRow:
    source: str
    target: str
    ties: list[list[str]]  # type, key of its start, key, since, until


@dataclass(frozen=True)
class StoredTieResult:
    """A stored tie, by its dates."""

    kind: TieKind
    key: str
    since: date | None
    until: date | None


async def stored_ties(
    graph: Graph, selection: Selection, pairs: list[KeyPair], day: date
) -> dict[KeyPair, list[StoredTieResult]]:
    """The stored ties of each pair that carry value from its source to its target."""
    types = [TIES[kind].type for kind in selection.ties if kind in STORED_TIES]
    if not types or not pairs:
        return {}
    query = statement("network_change/evidence", TYPES="|".join(types))
    ends = [list(pair) for pair in pairs]
    rows = await graph.rows(
        query,
        ChangeEvidenceRow,
        pairs=ends,
        day=day,
        exchange_kind=selection.exchange_kind and selection.exchange_kind.value,
    )
    return {
        (row.source, row.target): [
            stored_tie(tie)
            for tie in row.ties
            if carries_value(KINDS[tie[0]], tie[1] == row.source)
        ]
        for row in rows
    }


def carries_value(kind: TieKind, starts_at_source: bool) -> bool:
    """Whether value flows over such a tie from the source of the arc."""
    return kind in MUTUAL_TIES or starts_at_source is not (kind in REVERSED_TIES)


def stored_tie(columns: list[str]) -> StoredTieResult:
    kind, _, key, since, until = columns
    return StoredTieResult(KINDS[kind], key, day_of(since), day_of(until))


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
