"""The customers that may follow a person who leaves, and who else could reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from service.algorithms.routes import RouteQuestion
from service.algorithms.spread import reach
from service.analyses.departure_impact.points import DeparturePoints, departure_points
from service.analyses.departures.relations import Relation, Relations, StaffTie
from service.analyses.introductions.network import IntroductionNetwork
from service.graph import Graph
from service.graph.statements import statement

HOPS = 4


@dataclass(frozen=True)
class Job:
    """A job of the person's; `firm` is the top of the employer."""

    firm: str
    employer: str
    since: date | None
    until: date | None
    active: bool


@dataclass(frozen=True)
class CustomerAtRisk:
    """A customer that the person manages or knows."""

    relation: Relation
    own: list[StaffTie]
    team: list[str]  # other people of the firm with a tie to it
    with_person: date | None
    with_firm: date | None
    last_contact: str | None  # YYYY-MM
    points: DeparturePoints
    path: list[str]  # from the colleague to the customer; empty without a path
    success: float | None

    @property
    def key(self) -> str:
        return self.relation.key

    @property
    def contracts(self) -> list[str]:
        return self.relation.active_contracts

    @property
    def is_known_to_colleague(self) -> bool:
        """Whether the colleague on the path manages or knows it; if no path, any."""
        return bool(self.team) and (not self.path or self.path[0] in self.team)

    def ties(self, kind: str) -> list[str]:
        return [tie.tie for tie in self.own if tie.kind == kind]


async def jobs(graph: Graph, person: str, day: date) -> list[Job]:
    return await graph.rows(
        statement("departure_impact/firms"), Job, person=person, day=day
    )


def job_to_leave(jobs: list[Job], leaving_to: str | None) -> Job | None:
    """The job that the person leaves: one that lasts, else the one that ended last.

    Jobs at `leaving_to` do not count; of several that last, the latest begun counts.
    """
    others = [job for job in jobs if leaving_to not in (job.firm, job.employer)]
    lasting = [job for job in others if job.active]
    if lasting:
        return max(lasting, key=lambda job: (job.since or date.min, job.firm))
    ended = [job for job in others if job.until is not None]
    return max(ended, key=lambda job: (job.until, job.firm), default=None)


def customers_at_risk(
    relations: Relations,
    person: str,
    colleagues: list[str],
    network: IntroductionNetwork,
    day: date,
) -> list[CustomerAtRisk]:
    """Customers that the person manages or knows, by points (null last), then key."""
    ways = ColleagueWays(network, person, [key for key in colleagues if key != person])
    customers = [
        customer_at_risk(relation, person, ways, day)
        for relation in relations.current
        if relation.is_customer and person in relation.people
    ]
    return sorted(customers, key=order)


def order(customer: CustomerAtRisk) -> tuple[bool, float, str]:
    total = customer.points.total
    return total is None, -(total or 0), customer.key


def customer_at_risk(
    relation: Relation, person: str, ways: ColleagueWays, day: date
) -> CustomerAtRisk:
    own = [tie for tie in relation.staff if tie.person == person]
    team = [key for key in relation.people if key != person]
    since = min((tie.since for tie in own if tie.since), default=None)
    sales = [
        contract.since
        for contract in relation.contracts
        if contract.is_sale and contract.since
    ]
    firm = min(sales, default=None)
    points = departure_points(since, firm, len(team), day)
    path, success = ways.path_to(relation.key)
    last = last_contact(own, day)
    return CustomerAtRisk(relation, own, team, since, firm, last, points, path, success)


def last_contact(own: list[StaffTie], day: date) -> str | None:
    """The latest month with a contact, of months listed and of dated scores."""
    months = [month for tie in own for month in tie.months]
    months += [f"{tie.score_at:%Y-%m}" for tie in own if tie.score_at]
    return max((month for month in months if month <= f"{day:%Y-%m}"), default=None)


class ColleagueWays:
    """The most likely paths from the colleagues to others, without the person."""

    def __init__(
        self, network: IntroductionNetwork, person: str, colleagues: list[str]
    ) -> None:
        self.network = network
        backers = network.indices(colleagues)
        backers = backers[~network.manners.closed[backers]]
        # No path passes the start-up of a question: here it is the person.
        own = network.index(person)
        backers = backers if own is None else backers[backers != own]
        start = own if own is not None else len(network.keys) - 1
        self.search = RouteQuestion(
            network.routes, start, backers, np.ones(len(backers)), backers[:0], HOPS
        )
        nobody = np.zeros(len(network.keys), dtype=np.bool_)
        self.reach = reach(self.search, nobody) if len(backers) else None

    def path_to(self, key: str) -> tuple[list[str], float | None]:
        index = self.network.index(key)
        if self.reach is None or index is None or self.reach.label[index] < 0:
            return [], None
        path = self.reach.path(index)
        return [self.network.keys[i] for i in path], self.search.chance(path)
