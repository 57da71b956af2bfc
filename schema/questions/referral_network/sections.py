"""Parts of the referral network: regions, balances, chains, orphans, offers."""

from __future__ import annotations

import strawberry

from schema.records.lazy import CommunityRef, MemberRef
from schema.records.referral import Referral
from schema.types.measured import (
    Measured,
    measured,
    member_at,
    members_at,
    node_at,
    nodes_at,
    plain,
)
from service.analyses.figure import Figure
from service.analyses.referral_network.figures import (
    MemberBalanceResult,
    ReferralChainResult,
    RegionResult,
)
from service.analyses.referral_network.rows import ReferralRow, StandingOfferRow


def business_count(root: ReferralRegion) -> int:
    return len(root.result.region.businesses)


def provider_count(root: ReferralRegion) -> int:
    return len(root.result.region.providers)


@strawberry.type(description="Referrals and networks of one region.")
class ReferralRegion:
    result: strawberry.Private[RegionResult]
    name: str = plain("region.key", "The name of the region.")
    businesses: int = strawberry.field(
        resolver=business_count,
        description="Organisations of the region, except public bodies and"
        " universities.",
    )
    providers: int = strawberry.field(
        resolver=provider_count,
        description="Members with the role SUPPLIER, and members to which a customer"
        " was ever referred.",
    )
    networks: list[CommunityRef] = nodes_at(
        "Community", "region.communities", "The communities of the region, by key."
    )
    referral_density: Measured = measured(
        "density",
        "Ordered pairs of providers with a referral / all ordered pairs, 0..1; n: all"
        " ordered pairs.",
    )
    network_density: Measured = measured(
        "coverage", "Businesses in at least one community / all businesses, 0..1."
    )
    reciprocity: Measured = measured(
        "reciprocity",
        "Pairs with referrals both ways / pairs with any referral, 0..1; n: pairs with"
        " any referral.",
    )
    conversion: Measured = measured(
        "conversion", "Referrals won / referrals won or lost, 0..1."
    )


def name_of(root: Conversion) -> str:
    return root.result[0]


def figure_of(root: Conversion) -> Measured:
    return Measured.of(root.result[1])


@strawberry.type(description="The conversion of one group of referrals.")
class Conversion:
    result: strawberry.Private[tuple[str, Figure]]
    name: str = strawberry.field(
        resolver=name_of, description="The kind of community, or the context."
    )
    figure: Measured = strawberry.field(
        resolver=figure_of, description="Referrals won / referrals won or lost, 0..1."
    )


@strawberry.type(description="What one member gave and received.")
class MemberBalance:
    result: strawberry.Private[MemberBalanceResult]
    member: MemberRef = member_at("member", "The member.")
    given: int = plain("given_count", "Referrals that it made.")
    received: int = plain("received_count", "Referrals to it.")
    balance: int = plain("balance", "given - received.")
    faded_balance: float = plain(
        "decayed_balance",
        "`balance`, but the weight of each referral halves with every half-life.",
    )


@strawberry.type(description="A referral, and a later one that its customer made.")
class ReferralChain:
    result: strawberry.Private[ReferralChainResult]
    first: Referral = node_at("Referral", "first", "The earlier referral.")
    next: Referral = node_at("Referral", "next", "The later referral.")
    customer: MemberRef = member_at(
        "customer", "The customer of the first, who made the next."
    )


@strawberry.type(
    description="An orphaned referral: the referrer, or its ties to the provider, are"
    " no longer there."
)
class OrphanedReferral:
    result: strawberry.Private[ReferralRow]
    referral: Referral = node_at("Referral", "key", "The referral.")
    reason: str = plain("orphan_reason", "Why the referral is orphaned.")


@strawberry.type(
    description="A discount for customers who have hired a member of the ring."
)
class StandingOffer:
    result: strawberry.Private[StandingOfferRow]
    member: MemberRef = member_at("member", "Who gives the discount.")
    community: CommunityRef = node_at("Community", "community", "The ring.")
    discount: float = plain("discount", "The discount, 0..1.")
    discount_on: str | None = plain("discount_on", "What the discount applies to.")
    hired: list[MemberRef] = members_at(
        "hired", "Members of the ring that the customer hired."
    )
