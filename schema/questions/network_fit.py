"""`networkFit`: how well does an entrant fit the network that it joined?"""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records.lazy import CommunityRef, MemberRef
from schema.records.reading import existing_node, member_of, members_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.numbers import OVERFLOW, defined
from service.analyses.network_fit import (
    FOOTHOLD_MOST,
    FOOTHOLD_RHO,
    NetworkFitAnalysis,
    NoveltyResult,
    RevenueResult,
    network_fit_analysis,
)

FORMULA = (
    "conformity = share of what the entrant gives and takes (by deliverable) that an"
    " incumbent gives or takes too; an incumbent was a member before the entrant and"
    " still is. An entrant counts while its membership is active, an exchange while it"
    " and both of its ends are. High conformity means that the network has shaped the"
    " entrant; it is not good news by itself. rankCorrelation = Spearman's rho of"
    " attribute weights, the entrant's against the community's (the incumbents' mean if"
    " it states none), compared after rounding to 12 digits; marginFit = entrant's"
    " gross margin - the usual one. foothold: rankCorrelation of at least 0.5 and at"
    " most 3 incumbents."
)
SOURCE = (
    "Christensen & Rosenbloom 1995, Research Policy 24:233-257; Christensen 1997, The"
    " Innovator's Dilemma, ch. 2; Spearman 1904. Profile, foothold and its bounds are"
    " our own definitions."
)


async def adopters_of(root: FitNovelty, info: Info) -> list[MemberRef]:
    return await members_of(info.context, root.result.adopters)


@strawberry.type(description="A deliverable that only the entrant gave when it joined.")
class FitNovelty:
    result: strawberry.Private[NoveltyResult]
    deliverable: str = strawberry.field(description="The deliverable.")
    adopted: bool = strawberry.field(description="Whether any incumbent gives it now.")
    adopters: list[MemberRef] = strawberry.field(
        resolver=adopters_of, description="Incumbents that give it now, by key."
    )


@strawberry.type(description="Money that the entrant receives, in one currency.")
class FitRevenue:
    currency: str | None = strawberry.field(description=descriptions.CURRENCY)
    amount: float | None = strawberry.field(
        description="The sum of the known values received."
    )
    payment_count: int = strawberry.field(
        description="How many payments have a known value in this currency."
    )
    from_incumbents_customers: float | None = strawberry.field(
        description="The part that comes from members that also pay an incumbent."
    )
    share: float | None = strawberry.field(
        description="That part as a share of the sum, 0..1."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)


@strawberry.type(
    description="Whether an entrant has a foothold: a good fit and few incumbents."
)
class Foothold:
    is_foothold: bool | None = strawberry.field(
        description="Whether `rankCorrelation` is high and the incumbents are few."
    )
    incumbent_count: int = strawberry.field(
        description="How many incumbents there are."
    )
    rank_correlation: float | None = strawberry.field(
        description="The `rankCorrelation` of the answer that contains this object."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)


async def fit_entrant(root: NetworkFit, info: Info) -> Any:
    return await member_of(info.context, root.entrant_key)


async def fit_community(root: NetworkFit, info: Info) -> Any:
    return await existing_node(info.context, "Community", root.community_key)


async def fit_incumbents(root: NetworkFit, info: Info) -> list[MemberRef]:
    return await members_of(info.context, root.incumbent_keys)


@strawberry.type(
    description="How well an entrant fits a network, and how the network has changed"
    " it."
)
class NetworkFit:
    entrant_key: strawberry.Private[str]
    community_key: strawberry.Private[str]
    incumbent_keys: strawberry.Private[list[str]]
    entrant: MemberRef = strawberry.field(
        resolver=fit_entrant, description="The entrant."
    )
    community: CommunityRef = strawberry.field(
        resolver=fit_community, description="The community."
    )
    entry: date | None = strawberry.field(
        description="The day on which it joined the community; the day of its first"
        " exchange if that is not stored."
    )
    incumbents: list[MemberRef] = strawberry.field(
        resolver=fit_incumbents,
        description="Members that joined before it and are still there, by key.",
    )
    conformity_at_entry: float | None = strawberry.field(
        description="Its conformity on the day that it joined, 0..1."
    )
    conformity_now: float | None = strawberry.field(
        description="Its conformity on the day of the answer, 0..1."
    )
    novelties: list[FitNovelty] = strawberry.field(
        description="The deliverables that only it gave when it joined, by name."
    )
    rank_correlation: float | None = strawberry.field(
        description="Spearman's rho of its attribute weights with the community's."
    )
    margin_fit: float | None = strawberry.field(
        description="Its gross margin minus the usual gross margin."
    )
    revenue: list[FitRevenue] = strawberry.field(
        description="Money that it receives, by currency."
    )
    foothold: Foothold = strawberry.field(
        description="Whether it has a foothold: a good fit and few incumbents."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)
    about: About = strawberry.field(description=descriptions.ABOUT)


