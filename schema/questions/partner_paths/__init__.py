"""`partnerPaths`: who can introduce this start-up to the partners that it needs?"""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.questions.partner_paths.steps import IntroductionStep, introduction_step
from schema.questions.partner_paths.warm_up import WarmUp, warm_up
from schema.records.capability import Capability
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import existing_node, member_of, members_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.ranking import ranking, window_of, with_page_infos
from service.algorithms.routes import MOST_HOPS, Path
from service.analyses.introductions.chances import chance_table
from service.analyses.introductions.startups import ADD_NEEDS, BACKERS
from service.analyses.partner_paths import (
    PartnerPathsAnalysis,
    PathResult,
    PathsAnalysis,
    StageAnalysis,
    partner_paths_analysis,
)
from service.errors import BadInput
from service.vocabulary.enums import MemberRole

FORMULA = (
    "success = product over steps of p(best tie) / (1 + favoursOpen of the person"
    " reached); acquaintance p = 1 - 2^(-s), s the score halved each half-life; an"
    " ended tie's p halves each 365 days. The k best loopless paths within maxHops are"
    " exact."
    " combinedSuccess = 1 - prod(1 - success) over disjoint paths, best first;"
    " independentRoutes = max flow, every member but start-up and partners once."
    " warmUp: one contact adds 1 to what is left of an acquaintance's score."
)
NO_NEEDS = f"The start-up has no needs stored for that day. {ADD_NEEDS}"
SOURCE = (
    "Decay: Ahmad, Porter & Beguerisse-Diaz 2021, arXiv 1805.00193; paths: Yen 1971,"
    " Lawler 1972; flow: Ford & Fulkerson 1956, Menger 1927. The table of p is our own."
)


@strawberry.type(description="A path from the start-up through a backer to a partner.")
class PartnerPath:
    backer: MemberRef = strawberry.field(description="The first member of the path.")
    partner: MemberRef = strawberry.field(
        description="The last member of the path, who has the capability."
    )
    success: float = strawberry.field(description=descriptions.PATH_SUCCESS)
    hops: int = strawberry.field(description="The number of steps of the path.")
    steps: list[IntroductionStep] = strawberry.field(
        description="The introductions, in their order."
    )
    weakest_step: IntroductionStep = strawberry.field(
        description="The step that is least likely to succeed."
    )
    favours_open: int = strawberry.field(
        description="How many favours the people on the path have not yet returned."
    )


@strawberry.type(description="The backer to ask first: the one on the best path.")
class AskFirst:
    backer: MemberRef = strawberry.field(description="The backer.")
    needs_consent: bool = strawberry.field(
        description="Whether any person on the path wants to be asked first."
    )
    favours_open: int = strawberry.field(
        description="How many favours the people on the path have not yet returned."
    )
    reason: str = strawberry.field(description="Why this backer, in one sentence.")


async def independent(root: IntroductionPaths) -> int:
    return await root.result.independent_routes()


async def path_rows(root: IntroductionPaths, most: int) -> list[Path]:
    return await root.result.first_paths(most)


async def partner_paths_of(
    root: IntroductionPaths, info: Info, rows: list[Path]
) -> list[PartnerPath]:
    results = [root.analysis.path(root.result, path) for path in rows]
    return await asyncio.gather(*(partner_path(info, result) for result in results))


async def more_paths(root: IntroductionPaths) -> bool:
    stop = root.window.stop
    return len(await root.result.first_paths(stop + 1)) > stop


async def stage_ask_first(root: IntroductionPaths, info: Info) -> AskFirst | None:
    best = await partner_paths_of(root, info, root.result.paths[:1])
    return ask_first(best[0]) if best else None


async def combined(root: IntroductionPaths) -> float | None:
    return await root.result.combined_success()


async def stage_warm_up(root: IntroductionPaths, info: Info) -> WarmUp:
    return await warm_up(info.context, root.analysis, root.result)


def stage_null_reason(root: IntroductionPaths) -> str | None:
    return root.result.null_reason


@strawberry.interface(description="The best paths from a start-up to some members.")
@with_page_infos
class IntroductionPaths:
    analysis: strawberry.Private[PartnerPathsAnalysis]
    result: strawberry.Private[PathsAnalysis]
    window: strawberry.Private[RankingWindow]
    paths: list[PartnerPath] = ranking(
        path_rows,
        partner_paths_of,
        "By success descending, then fewer hops, then the keys in order.",
    )
    more_paths: bool = strawberry.field(
        resolver=more_paths,
        description="Whether there are more paths after `paths`. How many is not"
        " counted: their number grows exponentially.",
    )
    ask_first: AskFirst | None = strawberry.field(
        resolver=stage_ask_first,
        description="Whom to ask first; null if there is no path.",
    )
    warm_up: WarmUp = strawberry.field(
        resolver=stage_warm_up,
        description="The acquaintance whose renewal would improve the best path most.",
    )
    independent_routes: int = strawberry.field(
        resolver=independent,
        description="The number of routes, of any length, that have no member but"
        " partners in common.",
    )
    combined_success: float | None = strawberry.field(
        resolver=combined,
        description="The chance that one of the disjoint paths succeeds, 0 to 1.",
    )
    null_reason: str | None = strawberry.field(
        resolver=stage_null_reason, description="Why there is no path; null if any is."
    )


