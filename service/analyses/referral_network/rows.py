"""Referrals, feedback and regions as rows of the graph."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.graph import Graph
from service.graph.statements import statement


@dataclass(frozen=True)
class ReferralRow:
    key: str
    referrer: str
    customer: str
    provider: str
    on: date | None
    outcome: str | None
    discount: float | None
    revenue: float | None
    currency: str | None
    saved: float | None
    hours: float | None
    referrer_region: str | None
    provider_region: str | None
    gone: bool
    rings: list[list[Any]]  # each: community, its kind, whether both still are in it
    acquaintances: list[list[Any]]  # each: context, whether they still know each other
    jobs: list[bool]  # whether each of the referrer's at the provider lasts

    @property
    def is_won(self) -> bool:
        return self.outcome == "WON"

    @property
    def is_decided(self) -> bool:
        return self.outcome in ("WON", "LOST")

    @property
    def kinds(self) -> set[str]:
        """Kinds of community that both sides were in."""
        return {kind for _, kind, _ in self.rings if kind}

    @property
    def contexts(self) -> set[str]:
        return {context for context, _ in self.acquaintances if context}

    @property
    def orphan_reason(self) -> str | None:
        """Why this referral is orphaned; None if it is not."""
        if self.gone:
            return "The referrer is no longer active."
        if self.jobs and not any(self.jobs):
            return "The referrer has left the provider."
        lasts = [still for *_, still in [*self.rings, *self.acquaintances]]
        if lasts and not any(lasts):
            return "All ties that referrer and provider had then have ended."
        return None


@dataclass(frozen=True)
class FeedbackRow:
    key: str
    giver: str
    provider: str
    kind: str
    score: float
    on: date | None
    rings: list[str]


@dataclass(frozen=True)
class RegionRow:
    key: str
    businesses: int
    joined: int  # businesses in at least one community
    providers: list[str]
    communities: list[str]


@dataclass(frozen=True)
class StandingOfferRow:
    """A discount of a member for customers who hired any member of its ring."""

    member: str
    community: str
    discount: float
    discount_on: str | None
    hired: list[str]


@dataclass(frozen=True)
class ReferralRows:
    """All rows of one question."""

    referrals: list[ReferralRow]
    feedback: list[FeedbackRow]
    regions: list[RegionRow]


async def read_referrals(
    graph: Graph, community: str | None, region: str | None, day: date
) -> ReferralRows:
    parameters: dict[str, Any] = {"community": community, "region": region, "day": day}
    referrals, feedback, regions = await asyncio.gather(
        graph.rows(statement("referral_network/referrals"), ReferralRow, **parameters),
        graph.rows(statement("referral_network/feedback"), FeedbackRow, day=day),
        graph.rows(statement("referral_network/regions"), RegionRow, **parameters),
    )
    return ReferralRows(referrals, feedback, regions)


async def read_offers(graph: Graph, customer: str, day: date) -> list[StandingOfferRow]:
    query = statement("referral_network/offers")
    return await graph.rows(query, StandingOfferRow, customer=customer, day=day)
