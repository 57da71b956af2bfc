"""Goals of service: a figure, a target, and whether it is met."""

from __future__ import annotations

import strawberry

from schema.records.node import register_enum
from schema.types.measured import Measured
from service.analyses.service_quality import ServiceQualityAnalysis
from service.analyses.service_quality.goals import ServiceFigure, figure_of, is_met

register_enum(
    ServiceFigure,
    "A figure for which a goal can be set.",
    CSAT="Share of scores of 4-5; more is better.",
    NPS="Net promoter score; more is better.",
    CES="Customer effort, the mean of 1-7; more is better.",
    SATISFACTION_INDEX="Swedish NKI; more is better.",
    CHURN="Share of customers lost; less is better.",
    RETENTION="1 - CHURN; more is better.",
    FIRST_RESPONSE_HOURS="Mean hours until the first response; less is better.",
    FIRST_RESPONSE_CHANGE="Change of that mean from the period of equal length just"
    " before: -0.15 is a goal of 15 % less.",
    RESOLUTION_HOURS="Mean hours until resolution; less is better.",
    FIRST_CONTACT_RATE="Share of resolved cases with one contact and no handover; more"
    " is better.",
    PROACTIVE_SHARE="Share of cases that the provider began; more is better.",
)


@strawberry.input(description="A figure and what it should reach.")
class ServiceGoal:
    name: ServiceFigure = strawberry.field(description="The figure.")
    target: float = strawberry.field(description="The target value.")


@strawberry.type(description="Whether a goal is met.")
class GoalAnswer:
    name: ServiceFigure = strawberry.field(description="The figure.")
    target: float = strawberry.field(description="The target value.")
    figure: Measured = strawberry.field(description="The actual value.")
    met: bool | None = strawberry.field(
        description="Whether the target is met; null if there is no figure."
    )


def goal_answers(
    goals: list[ServiceGoal], analysis: ServiceQualityAnalysis
) -> list[GoalAnswer]:
    answers = []
    for goal in goals:
        figure = figure_of(
            goal.name,
            analysis.figures,
            analysis.customers,
            analysis.first_response_change,
        )
        answers.append(
            GoalAnswer(
                name=goal.name,
                target=goal.target,
                figure=Measured.of(figure),
                met=is_met(goal.name, goal.target, figure),
            )
        )
    return answers
