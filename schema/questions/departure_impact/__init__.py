"""`departureImpact`: what may the firm lose when this person leaves?"""

from __future__ import annotations

from datetime import date

import strawberry

from schema.context import Info
from schema.questions.departure_impact.customer import DepartureCustomer
from schema.records.lazy import CapabilityRef, MemberRef
from schema.records.reading import existing_node, member_of
from schema.records.referral import Referral
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.measured import (
    each,
    length,
    member_at,
    members_at,
    node_at,
    nodes_at,
    plain,
)
from schema.types.ranking import with_page_infos
from service.analyses.choke_points import NeedPair
from service.analyses.departure_impact import (
    CUT_POINT_TIES,
    DepartureAnalysis,
    departure_analysis,
)
from service.analyses.departure_impact.customers import HOPS

FORMULA = (
    "points = 2 h(person) - 1 h(firm) - 2.5 n: h completed half-years on asOf, with the"
    " person since the earlier of account and acquaintance, with the firm since the"
    " first day on which a contract and both parties' ties to it were active, n further"
    " people of the firm who manage or know the customer. Percentage points, not a"
    " probability. The firm is the employer of the present job, else of the job that"
    " ended last; jobs at leavingTo do not count. A route is lost if every path of"
    " partnerPaths (INVESTOR, 4 hops) passes the person; a cut point separates others"
    " in the network of people, contracts and exchanges."
)
SOURCE = (
    "Raffiee 2017, Strategic Management Journal 38:2019-2040, doi 10.1002/smj.2634;"
    " the remedies are our own decision."
)
NO_FIRM = "The person has no employment, present or past, except at `leavingTo`."


@strawberry.type(
    description="A need of a start-up for which no introduction is left without the"
    " person."
)
class LostRoute:
    result: strawberry.Private[NeedPair]
    startup: MemberRef = member_at("startup", "The start-up.")
    capability: CapabilityRef = node_at("Capability", "capability", "What it needs.")


def firm_null_reason(root: DepartureImpact) -> str | None:
    return None if root.result.firm is not None else NO_FIRM


@strawberry.type(description="What a firm may lose when a person leaves.")
@with_page_infos
class DepartureImpact:
    result: strawberry.Private[DepartureAnalysis]
    person: MemberRef = member_at("person", "The person who leaves.")
    firm: MemberRef | None = member_at("firm", "The firm that the person leaves.")
    customer_count: int = length(
        "customers", "Customers that the person manages or knows."
    )
    customers: list[DepartureCustomer] = each(
        DepartureCustomer,
        "customers",
        "Customers that the person manages or knows, by points descending (null last),"
        " then key.",
    )
    customers_not_at_risk: list[MemberRef] = members_at(
        "customers_without_contact",
        "Customers of the firm that no person there manages or knows, as far as stored:"
        " no person can take them along, and no person keeps them; by key.",
    )
    silent_referrals: list[Referral] = nodes_at(
        "Referral",
        "referrals",
        "Referrals that the person made, by key: the firm can expect no more of them.",
    )
    lost_route_count: int = length(
        "lost_routes",
        "Needs of start-ups for which no introduction path is left without the person.",
    )
    lost_routes: list[LostRoute] = each(
        LostRoute,
        "lost_routes",
        "Needs of start-ups for which no introduction path is left without the person,"
        " by start-up, then need.",
    )
    cut_point: bool = plain(
        "is_cut_point",
        "Whether other members lose their connection without the person.",
    )
    separated_pairs: int = plain(
        "separated_pairs",
        "The number of pairs of other members that lose their connection.",
    )
    null_reason: str | None = strawberry.field(
        resolver=firm_null_reason,
        description="Why `firm` is null; null if there is a firm.",
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def departure_impact(
    info: Info,
    person: str,
    leaving_to: str | None = None,
    as_of: date | None = strawberry.UNSET,
) -> DepartureImpact:
    """This person leaves: which customers, referrals and introductions may the firm
    lose?

    person: Key of the person who leaves.
    leaving_to: Key of the organisation that the person goes to, if it is known.
    """
    question = begin(as_of, person=person, leaving_to=leaving_to, max_hops=HOPS)
    question.add(backers=["INVESTOR"], cut_point_ties=CUT_POINT_TIES)
    context = info.context
    await existing_node(context, "Person", person)
    if leaving_to is not None:
        await member_of(context, leaving_to)
    analysis = await departure_analysis(
        context.networks, context.settings, person, leaving_to, question.day
    )
    return DepartureImpact(
        result=analysis,
        about=question.about(FORMULA, SOURCE, analysis.warnings),
    )
