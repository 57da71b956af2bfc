"""Q9: this key person leaves: which customers, referrals and introductions go along?"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from schema.context import Context, Info, today
from schema.questions.departure_impact.customer import DepartureCustomer
from schema.records.lazy import CapabilityRef, MemberRef
from schema.records.reading import existing_node, member_of
from schema.records.referral import Referral
from schema.types.about import About, about
from schema.types.measured import each, member_at, members_at, node_at, nodes_at, plain
from service.analyses.choke_points import Pair, portfolio
from service.analyses.departure_impact import AtRisk, departure, firm_left, jobs
from service.analyses.departures.relations import Relation, relations
from service.analyses.introductions.network import introduction_network
from service.analyses.structural_holes import structural_holes_analysis
from service.graph.statements import statement
from service.networks.selection import Selection
from service.vocabulary.enums import MemberRole, TieKind

HOPS = 4
TIES = (
    TieKind.ACQUAINTANCE,
    TieKind.EMPLOYMENT,
    TieKind.AFFILIATION,
    TieKind.ACCOUNT_MANAGEMENT,
    TieKind.CONTRACT,
    TieKind.EXCHANGE,
    TieKind.ADVICE,
)
FORMULA = (
    "points = 2 h(person) - 1 h(firm) - 2.5 n: h completed half-years on asOf, with the"
    " person since the earlier of account and acquaintance, with the firm since the"
    " first contract, n further people of the firm who manage or know the customer."
    " Percentage points, not a probability. The firm is the job that lasts (else that"
    " ended last) and is not at leavingTo. A route is lost where all paths of"
    " partnerPaths (INVESTOR, 4 hops) pass the person; a cut point separates others in"
    " the network of people, contracts and exchanges."
)
SOURCE = (
    "Raffiee 2017, Strategic Management Journal 38:2019-2040, doi 10.1002/smj.2634;"
    " what keeps a customer is decided here."
)
NO_FIRM = "The person works for nobody but leavingTo, and did not before."


@dataclass(frozen=True)
class Found:
    """Everything that may go along."""

    person: str
    firm: str | None
    customers: list[AtRisk]
    unnamed: list[str]
    referrals: list[str]
    routes: list[Pair]
    cut_point: bool
    separated: int
    reason: str | None


@dataclass(frozen=True)
class Made:
    key: str
    outcome: str | None


@dataclass(frozen=True)
class Keyed:
    key: str


@strawberry.type(description="A need of a start-up that nobody can be introduced for.")
class LostRoute:
    found: strawberry.Private[Pair]
    startup: MemberRef = member_at("startup")
    capability: CapabilityRef = node_at("Capability", "capability")


@strawberry.type(description="What goes along with a person who leaves.")
class DepartureImpact:
    found: strawberry.Private[Found]
    person: MemberRef = member_at("person")
    firm: MemberRef | None = member_at("firm", "Whom the person leaves.")
    customers: list[DepartureCustomer] = each(
        DepartureCustomer,
        "customers",
        "Those that the person manages or knows, by points descending, null last, key.",
    )
    customers_not_at_risk: list[MemberRef] = members_at(
        "unnamed", "The firm's customers without a named contact, by key."
    )
    silent_referrals: list[Referral] = nodes_at(
        "Referral", "referrals", "That the person made, by key: no more will follow."
    )
    lost_routes: list[LostRoute] = each(
        LostRoute, "routes", "By start-up, need: no path is left without the person."
    )
    cut_point: bool = plain("cut_point", "Others lose each other without the person.")
    separated_pairs: int = plain("separated", "Pairs of others that do.")
    null_reason: str | None = plain("reason", "Where there is no firm to leave.")
    about: About


async def departure_impact(
    info: Info,
    person: str,
    leaving_to: str | None = None,
    as_of: date | None = strawberry.UNSET,
) -> DepartureImpact:
    """This person leaves: which customers, referrals and introductions go along?

    person: Key of the person who leaves.
    leaving_to: Key of the organisation that the person goes to, if it is known.
    """
    context, day, read_at = info.context, as_of or today(), time.monotonic()
    await existing_node(context, "Person", person)
    if leaving_to is not None:
        await member_of(context, leaving_to)
    left = firm_left(await jobs(context.graph, person, day), leaving_to)
    found = await gone(context, person, left.firm if left else None, day)
    parameters: dict[str, Any] = {"person": person, "leavingTo": leaving_to}
    parameters |= {"asOf": day.isoformat(), "maxHops": HOPS, "backers": ["INVESTOR"]}
    parameters["cutPointTies"] = [kind.value for kind in TIES]
    told = about(FORMULA, SOURCE, parameters, day, read_at, warned(found))
    return DepartureImpact(found=found, about=told)


def warned(found: Found) -> list[str]:
    bare = sum(one.points.total is None for one in found.customers)
    return [f"{bare} customers without a date that their points need."] if bare else []


async def gone(context: Context, person: str, firm: str | None, day: date) -> Found:
    network, (cut, separated), made = await asyncio.gather(
        introduction_network(context.networks, context.settings, day),
        separation(context, person, day),
        context.graph.rows(
            statement("departure_impact/referrals"), Made, person=person, day=day
        ),
    )
    read = statement("departure_impact/startups")
    seekers = [row.key for row in await context.graph.rows(read, Keyed, day=day)]
    roles = [MemberRole.INVESTOR]
    chosen = await portfolio(context.graph, network, seekers, None, roles, HOPS, day)
    routes = [pair for p in chosen.points if p.key == person for pair in p.pairs]
    customers: list[AtRisk] = []
    unnamed: list[Relation] = []
    if firm is not None:
        graph, read = context.graph, statement("departure_impact/colleagues")
        near = await graph.rows(read, Keyed, organisation=firm, day=day)
        ties, staff = await relations(graph, firm, person, day), [p.key for p in near]
        leaving = await asyncio.to_thread(departure, ties, person, staff, network, day)
        customers, unnamed = leaving.customers, leaving.unnamed
    return Found(
        person,
        firm,
        customers,
        [one.key for one in unnamed],
        [one.key for one in made],
        routes,
        cut,
        separated,
        None if firm is not None else NO_FIRM,
    )


async def separation(context: Context, person: str, day: date) -> tuple[bool, int]:
    """Whether others lose each other without the person, and how many pairs do."""
    settings = context.settings
    selection = Selection(
        ties=TIES,
        day=day,
        max_community=settings.max_community,
        half_life_days=settings.half_life_days,
    )
    analysis = await structural_holes_analysis(context.networks, selection)
    pairs = await analysis.separation(person)
    return pairs > 0, pairs
