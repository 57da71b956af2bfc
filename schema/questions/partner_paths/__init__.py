"""Q5: which backers can introduce this start-up to the partners that it needs?"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import strawberry

from schema.context import Info, today
from schema.questions.partner_paths.steps import (
    IntroductionStep,
    Told,
    ends_of,
    steps_of,
)
from schema.questions.partner_paths.warm_up import WarmUp, warm_up
from schema.records.capability import Capability
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.reading import existing_node, member_of, members_of
from schema.types.about import About, about
from service.algorithms.best_paths import best_paths
from service.algorithms.disjoint_paths import combined_success, independent_routes
from service.algorithms.routes import MOST_HOPS, Path, Question
from service.analyses.introductions.chances import table
from service.analyses.introductions.evidence import evidence
from service.analyses.introductions.network import (
    IntroductionNetwork,
    introduction_network,
)
from service.analyses.introductions.startups import (
    Backing,
    backed,
    backing,
    needed,
    partners,
    question,
)
from service.vocabulary.enums import MemberRole

BACKERS = [MemberRole.INVESTOR]
FORMULA = (
    "success = product over steps of p(best tie) / (1 + favoursOpen of the person"
    " reached); acquaintance p = 1 - 2^(-s), s the score halved each half-life; an"
    " ended tie's p halves each 365 days. The k best loopless paths within maxHops are"
    " exact."
    " combinedSuccess = 1 - prod(1 - success) over disjoint paths, best first;"
    " independentRoutes = max flow, every member but start-up and partners once."
    " warmUp: one contact adds 1 to what is left of an acquaintance's score."
)
SOURCE = (
    "Decay: Ahmad, Porter & Beguerisse-Diaz 2021, arXiv 1805.00193; paths: Yen 1971,"
    " Lawler 1972; flow: Ford & Fulkerson 1956, Menger 1927. The table of p is decided"
    " here."
)


@dataclass(frozen=True)
class Search:
    """What all stages of one question share."""

    startup: str
    network: IntroductionNetwork
    own: Backing
    limit: int


@strawberry.type(description="From the start-up over a backer to a partner.")
class PartnerPath:
    backer: MemberRef
    partner: MemberRef
    success: float
    hops: int
    steps: list[IntroductionStep]
    weakest_step: IntroductionStep
    favours_open: int = strawberry.field(
        description="Favours that the people on the path have open: what asking costs."
    )


@strawberry.type(description="The backer to ask first: who opens the best path.")
class AskFirst:
    backer: MemberRef
    needs_consent: bool = strawberry.field(
        description="Somebody on the path wants to be asked first."
    )
    favours_open: int = strawberry.field(description="Of the people on the path.")
    reason: str


async def independent(root: PartnerStage) -> int:
    return await asyncio.to_thread(independent_routes, root.question)


async def combined(root: PartnerStage) -> float | None:
    return await asyncio.to_thread(combined_success, root.question)


async def warmed(root: PartnerStage, info: Info) -> WarmUp:
    search = root.search
    return await warm_up(
        info.context,
        search.network,
        search.own,
        search.startup,
        root.question,
        root.best,
    )


@strawberry.type(description="The paths to whoever has one capability.")
class PartnerStage:
    search: strawberry.Private[Search]
    question: strawberry.Private[Question]
    best: strawberry.Private[Path | None]
    capability: Capability
    stage: int | None
    paths: list[PartnerPath] = strawberry.field(
        description="By success descending, then fewer hops, then the keys in order."
    )
    ask_first: AskFirst | None = strawberry.field(
        description="Null where there is no path."
    )
    warm_up: WarmUp = strawberry.field(
        resolver=warmed,
        description="The one acquaintance whose renewal raises the best path most.",
    )
    independent_routes: int = strawberry.field(
        resolver=independent,
        description="Routes that share nobody but partners, however long.",
    )
    combined_success: float | None = strawberry.field(resolver=combined)
    null_reason: str | None


@strawberry.type(description="Who can introduce a start-up to what it needs.")
class PartnerPaths:
    startup: MemberRef
    stages: list[PartnerStage] = strawberry.field(
        description="By stage (null last), then key."
    )
    about: About


@dataclass(frozen=True)
class Stage:
    """One need with its k best paths."""

    capability: str
    stage: int | None
    question: Question
    paths: list[Path]


async def partner_paths(
    info: Info,
    startup: str,
    needs: list[str] | None = strawberry.UNSET,
    backers: list[MemberRole] | None = BACKERS,
    max_hops: int | None = 4,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 5,
) -> PartnerPaths:
    """Which backers can introduce this start-up to the partners that it needs?

    startup: Key of the start-up that looks for partners.
    needs: Keys of the capabilities to look for; by default all that it needs.
    backers: The roles of those who may make the first introduction.
    max_hops: The most introductions on a path.
    first: How many paths to return for each need, from 1 to 1,000.
    """
    context = info.context
    graph, settings = context.graph, context.settings
    day, limit = as_of or today(), limit_of("first", first, 5)
    hops = limit_of("maxHops", max_hops, 4, MOST_HOPS)
    roles = BACKERS if backers is None else backers
    wanted = None if needs is None or needs is strawberry.UNSET else needs
    own, *_ = await asyncio.gather(
        member_of(context, startup),
        *(existing_node(context, "Capability", key) for key in wanted or ()),
    )
    network, (found, crews) = await asyncio.gather(
        introduction_network(context.networks, settings, day),
        backed(graph, [startup], roles, day),
    )
    search = Search(startup, network, backing(network, found[startup], crews), limit)
    stages = await searched(info, search, wanted, day, hops)
    pairs = {
        ends
        for stage in stages
        for path in stage.paths
        for ends in ends_of(network, startup, path)
    }
    told = await evidence(graph, sorted(pairs), day, settings) if pairs else {}
    parameters = {"startup": startup, "needs": wanted, "maxHops": hops}
    parameters |= {"backers": [role.value for role in roles], "first": limit}
    parameters |= {"asOf": day.isoformat(), **table(settings)}
    near = np.union1d(network.places([startup]), search.own.backers)
    warnings = network.warnings(near.astype(np.int32))
    return PartnerPaths(
        startup=own,
        stages=await asyncio.gather(
            *(answered(info, search, stage, told) for stage in stages)
        ),
        about=about(FORMULA, SOURCE, parameters, day, network.read_at, warnings),
    )


async def searched(
    info: Info, search: Search, needs: list[str] | None, day: date, hops: int
) -> list[Stage]:
    graph, network, startup = info.context.graph, search.network, search.startup
    wanted = (await needed(graph, [startup], needs, day))[startup]
    able = await partners(graph, network, wanted.capabilities, day)
    found = []
    for key, stage in zip(wanted.capabilities, wanted.stages, strict=True):
        asked = question(network, startup, search.own, able[key], hops)
        paths = await asyncio.to_thread(best_paths, asked, search.limit)
        found.append(Stage(key, stage[0] if stage else None, asked, paths))
    return found


async def answered(
    info: Info, search: Search, stage: Stage, told: Told
) -> PartnerStage:
    capability, *paths = await asyncio.gather(
        existing_node(info.context, "Capability", stage.capability),
        *(shown_path(info, search, stage, path, told) for path in stage.paths),
    )
    return PartnerStage(
        search=search,
        question=stage.question,
        best=stage.paths[0] if stage.paths else None,
        capability=capability,
        stage=stage.stage,
        paths=paths,
        ask_first=ask_first(paths[0]) if paths else None,
        null_reason=None if paths else why_none(search, stage.question),
    )


def why_none(search: Search, asked: Question) -> str:
    if not len(asked.partners):
        return "Nobody has this capability."
    if not len(search.own.backers):
        return "No backer with these roles on that day."
    return f"No path within {asked.max_hops} hops."


async def shown_path(
    info: Info, search: Search, stage: Stage, path: Path, told: Told
) -> PartnerPath:
    network, keys = search.network, search.network.keys
    chances = stage.question.steps(path)
    steps = steps_of(network, search.own, search.startup, path, chances, told)
    ends = [keys[path[0]], keys[path[-1]]]
    backer, partner = await members_of(info.context, ends)
    return PartnerPath(
        backer=backer,
        partner=partner,
        success=stage.question.chance(path),
        hops=len(path),
        steps=steps,
        weakest_step=min(steps, key=lambda step: round(step.success, 12)),
        favours_open=sum(step.favours_open for step in steps),
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
