"""`capabilityGaps`: which needs does a start-up not cover, and who could cover them?"""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records.lazy import CapabilityRef, MemberRef
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import existing_node, member_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.measured import (
    Measured,
    each,
    length,
    member_at,
    members_at,
    node_at,
    plain,
)
from schema.types.own_network import Introducing
from schema.types.ranking import ranking, window_of, with_page_infos
from service.analyses.capability_gaps import (
    CandidateResult,
    CapabilityGapsAnalysis,
    NeedResult,
    capability_gaps_analysis,
)
from service.analyses.introductions.chances import chance_table
from service.analyses.introductions.ways import HOPS

FORMULA = (
    "A need is covered if the start-up, one of its teams or one of its people has the"
    " capability; else it is a gap. Advisers: members that have it and ADVISE the"
    " start-up or one of its people; candidates: all others that have it, by the most"
    " likely path from the start-up within 4 hops (success as in partnerPaths), those"
    " without a path last."
)
SOURCE = "The definition is our own."


def way_of(root: CapabilityCandidate) -> Introducing | None:
    return Introducing(result=root.result.way) if root.result.way else None


@strawberry.type(
    description="A member outside the start-up that has a capability the start-up"
    " needs."
)
class CapabilityCandidate:
    result: strawberry.Private[CandidateResult]
    member: MemberRef = member_at("key", "Who has the capability.")
    way: Introducing | None = strawberry.field(
        resolver=way_of,
        description="The most likely path to it; null if no path is within reach.",
    )


@strawberry.type(description="One need of a start-up, and who covers it.")
@with_page_infos
class CapabilityNeed:
    result: strawberry.Private[NeedResult]
    capability: CapabilityRef = node_at("Capability", "row.key", "What it needs.")
    stage: int | None = plain("row.stage", "The stage of the need, if one is stored.")
    covered: bool = plain(
        "is_covered",
        "Whether the start-up, one of its teams or one of its people has the"
        " capability.",
    )
    own: list[MemberRef] = members_at(
        "row.own", "Who of the start-up, its teams and its people has it, by key."
    )
    advisers: list[MemberRef] = members_at(
        "row.advisers", "Others that have it and advise the start-up, by key."
    )
    candidate_count: int = length(
        "candidates", "All others that have it, advisers among them."
    )
    candidates: list[CapabilityCandidate] = each(
        CapabilityCandidate,
        "candidates",
        "All others that have it, advisers among them, by the success of the best path,"
        " then key.",
    )


def needs(
    root: CapabilityGaps, info: Info, rows: list[NeedResult]
) -> list[CapabilityNeed]:
    return [CapabilityNeed(result=need) for need in rows]


async def startup_of(root: CapabilityGaps, info: Info) -> Any:
    return await member_of(info.context, root.key)


@strawberry.type(description="What a start-up needs and lacks.")
@with_page_infos
class CapabilityGaps:
    key: strawberry.Private[str]
    startup: MemberRef = strawberry.field(
        resolver=startup_of, description="The start-up."
    )
    need_count: int = strawberry.field(description="All needs of the start-up.")
    result: strawberry.Private[CapabilityGapsAnalysis]
    window: strawberry.Private[RankingWindow]
    needs: list[CapabilityNeed] = ranking(
        lambda root, most: root.result.needs, needs, "By stage, then key."
    )
    gap_count: int = strawberry.field(
        description="Needs that the start-up does not cover itself."
    )
    gap_share: Measured = strawberry.field(
        description="Share of the needs that are gaps, 0..1; evidence: all its needs."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def capability_gaps(
    info: Info,
    startup: str,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
) -> CapabilityGaps:
    """Which needs does the start-up not cover itself, who advises on them, and who
    could cover them?

    startup: Key of the start-up.
    """
    window, settings = window_of(info, first, 20, after), info.context.settings
    chances = chance_table(settings)
    question = begin(as_of, startup=startup, max_hops=HOPS, **chances)
    question.add(first=window.limit)
    await existing_node(info.context, "Member", startup)
    analysis = await capability_gaps_analysis(
        info.context.networks, settings, startup, question.day
    )
    return CapabilityGaps(
        key=startup,
        result=analysis,
        window=window,
        need_count=len(analysis.needs),
        gap_count=len(analysis.gaps),
        gap_share=Measured.of(analysis.gap_share),
        about=question.about(FORMULA, SOURCE),
    )