async def network_fit(
    info: Info, entrant: str, community: str, as_of: date | None = strawberry.UNSET
) -> NetworkFit:
    """How well does this entrant fit the network that it joined, and how has the
    network changed it?

    entrant: Key of the member that joined the community.
    community: Key of the community.
    """
    question = begin(as_of, entrant=entrant, community=community)
    question.add(foothold_rank_correlation=FOOTHOLD_RHO)
    question.add(foothold_most_incumbents=FOOTHOLD_MOST)
    await member_of(info.context, entrant)
    analysis = await network_fit_analysis(
        info.context.graph, entrant, community, question.day
    )
    history = analysis.history
    warnings = []
    if entrant not in history.members:
        warnings.append(f"{entrant!r} is not a member of the community.")
    warnings += analysis.warnings
    method = question.about(FORMULA, SOURCE, warnings, history.read_at)
    return answer(analysis, community, method)


def answer(analysis: NetworkFitAnalysis, community: str, method: About) -> NetworkFit:
    return NetworkFit(
        entrant_key=analysis.entrant,
        community_key=community,
        incumbent_keys=analysis.incumbents,
        entry=analysis.entry,
        conformity_at_entry=analysis.conformity_at_entry,
        conformity_now=analysis.conformity_now,
        novelties=[
            FitNovelty(
                result=novelty,
                deliverable=novelty.deliverable,
                adopted=bool(novelty.adopters),
            )
            for novelty in analysis.novelties
        ],
        rank_correlation=analysis.rank_correlation,
        margin_fit=analysis.margin_fit,
        revenue=fit_revenues(analysis),
        foothold=foothold(analysis),
        null_reason=fit_null_reason(analysis),
        about=method,
    )


def fit_null_reason(analysis: NetworkFitAnalysis) -> str | None:
    if not analysis.is_member:
        return (
            "It is not known when the entrant joined: it is not a member of the"
            " community on that day."
        )
    parts = []
    if analysis.entry is None:
        parts.append(
            "It is not known when the entrant joined: conformity is undefined."
        )
    elif not analysis.incumbents:
        parts.append("No member joined before the entrant.")
    undefined = (analysis.conformity_at_entry, analysis.conformity_now)
    if analysis.entry is not None and None in undefined:
        when = "when it joined" if undefined[0] is None else "on that day"
        parts.append(f"The entrant gives and takes no named deliverable {when}.")
    if analysis.rank_null_reason is not None:
        parts.append(analysis.rank_null_reason)
    if analysis.margin_fit is None:
        parts.append("A gross margin is unknown.")
    return " ".join(parts) or None


def fit_revenues(analysis: NetworkFitAnalysis) -> list[FitRevenue]:
    return [fit_revenue(row) for row in analysis.revenues]


def fit_revenue(row: RevenueResult) -> FitRevenue:
    amount, shared = defined(row.amount), defined(row.shared)
    share: float | None = None
    reason: str | None = OVERFLOW
    if amount is not None and shared is not None:
        share = shared / amount if amount else None
        reason = None if amount else "The sum in this currency is 0."
    return FitRevenue(
        currency=row.currency,
        amount=amount,
        payment_count=row.count,
        from_incumbents_customers=shared,
        share=share,
        null_reason=reason,
    )


def foothold(analysis: NetworkFitAnalysis) -> Foothold:
    rho, reason = analysis.rank_correlation, None
    if rho is None:
        reason = "rankCorrelation is undefined."
    elif analysis.entry is None:
        reason = "It is not known when the entrant joined."
    return Foothold(
        is_foothold=analysis.is_foothold,
        incumbent_count=len(analysis.incumbents),
        rank_correlation=rho,
        null_reason=reason,
    )
