"""How an organisation's innovation is distributed, and how open it is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

from service.analyses.figure import Figure, unknown_warnings
from service.analyses.innovation import functions, portfolio
from service.analyses.innovation.functions import TeamLoadResult
from service.analyses.innovation.portfolio import (
    OUTSIDE,
    HorizonBand,
    InnovationRows,
    InsiderRow,
    read_innovation,
)
from service.analyses.weak_nodes import (
    WeakNodeResult,
    WeakNodesQuestion,
    weak_nodes_analysis,
)
from service.computation.pool import in_thread
from service.networks.network import Networks
from service.vocabulary.enums import CascadeModel, Horizon


@dataclass(frozen=True)
class InnovationAnalysis:
    """One organisation's innovation on a day."""

    key: str
    rows: InnovationRows
    targets: dict[Horizon, float]
    weak_research: list[WeakNodeResult]

    @property
    def warnings(self) -> list[str]:
        active, warnings = self.rows.active, []
        count = sum(initiative.horizon is None for initiative in active)
        if count:
            warnings.append(
                f"Initiatives without a horizon, left out of the shares: {count}."
            )
        placed = [initiative for initiative in active if initiative.horizon]
        return warnings + unknown_warnings(
            {
                "Active initiatives without a budget, left out of its shares": [
                    initiative.budget for initiative in placed
                ],
                "Active initiatives without people, left out of their shares": [
                    initiative.people for initiative in placed
                ],
            }
        )

    @property
    def budgets(self) -> list[HorizonBand]:
        return portfolio.budgets(self.rows, self.targets)

    @property
    def people(self) -> list[HorizonBand]:
        return portfolio.people(self.rows, self.targets)

    @property
    def cross_functional(self) -> Figure:
        return functions.cross_functional(self.rows)

    @property
    def teams(self) -> list[TeamLoadResult]:
        return functions.loads(self.rows)

    @property
    def silos(self) -> list[str]:
        return sorted(team.key for team in self.teams if team.silo)

    @property
    def openness(self) -> Figure:
        return portfolio.openness(self.rows)

    @property
    def openness_by_role(self) -> list[tuple[str, Figure]]:
        return [(role, portfolio.openness(self.rows, role)) for role in OUTSIDE]

    @property
    def feedback_share(self) -> Figure:
        return portfolio.feedback_share(self.rows)

    @property
    def failures_with_lesson(self) -> list[str]:
        return portfolio.failures(self.rows, lesson=True)

    @property
    def failures_without_lesson(self) -> list[str]:
        return portfolio.failures(self.rows, lesson=False)

    @property
    def rotations(self) -> list[InsiderRow]:
        return functions.rotations(self.rows)

    @property
    def spin_offs(self) -> list[str]:
        return self.rows.spin_offs

    @property
    def initiative_count(self) -> int:
        return len(self.rows.active)


async def innovation_analysis(
    networks: Networks, organisation: str, targets: dict[Horizon, float], day: date
) -> InnovationAnalysis:
    rows, weak = await asyncio.gather(
        read_innovation(networks.snapshots.graph, organisation, day),
        hurting_members(networks, day),
    )
    research = {insider.key for insider in rows.insiders if insider.research}
    weak_research = [node for node in weak if node.key in research]
    return InnovationAnalysis(organisation, rows, targets, weak_research)


async def hurting_members(networks: Networks, day: date) -> list[WeakNodeResult]:
    """All members whose failure would hurt another, worst first."""
    question = WeakNodesQuestion(None, day, 0.0, CascadeModel.DEPENDENCY)
    analysis = await weak_nodes_analysis(networks, question)
    hurting = await in_thread(lambda: analysis.hurting)
    return [analysis.node(index) for index in hurting]
