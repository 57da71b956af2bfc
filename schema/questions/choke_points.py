"""`chokePoints`: which members are on every path to a portfolio's partners?"""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Context, Info
from schema.records.capability import Capability
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import existing_node, member_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.ranking import ranking, window_of, with_page_infos
from service.algorithms.routes import MOST_HOPS
from service.analyses.choke_points import (
    ChokePointResult,
    NeedPair,
    PortfolioAnalysis,
    portfolio_analysis,
    portfolio_startups,
)
from service.analyses.introductions.chances import chance_table
from service.analyses.introductions.startups import ADD_NEEDS, BACKERS
from service.errors import BadInput
from service.vocabulary.enums import MemberRole

FORMULA = (
    "exposure = share of the pairs (start-up, need) with a path within maxHops for"
    " which every path passes the member. Paths as in partnerPaths: from the start-up"
    " to a backer, over ties of any age, to the first member with the capability."
    " Pairs without a path are left out and counted."
)
SOURCE = "Choke points after BloodHound Enterprise; the definition is our own."


async def pair_startup(root: ChokedPair, info: Info) -> Any:
    return await member_of(info.context, root.pair.startup)


async def pair_capability(root: ChokedPair, info: Info) -> Any:
    return await existing_node(info.context, "Capability", root.pair.capability)


@strawberry.type(description="A start-up and one of its needs.")
class ChokedPair:
    pair: strawberry.Private[NeedPair]
    startup: MemberRef = strawberry.field(
        resolver=pair_startup, description="The start-up."
    )
    capability: Capability = strawberry.field(
        resolver=pair_capability, description="What it needs."
    )


def choked_pairs(root: Any, info: Info, rows: list[NeedPair]) -> list[ChokedPair]:
    return [ChokedPair(pair=pair) for pair in rows]


async def point_member(root: ChokePoint, info: Info) -> Any:
    return await member_of(info.context, root.result.key)


@strawberry.type(
    description="A member that is on every introduction path for some needs of"
    " start-ups."
)
@with_page_infos
class ChokePoint:
    result: strawberry.Private[ChokePointResult]
    member: MemberRef = strawberry.field(
        resolver=point_member, description=descriptions.MEMBER
    )
    exposure: float = strawberry.field(
        description="Share of the pairs with a path that would have no path without"
        " this member, 0..1."
    )
    pair_count: int = strawberry.field(description="The number of these pairs.")
    sole_partner: bool = strawberry.field(
        description="Whether it is the only partner within reach for one of these"
        " pairs."
    )
    pairs: list[ChokedPair] = ranking(
        lambda root, most: root.result.pairs,
        choked_pairs,
        "These pairs, by the keys of start-up, then need.",
        first=20,
    )


def points(
    root: ChokePoints, info: Info, rows: list[ChokePointResult]
) -> list[ChokePoint]:
    return [choke_point(root.result, point) for point in rows]


@strawberry.type(description="The members that a portfolio's introductions depend on.")
@with_page_infos
class ChokePoints:
    result: strawberry.Private[PortfolioAnalysis]
    window: strawberry.Private[RankingWindow]
    choke_points: list[ChokePoint] = ranking(
        lambda root, most: root.result.points,
        points,
        "By exposure descending, then key.",
    )
    choke_point_count: int = strawberry.field(
        description="Members that are on every path for some need."
    )
    startup_count: int = strawberry.field(description="Start-ups of the portfolio.")
    needing_startup_count: int = strawberry.field(
        description="Those of them with a need; the others are in no pair."
    )
    pair_count: int = strawberry.field(
        description="Pairs of start-up and need with a path within maxHops."
    )
    pairs_without_path_count: int = strawberry.field(
        description="Pairs without such a path."
    )
    pairs_without_path: list[ChokedPair] = ranking(
        lambda root, most: root.result.pairs_without_path,
        choked_pairs,
        "Pairs without a path, by the keys of start-up, then need.",
        first=20,
    )
    null_reason: str | None = strawberry.field(
        description="Why there are no choke points; null if there is any path."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def choke_points(
    info: Info,
    community: str | None = strawberry.UNSET,
    startups: list[str] | None = strawberry.UNSET,
    needs: list[str] | None = strawberry.UNSET,
    backers: list[MemberRole] | None = BACKERS,
    max_hops: int | None = 4,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
) -> ChokePoints:
    """Which members are the only way in, for what share of a portfolio's needs?

    community: Key of a community whose start-ups are the portfolio.
    startups: Keys of the start-ups of the portfolio; all start-ups by default.
    needs: Keys of capabilities; by default what each start-up needs.
    backers: The roles of those who may make the first introduction.
    max_hops: The most introductions on a path.
    """
    context, window = info.context, window_of(info, first, 20, after)
    hops = limit_of("maxHops", max_hops, 4, MOST_HOPS)
    roles = BACKERS if backers is None else backers
    capabilities = None if needs is None or needs is strawberry.UNSET else needs
    question = begin(as_of, community=community or None, startups=startups or None)
    question.add(needs=capabilities, backers=roles, max_hops=hops, first=window.limit)
    question.add(**chance_table(context.settings))
    day = question.day
    for key in capabilities or ():
        await existing_node(context, "Capability", key)
    listed = None if startups is strawberry.UNSET else startups
    keys = await startup_keys(context, community or None, listed, day)
    portfolio = await portfolio_analysis(
        context.networks, context.settings, keys, capabilities, roles, hops, day
    )
    network = portfolio.network
    warnings = network.warnings(network.indices(keys))
    method = question.about(FORMULA, SOURCE, warnings, network.read_at)
    return answer(portfolio, len(keys), window, method)


def answer(
    portfolio: PortfolioAnalysis,
    startup_count: int,
    window: RankingWindow,
    method: About,
) -> ChokePoints:
    pairs = len(portfolio.pairs)
    return ChokePoints(
        result=portfolio,
        window=window,
        choke_point_count=len(portfolio.points),
        startup_count=startup_count,
        needing_startup_count=len(portfolio.needing),
        pair_count=pairs,
        pairs_without_path_count=len(portfolio.pairs_without_path),
        null_reason=None if pairs else no_pairs(portfolio, startup_count),
        about=method,
    )


def choke_point(portfolio: PortfolioAnalysis, point: ChokePointResult) -> ChokePoint:
    return ChokePoint(
        result=point,
        exposure=len(point.pairs) / len(portfolio.pairs),
        pair_count=len(point.pairs),
        sole_partner=any(pair.is_sole_partner for pair in point.pairs),
    )


def no_pairs(portfolio: PortfolioAnalysis, startup_count: int) -> str:
    if not startup_count:
        return (
            "No start-up is in the portfolio on that day. Add the role STARTUP to the"
            " members that are start-ups."
        )
    if not portfolio.pairs_without_path:
        return f"No start-up of the portfolio has a stored need. {ADD_NEEDS}"
    return "No start-up has a path to anything that it needs."


async def startup_keys(
    context: Context, community: str | None, startups: list[str] | None, day: date
) -> list[str]:
    """These start-ups, or those of the community, or all."""
    if startups is not None:
        if community is not None:
            raise BadInput("startups: give either `startups` or `community`, not both.")
        for key in startups:
            await member_of(context, key)
        return sorted(set(startups))
    return await portfolio_startups(context.networks, community, day)
