"""Goals of service: a figure, a target, and whether it is met."""

from __future__ import annotations

import strawberry

from schema.records.node import register_enum
from schema.types.measured import Measured
from service.analyses.figure import Figure
from service.analyses.service_quality.customers import Custom
from service.analyses.service_quality.figures import Figures
from service.analyses.service_quality.goals import ServiceFigure, figure_of, met

register_enum(
    ServiceFigure,
    "A figure that a goal is set for.",
    FIRST_RESPONSE_HOURS="The mean; less is better, as of CHURN and RESOLUTION_HOURS.",
    FIRST_RESPONSE_CHANGE="Of the mean against as many days just before: -0.15 is a"
    " goal of 15 % less.",
)


@strawberry.input(description="A figure and what it should reach.")
class ServiceGoal:
    name: ServiceFigure
    target: float


@strawberry.type(description="Whether a goal is met.")
class GoalAnswer:
    name: ServiceFigure
    target: float
    figure: Measured
    met: bool | None = strawberry.field(description="Null where there is no figure.")


def answered(
    goals: list[ServiceGoal], figures: Figures, base: Custom, change: Figure
) -> list[GoalAnswer]:
    found = []
    for goal in goals:
        figure = figure_of(goal.name, figures, base, change)
        ok = met(goal.name, goal.target, figure)
        told = Measured.of(figure)
        found.append(
            GoalAnswer(name=goal.name, target=goal.target, figure=told, met=ok)
        )
    return found
