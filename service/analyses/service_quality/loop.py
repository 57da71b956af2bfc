"""From complaint to change: feedback by its state, and what an initiative changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from service.algorithms.calendar import months_between
from service.algorithms.net import net
from service.analyses.figure import Figure, nothing, pieces, share
from service.analyses.service_quality.rows import (
    CaseRow,
    InitiativePeriodRow,
    Period,
    ServiceRows,
)

STATES = ("CAPTURED", "SHARED", "PLANNED", "DONE")


@dataclass(frozen=True)
class InitiativeChange:
    """An initiative, and the cases a month before and after it."""

    key: str
    reasons: list[str]  # of the cases that led to it; none: cases of any reason
    feedback: list[str]
    cases: list[str]
    before: Figure
    after: Figure
    change: Figure


class FeedbackStateCounts(NamedTuple):
    """Pieces of feedback in each state."""

    captured: int
    shared: int
    planned: int
    done: int


@dataclass(frozen=True)
class FeedbackLoopResult:
    states: FeedbackStateCounts  # in this state now
    at_least: FeedbackStateCounts  # in this state or a later one
    closed_share: Figure
    changes: list[InitiativeChange]


def feedback_loop(
    records: ServiceRows, period: Period, day: date
) -> FeedbackLoopResult:
    """Feedback of the period, and initiatives that began before its end."""
    own = records.of(period)
    states = Counter(item.state for item in own.feedback)
    steps = FeedbackStateCounts(*(states[name] for name in STATES))
    at_least = FeedbackStateCounts(
        *(sum(steps[index:]) for index in range(len(STATES)))
    )
    closed_share = share(
        steps.done,
        at_least.captured,
        "No feedback with a state was given in the period.",
        pieces("Feedback", (item.key for item in own.feedback if item.state)),
    )
    begun = [i for i in records.initiatives if i.since is None or i.since <= day]
    changes = [initiative_change(i, records, period, day) for i in begun]
    return FeedbackLoopResult(steps, at_least, closed_share, changes)


def initiative_change(
    initiative: InitiativePeriodRow, records: ServiceRows, period: Period, day: date
) -> InitiativeChange:
    feedback = [s.key for s in records.feedback if s.initiative == initiative.key]
    led = [case for case in records.cases if case.initiative == initiative.key]
    reasons = sorted({case.reason for case in led if case.reason})
    alike = [c for c in records.of(period).cases if not reasons or c.reason in reasons]
    begin, end = initiative.since, initiative.until
    changed_on = end if end and end <= day else begin
    before = monthly(alike, period.begin, begin and min(begin, period.until))
    after = monthly(alike, changed_on and max(changed_on, period.begin), period.until)
    keys = [case.key for case in led]
    change = difference(before, after)
    return InitiativeChange(
        initiative.key, reasons, feedback, keys, before, after, change
    )


def monthly(cases: list[CaseRow], begin: date | None, until: date | None) -> Figure:
    """Cases a month from one day of the period to another; n counts the cases."""
    if begin is None or until is None:
        return nothing("It is not known when the initiative began.")
    own = [case.key for case in cases if Period(begin, until).contains(case.on)]
    if begin >= until:
        return nothing("The period has no days on this side of the initiative.")
    rate = len(own) / months_between(begin, until)
    return Figure(rate, len(own), None, pieces("ServiceCase", own))


def difference(before: Figure, after: Figure) -> Figure:
    """After minus before, as a share of before."""
    n, evidence = before.n + after.n, before.evidence + after.evidence
    if before.value is None or after.value is None:
        return nothing(before.reason or after.reason or "", n, evidence)
    if not before.value:
        why = "There were no cases before, so there is nothing to compare."
        return nothing(why, n, evidence)
    value = net(after.value, before.value) / before.value
    return Figure(value, n, None, evidence)
