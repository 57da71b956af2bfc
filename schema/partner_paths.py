"""Q5: which backers can introduce this start-up to the partners that it needs?"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import strawberry

from schema.about import About, about, limited, today
from schema.capability import Capability
from schema.context import Info
from schema.lazy import MemberRef
from schema.reading import existing_node, member_of
from service.algorithms.paths import (
    Routes,
    best_paths,
    combined_success,
    independent_routes,
)
from service.introduction_ties import BOARD_SEAT, COHORT, HALVED, SUCCESS, UNSTATED, Tie
from service.introductions import Reach, Step, reach
from service.queries import statement
from service.settings import Settings
from service.vocabulary.enums import MemberRole, TieKind

MOST_HOPS = 8
BACKERS = [MemberRole.INVESTOR]
FORMULA = (
    "success = product over steps of p(best tie) / (1 + favoursOpen of the person"
    " reached); acquaintance p = 1 - 2^(-s), s the score halved each half-life; an"
    " ended tie's p halves each 365 days. The k best loopless paths within maxHops are"
    " exact."
    " combinedSuccess = 1 - prod(1 - success) over disjoint paths, best first;"
    " independentRoutes = max flow, every member but start-up and partners once."
)
SOURCE = (
    "Decay: Ahmad, Porter & Beguerisse-Diaz 2021, arXiv 1805.00193; paths: best-first"
    " with an exact walk bound; flow: Menger. The table of p is decided here."
)


@strawberry.type(description="Why a step may work, in one sentence.")
class TieEvidence:
    kind: TieKind
    since: date | None
    until: date | None
    success: float
    text: str


async def step_from(root: IntroductionStep, info: Info) -> Any:
    return await member_of(info.context, root.step.source)


async def step_to(root: IntroductionStep, info: Info) -> Any:
    return await member_of(info.context, root.step.target)


@strawberry.type(description="One introduction: who is asked, and who is met.")
class IntroductionStep:
    step: strawberry.Private[Step]
    from_: MemberRef = strawberry.field(name="from", resolver=step_from)
    to: MemberRef = strawberry.field(resolver=step_to)
    success: float
    ties: list[TieEvidence] = strawberry.field(description="The best first.")
    needs_consent: bool = strawberry.field(
        description="The person reached wants to be asked first."
    )


@strawberry.type(description="From the start-up over a backer to a partner.")
class PartnerPath:
    backer: MemberRef
    partner: MemberRef
    success: float
    hops: int
    steps: list[IntroductionStep]
    weakest_step: IntroductionStep


@strawberry.type(description="The paths to whoever has one capability.")
class PartnerStage:
    capability: Capability
    stage: int | None
    paths: list[PartnerPath] = strawberry.field(
        description="By success descending, then fewer hops, then the keys in order."
    )
    independent_routes: int
    combined_success: float | None
    null_reason: str | None


@strawberry.type(description="Who can introduce a start-up to what it needs.")
class PartnerPaths:
    startup: MemberRef
    stages: list[PartnerStage] = strawberry.field(
        description="By stage (null last), then key."
    )
    about: About


@dataclass(frozen=True)
class Needed:
    capability: str
    stage: int | None
    holders: list[str]


async def partner_paths(
    info: Info,
    startup: str,
    needs: list[str] | None = strawberry.UNSET,
    backers: list[MemberRole] | None = BACKERS,
    max_hops: int | None = 4,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 5,
) -> PartnerPaths:
    """Which backers can introduce this start-up to the partners that it needs?"""
    read_at = time.monotonic()
    context = info.context
    graph, settings = context.graph, context.settings
    day, limit = as_of or today(), limited("first", first, 5)
    hops = limited("maxHops", max_hops, 4, MOST_HOPS)
    roles = BACKERS if backers is None else backers
    wanted = None if needs is None or needs is strawberry.UNSET else needs
    own = await member_of(context, startup)
    for key in wanted or ():
        await existing_node(context, "Capability", key)
    stages = await graph.rows(
        statement("partner_needs"), Needed, startup=startup, needs=wanted, day=day
    )
    found = await reach(graph, startup, day, settings)
    cohort = found.backers(roles)
    routes = await asyncio.to_thread(found.routes, cohort)
    search = Search(found, routes, cohort, hops, limit)
    parameters = {"startup": startup, "needs": wanted, "maxHops": hops}
    parameters |= {"backers": [role.value for role in roles], "first": limit}
    parameters |= {"asOf": day.isoformat(), **table(settings)}
    return PartnerPaths(
        startup=own,
        stages=[await stage(info, search, needed) for needed in stages],
        about=about(FORMULA, SOURCE, parameters, day, read_at, found.warnings()),
    )


def table(settings: Settings) -> dict[str, Any]:
    """The success of each kind of tie and the settings that bear on it."""
    chances = {kind.value: chance for kind, chance in SUCCESS.items()}
    chances |= {
        "INVESTMENT with a board seat": BOARD_SEAT,
        "cohort of a backer": COHORT,
    }
    chances["ACQUAINTANCE without strength"] = UNSTATED
    return {
        "success": chances,
        "halfLifeDays": settings.half_life_days,
        "endedHalfLifeDays": HALVED,
        "friendFactor": settings.friend_factor,
        "maxCommunity": settings.max_community,
    }


@dataclass(frozen=True)
class Search:
    """What all stages of one question share."""

    reach: Reach
    routes: Routes
    cohort: dict[str, bool]
    hops: int
    limit: int


async def stage(info: Info, search: Search, needed: Needed) -> PartnerStage:
    keys, routes = search.reach.keys, search.routes
    index = {key: i for i, key in enumerate(keys)}
    partners = {index[key] for key in needed.holders if key in index}
    paths = await asyncio.to_thread(
        best_paths, routes, partners, search.limit, search.hops
    )
    combined = await asyncio.to_thread(combined_success, routes, partners, search.hops)
    apart = await asyncio.to_thread(independent_routes, routes, partners)
    reason = f"No path within {search.hops} hops." if combined is None else None
    if not needed.holders:
        reason = "Nobody has this capability."
    return PartnerStage(
        capability=await existing_node(info.context, "Capability", needed.capability),
        stage=needed.stage,
        paths=[
            await partner_path(info, search, [keys[i] for i in path]) for path in paths
        ],
        independent_routes=apart,
        combined_success=combined,
        null_reason=reason,
    )


async def partner_path(info: Info, search: Search, keys: list[str]) -> PartnerPath:
    found = search.reach
    steps = [found.step(found.startup, keys[0], search.cohort[keys[0]])]
    steps += [found.step(a, b) for a, b in pairwise(keys)]
    success = 1.0
    for step in steps:
        success *= step.success
    shown = [introduction_step(step) for step in steps]
    weakest = min(shown, key=lambda step: round(step.success, 12))
    return PartnerPath(
        backer=await member_of(info.context, keys[0]),
        partner=await member_of(info.context, keys[-1]),
        success=success,
        hops=len(keys),
        steps=shown,
        weakest_step=weakest,
    )


def introduction_step(step: Step) -> IntroductionStep:
    return IntroductionStep(
        step=step,
        success=step.success,
        ties=[evidence(tie) for tie in step.ties],
        needs_consent=step.needs_consent,
    )


def evidence(tie: Tie) -> TieEvidence:
    return TieEvidence(
        kind=tie.kind,
        since=tie.since,
        until=tie.until,
        success=tie.success,
        text=tie.text,
    )
