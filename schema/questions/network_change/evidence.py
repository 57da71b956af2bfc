"""A tie that came or went, with the stored ties behind it."""

from __future__ import annotations

from datetime import date

import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef
from schema.records.reading import member_of
from schema.types.measured import plain
from service.analyses.network_change.evidence import StoredTieResult, stored_ties
from service.networks.selection import Selection
from service.vocabulary.enums import TieKind


@strawberry.type(description="A stored tie, by its dates.")
class StoredTie:
    result: strawberry.Private[StoredTieResult]
    kind: TieKind = plain("kind", "The kind of tie.")
    key: str = plain("key", "The key of the tie.")
    since: date | None = plain("since", "When it began, if stored.")
    until: date | None = plain("until", "When it ended, if stored.")


@strawberry.type(
    description="An arc that appeared or disappeared, in the direction of the flow of"
    " value."
)
class ChangedTie:
    source: MemberRef = strawberry.field(description="Where the arc begins.")
    target: MemberRef = strawberry.field(description="Where the arc ends.")
    ties: list[StoredTie] = strawberry.field(
        description="The stored ties that make up the arc, by type, then key; empty if"
        " the arc is derived from a shared company, contract or community."
    )


async def changed_ties(
    info: Info, selection: Selection, pairs: list[tuple[str, str]], day: date
) -> list[ChangedTie]:
    """These pairs on a day on which they were tied."""
    ties = await stored_ties(info.context.graph, selection, pairs, day)
    return [
        ChangedTie(
            source=await member_of(info.context, source),
            target=await member_of(info.context, target),
            ties=[StoredTie(result=tie) for tie in ties.get((source, target), [])],
        )
        for source, target in pairs
    ]
