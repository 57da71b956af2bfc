"""Referrals, feedback and regions as rows of the graph."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.graph import Graph
from service.graph.statements import statement

KNOWS = "KNOWS"


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
    gone: bool
    rings: list[list[Any]]  # each: community, its kind, whether both still are in it
    has_kept_job: bool | None  # the referrer's at the provider; None: it had none
    ties: list[list[Any]]  # each: kind, context, whether it lasts
    contracts: list[list[bool]]  # each: whether the referrer was customer, and it lasts

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
        """In which contexts people of the two sides knew each other."""
        return {context for kind, context, _ in self.ties if kind == KNOWS and context}

    @property
    def orphan_reason(self) -> str | None:
        """Why this referral is orphaned; None if it is not.

        A referrer who worked for the provider or was its customer must still have a
        tie of business with it; for others, acquaintance or a common community will do.
        """
        if self.gone:
            return "The referrer is no longer active."
        business = [lasts for kind, _, lasts in self.ties if kind != KNOWS]
        business += [lasts for _, lasts in self.contracts]
        if self.has_kept_job or any(business):
            return None
        if self.has_kept_job is not None:
            return "The referrer has left the provider."
        if any(was_customer for was_customer, _ in self.contracts):
            return "The referrer is no longer a customer of the provider."
        private = [lasts for kind, _, lasts in self.ties if kind == KNOWS]
        private += [lasts for *_, lasts in self.rings]
        if (business or private) and not any(private):
            return "All ties that referrer and provider had then have ended."
        return None


@dataclass(frozen=True)
class FeedbackRow:
    key: str
    giver: str
    is_giver_inside: bool  # whether it is of the region and community of the question
    provider: str
    kind: str
    score: float
    on: date | None
    rings: list[str]


@dataclass(frozen=True)
class RegionRow:
    """Null: the members without a region."""

    key: str | None
    businesses: list[str]
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
        graph.rows(statement("referral_network/feedback"), FeedbackRow, **parameters),
        graph.rows(statement("referral_network/regions"), RegionRow, **parameters),
    )
    return ReferralRows(referrals, feedback, regions)


async def read_offers(graph: Graph, customer: str, day: date) -> list[StandingOfferRow]:
    query = statement("referral_network/offers")
    return await graph.rows(query, StandingOfferRow, customer=customer, day=day)
