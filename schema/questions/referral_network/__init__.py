"""Q10: who refers whom, how often it comes to business, how dense are networks?"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from schema.context import Info, today
from schema.questions.referral_network.sections import (
    Conversion,
    MemberBalance,
    OrphanedReferral,
    ReferralChain,
    ReferralRegion,
    StandingOffer,
)
from schema.records.reading import existing_node, member_of
from schema.types.about import About, about
from schema.types.field_from import field_from
from schema.types.measured import Measured, each, every, measured
from schema.types.money import Money
from service.analyses.figure import Figure
from service.analyses.referral_network import figures
from service.analyses.referral_network.figures import Balance, Chain, Place
from service.analyses.referral_network.rows import Ledger, Referred, ledger, offers

FORMULA = (
    "density = pairs (referrer, provider) of the region's providers with a referral /"
    " ordered pairs of them (providers: SUPPLIER by role, or ever referred to);"
    " coverage = businesses (organisations but public bodies and universities) in a"
    " community / all; reciprocity = pairs with referrals both ways / with any;"
    " balance = given - received, faded by 2^(-days / half-life); conversion = won /"
    " (won + lost). A referral belongs to the communities that both sides were in that"
    " day and to the contexts in which their people knew each other. Spillover: after"
    " the customer's last CSAT (4-5, 1-2) or NPS (9-10, 0-6) of another of the ring."
)
SOURCE = (
    "Decay: Ahmad, Porter & Beguerisse-Diaz 2021, arXiv 1805.00193; the value of"
    " referrals: Schmitt, Skiera & Van den Bulte 2011, J. Marketing 75(1):46-59."
)


@dataclass(frozen=True)
class Found:
    """Every figure of one ledger."""

    ledger: Ledger
    day: date
    half_life: float

    @property
    def own(self) -> list[Referred]:
        return self.ledger.referrals

    @property
    def places(self) -> list[Place]:
        return [figures.place(region, self.own) for region in self.ledger.regions]

    @property
    def reciprocity(self) -> Figure:
        return figures.reciprocity(self.own)

    @property
    def conversion(self) -> Figure:
        return figures.conversion(self.own)

    @property
    def satisfied(self) -> Figure:
        return figures.spillover(self.ledger, True)

    @property
    def dissatisfied(self) -> Figure:
        return figures.spillover(self.ledger, False)

    @property
    def kinds(self) -> list[tuple[str, Figure]]:
        return figures.by(self.own, lambda one: one.kinds)

    @property
    def contexts(self) -> list[tuple[str, Figure]]:
        return figures.by(self.own, lambda one: one.contexts)

    @property
    def balances(self) -> list[Balance]:
        return figures.balances(self.own, self.day, self.half_life)

    @property
    def discount(self) -> Figure:
        return figures.discount(self.own)

    @property
    def hours(self) -> Figure:
        return figures.hours(self.own)

    @property
    def chains(self) -> list[Chain]:
        return figures.chains(self.own)

    @property
    def orphaned(self) -> list[Referred]:
        return [one for one in self.own if one.won and one.orphaned]

    @property
    def promoters(self) -> Figure:
        return figures.promoters(self.ledger)


def count(root: ReferralNetwork) -> int:
    return len(root.found.own)


def saved(root: ReferralNetwork) -> list[Money]:
    sums = figures.money(root.found.own, lambda one: one.saved)
    return [Money(amount=amount, currency=code) for code, amount in sums.items()]


def revenue(root: ReferralNetwork) -> list[Money]:
    won = [one for one in root.found.own if one.won]
    sums = figures.money(won, lambda one: one.revenue)
    return [Money(amount=amount, currency=code) for code, amount in sums.items()]


async def standing(
    root: ReferralNetwork, info: Info, customer: str
) -> list[StandingOffer]:
    """The offers that a customer may use because it hired a member of the same
    community, in the order of the communities.

    customer: Key of the customer.
    """
    await member_of(info.context, customer)
    found = await offers(info.context.graph, customer, root.found.day)
    return [StandingOffer(found=one) for one in found]


@strawberry.type(description="Referrals, what they brought, and where they are dense.")
class ReferralNetwork:
    found: strawberry.Private[Found]
    referral_count: int = strawberry.field(resolver=count)
    regions: list[ReferralRegion] = every(ReferralRegion, "places", "By name.")
    reciprocity: Measured = measured("reciprocity", "0..1; evidence: mutual referrals.")
    conversion: Measured = measured("conversion", "Won of won and lost, 0..1.")
    conversion_by_community: list[Conversion] = every(
        Conversion, "kinds", "By the kind of community that both sides were in."
    )
    conversion_by_context: list[Conversion] = every(
        Conversion, "contexts", "By how the two sides' people know each other."
    )
    conversion_after_satisfaction: Measured = measured(
        "satisfied", "After satisfied feedback on another of the same ring."
    )
    conversion_after_dissatisfaction: Measured = measured(
        "dissatisfied", "After dissatisfied feedback on another of the same ring."
    )
    balances: list[MemberBalance] = each(
        MemberBalance, "balances", "By given less received, descending, then key."
    )
    average_discount: Measured = measured(
        "discount", "Of referrals that state one, 0..1."
    )
    revenue: list[Money] = strawberry.field(
        resolver=revenue, description="Of those won, per currency, never converted."
    )
    marketing_saved: list[Money] = strawberry.field(
        resolver=saved, description="By the providers, per currency."
    )
    hours_saved: Measured = measured("hours", "Their sum; n: referrals that state any.")
    chains: list[ReferralChain] = each(
        ReferralChain, "chains", "Referrals whose customer refers later, by key."
    )
    orphaned: list[OrphanedReferral] = each(
        OrphanedReferral, "orphaned", "Won, but the referrer or the tie has gone."
    )
    promoters_who_referred: Measured = measured(
        "promoters", "Of pairs with an NPS of 9-10, those with a referral to it too."
    )
    standing_offers: list[StandingOffer] = field_from(standing)
    null_reason: str | None
    about: About


async def referral_network(
    info: Info,
    community: str | None = None,
    region: str | None = None,
    as_of: date | None = strawberry.UNSET,
) -> ReferralNetwork:
    """Who refers whom, at what discount, with what success; how dense is each place?

    community: Key of a community: only its members.
    region: Only this region.
    """
    context, day, read_at = info.context, as_of or today(), time.monotonic()
    if community is not None:
        await existing_node(context, "Community", community)
    half_life = context.settings.half_life_days
    found = await ledger(context.graph, community, region, day)
    parameters: dict[str, Any] = {"community": community, "region": region}
    parameters |= {"asOf": day.isoformat(), "halfLifeDays": half_life}
    bare = sum(one.on is None for one in found.referrals)
    warnings = [f"{bare} referrals without a day count as fresh."] if bare else []
    none = "No referral was made by that day."
    return ReferralNetwork(
        found=Found(found, day, half_life),
        null_reason=None if found.referrals else none,
        about=about(FORMULA, SOURCE, parameters, day, read_at, warnings),
    )
