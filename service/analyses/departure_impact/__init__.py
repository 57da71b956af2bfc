"""What a firm may lose with a person: customers, referrals, introductions."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

from service.analyses.choke_points import (
    NeedPair,
    PortfolioAnalysis,
    portfolio_analysis,
)
from service.analyses.departure_impact.customers import (
    HOPS,
    CustomerAtRisk,
    customers_at_risk,
    job_to_leave,
    jobs,
)
from service.analyses.departures.relations import relations
from service.analyses.introductions.network import introduction_network
from service.analyses.introductions.startups import ADD_NEEDS
from service.analyses.structural_holes import structural_holes_analysis
from service.computation.pool import in_thread
from service.graph import Graph
from service.graph.statements import statement
from service.networks.network import Networks
from service.networks.selection import Selection
from service.settings import Settings
from service.vocabulary.enums import MemberRole, TieKind

CUT_POINT_TIES = (
    TieKind.ACQUAINTANCE,
    TieKind.EMPLOYMENT,
    TieKind.AFFILIATION,
    TieKind.ACCOUNT_MANAGEMENT,
    TieKind.CONTRACT,
    TieKind.EXCHANGE,
    TieKind.ADVICE,
)


@dataclass(frozen=True)
class OwnReferralRow:
    key: str
    outcome: str | None


@dataclass(frozen=True)
class MemberRow:
    key: str


@dataclass(frozen=True)
class DepartureAnalysis:
    """Everything that a firm may lose when a person leaves."""

    person: str
    firm: str | None
    customers: list[CustomerAtRisk]
    customers_without_contact: list[str]  # no person at the firm manages or knows them
    referrals: list[str]
    lost_routes: list[NeedPair]
    separated_pairs: int  # pairs of others that only the person connects
    has_customers: bool  # whether any customer of the firm is stored
    has_needs: bool  # whether any start-up has a stored need

    @property
    def is_cut_point(self) -> bool:
        return self.separated_pairs > 0

    @property
    def warnings(self) -> list[str]:
        warnings = []
        undated = sum(customer.points.total is None for customer in self.customers)
        if undated:
            warnings.append(
                f"Customers without points, because a date is missing: {undated}."
            )
        if self.firm is not None and not self.has_customers:
            warnings.append(
                f"No customer of {self.firm!r} is stored, so nobody knows which"
                " customers may follow. Add CONTRACT ties with the roles SUPPLIER and"
                " CUSTOMER, or ACCOUNT_MANAGEMENT ties."
            )
        if not self.has_needs:
            warnings.append(
                "No start-up has a stored need, so nobody knows which routes are lost."
                f" {ADD_NEEDS}"
            )
        return warnings


async def departure_analysis(
    networks: Networks,
    settings: Settings,
    person: str,
    leaving_to: str | None,
    day: date,
) -> DepartureAnalysis:
    graph = networks.snapshots.graph
    job = job_to_leave(await jobs(graph, person, day), leaving_to)
    firm = job.firm if job else None
    network, separated, referrals = await asyncio.gather(
        introduction_network(networks, settings, day),
        separated_pairs(networks, settings, person, day),
        graph.rows(
            statement("departure_impact/referrals"),
            OwnReferralRow,
            person=person,
            day=day,
        ),
    )
    portfolio = await all_needs(networks, settings, day)
    customers, unnamed, has_customers = [], [], False
    if firm is not None:
        ties = await relations(graph, firm, person, day)
        colleagues = await colleagues_at(graph, firm, day)
        customers = await in_thread(
            customers_at_risk, ties, person, colleagues, network, day
        )
        sold = [relation for relation in ties.current if relation.is_customer]
        unnamed = [relation.key for relation in sold if not relation.staff]
        has_customers = bool(sold)
    return DepartureAnalysis(
        person,
        firm,
        customers,
        unnamed,
        [row.key for row in referrals],
        routes_through(portfolio, person),
        separated,
        has_customers,
        bool(portfolio.needing),
    )


async def colleagues_at(graph: Graph, firm: str, day: date) -> list[str]:
    query = statement("departure_impact/colleagues")
    rows = await graph.rows(query, MemberRow, organisation=firm, day=day)
    return [row.key for row in rows]


async def all_needs(
    networks: Networks, settings: Settings, day: date
) -> PortfolioAnalysis:
    """All start-ups as one portfolio."""
    query = statement("departure_impact/startups")
    rows = await networks.snapshots.graph.rows(query, MemberRow, day=day)
    startups = [row.key for row in rows]
    return await portfolio_analysis(
        networks, settings, startups, None, [MemberRole.INVESTOR], HOPS, day
    )


def routes_through(portfolio: PortfolioAnalysis, person: str) -> list[NeedPair]:
    """Start-ups and their needs for which all introductions pass the person."""
    points = (point for point in portfolio.points if point.key == person)
    return [pair for point in points for pair in point.pairs]


async def separated_pairs(
    networks: Networks, settings: Settings, person: str, day: date
) -> int:
    selection = Selection(
        ties=CUT_POINT_TIES,
        day=day,
        max_community=settings.max_community,
        half_life_days=settings.half_life_days,
    )
    analysis = await structural_holes_analysis(networks, selection)
    return await analysis.separation(person)
