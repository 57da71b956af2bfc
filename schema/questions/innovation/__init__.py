"""Q13: how is innovation spread, across functions or in silos, open or closed?"""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from schema.context import Context, Info, today
from schema.questions.innovation.spread import (
    HorizonShare,
    HorizonTargets,
    InnovationTeam,
    RoleShare,
    Rotation,
    WeakResearch,
)
from schema.records.lazy import InitiativeRef, MemberRef
from schema.records.reading import existing_node
from schema.types.about import About, about
from schema.types.measured import (
    Measured,
    every,
    measured,
    member_at,
    members_at,
    nodes_at,
    plain,
)
from service.analyses.figure import Figure
from service.analyses.innovation import functions, portfolio
from service.analyses.innovation.functions import TeamLoad
from service.analyses.innovation.portfolio import OUTSIDE, Band, House, Insider, house
from service.analyses.weak_nodes import Question, WeakNode, ranking
from service.analyses.weak_nodes import first as first_of
from service.errors import BadInput
from service.vocabulary.enums import CascadeModel, Horizon

FORMULA = (
    "Shares of the budget (per currency) and of the people of active initiatives by"
    " horizon, against targets (default 70/20/10: a rule of thumb, no norm);"
    " crossFunctional = (1 + E-I) / 2 = E / (E + I) over tied pairs inside (exchange,"
    " dependency, acquaintance, advice, work on the same initiative) by function; silo:"
    " a team without, as are its people, any tie to another function; openness = active"
    " initiatives with an outside member at work / active ones; an outsider counts as"
    " university, competitor, customer, else partner; layers: steps up to the"
    " organisation; spin-offs are not inside."
)
SOURCE = (
    "70/20/10: Nagji & Tuff 2012, HBR 90(5); E-I: Krackhardt & Stern 1988, Social"
    " Psychology Quarterly 51(2):123-140; weak teams: as weakNodes, operability 0."
)


@dataclass(frozen=True)
class Found:
    """One organisation's innovation on a day."""

    key: str
    house: House
    targets: dict[Horizon, float]
    weak: list[WeakNode]

    @property
    def budgets(self) -> list[Band]:
        return portfolio.budgets(self.house, self.targets)

    @property
    def people(self) -> list[Band]:
        return portfolio.people(self.house, self.targets)

    @property
    def cross(self) -> Figure:
        return functions.cross_functional(self.house)

    @property
    def teams(self) -> list[TeamLoad]:
        return functions.loads(self.house)

    @property
    def silos(self) -> list[str]:
        return sorted(team.key for team in self.teams if team.silo)

    @property
    def openness(self) -> Figure:
        return portfolio.openness(self.house)

    @property
    def roles(self) -> list[tuple[str, Figure]]:
        return [(role, portfolio.openness(self.house, role)) for role in OUTSIDE]

    @property
    def born(self) -> Figure:
        return portfolio.born(self.house)

    @property
    def learned(self) -> list[str]:
        return portfolio.failures(self.house, True)

    @property
    def wasted(self) -> list[str]:
        return portfolio.failures(self.house, False)

    @property
    def rotated(self) -> list[Insider]:
        return functions.rotated(self.house)

    @property
    def spin_offs(self) -> list[str]:
        return self.house.spin_offs

    @property
    def initiatives(self) -> int:
        return len(self.house.active)


@strawberry.type(description="How an organisation's innovation is spread.")
class Innovation:
    found: strawberry.Private[Found]
    organisation: MemberRef = member_at("key")
    initiative_count: int = plain("initiatives", "Active on the day.")
    budget: list[HorizonShare] = every(HorizonShare, "budgets", "Per currency.")
    people: list[HorizonShare] = every(HorizonShare, "people")
    cross_functional: Measured = measured("cross", "0..1; n: tied pairs inside.")
    silos: list[MemberRef] = members_at("silos", "Teams, by key.")
    openness: Measured = measured("openness", "0..1; evidence: open initiatives.")
    openness_by_role: list[RoleShare] = every(RoleShare, "roles")
    teams: list[InnovationTeam] = every(
        InnovationTeam, "teams", "By active initiatives, then key."
    )
    born_from_feedback: Measured = measured(
        "born", "Initiatives that feedback or a case led to, of all begun."
    )
    failures_with_lesson: list[InitiativeRef] = nodes_at("Initiative", "learned")
    failures_without_lesson: list[InitiativeRef] = nodes_at("Initiative", "wasted")
    rotations: list[Rotation] = every(Rotation, "rotated", "By key.")
    spin_offs: list[MemberRef] = members_at("spin_offs", "By key.")
    weak_research: list[WeakResearch] = every(
        WeakResearch, "weak", "Research teams among the weak nodes, worst first."
    )
    null_reason: str | None
    about: About


def checked(targets: HorizonTargets | None) -> dict[Horizon, float]:
    if targets is None:
        return dict(portfolio.RULE)
    shares = (targets.core, targets.adjacent, targets.transformational)
    if any(share < 0 for share in shares) or not math.isclose(sum(shares), 1):
        raise BadInput("targets: expected shares of 0 or more that are 1 together.")
    return dict(zip(Horizon, shares, strict=True))


async def innovation(
    info: Info,
    organisation: str,
    targets: HorizonTargets | None = None,
    as_of: date | None = strawberry.UNSET,
) -> Innovation:
    """How is innovation spread, across functions or in silos, open or closed?

    organisation: Key of the organisation.
    targets: How much of the innovation each horizon is to have; 70/20/10 by default.
    """
    context, day, read_at = info.context, as_of or today(), time.monotonic()
    goals = checked(targets)
    await existing_node(context, "Organisation", organisation)
    found, ranked = await asyncio.gather(
        house(context.graph, organisation, day), hurting(context, day)
    )
    research = {one.key for one in found.insiders if one.research}
    weak = [node for node in ranked if node.key in research]
    parameters: dict[str, Any] = {"organisation": organisation}
    parameters["targets"] = {h.value: share for h, share in goals.items()}
    parameters["asOf"] = day.isoformat()
    bare = sum(one.horizon is None for one in found.active)
    warnings = (
        [f"{bare} initiatives without a horizon are in no share."] if bare else []
    )
    none = "No initiative has begun by that day."
    return Innovation(
        found=Found(organisation, found, goals, weak),
        null_reason=None if found.initiatives else none,
        about=about(FORMULA, SOURCE, parameters, day, read_at, warnings),
    )


async def hurting(context: Context, day: date) -> list[WeakNode]:
    """Everybody whose failure would hurt another, worst first."""
    question = Question(None, day, 0.0, CascadeModel.DEPENDENCY)
    found = await ranking(context.networks, question)
    if not len(found.hurting):
        return []
    return await first_of(context.networks, found, len(found.hurting))
