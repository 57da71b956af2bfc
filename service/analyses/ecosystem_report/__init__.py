"""What a report on a community is about: its members, their ties, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from service.analyses.choke_points import portfolio_startups
from service.analyses.ecosystem_report.cooling import CoolingAnalysis, cooling_analysis
from service.analyses.introductions.startups import read_needs
from service.networks.network import Networks
from service.networks.selection import Selection
from service.networks.tie_kinds import TieKindCount, tie_kinds
from service.vocabulary import TIES
from service.vocabulary.enums import GroupKey, TieKind


@dataclass(frozen=True)
class ReportNetwork:
    """The ties of one part of the report, among which members."""

    surroundings: bool
    counts: dict[TieKind, TieKindCount]

    @property
    def ties(self) -> list[TieKind]:
        return list(self.counts)

    @property
    def tie_count(self) -> int:
        return sum(row.count for row in self.counts.values())

    @property
    def undated_count(self) -> int:
        return sum(row.undated for row in self.counts.values())

    @property
    def dated_count(self) -> int:
        return sum(row.dated for row in self.counts.values())


@dataclass(frozen=True)
class CommunityTies:
    """The ties of a community: between two members, and in its surroundings."""

    members: list[str]
    around: list[str]  # the members, their people, and everybody tied to these
    inner: dict[TieKind, TieKindCount]
    outer: dict[TieKind, TieKindCount]

    def of_kind(self, kind: TieKind) -> ReportNetwork:
        """Between two members; without any, in the surroundings."""
        for surroundings, counts in ((False, self.inner), (True, self.outer)):
            if kind in counts and counts[kind].count:
                return ReportNetwork(surroundings, {kind: counts[kind]})
        return ReportNetwork(False, {kind: TieKindCount(TIES[kind].type, 0, 0, 0)})

    @property
    def exchange(self) -> ReportNetwork:
        """Exchanges of members; without any, all their ties, or the surroundings'."""
        exchange = self.of_kind(TieKind.EXCHANGE)
        if exchange.tie_count and not exchange.surroundings:
            return exchange
        own, around = ReportNetwork(False, self.inner), ReportNetwork(True, self.outer)
        # Few ties between many members say little; their surroundings may say more.
        has_enough = 2 * own.tie_count >= len(self.members)
        best = own if has_enough or around.tie_count <= own.tie_count else around
        return best if best.counts else exchange


@dataclass(frozen=True)
class ReportAnalysis:
    """The facts that decide what each part of a report can say."""

    ties: CommunityTies
    group_by: GroupKey  # of the exchange network
    cooling: CoolingAnalysis
    startups: list[str]  # those with needs first, then by key
    needing_count: int  # start-ups with needs


async def report_analysis(
    networks: Networks, community: str, day: date, half_life: float
) -> ReportAnalysis:
    ties = await community_ties(networks, community, day)
    near = ties.of_kind(TieKind.ACQUAINTANCE).surroundings
    graph, people = networks.snapshots.graph, ties.around if near else ties.members
    startups = await portfolio_startups(networks, community, day)
    needs = await read_needs(graph, startups, None, day)
    needing = [key for key in startups if needs[key].capabilities]
    return ReportAnalysis(
        ties,
        await group_key(networks, ties.exchange, community, day),
        await cooling_analysis(graph, people, day, half_life),
        [*needing, *(key for key in startups if key not in set(needing))],
        len(needing),
    )


async def community_ties(
    networks: Networks, community: str, day: date
) -> CommunityTies:
    graph = networks.snapshots.graph
    own = Selection(ties=(TieKind.EXCHANGE,), community=community, day=day)
    members = (await networks.members(own)).keys
    around = (await networks.members(replace(own, surroundings=True))).keys
    inner = await tie_kinds(graph, members, day)
    return CommunityTies(members, around, inner, await tie_kinds(graph, around, day))


async def group_key(
    networks: Networks, network: ReportNetwork, community: str, day: date
) -> GroupKey:
    """The first grouping that any member of a network has."""
    selection = Selection(
        ties=(TieKind.EXCHANGE,),
        community=community,
        surroundings=network.surroundings,
        day=day,
    )
    for key in (GroupKey.REGION, GroupKey.SECTOR):
        if any((await networks.members(selection, key)).groups):
            return key
    return GroupKey.KIND
