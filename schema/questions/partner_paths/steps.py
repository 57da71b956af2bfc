"""The steps of an introduction path, each with the ties that support it."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef
from schema.records.reading import member_of
from service.analyses.partner_paths import StepResult
from service.analyses.partner_paths.evidence import TieReason
from service.vocabulary.enums import TieKind


@strawberry.type(description="Why a step may work, in one sentence.")
class TieEvidence:
    kind: TieKind = strawberry.field(description="The kind of tie.")
    since: date | None = strawberry.field(description="When it began, if stored.")
    until: date | None = strawberry.field(description="When it ended, if stored.")
    success: float = strawberry.field(
        description="The chance that this tie carries an introduction, 0 to 1."
    )
    text: str = strawberry.field(description="The tie in one sentence.")


def tie_evidence(reason: TieReason) -> TieEvidence:
    return TieEvidence(
        kind=reason.kind,
        since=reason.since,
        until=reason.until,
        success=reason.success,
        text=reason.text,
    )


async def step_from(root: IntroductionStep, info: Info) -> Any:
    return await member_of(info.context, root.ends[0])


async def step_to(root: IntroductionStep, info: Info) -> Any:
    return await member_of(info.context, root.ends[1])


@strawberry.type(description="One introduction: who is asked, and who is met.")
class IntroductionStep:
    ends: strawberry.Private[tuple[str, str]]
    from_: MemberRef = strawberry.field(
        name="from", resolver=step_from, description="The member who introduces."
    )
    to: MemberRef = strawberry.field(
        resolver=step_to, description="The member who is met."
    )
    success: float = strawberry.field(
        description="The chance that the introduction succeeds, 0 to 1."
    )
    ties: list[TieEvidence] = strawberry.field(
        description="The ties between the two, the most likely one first."
    )
    needs_consent: bool = strawberry.field(
        description="Whether the person reached wants to be asked first."
    )
    favours_open: int = strawberry.field(
        description="How many favours the person reached has not yet returned; each"
        " lowers the success."
    )


def introduction_step(result: StepResult) -> IntroductionStep:
    return IntroductionStep(
        ends=result.ends,
        success=result.success,
        ties=[tie_evidence(tie) for tie in result.ties],
        needs_consent=result.needs_consent,
        favours_open=result.favours_open,
    )
