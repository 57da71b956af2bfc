"""The one tie whose renewal raises the best introduction path most."""

from __future__ import annotations

import asyncio
from typing import Any

import strawberry

from schema.context import Context, Info
from schema.questions.partner_paths.steps import TieEvidence, ends_of, shown
from schema.records.lazy import MemberRef
from schema.records.reading import member_of
from service.algorithms.routes import Path, Question
from service.algorithms.warm_up import warm_up as best_renewal
from service.analyses.introductions.evidence import evidence
from service.analyses.introductions.network import IntroductionNetwork
from service.analyses.introductions.startups import Backing, renewed_steps

NO_PATH = "There is no path to raise."
NOTHING = "No single contact raises the best path."


async def end(root: WarmUp, info: Info, place: int) -> Any:
    return await member_of(info.context, root.ends[place]) if root.ends else None


async def warm_from(root: WarmUp, info: Info) -> Any:
    return await end(root, info, 0)


async def warm_to(root: WarmUp, info: Info) -> Any:
    return await end(root, info, 1)


@strawberry.type(
    description="An acquaintance, and the best path before and after one contact of"
    " the two on that day. A contact reopens an acquaintance that has ended."
)
class WarmUp:
    ends: strawberry.Private[tuple[str, str] | None]
    from_: MemberRef | None = strawberry.field(name="from", resolver=warm_from)
    to: MemberRef | None = strawberry.field(resolver=warm_to)
    tie: TieEvidence | None = strawberry.field(description="As it would be then.")
    success_before: float | None
    success_after: float | None
    null_reason: str | None


def nothing(reason: str, before: float | None = None) -> WarmUp:
    return WarmUp(
        ends=None,
        tie=None,
        success_before=before,
        success_after=None,
        null_reason=reason,
    )


async def warm_up(
    context: Context,
    network: IntroductionNetwork,
    own: Backing,
    startup: str,
    asked: Question,
    best: Path | None,
) -> WarmUp:
    if best is None:
        return nothing(NO_PATH)
    before = asked.chance(best)
    found = await asyncio.to_thread(
        lambda: best_renewal(
            asked, best, network.renewals, renewed_steps(network, startup, own)
        )
    )
    if found is None:
        return nothing(NOTHING, before)
    ends = ends_of(network, startup, found.path)[found.place]
    told = await evidence(context.graph, [ends], network.day, context.settings)
    tie = told[ends].renewable
    return WarmUp(
        ends=ends,
        tie=shown(tie) if tie else None,
        success_before=before,
        success_after=found.success,
        null_reason=None,
    )
