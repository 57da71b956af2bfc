"""Which needs does a start-up not cover, who advises on them, who could cover them?"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

from service.analyses.figure import Figure, pieces, share
from service.analyses.introductions.network import introduction_network
from service.analyses.introductions.startups import ADD_NEEDS
from service.analyses.introductions.ways import IntroductionWay, IntroductionWays
from service.computation.pool import in_thread
from service.graph.statements import statement
from service.networks.network import Networks
from service.settings import Settings

NO_NEEDS = f"The start-up has no needs stored for that day. {ADD_NEEDS}"


@dataclass(frozen=True)
class CandidateResult:
    """A member outside that has the capability, and the path to it if there is one."""

    key: str
    way: IntroductionWay | None


@dataclass(frozen=True)
class NeedRow:
    key: str
    stage: int | None
    own: list[str]
    advisers: list[str]
    others: list[str]


@dataclass(frozen=True)
class NeedResult:
    """One need: who covers it, who advises on it, who could cover it."""

    row: NeedRow
    candidates: list[CandidateResult]

    @property
    def is_covered(self) -> bool:
        return bool(self.row.own)


@dataclass(frozen=True)
class CapabilityGapsAnalysis:
    """The needs of a start-up, by stage, then key."""

    needs: list[NeedResult]

    @property
    def gaps(self) -> list[str]:
        return [need.row.key for need in self.needs if not need.is_covered]

    @property
    def gap_share(self) -> Figure:
        evidence = pieces("Capability", sorted(need.row.key for need in self.needs))
        return share(len(self.gaps), len(self.needs), NO_NEEDS, evidence)


async def capability_gaps_analysis(
    networks: Networks, settings: Settings, startup: str, day: date
) -> CapabilityGapsAnalysis:
    graph, query = networks.snapshots.graph, statement("capability_gaps/gaps")
    network, rows = await asyncio.gather(
        introduction_network(networks, settings, day),
        graph.rows(query, NeedRow, startup=startup, day=day),
    )
    ways = await in_thread(IntroductionWays, network, startup)
    return CapabilityGapsAnalysis(
        [NeedResult(row, candidates(ways, row)) for row in rows]
    )


def candidates(ways: IntroductionWays, row: NeedRow) -> list[CandidateResult]:
    """By the success of the path (no path last), then key."""
    results = [CandidateResult(key, ways.way(key)) for key in row.others]
    return sorted(results, key=lambda c: (-(c.way.success if c.way else 0), c.key))
