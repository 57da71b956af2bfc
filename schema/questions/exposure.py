"""`exposure`: whom can a start-up reach, and whom only through its incubator?"""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records.community import Community
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import existing_node, member_of, members_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.ranking import ranking, window_of, with_page_infos
from service.algorithms.routes import MOST_HOPS
from service.analyses.exposure import (
    ExposedMemberResult,
    ExposureAnalysis,
    exposure_analysis,
)
from service.analyses.introductions.chances import chance_table
from service.vocabulary.enums import MemberRole

ROLES = [MemberRole.MENTOR, MemberRole.INVESTOR]
FORMULA = (
    "Within reach: a path of at most maxHops steps from the start-up, over ties of any"
    " kind that carry an introduction, the first also to members that share or organise"
    " its incubator or accelerator cohort. Only through the incubator: no such path is"
    " left without the members with the role INCUBATOR or ACCELERATOR that back it and"
    " without the ties of its cohorts. success as in partnerPaths."
)
SOURCE = "The definition is our own; ties and chances as in partnerPaths."


async def exposed_member(root: ExposedMember, info: Info) -> Any:
    return await member_of(info.context, root.result.key)


async def exposed_path(root: ExposedMember, info: Info) -> list[Any]:
    return await members_of(info.context, root.result.path)


@strawberry.type(description="A member within reach, with the most likely path to it.")
class ExposedMember:
    result: strawberry.Private[ExposedMemberResult]
    member: MemberRef = strawberry.field(
        resolver=exposed_member, description=descriptions.MEMBER
    )
    success: float = strawberry.field(description=descriptions.PATH_SUCCESS)
    hops: int = strawberry.field(description="The number of steps of the path.")
    only_through_incubator: bool = strawberry.field(
        description="Whether it is within reach only through the incubator or"
        " accelerator."
    )
    path: list[MemberRef] = strawberry.field(
        resolver=exposed_path, description="The path, from the member to ask first."
    )


def exposed_members(
    root: Exposure, info: Info, rows: list[ExposedMemberResult]
) -> list[ExposedMember]:
    return [
        ExposedMember(
            result=member,
            success=member.success,
            hops=len(member.path),
            only_through_incubator=member.is_added,
        )
        for member in rows
    ]


async def startup_of(root: Exposure, info: Info) -> Any:
    return await member_of(info.context, root.key)


async def incubators(root: Exposure, info: Info) -> list[Any]:
    return await members_of(info.context, root.result.helpers)


async def cohorts(root: Exposure, info: Info) -> list[Any]:
    keys = root.result.cohorts
    return [await existing_node(info.context, "Community", key) for key in keys]


@strawberry.type(description="Whom a start-up can reach, and what its incubator adds.")
@with_page_infos
class Exposure:
    key: strawberry.Private[str]
    result: strawberry.Private[ExposureAnalysis]
    startup: MemberRef = strawberry.field(
        resolver=startup_of, description="The start-up."
    )
    window: strawberry.Private[RankingWindow]
    members: list[ExposedMember] = ranking(
        lambda root, most: root.result.members,
        exposed_members,
        "By success descending, then fewer hops, then key.",
    )
    reached_count: int = strawberry.field(
        description="Members with these roles within reach."
    )
    added_count: int = strawberry.field(
        description="Those within reach only through the incubator or accelerator."
    )
    added_share: float | None = strawberry.field(
        description="Share of the members within reach, 0..1."
    )
    incubators: list[MemberRef] = strawberry.field(
        resolver=incubators,
        description="Incubators and accelerators that back the start-up, by key.",
    )
    cohorts: list[Community] = strawberry.field(
        resolver=cohorts, description="Its cohorts on that day, by key."
    )
    null_reason: str | None = strawberry.field(
        description="Why no member is within reach; null if any member is."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


async def exposure(
    info: Info,
    startup: str,
    roles: list[MemberRole] | None = ROLES,
    max_hops: int | None = 4,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 20,
    after: str | None = strawberry.UNSET,
) -> Exposure:
    """Whom can a start-up reach, and whom only through its incubator?

    startup: Key of the start-up.
    roles: The roles of the members to reach.
    max_hops: The most introductions on a path.
    """
    context, settings = info.context, info.context.settings
    window = window_of(info, first, 20, after)
    hops = limit_of("maxHops", max_hops, 4, MOST_HOPS)
    target_roles = ROLES if roles is None else roles
    question = begin(as_of, startup=startup, max_hops=hops, first=window.limit)
    question.add(roles=target_roles, **chance_table(settings))
    day = question.day
    await member_of(context, startup)
    analysis = await exposure_analysis(
        context.networks, settings, startup, target_roles, hops, day
    )
    network = analysis.network
    warnings = network.warnings(network.indices([startup])) + analysis.warnings
    method = question.about(FORMULA, SOURCE, warnings, network.read_at)
    return answer(startup, analysis, window, method)


def answer(
    startup: str, analysis: ExposureAnalysis, window: RankingWindow, method: About
) -> Exposure:
    count = len(analysis.members)
    added = sum(member.is_added for member in analysis.members)
    return Exposure(
        key=startup,
        result=analysis,
        window=window,
        reached_count=count,
        added_count=added,
        added_share=added / count if count else None,
        null_reason=None if count else "No member with these roles is within reach.",
        about=method,
    )
