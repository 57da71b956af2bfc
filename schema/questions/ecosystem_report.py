"""`ecosystemReport`: several questions about one community in one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import strawberry

from schema.context import Info
from schema.questions.brokerage import Brokerage, brokerage
from schema.questions.choke_points import (
    ChokePoints,
    choke_points,
)
from schema.questions.network_change import NetworkChange, network_change
from schema.questions.network_map import NetworkMap, network_map
from schema.questions.partner_paths import PartnerPaths, partner_paths
from schema.questions.weak_nodes import WeakNodes, weak_nodes
from schema.records import ties
from schema.records.lazy import CommunityRef, MemberRef
from schema.records.limits import limit_of
from schema.records.reading import existing_node, member_of, tie
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.network_input import NetworkInput
from service.analyses.choke_points import portfolio_startups
from service.analyses.ecosystem_report import CoolingTieRow, cooling_ties
from service.errors import BadInput
from service.vocabulary.enums import GroupKey, TieKind

DAYS = 90
WEAK = 0.4
FORMULA = (
    "brokerage of EXCHANGE by REGION; weakNodes of the community's dependencies at"
    " operability 0.4; coolingTies: acquaintances not renewed within one half-life,"
    " lost = strength at the last contact - strength now, strength = 1 - 2^(-score);"
    " chokePoints and partnerPaths of its start-ups; networkChange and networkMap of"
    " EXCHANGE. Each part states its own formula."
)
SOURCE = "The sources of its questions; the selection of questions is our own."


@dataclass(frozen=True)
class ReportScope:
    """What all parts of one report share."""

    community: str
    since: date
    day: date
    first: int

    def network(self, *kinds: TieKind, has_day: bool = True) -> NetworkInput:
        network = NetworkInput(ties=list(kinds), community=self.community)
        if has_day:
            network.as_of = self.day
        return network


async def cooling_source(root: CoolingTie, info: Info) -> Any:
    return await member_of(info.context, root.result.source)


async def cooling_target(root: CoolingTie, info: Info) -> Any:
    return await member_of(info.context, root.result.target)


async def cooling_tie(root: CoolingTie, info: Info) -> Any:
    return await tie(info.context, ties.Acquaintance, root.result.key)


@strawberry.type(
    description="An acquaintance that was not renewed within one half-life."
)
class CoolingTie:
    result: strawberry.Private[CoolingTieRow]
    source: MemberRef = strawberry.field(
        resolver=cooling_source, description="The first of the two."
    )
    target: MemberRef = strawberry.field(
        resolver=cooling_target, description="The second of the two."
    )
    days_since_contact: int = strawberry.field(
        description="Days since the score was last renewed."
    )
    strength_then: float = strawberry.field(
        description="The strength at the last contact, 0..1."
    )
    strength_now: float = strawberry.field(description="The strength now, 0..1.")
    lost: float = strawberry.field(description="strengthThen - strengthNow.")
    tie: ties.Acquaintance | None = strawberry.field(
        resolver=cooling_tie, description="The acquaintance."
    )


async def part_brokerage(root: EcosystemReport, info: Info) -> Brokerage:
    network = root.scope.network(TieKind.EXCHANGE)
    return await brokerage(info, network, GroupKey.REGION, first=root.scope.first)


async def part_weak(root: EcosystemReport, info: Info) -> WeakNodes:
    network = root.scope.network(TieKind.DEPENDENCY)
    return await weak_nodes(info, network, WEAK, first=root.scope.first)


async def part_cooling(root: EcosystemReport, info: Info) -> list[CoolingTie]:
    half_life = info.context.settings.half_life_days
    return [
        CoolingTie(
            result=row,
            days_since_contact=row.age,
            strength_then=row.strength(half_life, 0),
            strength_now=row.strength(half_life, row.age),
            lost=row.loss(half_life),
        )
        for row in root.cooling[: root.scope.first]
    ]


async def part_choke_points(root: EcosystemReport, info: Info) -> ChokePoints:
    return await choke_points(
        info, root.scope.community, as_of=root.scope.day, first=root.scope.first
    )


async def part_partners(root: EcosystemReport, info: Info) -> list[PartnerPaths]:
    return [
        await partner_paths(info, key, as_of=root.scope.day, first=1)
        for key in root.startups[: root.scope.first]
    ]


async def part_change(root: EcosystemReport, info: Info) -> NetworkChange:
    network = root.scope.network(TieKind.EXCHANGE, has_day=False)
    return await network_change(info, network, root.scope.since, root.scope.day)


async def part_map(root: EcosystemReport, info: Info) -> NetworkMap:
    network = root.scope.network(TieKind.EXCHANGE)
    return await network_map(info, network, GroupKey.REGION)


@strawberry.type(description="A digest about a community, made of several questions.")
class EcosystemReport:
    scope: strawberry.Private[ReportScope]
    cooling: strawberry.Private[list[CoolingTieRow]]
    startups: strawberry.Private[list[str]]
    community: CommunityRef = strawberry.field(description="The community.")
    since: date = strawberry.field(description="The first day of the period of change.")
    day: date = strawberry.field(description="The day of the report.")
    brokerage: Brokerage = strawberry.field(
        resolver=part_brokerage, description="Who brokers?"
    )
    weak_nodes: WeakNodes = strawberry.field(
        resolver=part_weak, description="Who is fragile?"
    )
    cooling_tie_count: int = strawberry.field(
        description="The number of acquaintances that were not renewed within one"
        " half-life."
    )
    cooling_ties: list[CoolingTie] = strawberry.field(
        resolver=part_cooling,
        description="Which acquaintances cool down? By lost strength descending, then"
        " key.",
    )
    choke_points: ChokePoints = strawberry.field(
        resolver=part_choke_points,
        description="Which members are the only way to a partner?",
    )
    startup_count: int = strawberry.field(description="Start-ups of the community.")
    partners: list[PartnerPaths] = strawberry.field(
        resolver=part_partners,
        description="Which start-up needs which partner, and who can introduce it? The"
        " best path of each need; start-ups by key.",
    )
    change: NetworkChange = strawberry.field(
        resolver=part_change, description="What changed since then?"
    )
    map: NetworkMap = strawberry.field(
        resolver=part_map, description="A map of the exchange network."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def ecosystem_report(
    info: Info,
    community: str,
    since: date | None = strawberry.UNSET,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 5,
) -> EcosystemReport:
    """Who brokers, who is fragile, which ties cool down, what do start-ups need, and
    what changed?

    community: Key of the community.
    since: The first day of the period of change; 90 days earlier by default.
    first: How many to return in each section at most, from 1 to 50.
    """
    context, half_life = info.context, info.context.settings.half_life_days
    question = begin(as_of, community=community, operability=WEAK)
    day = question.day
    start = since or day - timedelta(days=DAYS)
    if day < start:
        late = f"since: {start} is after the day of the report, {day}"
        raise BadInput(f"{late}; give an earlier date.")
    scope = ReportScope(community, start, day, limit_of("first", first, 5, 50))
    question.add(since=start, half_life_days=half_life, first=scope.first)
    record = await existing_node(context, "Community", community)
    rows = await cooling_ties(context.graph, community, day, half_life)
    startups = await portfolio_startups(context.networks, community, day)
    return EcosystemReport(
        scope=scope,
        cooling=rows,
        startups=startups,
        community=record,
        since=start,
        day=day,
        cooling_tie_count=len(rows),
        startup_count=len(startups),
        about=question.about(FORMULA, SOURCE),
    )
