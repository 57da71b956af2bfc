"""The impact of one weak member: the cascade, and the customers that wait for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from service.algorithms.cascade import Cascade, cascade
from service.algorithms.cascade_arrays import DEPENDENCY, FAILURE, INOPERABILITY
from service.algorithms.csr import Floats
from service.analyses.cascades.rows import supply_web
from service.analyses.cascades.supply_web import SupplyWeb
from service.analyses.cascades.waiting import Wait, waiting
from service.networks.network import Networks
from service.vocabulary.enums import CascadeModel

MODELS = {
    CascadeModel.DEPENDENCY: DEPENDENCY,
    CascadeModel.INOPERABILITY: INOPERABILITY,
    CascadeModel.FAILURE: FAILURE,
}


@dataclass(frozen=True)
class Impact:
    """What one cascade does; each part is found once, when it is first asked for."""

    web: SupplyWeb
    model: CascadeModel
    cascade: Cascade
    lost_days: float | None  # of the seed; None where nobody knows
    exposed: int  # members that could have been hit, the seed not counted

    @property
    def seed(self) -> int:
        return self.cascade.seed

    @cached_property
    def ranked(self) -> list[int]:
        """The seed, then the members hit, by loss, order, key."""
        others: list[int] = self.cascade.ranked.tolist()
        return [self.seed, *others]

    @property
    def affected_count(self) -> int:
        return len(self.ranked) - 1

    @property
    def affected_share(self) -> float | None:
        return self.affected_count / self.exposed if self.exposed else None

    @cached_property
    def total_loss(self) -> float:
        return float(self.cascade.loss[self.ranked[1:]].sum())

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
    def waits(self) -> list[Wait]:
        return waiting(self.web, self.cascade, self.delays)

    def key(self, member: int) -> str:
        return self.web.keys[member]

    @property
    def warnings(self) -> list[str]:
        found, run = [], self.cascade
        if run.cut:
            found.append(
                f"{self.model.value}: stopped after {run.work:,} entries, the limit is"
                f" {run.most_work:,}: losses are at least what is told."
            )
        elif not run.converged:
            found.append(
                f"{self.model.value}: not converged after {run.steps} rounds: losses"
                " are at least what is told."
            )
        if not self._delays[1]:
            found.append(
                f"{self.model.value}: days stopped after {run.most_work:,} entries, the"
                " limit: waits are at least what is told."
            )
        return found + ignored_groups(self.model, self.web)


def ignored_groups(model: CascadeModel, among: SupplyWeb) -> list[str]:
    if model is not CascadeModel.INOPERABILITY or not among.group_count:
        return []
    return [
        f"INOPERABILITY knows no substitutes: the providers of {among.group_count}"
        " substitute groups add up."
    ]


@dataclass(frozen=True)
class Seed:
    web: SupplyWeb
    place: int
    exposed: int  # other members that depend on anybody


async def seeded(networks: Networks, key: str, day: date) -> Seed:
    whole = await supply_web(networks, day)
    place, dependents = whole.place(key), whole.dependencies.dependents
    if place is None:
        return Seed(SupplyWeb.alone(key, whole.read_at), 0, int(dependents.sum()))
    return Seed(whole, place, int(dependents.sum()) - int(dependents[place]))


def impact(
    seed: Seed, model: CascadeModel, operability: float, lost_days: float | None
) -> Impact:
    """The cascade and who waits: all but the paths, which are found when asked for."""
    d = seed.web.dependencies
    run = cascade(d, seed.place, 1 - operability, MODELS[model])
    found = Impact(seed.web, model, run, lost_days, seed.exposed)
    _ = found.ranked, found.waits
    return found
