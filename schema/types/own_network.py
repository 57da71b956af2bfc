"""Parts of a member's own network: ties and their upkeep, matches, ways in."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records import reading, ties
from schema.records.community import Community
from schema.records.lazy import CapabilityRef, MemberRef
from schema.types import descriptions
from schema.types.measured import member_at, members_at, node_at, nodes_at, plain
from service.analyses.introductions.ways import IntroductionWay
from service.analyses.networking.encounters import CommunityEntryResult, MatchResult
from service.analyses.networking.figures import TieCountResult, UpkeepResult
from service.vocabulary.enums import AcquaintanceContext


@strawberry.type(description="Distinct members tied, by kind of tie or by context.")
class TieCount:
    result: strawberry.Private[TieCountResult]
    name: str = plain("name", "The kind of tie, or the context.")
    count: int = plain("count", "Distinct members tied.")


async def acquaintance(root: UpkeepTie, info: Info) -> Any:
    return await reading.tie(info.context, ties.Acquaintance, root.result.tie.tie)


def context_of(root: UpkeepTie) -> AcquaintanceContext | None:
    context = root.result.tie.context
    return None if context is None else AcquaintanceContext(context)


@strawberry.type(description="An acquaintance on the day of the answer.")
class UpkeepTie:
    result: strawberry.Private[UpkeepResult]
    member: MemberRef = member_at("tie.other", "The acquaintance.")
    tie: ties.Acquaintance = strawberry.field(
        resolver=acquaintance, description="The stored tie."
    )
    context: AcquaintanceContext | None = strawberry.field(
        resolver=context_of, description="How the two know each other, if stored."
    )
    strength: float | None = plain(
        "strength",
        "The score, which halves with every half-life; null without a score.",
    )
    success: float = plain(
        "chance", "The chance that it carries an introduction, 0..1."
    )
    last_contact: date | None = plain(
        "last_contact",
        "The day of the latest renewal: the date of the score, the last contact"
        " month, or the begin.",
    )
    months_in_touch: int = plain("months", "Months of the last twelve with a contact.")
    regularity: float = plain("regularity", "monthsInTouch / 12.")


@strawberry.type(description="The most likely path, without the member itself.")
class Introducing:
    result: strawberry.Private[IntroductionWay]
    path: list[MemberRef] = members_at("path", "From the member to ask first.")
    success: float = plain("success", descriptions.PATH_SUCCESS)


def match_way(root: NetworkMatch) -> Introducing | None:
    return Introducing(result=root.result.way) if root.result.way else None


@strawberry.type(
    description="A member that has what this one needs, and needs what it has."
)
class NetworkMatch:
    result: strawberry.Private[MatchResult]
    member: MemberRef = member_at("key", "The match.")
    gives: list[CapabilityRef] = nodes_at(
        "Capability", "gives", "What it has and the member needs."
    )
    takes: list[CapabilityRef] = nodes_at(
        "Capability", "takes", "What it needs and the member has."
    )
    way: Introducing | None = strawberry.field(
        resolver=match_way,
        description="The most likely path to it; null if no path is within reach.",
    )


def entry_way(root: CommunityEntry) -> Introducing | None:
    return Introducing(result=root.result.way) if root.result.way else None


@strawberry.type(description="A community to join, and who could introduce the member.")
class CommunityEntry:
    result: strawberry.Private[CommunityEntryResult]
    community: Community = node_at("Community", "key", "The community.")
    own_region: bool = plain(
        "community.is_in_own_region", "Whether it is in the member's region."
    )
    own_sector: bool = plain(
        "community.has_own_sector",
        "Whether any of its members is in the sector of this member.",
    )
    way: Introducing | None = strawberry.field(
        resolver=entry_way,
        description="The most likely path to any of its members; null if no path is"
        " within reach.",
    )
