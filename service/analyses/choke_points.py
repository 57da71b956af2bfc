"""Choke points of a portfolio: who is on every path of how many of its needs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from service.algorithms.choke_points import Pages, choke_points
from service.algorithms.csr import Int32s
from service.algorithms.routes import MOST_HOPS
from service.analyses.introductions.network import (
    IntroductionNetwork,
    introduction_network,
    network_key,
)
from service.analyses.introductions.startups import (
    BackersRow,
    NeedsRow,
    backing,
    question,
    read_backers,
    read_needs,
    read_partners,
)
from service.computation.pool import in_thread
from service.networks.network import Networks
from service.networks.selection import Selection
from service.settings import Settings
from service.vocabulary.enums import MemberRole, TieKind

PAIR_BYTES = 200  # of a pair with its two keys


@dataclass(frozen=True)
class NeedPair:
    """A start-up and one of its needs."""

    startup: str
    capability: str
    is_sole_partner: bool = False  # the choke point is the only partner within reach


@dataclass(frozen=True)
class ChokePointResult:
    """A member, and the pairs whose paths all pass it."""

    key: str
    pairs: list[NeedPair]


@dataclass(frozen=True)
class PortfolioAnalysis:
    """By the number of their pairs descending, then key; pairs by start-up, need."""

    network: IntroductionNetwork
    points: list[ChokePointResult]
    pairs: list[NeedPair]  # with a path
    pairs_without_path: list[NeedPair]

    @property
    def read_at(self) -> float:
        return self.network.read_at

    @property
    def byte_count(self) -> int:
        pairs = len(self.pairs) + len(self.pairs_without_path)
        return PAIR_BYTES * (pairs + sum(len(point.pairs) for point in self.points))

    @property
    def needing(self) -> set[str]:
        """The start-ups that need anything."""
        return {pair.startup for pair in [*self.pairs, *self.pairs_without_path]}


@dataclass(frozen=True)
class PortfolioSearch:
    """A network, and what the start-ups of a portfolio add to it."""

    network: IntroductionNetwork
    backers: dict[str, BackersRow]
    cohort_members: dict[str, list[str]]
    needs: dict[str, NeedsRow]
    holders: dict[str, Int32s]
    hops: int


async def portfolio_startups(
    networks: Networks, community: str | None, day: date
) -> list[str]:
    """The start-ups of a community, or all without one, by key."""
    selection = Selection(
        ties=(TieKind.ACQUAINTANCE,),
        roles=(MemberRole.STARTUP,),
        community=community,
        day=day,
    )
    return (await networks.members(selection)).keys


async def portfolio_analysis(
    networks: Networks,
    settings: Settings,
    startups: list[str],
    needs: list[str] | None,
    roles: list[MemberRole],
    hops: int,
    day: date,
) -> PortfolioAnalysis:
    """Cached until the next write; requests for the same portfolio wait for one."""

    async def work() -> PortfolioAnalysis:
        network = await introduction_network(networks, settings, day)
        graph = networks.snapshots.graph
        backers, cohort_members = await read_backers(graph, startups, roles, day)
        rows = await read_needs(graph, startups, needs, day)
        capabilities = {key for row in rows.values() for key in row.capabilities}
        holders = await read_partners(graph, network, sorted(capabilities), day)
        search = PortfolioSearch(network, backers, cohort_members, rows, holders, hops)
        return await in_thread(search_pairs, search)

    among = (tuple(startups), needs and tuple(needs), tuple(roles))
    key = ("choke points", *among, hops, *network_key(settings, day))
    return await networks.snapshots.get(key, work)


def search_pairs(portfolio: PortfolioSearch) -> PortfolioAnalysis:
    """The choke points of every pair in turn, by a search without each of them."""
    network, pages, turn = portfolio.network, Pages.of(len(portfolio.network.keys)), 1
    points: dict[int, list[NeedPair]] = defaultdict(list)
    pairs, without_path = [], []
    for startup in sorted(portfolio.needs):
        own = backing(network, portfolio.backers[startup], portfolio.cohort_members)
        for capability in sorted(portfolio.needs[startup].capabilities):
            holders = portfolio.holders[capability]
            search = question(network, startup, own, holders, portfolio.hops)
            members = choke_points(search, pages, turn)
            turn += MOST_HOPS + 1
            if members is None:
                without_path.append(NeedPair(startup, capability))
                continue
            pairs.append(NeedPair(startup, capability))
            for member in members:
                pair = NeedPair(startup, capability, bool(search.goal[member]))
                points[member].append(pair)
    ranked = sorted(points, key=lambda member: (-len(points[member]), member))
    return PortfolioAnalysis(
        network,
        [ChokePointResult(network.keys[member], points[member]) for member in ranked],
        pairs,
        without_path,
    )
