"""Does feedback lead to change: its states, and cases before and after initiatives."""

from __future__ import annotations

import strawberry

from schema.records.feedback import Feedback
from schema.records.lazy import InitiativeRef, ServiceCaseRef
from schema.types.measured import (
    Measured,
    every,
    measured,
    node_at,
    nodes_at,
    part,
    plain,
)
from service.analyses.service_quality.loop import (
    FeedbackLoopResult,
    FeedbackStateCounts,
    InitiativeChange,
)


@strawberry.type(description="Feedback by its state.")
class FeedbackStates:
    result: strawberry.Private[FeedbackStateCounts]
    captured: int = plain("captured", "Feedback that is captured.")
    shared: int = plain("shared", "Feedback that is shared.")
    planned: int = plain("planned", "Feedback for which a change is planned.")
    done: int = plain("done", "Feedback for which the change is done.")


@strawberry.type(description="An initiative that feedback or cases led to.")
class ServiceChange:
    result: strawberry.Private[InitiativeChange]
    initiative: InitiativeRef = node_at("Initiative", "key", "The initiative.")
    reasons: list[str] = plain(
        "reasons",
        "Reasons of the cases that led to it, by name; empty: any reason counts.",
    )
    feedback: list[Feedback] = nodes_at(
        "Feedback", "feedback", "Feedback that led to it, by key."
    )
    cases: list[ServiceCaseRef] = nodes_at(
        "ServiceCase", "cases", "Cases that led to it, by key."
    )
    before: Measured = measured(
        "before",
        "Cases of these reasons a month, from `from` until it began or until `to`,"
        " whichever is earlier.",
    )
    after: Measured = measured(
        "after",
        "The same from its end (from its begin, if it has not ended), or from `from` if"
        " that is later, until `to`.",
    )
    change: Measured = measured(
        "change", "`after` compared with `before`: -0.75 is 75 % less."
    )


@strawberry.type(description="Whether feedback leads to change.")
class FeedbackLoop:
    result: strawberry.Private[FeedbackLoopResult]
    closed_share: Measured = measured(
        "closed_share", "Share of feedback with a state that is DONE, 0..1."
    )

    states: FeedbackStates = part(
        FeedbackStates, "states", "The feedback of the period by its present state."
    )
    reached: FeedbackStates = part(
        FeedbackStates,
        "at_least",
        "Feedback that has reached each state or a later one.",
    )
    changes: list[ServiceChange] = every(
        ServiceChange, "changes", "Initiatives that feedback or cases led to, by key."
    )
