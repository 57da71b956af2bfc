"""A tie that came or went, with the stored ties behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef
from schema.records.reading import member_of
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


@strawberry.type(description="A stored tie, by its dates.")
class StoredTie:
    kind: TieKind
    key: str
    since: date | None
    until: date | None


@strawberry.type(description="An arc that came or went, along the flow of value.")
class ChangedTie:
    source: MemberRef
    target: MemberRef
    ties: list[StoredTie] = strawberry.field(
        description="The stored ties between the two that make it, by type, then key;"
        " none where it is derived from what they share."
    )


@dataclass(frozen=True)
class Evidence:
    source: str
    target: str
    ties: list[list[str]]  # type, key of its start, key, since, until


async def changed_ties(
    info: Info, selection: Selection, pairs: list[tuple[str, str]], day: date
) -> list[ChangedTie]:
    """These pairs as they stood on a day on which they were tied."""
    known = await stored_ties(info, selection, pairs, day)
    return [
        ChangedTie(
            source=await member_of(info.context, source),
            target=await member_of(info.context, target),
            ties=known.get((source, target), []),
        )
        for source, target in pairs
    ]


async def stored_ties(
    info: Info, selection: Selection, pairs: list[tuple[str, str]], day: date
) -> dict[tuple[str, str], list[StoredTie]]:
    types = [TIES[kind].type for kind in selection.ties if kind in STORED_TIES]
    if not types or not pairs:
        return {}
    read = statement("network_change/evidence", TYPES="|".join(types))
    asked = [list(pair) for pair in pairs]
    rows = await info.context.graph.rows(read, Evidence, pairs=asked, day=day)
    return {
        (row.source, row.target): [
            shown(tie) for tie in row.ties if along(KINDS[tie[0]], tie[1] == row.source)
        ]
        for row in rows
    }


def along(kind: TieKind, starts_at_source: bool) -> bool:
    """Whether value flows over such a tie from the source of the arc."""
    return kind in MUTUAL_TIES or starts_at_source is not (kind in REVERSED_TIES)


def shown(tie: list[Any]) -> StoredTie:
    kind, _, key, since, until = tie
    return StoredTie(
        kind=KINDS[kind], key=key, since=day_of(since), until=day_of(until)
    )


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
