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
from service.analyses.referral_network import rows
from service.analyses.referral_network.figures import Balance, Chain, Place


def providers(root: ReferralRegion) -> int:
    return len(root.found.region.providers)


@strawberry.type(description="Referrals and networks of one region.")
class ReferralRegion:
    found: strawberry.Private[Place]
    name: str = plain("region.key")
    businesses: int = plain("region.businesses")
    providers: int = strawberry.field(resolver=providers)
    networks: list[CommunityRef] = nodes_at(
        "Community", "region.communities", "Communities of the region, by key."
    )
    referral_density: Measured = measured("density", "0..1; n: ordered pairs.")
    network_density: Measured = measured(
        "coverage", "Businesses in at least one community, 0..1."
    )
    reciprocity: Measured = measured("reciprocity", "0..1; n: pairs with a referral.")
    conversion: Measured = measured("conversion", "0..1.")


def name_of(root: Conversion) -> str:
    return root.found[0]


def figure_of(root: Conversion) -> Measured:
    return Measured.of(root.found[1])


@strawberry.type(description="Won of won and lost, in one group of referrals.")
class Conversion:
    found: strawberry.Private[tuple[str, Figure]]
    name: str = strawberry.field(resolver=name_of)
    figure: Measured = strawberry.field(resolver=figure_of)


@strawberry.type(description="What one member gave and received.")
class MemberBalance:
    found: strawberry.Private[Balance]
    member: MemberRef = member_at("member")
    given: int = plain("given")
    received: int = plain("received")
    balance: int = plain("balance", "Given less received.")
    faded_balance: float = plain("faded", "The same, each halved every half-life.")


@strawberry.type(description="A referral whose customer refers later.")
class ReferralChain:
    found: strawberry.Private[Chain]
    first: Referral = node_at("Referral", "first")
    next: Referral = node_at("Referral", "next")
    customer: MemberRef = member_at("customer", "Of the first, who made the next.")


@strawberry.type(description="A referral that nobody stands behind any longer.")
class OrphanedReferral:
    found: strawberry.Private[rows.Referred]
    referral: Referral = node_at("Referral", "key")
    reason: str = plain("orphaned")


@strawberry.type(description="A discount for whoever hired a member of the ring.")
class StandingOffer:
    found: strawberry.Private[rows.StandingOffer]
    member: MemberRef = member_at("member", "Who gives it.")
    community: CommunityRef = node_at("Community", "community")
    discount: float = plain("discount", "0..1.")
    discount_on: str | None = plain("discount_on")
    hired: list[MemberRef] = members_at("hired", "Of the ring, by the customer.")
