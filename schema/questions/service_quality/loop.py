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
from service.analyses.service_quality.loop import Change, Loop, States


@strawberry.type(description="Feedback by its state.")
class FeedbackStates:
    found: strawberry.Private[States]
    captured: int = plain("captured")
    shared: int = plain("shared")
    planned: int = plain("planned")
    done: int = plain("done")


@strawberry.type(description="An initiative that feedback or cases led to.")
class ServiceChange:
    found: strawberry.Private[Change]
    initiative: InitiativeRef = node_at("Initiative", "key")
    reasons: list[str] = plain(
        "reasons", "Of the cases that led to it; none: any reason counts."
    )
    feedback: list[Feedback] = nodes_at("Feedback", "feedback", "That led to it.")
    cases: list[ServiceCaseRef] = nodes_at("ServiceCase", "cases", "That led to it.")
    before: Measured = measured(
        "before", "Cases of these reasons a month, from `from` until it began."
    )
    after: Measured = measured(
        "after", "The same since it ended (began, where it has not), until `to`."
    )
    change: Measured = measured("change", "After against before: -0.75 is 75 % less.")


@strawberry.type(description="From complaint to change.")
class FeedbackLoop:
    found: strawberry.Private[Loop]
    closed_share: Measured = measured("closed", "DONE, of feedback with a state.")

    states: FeedbackStates = part(
        FeedbackStates, "states", "In which state feedback of the period is now."
    )
    reached: FeedbackStates = part(
        FeedbackStates, "reached", "How much of it came at least so far."
    )
    changes: list[ServiceChange] = every(
        ServiceChange, "changes", "Initiatives that feedback or cases led to, by key."
    )
