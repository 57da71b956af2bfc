"""Q8: how is an entrant shaped to an existing network?"""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info, today
from schema.records.lazy import CommunityRef, MemberRef
from schema.records.reading import existing_node, member_of, members_of
from schema.types.about import About, about
from service.analyses.network_fit import (
    Ecosystem,
    Novelty,
    conformity,
    ecosystem,
    novelties,
    parsed,
    rank_correlation,
    revenues,
    usual,
)

FOOTHOLD_RHO, FOOTHOLD_MOST = 0.5, 3
FORMULA = (
    "conformity = share of what the entrant gives and takes (by deliverable) that an"
    " incumbent gives or takes too; an incumbent was a member before the entrant"
    " and still is. To conform is to be shaped by the network: no good news in"
    " itself. rankCorrelation = Spearman's rho of attribute weights, the entrant's"
    " against the community's (the incumbents' mean where it tells none); marginFit ="
    " entrant's gross margin - what is usual. foothold: rankCorrelation of at least 0.5"
    " and at most 3 incumbents."
)
SOURCE = (
    "Christensen & Rosenbloom 1995, Research Policy 24:233-257; Christensen 1997, The"
    " Innovator's Dilemma, ch. 2; Spearman 1904. Profile, foothold and its bounds are"
    " decided here."
)


async def adopters_of(root: FitNovelty, info: Info) -> list[MemberRef]:
    return await members_of(info.context, root.found.adopters)


@strawberry.type(description="What only the entrant gave when it came.")
class FitNovelty:
    found: strawberry.Private[Novelty]
    deliverable: str
    adopted: bool = strawberry.field(description="Some incumbent gives it now.")
    adopters: list[MemberRef] = strawberry.field(
        resolver=adopters_of, description="Incumbents that give it now, by key."
    )


@strawberry.type(description="Money that the entrant receives, in one currency.")
class FitRevenue:
    currency: str | None
    amount: float
    from_incumbents_customers: float = strawberry.field(
        description="From members that pay an incumbent too."
    )
    share: float | None
    null_reason: str | None


@strawberry.type(description="High fit where few are: a place to begin from.")
class Foothold:
    is_foothold: bool | None
    incumbent_count: int
    rank_correlation: float | None
    null_reason: str | None


async def fit_entrant(root: NetworkFit, info: Info) -> Any:
    return await member_of(info.context, root.entrant_key)


async def fit_community(root: NetworkFit, info: Info) -> Any:
    return await existing_node(info.context, "Community", root.community_key)


async def fit_incumbents(root: NetworkFit, info: Info) -> list[MemberRef]:
    return await members_of(info.context, root.incumbent_keys)


@strawberry.type(description="How an entrant is shaped to a network, and it to them.")
class NetworkFit:
    entrant_key: strawberry.Private[str]
    community_key: strawberry.Private[str]
    incumbent_keys: strawberry.Private[list[str]]
    entrant: MemberRef = strawberry.field(resolver=fit_entrant)
    community: CommunityRef = strawberry.field(resolver=fit_community)
    entry: date | None = strawberry.field(
        description="When it joined the community; its first exchange where untold."
    )
    incumbents: list[MemberRef] = strawberry.field(
        resolver=fit_incumbents, description="By key."
    )
    conformity_at_entry: float | None
    conformity_now: float | None
    novelties: list[FitNovelty] = strawberry.field(description="By deliverable.")
    rank_correlation: float | None
    margin_fit: float | None
    revenue: list[FitRevenue] = strawberry.field(description="By currency.")
    foothold: Foothold
    null_reason: str | None
    about: About


async def network_fit(
    info: Info, entrant: str, community: str, as_of: date | None = strawberry.UNSET
) -> NetworkFit:
    """How is this entrant shaped to the network that it came to, and what of it?

    entrant: Key of the member that came to the community.
    community: Key of the community.
    """
    context, day = info.context, as_of or today()
    await member_of(context, entrant)
    found = await ecosystem(context.graph, community, day)
    return fitted(found, entrant, community)


def fitted(found: Ecosystem, entrant: str, community: str) -> NetworkFit:
    entry = found.entry(entrant)
    incumbents = found.incumbents(entrant, entry) if entry else []
    rho, margin = compared(found, entrant, incumbents)
    blank = reasons(entry, incumbents, rho, margin)
    warnings = [] if entrant in found.members else [f"{entrant!r} is not in it."]
    parameters: dict[str, Any] = {"entrant": entrant, "community": community}
    parameters |= {
        "asOf": found.day.isoformat(),
        "footholdRankCorrelation": FOOTHOLD_RHO,
    }
    parameters |= {"footholdMostIncumbents": FOOTHOLD_MOST}
    told = about(FORMULA, SOURCE, parameters, found.day, found.read_at, warnings)
    new = novelties(found, entrant, entry, incumbents) if entry else []
    return NetworkFit(
        entrant_key=entrant,
        community_key=community,
        incumbent_keys=incumbents,
        entry=entry,
        conformity_at_entry=alike(found, entrant, incumbents, entry),
        conformity_now=alike(found, entrant, incumbents, entry and found.day),
        novelties=[
            FitNovelty(found=n, deliverable=n.deliverable, adopted=bool(n.adopters))
            for n in new
        ],
        rank_correlation=rho,
        margin_fit=margin,
        revenue=paid(found, entrant, incumbents),
        foothold=foothold(len(incumbents), rho),
        null_reason=blank,
        about=told,
    )


def alike(
    found: Ecosystem, entrant: str, incumbents: list[str], day: date | None
) -> float | None:
    if day is None:
        return None
    theirs = {trait for one in incumbents for trait in found.profile(one, day)}
    return conformity(found.profile(entrant, day), theirs)


def compared(
    found: Ecosystem, entrant: str, incumbents: list[str]
) -> tuple[float | None, float | None]:
    """(rank correlation of attribute weights, margin beside what is usual)."""
    theirs = parsed(found.row.weights)
    theirs = theirs or usual([found.weights(one) for one in incumbents])
    told = [m for one in incumbents if (m := found.margin(one)) is not None]
    norm = found.row.margin
    if norm is None and told:
        norm = sum(told) / len(told)
    own = found.margin(entrant)
    margin = None if own is None or norm is None else own - norm
    return rank_correlation(found.weights(entrant), theirs), margin


def reasons(
    entry: date | None, incumbents: list[str], rho: float | None, margin: float | None
) -> str | None:
    parts = []
    if entry is None:
        parts.append("When it came is unknown: conformity is undefined.")
    elif not incumbents:
        parts.append("Nobody was there before it.")
    if rho is None:
        parts.append("Fewer than two attributes are weighed on both sides.")
    if margin is None:
        parts.append("A gross margin is unknown.")
    return " ".join(parts) or None


def paid(found: Ecosystem, entrant: str, incumbents: list[str]) -> list[FitRevenue]:
    return [
        FitRevenue(
            currency=one.currency,
            amount=one.amount,
            from_incumbents_customers=one.shared,
            share=one.shared / one.amount if one.amount else None,
            null_reason=None if one.amount else "No money in this currency.",
        )
        for one in revenues(found, entrant, incumbents)
    ]


def foothold(incumbents: int, rho: float | None) -> Foothold:
    fits = None if rho is None else rho >= FOOTHOLD_RHO and incumbents <= FOOTHOLD_MOST
    return Foothold(
        is_foothold=fits,
        incumbent_count=incumbents,
        rank_correlation=rho,
        null_reason=None if rho is not None else "rankCorrelation is undefined.",
    )
