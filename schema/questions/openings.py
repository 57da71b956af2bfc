"""`openings`: which members complete each other but have no tie?"""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info, today
from schema.records.capability import Capability
from schema.records.lazy import MemberRef
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import existing_node, member_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.ranking import (
    member_items,
    ranking,
    window_of,
    with_page_infos,
)
from service.analyses.openings import OpeningsAnalysis, openings_analysis
from service.networks.selection import Selection
from service.vocabulary.enums import TieKind

TIES = [TieKind.EXCHANGE]
MOST_ROLES = 20
FORMULA = (
    "An opening is two members without a tie: one NEEDS what the other has, at any"
    " distance, or they share a neighbour and play roles (senderRole, receiverRole)"
    " that exchange something elsewhere in the community. score (Adamic-Adar) = sum"
    " over common neighbours of 1 / ln(number of its neighbours); distance: the number"
    " of ties on the shortest path, in any direction; null if there is no path."
)
SOURCE = (
    "Normann & Ramirez 1993, HBR 71(4):65-77; Adamic & Adar 2003, Social Networks"
    " 25(3):211-230. When two members complete each other is our own definition."
)


@strawberry.type(description="What one needs and the other has.")
class OpeningNeed:
    needing: MemberRef = strawberry.field(description="Who needs it.")
    having: MemberRef = strawberry.field(description="Who has it.")
    capability: Capability = strawberry.field(description="The capability.")


@strawberry.type(description="Two roles that exchange elsewhere in the community.")
class OpeningRoles:
    giver: MemberRef = strawberry.field(description="Who could give.")
    taker: MemberRef = strawberry.field(description="Who could receive.")
    sender_role: str = strawberry.field(description="The role of the giver.")
    receiver_role: str = strawberry.field(description="The role of the receiver.")


async def opening_needs(root: Opening, info: Info) -> list[OpeningNeed]:
    rows = []
    for seeker, holder in root.directions():
        for key in root.result.traits.needs(seeker, holder):
            rows.append(
                OpeningNeed(
                    needing=await root.member(info, seeker),
                    having=await root.member(info, holder),
                    capability=await existing_node(info.context, "Capability", key),
                )
            )
    return rows


async def opening_roles(root: Opening, info: Info) -> list[OpeningRoles]:
    rows = []
    for giver, taker in root.directions():
        for sender, receiver in root.result.traits.gives(giver, taker)[:MOST_ROLES]:
            rows.append(
                OpeningRoles(
                    giver=await root.member(info, giver),
                    taker=await root.member(info, taker),
                    sender_role=sender,
                    receiver_role=receiver,
                )
            )
    return rows


def via_rows(root: Opening, most: int) -> list[str]:
    indices = root.result.between(root.low, root.high)
    return [root.result.network.keys[index] for index in indices]


def role_count(root: Opening) -> int:
    traits = root.result.traits
    return sum(len(traits.gives(giver, taker)) for giver, taker in root.directions())


def via_count(root: Opening) -> int:
    return len(root.result.between(root.low, root.high))


async def opening_ends(root: Opening, info: Info) -> list[MemberRef]:
    return [await root.member(info, i) for i in (root.low, root.high)]


@strawberry.type(description="Two members that complete each other and have no tie.")
@with_page_infos
class Opening:
    result: strawberry.Private[OpeningsAnalysis]
    low: strawberry.Private[int]
    high: strawberry.Private[int]
    members: list[MemberRef] = strawberry.field(
        resolver=opening_ends, description="The two, by key."
    )
    score: float = strawberry.field(
        description="The Adamic-Adar index; 0 without a common neighbour."
    )
    distance: int | None = strawberry.field(
        description="Ties of the shortest path between the two; null without one."
    )
    needs: list[OpeningNeed] = strawberry.field(
        resolver=opening_needs,
        description="What one of them needs and the other has, by needing member, then"
        " capability.",
    )
    role_count: int = strawberry.field(
        resolver=role_count,
        description="Pairs of roles in which one could give to the other.",
    )
    roles: list[OpeningRoles] = strawberry.field(
        resolver=opening_roles,
        description="Roles in which one could give to the other, by giver, then both"
        " roles; at most 20 each way.",
    )
    via_count: int = strawberry.field(
        resolver=via_count, description="Common neighbours."
    )
    via: list[MemberRef] = ranking(
        via_rows, member_items, "Common neighbours, by key.", first=5
    )
    null_reason: str | None = strawberry.field(
        description="Why `distance` is null; null if it is not."
    )

    def directions(self) -> list[tuple[int, int]]:
        return [(self.low, self.high), (self.high, self.low)]

    async def member(self, info: Info, index: int) -> Any:
        return await member_of(info.context, self.result.network.keys[index])


def opening_items(
    root: Openings, info: Info, rows: list[tuple[int, int, float]]
) -> list[Opening]:
    return [opening(root.result, *pair) for pair in rows]


@strawberry.type(description="The openings of a community.")
@with_page_infos
class Openings:
    opening_count: int = strawberry.field(description="How many openings there are.")
    result: strawberry.Private[OpeningsAnalysis]
    window: strawberry.Private[RankingWindow]
    openings: list[Opening] = ranking(
        lambda root, most: root.result,
        opening_items,
        "By score descending, then both keys; those without a common neighbour come"
        " last.",
    )
    null_reason: str | None = strawberry.field(
        description="Why there are no openings; null if there are any."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def openings(
    info: Info,
    community: str | None = strawberry.UNSET,
    member: str | None = strawberry.UNSET,
    ties: list[TieKind] | None = TIES,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
) -> Openings:
    """Which members complete each other but have no tie, and who knows both?

    community: Key of a community: only its members.
    member: Key of a member: only openings that it is part of.
    ties: The kinds of tie that already connect two members.
    """
    context, window = info.context, window_of(info, first, 20, after)
    key = member or None
    if key is not None:
        await member_of(context, key)
    selection = Selection(
        ties=tuple(dict.fromkeys(TIES if ties is None else ties)),
        community=community or None,
        day=as_of or today(),
        max_community=context.settings.max_community,
        half_life_days=context.settings.half_life_days,
    )
    question = begin(selection, member=key, first=window.limit)
    analysis = await openings_analysis(
        context.networks, selection, key, searched(window)
    )
    warnings = [*analysis.warnings]
    if key is not None and key not in analysis.network.keys:
        warnings.append(f"{key!r} is not in this network.")
    return Openings(
        opening_count=analysis.count,
        result=analysis,
        window=window,
        null_reason=analysis.null_reason,
        about=question.about(FORMULA, SOURCE, warnings, analysis.read_at),
    )


def searched(window: RankingWindow) -> int:
    """How many openings to search: for later pages in ever larger steps, so that a
    walk to the end searches few times."""
    return (
        window.stop if not window.start else max(1_024, 1 << window.stop.bit_length())
    )


def opening(analysis: OpeningsAnalysis, low: int, high: int, score: float) -> Opening:
    distance = analysis.distance(low, high, score)
    reason = None if distance else "No path connects the two."
    return Opening(
        result=analysis,
        low=low,
        high=high,
        score=score,
        distance=distance,
        null_reason=reason,
    )
