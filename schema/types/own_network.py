"""Parts of a member's own network: ties and their upkeep, matches, ways in."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records import reading, ties
from schema.records.community import Community
from schema.records.lazy import CapabilityRef, MemberRef
from schema.types.measured import member_at, members_at, node_at, nodes_at, plain
from service.analyses.networking.figures import Count, Upkeep
from service.analyses.networking.reaching import Entry, Match, Way
from service.vocabulary.enums import AcquaintanceContext


@strawberry.type(description="Distinct members tied, by kind of tie or by context.")
class TieCount:
    found: strawberry.Private[Count]
    name: str = plain("name")
    count: int = plain("count")


async def acquaintance(root: UpkeepTie, info: Info) -> Any:
    return await reading.tie(info.context, ties.Acquaintance, root.found.tie.tie)


def context_of(root: UpkeepTie) -> AcquaintanceContext | None:
    context = root.found.tie.context
    return None if context is None else AcquaintanceContext(context)


@strawberry.type(description="An acquaintance, as it stands on the day.")
class UpkeepTie:
    found: strawberry.Private[Upkeep]
    member: MemberRef = member_at("tie.other")
    tie: ties.Acquaintance = strawberry.field(resolver=acquaintance)
    context: AcquaintanceContext | None = strawberry.field(resolver=context_of)
    strength: float | None = plain("faded", "The score, halved every half-life.")
    success: float = plain("chance", "That it carries an introduction, 0..1.")
    last_contact: date | None = plain("last", "Of score, contact months and begin.")
    months_in_touch: int = plain("months", "Of the last twelve.")
    regularity: float = plain("regularity", "The same as a share.")


@strawberry.type(description="The likeliest path, the member itself left out.")
class Introducing:
    found: strawberry.Private[Way]
    path: list[MemberRef] = members_at("path", "From whom to ask first.")
    success: float = plain("success", "As in partnerPaths.")


def match_way(root: NetworkMatch) -> Introducing | None:
    return Introducing(found=root.found.way) if root.found.way else None


@strawberry.type(description="Has what the member needs, and needs what it has.")
class NetworkMatch:
    found: strawberry.Private[Match]
    member: MemberRef = member_at("key")
    gives: list[CapabilityRef] = nodes_at("Capability", "gives", "That it has.")
    takes: list[CapabilityRef] = nodes_at("Capability", "takes", "That it needs.")
    way: Introducing | None = strawberry.field(resolver=match_way)


def entry_way(root: CommunityEntry) -> Introducing | None:
    return Introducing(found=root.found.way) if root.found.way else None


@strawberry.type(description="A community to join, and who could bring the member in.")
class CommunityEntry:
    found: strawberry.Private[Entry]
    community: Community = node_at("Community", "key")
    own_region: bool = plain("own_region")
    own_sector: bool = plain("own_sector", "Somebody there is of the member's sector.")
    way: Introducing | None = strawberry.field(
        resolver=entry_way, description="To the member of it that is reached best."
    )
