"""The tie whose renewal would improve the best introduction path most."""

from __future__ import annotations

from typing import Any

import strawberry

from schema.context import Context, Info
from schema.questions.partner_paths.steps import TieEvidence, tie_evidence
from schema.records.lazy import MemberRef
from schema.records.reading import member_of
from service.analyses.partner_paths import PartnerPathsAnalysis, PathsAnalysis

NO_PATH = "There is no path to improve."
NO_RENEWAL = "No single contact improves the best path."


async def end(root: WarmUp, info: Info, index: int) -> Any:
    return await member_of(info.context, root.ends[index]) if root.ends else None


async def warm_from(root: WarmUp, info: Info) -> Any:
    return await end(root, info, 0)


async def warm_to(root: WarmUp, info: Info) -> Any:
    return await end(root, info, 1)


@strawberry.type(
    description="An acquaintance, and the best path before and after one contact"
    " between the two on that day. A contact reopens an acquaintance that has ended."
)
class WarmUp:
    ends: strawberry.Private[tuple[str, str] | None]
    from_: MemberRef | None = strawberry.field(
        name="from", resolver=warm_from, description="The first of the two."
    )
    to: MemberRef | None = strawberry.field(
        resolver=warm_to, description="The second of the two."
    )
    tie: TieEvidence | None = strawberry.field(
        description="The acquaintance after the contact."
    )
    success_before: float | None = strawberry.field(
        description="The success of the best path before the contact."
    )
    success_after: float | None = strawberry.field(
        description="The success of the best path after the contact."
    )
    null_reason: str | None = strawberry.field(
        description="Why there is no such acquaintance; null if there is one."
    )


def without_renewal(reason: str, before: float | None = None) -> WarmUp:
    return WarmUp(
        ends=None,
        tie=None,
        success_before=before,
        success_after=None,
        null_reason=reason,
    )


async def warm_up(
    context: Context, analysis: PartnerPathsAnalysis, stage: PathsAnalysis
) -> WarmUp:
    if not stage.paths:
        return without_renewal(NO_PATH)
    before = stage.best_success
    renewal = await analysis.warm_up(context.graph, context.settings, stage)
    if renewal is None:
        return without_renewal(NO_RENEWAL, before)
    return WarmUp(
        ends=renewal.ends,
        tie=tie_evidence(renewal.tie) if renewal.tie else None,
        success_before=before,
        success_after=renewal.success,
        null_reason=None,
    )
