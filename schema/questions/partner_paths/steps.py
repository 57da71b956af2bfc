"""The steps of an introduction path, each with the ties that speak for it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef
from schema.records.reading import member_of
from service.analyses.introductions.evidence import Evidence, Tie
from service.analyses.introductions.network import IntroductionNetwork
from service.analyses.introductions.startups import Backing
from service.vocabulary.enums import TieKind

Told = dict[tuple[str, str], Evidence]


@strawberry.type(description="Why a step may work, in one sentence.")
class TieEvidence:
    kind: TieKind
    since: date | None
    until: date | None
    success: float
    text: str


def shown(tie: Tie) -> TieEvidence:
    return TieEvidence(
        kind=tie.kind,
        since=tie.since,
        until=tie.until,
        success=tie.success,
        text=tie.text,
    )


async def step_from(root: IntroductionStep, info: Info) -> Any:
    return await member_of(info.context, root.ends[0])


async def step_to(root: IntroductionStep, info: Info) -> Any:
    return await member_of(info.context, root.ends[1])


@strawberry.type(description="One introduction: who is asked, and who is met.")
class IntroductionStep:
    ends: strawberry.Private[tuple[str, str]]
    from_: MemberRef = strawberry.field(name="from", resolver=step_from)
    to: MemberRef = strawberry.field(resolver=step_to)
    success: float
    ties: list[TieEvidence] = strawberry.field(description="The best first.")
    needs_consent: bool = strawberry.field(
        description="The person reached wants to be asked first."
    )
    favours_open: int = strawberry.field(
        description="Favours that the person reached has open; each lowers success."
    )


def ends_of(
    network: IntroductionNetwork, startup: str, path: tuple[int, ...]
) -> list[tuple[str, str]]:
    """The pairs of keys that a path walks, from the start-up on."""
    return list(pairwise([startup, *(network.keys[i] for i in path)]))


def steps_of(
    network: IntroductionNetwork,
    own: Backing,
    startup: str,
    path: tuple[int, ...],
    chances: list[float],
    told: Told,
) -> list[IntroductionStep]:
    found = []
    pairs = zip(ends_of(network, startup, path), path, chances, strict=True)
    for place, (ends, member, chance) in enumerate(pairs):
        cohort = place == 0 and member in own.cohort
        found.append(
            IntroductionStep(
                ends=ends,
                success=chance,
                ties=[shown(tie) for tie in told[ends].ties(cohort)],
                needs_consent=bool(network.manners.ask[member]),
                favours_open=int(network.manners.favours[member]),
            )
        )
    return found
