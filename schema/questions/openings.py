"""Where are the openings: who completes whom, without being tied?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from schema.context import Info, today
from schema.records.capability import Capability
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.reading import existing_node, member_of, members_of
from schema.types.about import About, about
from schema.types.network_input import echo
from service.analyses.openings import Found, found_openings
from service.networks.selection import Selection
from service.vocabulary.enums import TieKind

TIES = [TieKind.EXCHANGE]
MOST_ROLES = 20
FORMULA = (
    "An opening is two members without a tie of whom one NEEDS what the other has, at"
    " any distance, or who share a neighbour and play roles (senderRole, receiverRole)"
    " between which something runs elsewhere in the community. score (Adamic-Adar) ="
    " sum over common neighbours of 1 / ln(number of its neighbours); distance in ties,"
    " whichever way they run, null where no path leads from one to the other."
)
SOURCE = (
    "Normann & Ramirez 1993, HBR 71(4):65-77; Adamic & Adar 2003, Social Networks"
    " 25(3):211-230. What completes what is decided here."
)


@dataclass(frozen=True)
class Pair:
    low: int
    high: int


@strawberry.type(description="What one needs and the other has.")
class OpeningNeed:
    needing: MemberRef
    having: MemberRef
    capability: Capability


@strawberry.type(description="Roles between which something runs elsewhere.")
class OpeningRoles:
    giver: MemberRef
    taker: MemberRef
    sender_role: str
    receiver_role: str


async def opening_needs(root: Opening, info: Info) -> list[OpeningNeed]:
    rows = []
    for one, other in root.ways():
        for key in root.found.traits.needs(one, other):
            rows.append(
                OpeningNeed(
                    needing=await root.member(info, one),
                    having=await root.member(info, other),
                    capability=await existing_node(info.context, "Capability", key),
                )
            )
    return rows


async def opening_roles(root: Opening, info: Info) -> list[OpeningRoles]:
    rows = []
    for one, other in root.ways():
        for sender, receiver in root.found.traits.gives(one, other)[:MOST_ROLES]:
            rows.append(
                OpeningRoles(
                    giver=await root.member(info, one),
                    taker=await root.member(info, other),
                    sender_role=sender,
                    receiver_role=receiver,
                )
            )
    return rows


async def opening_via(
    root: Opening, info: Info, first: int | None = 5
) -> list[MemberRef]:
    places = root.found.between(root.pair.low, root.pair.high)
    shown = places[: limit_of("first", first, 5)]
    keys = [root.found.network.keys[i] for i in shown]
    return await members_of(info.context, keys)


async def opening_ends(root: Opening, info: Info) -> list[MemberRef]:
    return [await root.member(info, i) for i in (root.pair.low, root.pair.high)]


@strawberry.type(description="Two members that complete each other and have no tie.")
class Opening:
    found: strawberry.Private[Found]
    pair: strawberry.Private[Pair]
    members: list[MemberRef] = strawberry.field(
        resolver=opening_ends, description="The two, by key."
    )
    score: float
    distance: int | None
    needs: list[OpeningNeed] = strawberry.field(
        resolver=opening_needs, description="By needing member, then capability."
    )
    roles: list[OpeningRoles] = strawberry.field(
        resolver=opening_roles, description="By giver, then both roles; 20 each way."
    )
    via: list[MemberRef] = strawberry.field(
        resolver=opening_via, description="Common neighbours, by key."
    )
    null_reason: str | None

    def ways(self) -> list[tuple[int, int]]:
        low, high = self.pair.low, self.pair.high
        return [(low, high), (high, low)]

    async def member(self, info: Info, place: int) -> Any:
        return await member_of(info.context, self.found.network.keys[place])


@strawberry.type(description="Where a community has an opening.")
class Openings:
    opening_count: int
    openings: list[Opening] = strawberry.field(
        description="By score descending, then both keys; those without a common"
        " neighbour come last."
    )
    null_reason: str | None
    about: About


async def openings(
    info: Info,
    community: str | None = strawberry.UNSET,
    member: str | None = strawberry.UNSET,
    ties: list[TieKind] | None = TIES,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 20,
) -> Openings:
    """Which members complete each other without being tied, and who stands between?

    community: Key of a community: only its members.
    member: Key of a member: only openings that it is part of.
    ties: The kinds of tie that already connect two members.
    """
    context, limit = info.context, limit_of("first", first, 20)
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
    found = await found_openings(context.networks, selection, key, limit)
    parameters: dict[str, Any] = {"network": echo(selection), "member": key}
    warnings = [*found.network.warnings]
    if key is not None and key not in found.network.keys:
        warnings.append(f"{key!r} is not in this network.")
    if found.cut:
        warnings.append("Too many pairs of need and capability: those far apart miss.")
    return Openings(
        opening_count=found.count,
        openings=[shown(found, *pair) for pair in found.pairs(limit)],
        null_reason=None if found.count else "Nobody completes anybody untied.",
        about=about(
            FORMULA,
            SOURCE,
            parameters | {"first": limit},
            selection.day,
            found.read_at,
            warnings,
        ),
    )


def shown(found: Found, low: int, high: int, score: float) -> Opening:
    distance = found.distance(low, high, score)
    reason = None if distance else "No path leads from one to the other."
    return Opening(
        found=found,
        pair=Pair(low, high),
        score=score,
        distance=distance,
        null_reason=reason,
    )
