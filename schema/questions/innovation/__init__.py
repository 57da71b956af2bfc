"""`innovation`: how is innovation distributed over functions, teams and outsiders?"""

from __future__ import annotations

import math
from datetime import date

import strawberry

from schema.context import Info
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
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.measured import (
    Measured,
    every,
    measured,
    member_at,
    members_at,
    nodes_at,
    plain,
)
from service.analyses.innovation import InnovationAnalysis, innovation_analysis
from service.analyses.innovation.portfolio import RULE
from service.errors import BadInput
from service.vocabulary.enums import Horizon

FORMULA = (
    "Shares of the budget (per currency) and of the people of active initiatives by"
    " horizon, against targets (default 70/20/10: a rule of thumb, not a norm);"
    " crossFunctional = (1 + E-I) / 2 = E / (E + I) over tied pairs inside (exchange,"
    " dependency, acquaintance, advice, work on the same initiative) by function; silo:"
    " a team without any tie to another function, of its own or of its people;"
    " openness = active initiatives with an outside member at work / active ones; an"
    " outsider counts as university, competitor, customer, else partner; layers: steps"
    " up to the organisation; spin-offs are not inside."
)
SOURCE = (
    "70/20/10: Nagji & Tuff 2012, HBR 90(5); E-I: Krackhardt & Stern 1988, Social"
    " Psychology Quarterly 51(2):123-140; weak teams: as weakNodes, operability 0."
)


@strawberry.type(description="How the innovation of an organisation is distributed.")
class Innovation:
    result: strawberry.Private[InnovationAnalysis]
    organisation: MemberRef = member_at("key", "The organisation.")
    initiative_count: int = plain(
        "initiative_count", "Initiatives that are active on the day."
    )
    budget: list[HorizonShare] = every(
        HorizonShare, "budgets", "The budget by currency (null last), then horizon."
    )
    people: list[HorizonShare] = every(HorizonShare, "people", "The people by horizon.")
    cross_functional: Measured = measured(
        "cross_functional",
        "Share of the ties inside the organisation that connect two functions, 0..1; n:"
        " tied pairs inside; evidence: the members of these pairs.",
    )
    silos: list[MemberRef] = members_at(
        "silos", "Teams without any tie to another function, by key."
    )
    openness: Measured = measured(
        "openness",
        "Share of active initiatives with an outside member at work, 0..1; evidence:"
        " the active initiatives.",
    )
    openness_by_role: list[RoleShare] = every(
        RoleShare,
        "openness_by_role",
        "The share of active initiatives for each role of the outside member: customer,"
        " partner, university, competitor.",
    )
    teams: list[InnovationTeam] = every(
        InnovationTeam,
        "teams",
        "The teams, by the number of active initiatives descending, then key.",
    )
    born_from_feedback: Measured = measured(
        "feedback_share",
        "Share of all initiatives begun so far that resulted from feedback or a case,"
        " 0..1.",
    )
    failures_with_lesson: list[InitiativeRef] = nodes_at(
        "Initiative",
        "failures_with_lesson",
        "Failed initiatives with a lesson, by key.",
    )
    failures_without_lesson: list[InitiativeRef] = nodes_at(
        "Initiative",
        "failures_without_lesson",
        "Failed initiatives without a lesson, by key.",
    )
    rotations: list[Rotation] = every(
        Rotation, "rotations", "People who have worked in several functions, by key."
    )
    spin_offs: list[MemberRef] = members_at("spin_offs", "Its spin-offs, by key.")
    weak_research: list[WeakResearch] = every(
        WeakResearch,
        "weak_research",
        "Research teams among the weak nodes, the worst first.",
    )
    null_reason: str | None = strawberry.field(
        description="Why there are no initiatives; null if there are any."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


def target_shares(targets: HorizonTargets | None) -> dict[Horizon, float]:
    if targets is None:
        return dict(RULE)
    shares = (targets.core, targets.adjacent, targets.transformational)
    if any(share < 0 for share in shares) or not math.isclose(sum(shares), 1):
        raise BadInput("targets: expected shares of at least 0 with the sum 1.")
    return dict(zip(Horizon, shares, strict=True))


async def innovation(
    info: Info,
    organisation: str,
    targets: HorizonTargets | None = None,
    as_of: date | None = strawberry.UNSET,
) -> Innovation:
    """How is innovation distributed: across functions or in silos, open or closed?

    organisation: Key of the organisation.
    targets: The share of innovation that each horizon should have; 70/20/10 by default.
    """
    goals = target_shares(targets)
    question = begin(as_of, organisation=organisation, targets=goals)
    await existing_node(info.context, "Organisation", organisation)
    analysis = await innovation_analysis(
        info.context.networks, organisation, goals, question.day
    )
    none = "No initiative has begun by that day."
    return Innovation(
        result=analysis,
        null_reason=None if analysis.rows.initiatives else none,
        about=question.about(FORMULA, SOURCE, analysis.warnings),
    )
