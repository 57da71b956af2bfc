"""Which backers can introduce a start-up to the partners that it needs?"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from service.algorithms.best_paths import best_paths
from service.algorithms.disjoint_paths import combined_success, independent_routes
from service.algorithms.routes import Path, RouteQuestion
from service.algorithms.warm_up import warm_up
from service.analyses.introductions.network import (
    IntroductionNetwork,
    introduction_network,
)
from service.analyses.introductions.startups import (
    Backing,
    backing,
    question,
    read_backers,
    read_needs,
    read_partners,
    renewed_success,
)
from service.analyses.partner_paths.evidence import (
    PairEvidence,
    TieReason,
    read_evidence,
)
from service.computation.pool import in_thread
from service.graph import Graph
from service.networks.network import Networks
from service.settings import Settings
from service.vocabulary.enums import MemberRole

KeyPair = tuple[str, str]


@dataclass(frozen=True)
class StepResult:
    """One introduction: who introduces whom, and the ties that support it."""

    ends: KeyPair
    success: float
    ties: list[TieReason]
    needs_consent: bool
    favours_open: int


@dataclass(frozen=True)
class PathResult:
    """A path from the start-up through a backer to a partner."""

    backer: str
    partner: str
    success: float
    steps: list[StepResult]

    @property
    def weakest_step(self) -> StepResult:
        return min(self.steps, key=lambda step: round(step.success, 12))

    @property
    def favours_open(self) -> int:
        return sum(step.favours_open for step in self.steps)


@dataclass(frozen=True)
class WarmUpResult:
    """The acquaintance whose renewal raises the best path most, and by how much."""

    ends: KeyPair
    tie: TieReason | None
    success: float


@dataclass(frozen=True)
class PathsAnalysis:
    """The k best paths to some members; `nobody`: why there may be no such member."""

    question: RouteQuestion
    paths: list[Path]
    nobody: str

    async def independent_routes(self) -> int:
        return await in_thread(independent_routes, self.question)

    async def combined_success(self) -> float | None:
        return await in_thread(combined_success, self.question)

    async def first_paths(self, most: int) -> list[Path]:
        """The paths found already, or more of them if there are any."""
        if len(self.paths) >= most:
            return self.paths
        return await in_thread(best_paths, self.question, most)

    @property
    def best_success(self) -> float | None:
        return self.question.chance(self.paths[0]) if self.paths else None

    @property
    def null_reason(self) -> str | None:
        if self.paths:
            return None
        if not len(self.question.partners):
            return self.nobody
        if not len(self.question.backers):
            return "No backer with these roles on that day."
        return f"No path within {self.question.max_hops} hops."


@dataclass(frozen=True)
class StageAnalysis(PathsAnalysis):
    """One need of the start-up with its k best paths."""

    capability: str
    stage: int | None


@dataclass(frozen=True)
class PartnerPathsAnalysis:
    """The stages of one start-up, and the evidence for every step of their paths."""

    startup: str
    network: IntroductionNetwork
    own: Backing
    stages: list[StageAnalysis]
    to_member: PathsAnalysis | None
    evidence: dict[KeyPair, PairEvidence]
    other_backers: int  # of other roles, or of none; counted where there is no backer

    @property
    def warnings(self) -> list[str]:
        near = np.union1d(self.network.indices([self.startup]), self.own.backers)
        warnings = self.network.warnings(near.astype(np.int32))
        if self.other_backers:
            warnings.append(
                "Members that invest in or advise the start-up, but have none of the"
                f" roles in `backers`: {self.other_backers}. Add the role to them, or"
                " ask for other roles."
            )
        return warnings

    def path(self, stage: PathsAnalysis, path: Path) -> PathResult:
        keys = self.network.keys
        chance = stage.question.chance(path)
        return PathResult(
            keys[path[0]], keys[path[-1]], chance, self._steps(stage, path)
        )

    def _steps(self, stage: PathsAnalysis, path: Path) -> list[StepResult]:
        network, steps = self.network, []
        chances = stage.question.steps(path)
        pairs = zip(ends_of(network, self.startup, path), path, chances, strict=True)
        for position, (ends, member, chance) in enumerate(pairs):
            by_cohort = position == 0 and member in self.own.cohort
            steps.append(
                StepResult(
                    ends,
                    chance,
                    self.evidence[ends].ties(by_cohort),
                    bool(network.manners.ask[member]),
                    int(network.manners.favours[member]),
                )
            )
        return steps

    async def warm_up(
        self, graph: Graph, settings: Settings, stage: PathsAnalysis
    ) -> WarmUpResult | None:
        """None where no single contact raises the best path."""
        best, network = stage.paths[0], self.network
        renewal = await in_thread(
            lambda: warm_up(
                stage.question,
                best,
                network.renewals,
                renewed_success(network, self.startup, self.own),
            )
        )
        if renewal is None:
            return None
        ends = ends_of(network, self.startup, renewal.path)[renewal.position]
        evidence = await read_evidence(graph, [ends], network.day, settings)
        tie = evidence[ends].renewed_acquaintance
        return WarmUpResult(ends, tie, renewal.success)


async def partner_paths_analysis(
    networks: Networks,
    settings: Settings,
    startup: str,
    needs: list[str] | None,
    member: str | None,
    roles: list[MemberRole],
    hops: int,
    limit: int,
    day: date,
) -> PartnerPathsAnalysis:
    """The paths for each need, and those to one member where it is named."""
    graph = networks.snapshots.graph
    network, (rows, cohort_members) = await asyncio.gather(
        introduction_network(networks, settings, day),
        read_backers(graph, [startup], roles, day),
    )
    own = backing(network, rows[startup], cohort_members)
    stages = await search_stages(graph, network, startup, own, needs, hops, limit, day)
    to_member = None
    if member is not None:
        search = question(network, startup, own, network.indices([member]), hops)
        paths = await in_thread(best_paths, search, limit)
        to_member = PathsAnalysis(
            search, paths, "The member is not active on that day."
        )
    searches = [*stages, *([to_member] if to_member else [])]
    pairs = {
        ends
        for stage in searches
        for path in stage.paths
        for ends in ends_of(network, startup, path)
    }
    evidence = await read_evidence(graph, sorted(pairs), day, settings) if pairs else {}
    others = 0
    if searches and not len(own.backers):
        rows, _ = await read_backers(graph, [startup], None, day)
        others = len(rows[startup].direct)
    return PartnerPathsAnalysis(
        startup, network, own, stages, to_member, evidence, others
    )


async def search_stages(
    graph: Graph,
    network: IntroductionNetwork,
    startup: str,
    own: Backing,
    needs: list[str] | None,
    hops: int,
    limit: int,
    day: date,
) -> list[StageAnalysis]:
    row = (await read_needs(graph, [startup], needs, day))[startup]
    holders = await read_partners(graph, network, row.capabilities, day)
    stages = []
    for key, stage in zip(row.capabilities, row.stages, strict=True):
        search = question(network, startup, own, holders[key], hops)
        paths = await in_thread(best_paths, search, limit)
        first = stage[0] if stage else None
        nobody = "No member has this capability."
        stages.append(StageAnalysis(search, paths, nobody, key, first))
    return stages


def ends_of(network: IntroductionNetwork, startup: str, path: Path) -> list[KeyPair]:
    """The pairs of keys along a path, from the start-up on."""
    return list(pairwise([startup, *(network.keys[i] for i in path)]))
