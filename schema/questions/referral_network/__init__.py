"""`referralNetwork`: who refers whom, how often it leads to business, how densely."""

from __future__ import annotations

from datetime import date

import strawberry

from schema.context import Info
from schema.questions.referral_network.sections import (
    Conversion,
    MemberBalance,
    OrphanedReferral,
    ReferralChain,
    ReferralRegion,
    StandingOffer,
)
from schema.records.reading import existing_node, member_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.field_from import field_from
from schema.types.measured import Measured, each, every, length, measured, plain
from schema.types.money import Money
from schema.types.ranking import with_page_infos
from service.analyses.referral_network import (
    ReferralNetworkAnalysis,
    referral_network_analysis,
)
from service.analyses.referral_network.rows import read_offers

FORMULA = (
    "density = pairs (referrer, provider) of the region's providers with a referral /"
    " ordered pairs of them (providers: members with the role SUPPLIER, or with any"
    " referral to them); coverage = businesses (organisations except public bodies and"
    " universities) in a community / all; reciprocity = pairs with referrals both ways"
    " / pairs with any; balance = given - received, faded by 2^(-days / half-life);"
    " conversion = won / (won + lost). A referral belongs to the communities that both"
    " sides were in that day and to the contexts in which their people knew each"
    " other; people of a side's teams are its people. Spillover: after the customer's"
    " last CSAT (4-5, 1-2) or NPS (9-10, 0-6) of another of the ring. Orphaned: won,"
    " and the referrer is not active; or it has left the provider or is no longer its"
    " customer, and no employment, contract, exchange, following, account, advice,"
    " investment or dependency of that day is left; or all ties of that day have ended,"
    " acquaintances and common communities included."
)
SOURCE = (
    "Decay: Ahmad, Porter & Beguerisse-Diaz 2021, arXiv 1805.00193; the value of"
    " referrals: Schmitt, Skiera & Van den Bulte 2011, J. Marketing 75(1):46-59."
)


def revenue(root: ReferralNetwork) -> list[Money]:
    return Money.of(root.result.revenue)


def marketing_saved(root: ReferralNetwork) -> list[Money]:
    return Money.of(root.result.marketing_saved)


async def standing_offers(
    root: ReferralNetwork, info: Info, customer: str
) -> list[StandingOffer]:
    """The offers that a customer may use because it hired a member of the same
    community, in the order of the communities.

    customer: Key of the customer.
    """
    await member_of(info.context, customer)
    rows = await read_offers(info.context.graph, customer, root.result.day)
    return [StandingOffer(result=row) for row in rows]


@strawberry.type(
    description="Referrals, what they brought, and in which regions they are dense."
)
@with_page_infos
class ReferralNetwork:
    result: strawberry.Private[ReferralNetworkAnalysis]
    referral_count: int = plain("referral_count", "Referrals up to the day.")
    won_count: int = plain("won_count", "Referrals that were won.")
    regions: list[ReferralRegion] = every(
        ReferralRegion, "regions", "The regions, by name."
    )
    reciprocity: Measured = measured(
        "reciprocity",
        "Pairs with referrals both ways / pairs with any referral, 0..1; evidence:"
        " all referrals between two members.",
    )
    conversion: Measured = measured(
        "conversion", "Referrals won / referrals won or lost, 0..1."
    )
    conversion_by_community: list[Conversion] = every(
        Conversion,
        "conversion_by_community",
        "Conversion by the kind of community that both sides were in.",
    )
    conversion_by_context: list[Conversion] = every(
        Conversion,
        "conversion_by_context",
        "Conversion by the context in which the people of both sides know each other.",
    )
    conversion_after_satisfaction: Measured = measured(
        "conversion_after_satisfaction",
        "Conversion after satisfied feedback on another member of the same ring.",
    )
    conversion_after_dissatisfaction: Measured = measured(
        "conversion_after_dissatisfaction",
        "Conversion after dissatisfied feedback on another member of the same ring.",
    )
    balance_count: int = length("balances", "Members that gave or received a referral.")
    balances: list[MemberBalance] = each(
        MemberBalance,
        "balances",
        "What members gave and received, by given minus received, descending, then"
        " key.",
    )
    average_discount: Measured = measured(
        "average_discount", "The mean discount of referrals that state one, 0..1."
    )
    revenue: list[Money] = strawberry.field(
        resolver=revenue,
        description="The known revenue of referrals won, by currency; `wonCount` is the"
        " number of all that were won.",
    )
    marketing_saved: list[Money] = strawberry.field(
        resolver=marketing_saved,
        description="The known marketing costs that the providers saved, by currency.",
    )
    hours_saved: Measured = measured(
        "hours_saved", "The sum of the hours saved; n: referrals that state hours."
    )
    chain_count: int = length("chains", "Pairs of a referral and the next in a chain.")
    chains: list[ReferralChain] = each(
        ReferralChain,
        "chains",
        "Two referrals in a row: the customer of the first makes the next, on a later"
        " day. By the keys of both.",
    )
    orphaned_count: int = length("orphans", "Orphaned referrals.")
    orphaned: list[OrphanedReferral] = each(
        OrphanedReferral,
        "orphans",
        "Orphaned referrals: won, but the referrer or its ties to the provider are no"
        " longer there.",
    )
    promoters_who_referred: Measured = measured(
        "promoters",
        "Pairs with an NPS score of 9-10 and a referral / all pairs with such a"
        " score, 0..1; evidence: these scores.",
    )
    standing_offers: list[StandingOffer] = field_from(standing_offers)
    null_reason: str | None = strawberry.field(
        description="Why there are no referrals; null if there are any."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def referral_network(
    info: Info,
    community: str | None = None,
    region: str | None = None,
    as_of: date | None = strawberry.UNSET,
) -> ReferralNetwork:
    """Who refers whom, at what discount and with what success, and how dense is each
    region?

    community: Key of a community: only referrals and scores between its members.
    region: Only referrals and scores between members of this region.
    """
    context, half_life = info.context, info.context.settings.half_life_days
    question = begin(as_of, community=community, region=region)
    question.add(half_life_days=half_life)
    if community is not None:
        await existing_node(context, "Community", community)
    analysis = await referral_network_analysis(
        context.graph, community, region, half_life, question.day
    )
    none = "No referral was made by that day."
    return ReferralNetwork(
        result=analysis,
        null_reason=None if analysis.referrals else none,
        about=question.about(FORMULA, SOURCE, analysis.warnings),
    )
