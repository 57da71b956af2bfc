"""`ecosystemReport`: several questions about one community in one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.questions.brokerage import Brokerage, brokerage
from schema.questions.choke_points import (
    ChokePoints,
    choke_points,
)
from schema.questions.ecosystem_report.sections import (
    CoolingTie,
    MissingData,
    cooling_tie_of,
)
from schema.questions.network_change import NetworkChange, network_change
from schema.questions.network_map import NetworkMap, network_map
from schema.questions.partner_paths import PartnerPaths, partner_paths
from schema.questions.weak_nodes import WeakNodes, weak_nodes
from schema.records.generated import to_plain
from schema.records.lazy import CommunityRef
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import existing_node
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.network_input import NetworkInput
from schema.types.ranking import ranking, window_of, with_page_infos
from service.analyses.ecosystem_report import (
    ReportAnalysis,
    ReportNetwork,
    report_analysis,
)
from service.analyses.ecosystem_report.cooling import CoolingTieRow
from service.analyses.ecosystem_report.gaps import report_gaps
from service.errors import BadInput
from service.vocabulary.days import add_days
from service.vocabulary.enums import TieKind

DAYS = 90
MOST_ROWS = 50  # of each section
WEAK = 0.4
FORMULA = (
    "brokerage of EXCHANGE by REGION, or else by SECTOR or KIND; weakNodes of the"
    " community's dependencies at operability 0.4; coolingTies: acquaintances not"
    " renewed within one half-life, lost = strength at the last contact - strength"
    " now, strength = 1 - 2^(-score);"
    " chokePoints and partnerPaths of its start-ups; networkChange and networkMap of"
    " EXCHANGE. Where members have no such ties, a part is about all their ties, or"
    " about their surroundings, and says so. Each part states its own formula."
)
SOURCE = "The sources of its questions; the selection of questions is our own."


@dataclass(frozen=True)
class ReportScope:
    """What all parts of one report share."""

    community: str
    since: date
    day: date
    window: RankingWindow
    after: str | None

    @property
    def paging(self) -> dict[str, Any]:
        """`first` and `after` of the report are those of its sections."""
        return {"first": self.window.limit, "after": self.after}

    def network(self, part: ReportNetwork, has_day: bool = True) -> NetworkInput:
        network = NetworkInput(
            ties=part.ties, community=self.community, surroundings=part.surroundings
        )
        if has_day:
            network.as_of = self.day
        return network


async def part_brokerage(root: EcosystemReport, info: Info) -> Brokerage:
    network = root.scope.network(root.result.ties.exchange)
    return await brokerage(info, network, root.result.group_by, **root.scope.paging)


async def part_weak(root: EcosystemReport, info: Info) -> WeakNodes:
    network = root.scope.network(root.result.ties.of_kind(TieKind.DEPENDENCY))
    return await weak_nodes(info, network, WEAK, **root.scope.paging)


async def part_cooling(
    root: EcosystemReport, info: Info, rows: list[CoolingTieRow]
) -> list[CoolingTie]:
    half_life = info.context.settings.half_life_days
    return [cooling_tie_of(row, half_life) for row in rows]


async def part_choke_points(root: EcosystemReport, info: Info) -> ChokePoints:
    return await choke_points(
        info, root.scope.community, as_of=root.scope.day, **root.scope.paging
    )


async def part_partners(
    root: EcosystemReport, info: Info, rows: list[str]
) -> list[PartnerPaths]:
    day = root.scope.day
    return [await partner_paths(info, key, as_of=day, first=1) for key in rows]


async def part_change(root: EcosystemReport, info: Info) -> NetworkChange:
    network = root.scope.network(root.result.ties.exchange, has_day=False)
    return await network_change(info, network, root.scope.since, root.scope.day)


async def part_map(root: EcosystemReport, info: Info) -> NetworkMap:
    network = root.scope.network(root.result.ties.exchange)
    return await network_map(info, network, root.result.group_by)


async def report_missing(root: EcosystemReport) -> list[MissingData]:
    return [MissingData.of(gap) for gap in report_gaps(root.result)]


@strawberry.type(description="A digest about a community, made of several questions.")
@with_page_infos
class EcosystemReport:
    window: strawberry.Private[RankingWindow]
    scope: strawberry.Private[ReportScope]
    result: strawberry.Private[ReportAnalysis]
    community: CommunityRef = strawberry.field(description="The community.")
    since: date = strawberry.field(description="The first day of the period of change.")
    day: date = strawberry.field(description="The day of the report.")
    member_count: int = strawberry.field(
        description="Members of the community on that day."
    )
    gaps: list[MissingData] = strawberry.field(
        resolver=report_missing,
        description="What the stored data lack, and what to add; by part.",
    )
    brokerage: Brokerage = strawberry.field(
        resolver=part_brokerage, description="Who brokers?"
    )
    weak_nodes: WeakNodes = strawberry.field(
        resolver=part_weak, description="Who is fragile?"
    )
    acquaintance_count: int = strawberry.field(
        description="Acquaintances between people of the community; if there are none,"
        " of its surroundings."
    )
    undated_acquaintance_count: int = strawberry.field(
        description="Those of them without a score or without its day: nobody knows"
        " whether they cool down."
    )
    cooling_tie_count: int = strawberry.field(
        description="Those that were not renewed within one half-life."
    )
    cooling_ties: list[CoolingTie] = ranking(
        lambda root, most: root.result.cooling.ties,
        part_cooling,
        "Which acquaintances cool down? By lost strength descending, then key.",
    )
    choke_points: ChokePoints = strawberry.field(
        resolver=part_choke_points,
        description="Which members are the only way to a partner?",
    )
    startup_count: int = strawberry.field(description="Start-ups of the community.")
    needing_startup_count: int = strawberry.field(
        description="Those of them with a stored need."
    )
    partners: list[PartnerPaths] = ranking(
        lambda root, most: root.result.startups,
        part_partners,
        "Which start-up needs which partner, and who can introduce it? The"
        " best path of each need; start-ups with needs first, then by key.",
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
    after: str | None = strawberry.UNSET,
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
    start = since or add_days(day, -DAYS)
    if day < start:
        late = f"since: {start} is after the day of the report, {day}"
        raise BadInput(f"{late}; give an earlier date.")
    window = window_of(info, first, 5, after, most=MOST_ROWS)
    scope = ReportScope(community, start, day, window, to_plain(after))
    question.add(since=start, half_life_days=half_life, first=window.limit)
    record = await existing_node(context, "Community", community)
    # The page asks for each part of one report in a document of its own.
    analysis = await context.networks.snapshots.share(
        ("ecosystemReport", community, day, half_life),
        lambda: report_analysis(context.networks, community, day, half_life),
    )
    return EcosystemReport(
        scope=scope,
        window=window,
        result=analysis,
        community=record,
        since=start,
        day=day,
        member_count=len(analysis.ties.members),
        acquaintance_count=analysis.cooling.count,
        undated_acquaintance_count=analysis.cooling.undated_count,
        cooling_tie_count=len(analysis.cooling.ties),
        startup_count=len(analysis.startups),
        needing_startup_count=analysis.needing_count,
        about=question.about(FORMULA, SOURCE),
    )
