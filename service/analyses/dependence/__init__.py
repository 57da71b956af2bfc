"""Who in a community depends on a single other member, for what part of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from service.analyses.choke_points import (
    PortfolioAnalysis,
    portfolio_analysis,
    portfolio_startups,
)
from service.analyses.departures.relations import Relations, relations_of_staff
from service.analyses.dependence.results import (
    DependenceResult,
    SupplierRow,
    contact_results,
    supplier_results,
    way_in_results,
)
from service.analyses.introductions.network import introduction_network
from service.analyses.introductions.startups import BACKERS
from service.computation.pool import in_thread
from service.graph.statements import statement
from service.networks.network import Networks
from service.networks.selection import Selection
from service.settings import Settings
from service.vocabulary.enums import DependenceKind, MemberKind, TieKind

HOPS = 4  # as chokePoints
ROW_BYTES = 1_000  # of a result with its keys, as measured


@dataclass(frozen=True)
class DependenceAnalysis:
    """All that the members of one community depend on, and what is not known."""

    members: list[str]
    organisations: list[str]
    startups: list[str]
    relations: dict[str, Relations]  # of organisations whose people know anybody
    portfolio: PortfolioAnalysis
    suppliers: list[SupplierRow]
    network_warnings: list[str]
    results: list[DependenceResult]  # by share descending, then keys, then kind
    read_at: float

    @property
    def byte_count(self) -> int:
        ties = sum(
            len(relation.staff) + len(relation.contracts) + 1
            for relations in self.relations.values()
            for relation in relations.by_key.values()
        )
        pairs = len(self.portfolio.pairs) + len(self.portfolio.pairs_without_path)
        records = len(self.results) + ties + pairs + len(self.suppliers)
        return ROW_BYTES * (records + len(self.members))

    @cached_property
    def counts(self) -> dict[DependenceKind, int]:
        kinds = [result.kind for result in self.results]
        return {kind: kinds.count(kind) for kind in DependenceKind}

    def of_kinds(self, kinds: Collection[DependenceKind]) -> list[DependenceResult]:
        return [result for result in self.results if result.kind in kinds]


async def dependence_analysis(
    networks: Networks, settings: Settings, community: str, day: date
) -> DependenceAnalysis:
    """Of the whole community at once; cached until the next write."""

    async def analyse() -> DependenceAnalysis:
        return await read_analysis(networks, settings, community, day)

    key = ("dependence", community, day, settings.half_life_days)
    limits = (settings.friend_factor, settings.max_community)
    return await networks.snapshots.get((*key, *limits), analyse)


async def read_analysis(
    networks: Networks, settings: Settings, community: str, day: date
) -> DependenceAnalysis:
    graph, read_at = networks.snapshots.graph, time.monotonic()
    everybody = Selection(ties=(TieKind.DEPENDENCY,), community=community, day=day)
    firms = Selection(
        ties=everybody.ties,
        kinds=(MemberKind.ORGANISATION,),
        community=community,
        day=day,
    )
    members = (await networks.members(everybody)).keys
    organisations = (await networks.members(firms)).keys
    startups = await portfolio_startups(networks, community, day)
    network = await introduction_network(networks, settings, day)
    query = statement("dependence/suppliers")
    relations, portfolio, suppliers = await asyncio.gather(
        relations_of_staff(graph, organisations, day),
        portfolio_analysis(networks, settings, startups, None, BACKERS, HOPS, day),
        graph.rows(query, SupplierRow, members=members, day=day),
    )

    def results() -> list[DependenceResult]:
        every = [
            *(row for of in relations.items() for row in contact_results(*of)),
            *way_in_results(portfolio),
            *supplier_results(suppliers),
        ]
        return sorted(every, key=lambda result: result.position)

    return DependenceAnalysis(
        members,
        organisations,
        startups,
        relations,
        portfolio,
        suppliers,
        network.warnings(network.indices(startups)),
        await in_thread(results),
        min(read_at, network.read_at),
    )