@strawberry.type(description="The paths to everybody who has one capability.")
class PartnerStage(IntroductionPaths):
    capability: Capability = strawberry.field(description="What the start-up needs.")
    stage: int | None = strawberry.field(
        description="The stage of the need, if one is stored."
    )


@strawberry.type(description="The paths to one member, whatever it can do.")
class MemberPaths(IntroductionPaths):
    member: MemberRef = strawberry.field(description="The member to reach.")


@strawberry.type(description="Who can introduce a start-up to what it needs.")
class PartnerPaths:
    startup: MemberRef = strawberry.field(description="The start-up.")
    stages: list[PartnerStage] = strawberry.field(
        description="Its needs, by stage (null last), then key."
    )
    to_member: MemberPaths | None = strawberry.field(
        description="The paths to `member`; null if the question names none."
    )
    null_reason: str | None = strawberry.field(
        description="Why there are no needs; null if there are any, or a `member`."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def partner_paths(
    info: Info,
    startup: str,
    needs: list[str] | None = strawberry.UNSET,
    backers: list[MemberRole] | None = BACKERS,
    max_hops: int | None = 4,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 5,
    after: str | None = strawberry.UNSET,
    member: str | None = strawberry.UNSET,
) -> PartnerPaths:
    """Which backers can introduce this start-up to the partners that it needs?

    startup: Key of the start-up that looks for partners.
    needs: Keys of the capabilities to look for; by default all that it needs.
    backers: The roles of those who may make the first introduction.
    max_hops: The most introductions on a path.
    first: How many paths to return for each need, from 1 to 1,000.
    member: Key of a member to reach, whatever it can do. Then only the needs in `needs`
        are looked for.
    """
    context, window = info.context, window_of(info, first, 5, after)
    hops = limit_of("maxHops", max_hops, 4, MOST_HOPS)
    roles = BACKERS if backers is None else backers
    capabilities = None if needs is None or needs is strawberry.UNSET else needs
    question = begin(as_of, startup=startup, needs=capabilities, backers=roles)
    target = member or None
    if target is not None:
        capabilities = capabilities or []
        question.add(member=target)
    if target == startup:
        raise BadInput("member: expected another member than the start-up.")
    question.add(max_hops=hops, first=window.limit, **chance_table(context.settings))
    own, goal, *_ = await asyncio.gather(
        member_of(context, startup),
        member_of(context, target or startup),
        *(existing_node(context, "Capability", key) for key in capabilities or ()),
    )
    analysis = await partner_paths_analysis(
        context.networks,
        context.settings,
        startup,
        capabilities,
        target,
        roles,
        hops,
        window.stop,
        question.day,
    )
    read_at, warnings = analysis.network.read_at, analysis.warnings
    to_member = None
    if search := analysis.to_member:
        to_member = MemberPaths(
            analysis=analysis, result=search, window=window, member=goal
        )
    return PartnerPaths(
        startup=own,
        stages=await asyncio.gather(
            *(partner_stage(info, analysis, stage, window) for stage in analysis.stages)
        ),
        to_member=to_member,
        null_reason=None if analysis.stages or target else NO_NEEDS,
        about=question.about(FORMULA, SOURCE, warnings, read_at),
    )


async def partner_stage(
    info: Info,
    analysis: PartnerPathsAnalysis,
    stage: StageAnalysis,
    window: RankingWindow,
) -> PartnerStage:
    capability = await existing_node(info.context, "Capability", stage.capability)
    return PartnerStage(
        analysis=analysis,
        result=stage,
        capability=capability,
        stage=stage.stage,
        window=window,
    )


async def partner_path(info: Info, result: PathResult) -> PartnerPath:
    ends = [result.backer, result.partner]
    backer, partner = await members_of(info.context, ends)
    return PartnerPath(
        backer=backer,
        partner=partner,
        success=result.success,
        hops=len(result.steps),
        steps=[introduction_step(step) for step in result.steps],
        weakest_step=introduction_step(result.weakest_step),
        favours_open=result.favours_open,
    )


def ask_first(best: PartnerPath) -> AskFirst:
    opens: Any = best.backer
    count = f"{best.hops} step" + ("s" if best.hops > 1 else "")
    reason = f"{opens.name} opens the best path ({best.success:.0%}, {count})."
    return AskFirst(
        backer=best.backer,
        needs_consent=any(step.needs_consent for step in best.steps),
        favours_open=best.favours_open,
        reason=" ".join([reason, *(tie.text for tie in best.steps[0].ties[:1])]),
    )
