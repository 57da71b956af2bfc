"""This member works at x %: who is affected, and which customers wait for it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from service.algorithms.cascade import Cascade, cascade
from service.algorithms.cascade_arrays import DEPENDENCY, FAILURE, INOPERABILITY, SMALL
from service.algorithms.csr import Floats
from service.analyses.cascades.rows import supply_web
from service.analyses.cascades.supply_web import SupplyWeb
from service.analyses.cascades.waiting import CustomerWaitResult, waiting
from service.networks.network import Networks
from service.vocabulary.enums import CascadeModel

MODELS = {
    CascadeModel.DEPENDENCY: DEPENDENCY,
    CascadeModel.INOPERABILITY: INOPERABILITY,
    CascadeModel.FAILURE: FAILURE,
}


@dataclass(frozen=True)
class ImpactAnalysis:
    """What one cascade does; each part is computed once, when it is first needed."""

    web: SupplyWeb
    model: CascadeModel
    cascade: Cascade
    lost_days: float | None  # of the seed; None where unknown
    exposed: int  # other members that could have been hit

    @property
    def seed(self) -> int:
        return self.cascade.seed

    @cached_property
    def ranking(self) -> list[int]:
        """The seed, then the members hit, by loss, order, key."""
        others: list[int] = self.cascade.ranking.tolist()
        return [self.seed, *others]

    @property
    def affected_count(self) -> int:
        return len(self.ranking) - 1

    @property
    def affected_share(self) -> float | None:
        return self.affected_count / self.exposed if self.exposed else None

    @cached_property
    def total_loss(self) -> float:
        return float(self.cascade.loss[self.ranking[1:]].sum())

    @cached_property
    def _delays(self) -> tuple[Floats | None, bool]:
        if self.lost_days is None:
            return None, True
        return self.cascade.delays(self.lost_days)

    @property
    def delays(self) -> Floats | None:
        """Days that each member waits."""
        return self._delays[0]

    @cached_property
    def waits(self) -> list[CustomerWaitResult]:
        return waiting(self.web, self.cascade, self.delays)

    @property
    def unstated_count(self) -> int:
        """Dependencies without a strength on members that are hit."""
        hit = self.cascade.loss > SMALL
        hit[self.seed] = True
        return int(hit[self.web.unstated[1]].sum())

    def key(self, member: int) -> str:
        return self.web.keys[member]

    @property
    def warnings(self) -> list[str]:
        warnings, run = [], self.cascade
        if run.cut:
            warnings.append(
                f"{self.model.value}: stopped after {run.work:,} entries, the limit is"
                f" {run.most_work:,}: the losses may be higher than shown."
            )
        elif not run.converged:
            warnings.append(
                f"{self.model.value}: not converged after {run.steps} rounds: the"
                f" losses may be higher than shown."
            )
        if not self._delays[1]:
            warnings.append(
                f"{self.model.value}: days stopped after {run.most_work:,} entries, the"
                f" limit: the waits may be longer than shown."
            )
        return warnings + ignored_groups(self.model, self.web)


def ignored_groups(model: CascadeModel, among: SupplyWeb) -> list[str]:
    if model is not CascadeModel.INOPERABILITY or not among.group_count:
        return []
    return [
        f"INOPERABILITY ignores substitutes: the losses from the providers of"
        f" {among.group_count} substitute groups add up."
    ]


@dataclass(frozen=True)
class ImpactSeed:
    """The weak member in its supply web."""

    web: SupplyWeb
    index: int
    exposed: int  # other members that depend on anybody


async def impact_seed(networks: Networks, key: str, day: date) -> ImpactSeed:
    web = await supply_web(networks, day)
    index, dependents = web.index(key), web.dependencies.dependents
    if index is None:
        return ImpactSeed(SupplyWeb.alone(key, web.read_at), 0, int(dependents.sum()))
    return ImpactSeed(web, index, int(dependents.sum()) - int(dependents[index]))


def impact_analysis(
    seed: ImpactSeed, model: CascadeModel, operability: float, lost_days: float | None
) -> ImpactAnalysis:
    """The cascade and who waits; paths are computed when they are needed."""
    d = seed.web.dependencies
    run = cascade(d, seed.index, 1 - operability, MODELS[model])
    analysis = ImpactAnalysis(seed.web, model, run, lost_days, seed.exposed)
    _ = analysis.ranking, analysis.waits
    return analysis


@dataclass(frozen=True)
class LossComparison:
    """The loss of one member by each model."""

    key: str
    losses: dict[CascadeModel, float]


def compare_losses(runs: list[ImpactAnalysis], limit: int) -> list[LossComparison]:
    """The seed and all members hit, by their largest loss descending, then key.

    Parameters
    ----------
    runs: of one seed, one for each model.
    """
    table = np.column_stack([run.cascade.loss for run in runs])
    hit = sorted({member for run in runs for member in run.ranking})
    worst = table[hit].max(axis=1).round(9)
    members = [hit[i] for i in np.argsort(-worst, kind="stable")[:limit]]
    models = [run.model for run in runs]
    return [
        LossComparison(
            runs[0].key(member),
            dict(zip(models, table[member].tolist(), strict=True)),
        )
        for member in members
    ]
