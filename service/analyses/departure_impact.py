"""What goes along with a person who leaves: customers, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from service.algorithms.routes import Question
from service.algorithms.spread import reach
from service.analyses.departures.points import Points, points
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
class AtRisk:
    """A customer that the person manages or knows."""

    relation: Relation
    own: list[StaffTie]
    team: list[str]  # further people of the firm with a tie to it
    with_person: date | None
    with_firm: date | None
    last_contact: str | None  # YYYY-MM
    points: Points
    path: list[str]  # from the colleague to the customer; empty: there is none
    success: float | None

    @property
    def key(self) -> str:
        return self.relation.key

    @property
    def contracts(self) -> list[str]:
        return sorted({one.contract for one in self.relation.active})

    def ties(self, kind: str) -> list[str]:
        return [tie.tie for tie in self.own if tie.kind == kind]


@dataclass(frozen=True)
class Departure:
    """Customers at risk by points descending (null last), then key."""

    customers: list[AtRisk]
    unnamed: list[Relation]  # customers that nobody at the firm manages or knows


async def jobs(graph: Graph, person: str, day: date) -> list[Job]:
    return await graph.rows(
        statement("departure_impact/firms"), Job, person=person, day=day
    )


def firm_left(found: list[Job], leaving_to: str | None) -> Job | None:
    """The job that is left: one that lasts, else the one that ended last.

    Jobs at the firm that the person leaves to are none of them; the latest begun first.
    """
    others = [one for one in found if leaving_to not in (one.firm, one.employer)]
    lasting = [one for one in others if one.active]
    if lasting:
        return max(lasting, key=lambda one: (one.since or date.min, one.firm))
    ended = [one for one in others if one.until is not None]
    return max(ended, key=lambda one: (one.until, one.firm), default=None)


def departure(
    found: Relations,
    person: str,
    colleagues: list[str],
    network: IntroductionNetwork,
    day: date,
) -> Departure:
    customers, unnamed = [], []
    current = [one for one in found.current if one.customer]
    ways = Ways(network, person, [key for key in colleagues if key != person])
    for one in current:
        if not one.staff:
            unnamed.append(one)
        elif person in one.people:
            customers.append(at_risk(one, person, ways, day))
    customers.sort(key=order)
    return Departure(customers, unnamed)


def order(one: AtRisk) -> tuple[bool, float, str]:
    total = one.points.total
    return total is None, -(total or 0), one.key


def at_risk(one: Relation, person: str, ways: Ways, day: date) -> AtRisk:
    own = [tie for tie in one.staff if tie.person == person]
    team = [key for key in one.people if key != person]
    since = min((tie.since for tie in own if tie.since), default=None)
    sales = [shared.since for shared in one.contracts if shared.sale and shared.since]
    firm = min(sales, default=None)
    path = ways.to(one)
    told = points(since, firm, len(team), day)
    last = last_contact(own, day)
    return AtRisk(one, own, team, since, firm, last, told, *path)


def last_contact(own: list[StaffTie], day: date) -> str | None:
    """The latest month with a contact, of months listed and of scores told."""
    months = [month for tie in own for month in tie.months]
    months += [f"{tie.score_at:%Y-%m}" for tie in own if tie.score_at]
    return max((month for month in months if month <= f"{day:%Y-%m}"), default=None)


class Ways:
    """The likeliest paths from the colleagues to anybody, the person left out."""

    def __init__(
        self, network: IntroductionNetwork, person: str, colleagues: list[str]
    ) -> None:
        self.network = network
        backers = network.places(colleagues)
        backers = backers[~network.manners.closed[backers]]
        # What stands as the start-up is passed by no path: here it is the person.
        place = network.place(person)
        own = backers if place is None else backers[backers != place]
        start = place if place is not None else len(network.keys) - 1
        self.asked = Question(
            network.routes, start, own, np.ones(len(own)), own[:0], HOPS
        )
        nobody = np.zeros(len(network.keys), dtype=np.bool_)
        self.reach = reach(self.asked, nobody) if len(own) else None

    def to(self, one: Relation) -> tuple[list[str], float | None]:
        place = self.network.place(one.key)
        if self.reach is None or place is None or self.reach.label[place] < 0:
            return [], None
        path = self.reach.path(place)
        return [self.network.keys[i] for i in path], self.asked.chance(path)
