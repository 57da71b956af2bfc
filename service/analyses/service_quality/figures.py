"""The figures of a period: satisfaction, loyalty, effort, speed, churn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from service.analyses.figure import Figure, mean, nothing, pieces, share
from service.analyses.service_quality.rows import CaseRow, FeedbackScoreRow, ServiceRows

SATISFIED, PROMOTER, DETRACTOR = 4, 9, 6
QUESTIONS = (1, 2, 3)
NO_CASES = "No case was opened in the period."


@dataclass(frozen=True)
class HoursResult:
    """Hours of cases: mean, median and 90th percentile."""

    mean: Figure
    median: float | None
    ninetieth: float | None


class LoyaltyCounts(NamedTuple):
    """How many scored an NPS of 9-10, 7-8, 0-6."""

    promoters: int
    passives: int
    detractors: int


@dataclass(frozen=True)
class PeriodFigures:
    """All figures of one period."""

    csat: Figure
    interaction_csat: Figure
    nps: Figure
    loyalty: LoyaltyCounts
    ces: Figure
    satisfaction_index: Figure
    questions: list[Figure]
    first_response: HoursResult
    resolution: HoursResult
    first_contact_rate: Figure
    proactive_share: Figure
    escalated_share: Figure


def figures(records: ServiceRows) -> PeriodFigures:
    feedback, cases = records.feedback, records.cases
    csat, nps = scores_of(feedback, "CSAT"), scores_of(feedback, "NPS")
    questions = [satisfaction(feedback, question) for question in QUESTIONS]
    return PeriodFigures(
        csat=csat_share(csat),
        interaction_csat=csat_share([answer for answer in csat if answer.case]),
        nps=net_promoter_score(nps),
        loyalty=loyalty(nps),
        ces=average(scores_of(feedback, "CES"), "No effort was scored in the period."),
        satisfaction_index=satisfaction_index(questions),
        questions=questions,
        first_response=case_hours(cases, lambda c: c.response_hours, "answered"),
        resolution=case_hours(cases, lambda c: c.resolution_hours, "resolved"),
        first_contact_rate=first_contact(cases),
        proactive_share=case_share(
            cases, lambda c: c.initiated_by and c.initiated_by == "PROVIDER"
        ),
        escalated_share=case_share(cases, lambda c: c.escalated),
    )


def scores_of(
    feedback: Iterable[FeedbackScoreRow], kind: str
) -> list[FeedbackScoreRow]:
    return [
        answer
        for answer in feedback
        if answer.kind == kind and answer.score is not None
    ]


def feedback_pieces(
    feedback: Iterable[FeedbackScoreRow],
) -> tuple[tuple[str, str], ...]:
    return pieces("Feedback", (answer.key for answer in feedback))


def csat_share(feedback: list[FeedbackScoreRow]) -> Figure:
    """CSAT: the share of scores of 4 or 5."""
    top = sum((answer.score or 0) >= SATISFIED for answer in feedback)
    return share(
        top,
        len(feedback),
        "No CSAT was scored in the period.",
        feedback_pieces(feedback),
    )


def loyalty(feedback: list[FeedbackScoreRow]) -> LoyaltyCounts:
    promoters = sum((answer.score or 0) >= PROMOTER for answer in feedback)
    detractors = sum((answer.score or 0) <= DETRACTOR for answer in feedback)
    return LoyaltyCounts(promoters, len(feedback) - promoters - detractors, detractors)


def net_promoter_score(feedback: list[FeedbackScoreRow]) -> Figure:
    """NPS: the percentage of 9-10 less that of 0-6, -100 to 100."""
    if not feedback:
        return nothing("No NPS was scored in the period.")
    counts = loyalty(feedback)
    net = counts.promoters - counts.detractors
    return Figure(
        100 * net / len(feedback), len(feedback), None, feedback_pieces(feedback)
    )


def average(feedback: list[FeedbackScoreRow], empty: str) -> Figure:
    return mean(
        [answer.score or 0 for answer in feedback], empty, feedback_pieces(feedback)
    )


def satisfaction(feedback: list[FeedbackScoreRow], question: int) -> Figure:
    """One question's mean, 1-10."""
    own = [
        answer
        for answer in scores_of(feedback, "SATISFACTION")
        if answer.question == question
    ]
    return average(own, f"Question {question} has no answers.")


def satisfaction_index(questions: list[Figure]) -> Figure:
    """Swedish NKI: the mean of the three questions, 1-10, shown as 0-100."""
    n = sum(figure.n for figure in questions)
    evidence = [piece for figure in questions for piece in figure.evidence]
    means = [figure.value for figure in questions if figure.value is not None]
    if len(means) < len(questions):
        reasons = (figure.reason for figure in questions if figure.reason)
        return nothing(" ".join(reasons), n, evidence)
    value = (sum(means) / len(means) - 1) / 9 * 100
    return Figure(value, n, None, tuple(evidence))


def case_hours(
    cases: Sequence[CaseRow], hours: Callable[[CaseRow], float | None], done: str
) -> HoursResult:
    own = [(case, time) for case in cases if (time := hours(case)) is not None]
    times = [time for _, time in own]
    evidence = pieces("ServiceCase", (case.key for case, _ in own))
    average = mean(times, f"No case of the period has been {done}.", evidence)
    if not times:
        return HoursResult(average, None, None)
    median, ninetieth = np.percentile(times, [50, 90])
    return HoursResult(average, float(median), float(ninetieth))


def is_first_contact(case: CaseRow) -> bool | None:
    """Whether one contact without a handover resolved it; None if that is unknown."""
    if case.handovers or case.contacts not in (None, 1):
        return False
    return True if case.contacts == 1 and case.handovers == 0 else None


def first_contact(cases: list[CaseRow]) -> Figure:
    """Resolved with one contact and no handover, of all resolved that state both."""
    done = [case for case in cases if case.resolved_at]
    empty = "No case of the period has been resolved."
    if done:
        empty = "No resolved case states its contacts and handovers."
    known = [case for case in done if is_first_contact(case) is not None]
    once = sum(is_first_contact(case) is True for case in known)
    evidence = pieces("ServiceCase", (case.key for case in known))
    return share(once, len(known), empty, evidence)


def case_share(cases: list[CaseRow], test: Callable[[CaseRow], Any]) -> Figure:
    """Cases that pass, of those for which it is known (not None)."""
    known = [case for case in cases if test(case) is not None]
    own = sum(bool(test(case)) for case in known)
    empty = f"Cases of the period that state it: 0 of {len(cases)}."
    empty = empty if cases else NO_CASES
    evidence = pieces("ServiceCase", (case.key for case in known))
    return share(own, len(known), empty, evidence)


def stated_values(cases: list[CaseRow]) -> dict[str, list[Any]]:
    """What each share of cases is computed from; it leaves out None."""
    done = [case for case in cases if case.resolved_at]
    return {
        "Resolved cases without contacts or handovers, left out of firstContactRate": [
            is_first_contact(case) for case in done
        ],
        "Cases without initiatedBy, left out of proactiveShare": [
            case.initiated_by for case in cases
        ],
        "Cases without escalated, left out of escalatedShare": [
            case.escalated for case in cases
        ],
    }


def value_counts(values: Iterable[str | None]) -> list[tuple[str | None, int]]:
    """The most frequent first, then by name; those without a value last of a count.

    >>> value_counts(["b", "a", "b", None])
    [('b', 2), ('a', 1), (None, 1)]
    """
    counts = Counter(values)
    return sorted(counts.items(), key=lambda p: (-p[1], p[0] is None, p[0] or ""))
