"""The figures of a period: satisfaction, loyalty, effort, speed, churn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from service.analyses.figure import Figure, mean, nothing, pieces, share
from service.analyses.service_quality.rows import Case, Records, Said

SATISFIED, PROMOTER, DETRACTOR = 4, 9, 6
QUESTIONS = (1, 2, 3)
NO_CASES = "No case was opened in the period."


@dataclass(frozen=True)
class Spread:
    """Hours of cases: mean, median and 90th percentile."""

    mean: Figure
    median: float | None
    ninetieth: float | None


class Scored(NamedTuple):
    """How many scored an NPS of 9-10, 7-8, 0-6."""

    promoters: int
    passives: int
    detractors: int


@dataclass(frozen=True)
class Figures:
    """All figures of one period."""

    csat: Figure
    interaction_csat: Figure
    nps: Figure
    loyalty: Scored
    ces: Figure
    satisfaction_index: Figure
    questions: list[Figure]
    first_response: Spread
    resolution: Spread
    first_contact_rate: Figure
    proactive_share: Figure
    escalated_share: Figure


def figures(records: Records) -> Figures:
    said, cases = records.said, records.cases
    csat, nps = scored(said, "CSAT"), scored(said, "NPS")
    questions = [satisfaction(said, question) for question in QUESTIONS]
    return Figures(
        csat=satisfied(csat),
        interaction_csat=satisfied([one for one in csat if one.case]),
        nps=promoted(nps),
        loyalty=loyalty(nps),
        ces=average(scored(said, "CES"), "No effort was scored in the period."),
        satisfaction_index=index(questions),
        questions=questions,
        first_response=spread(cases, lambda c: c.response_hours, "answered"),
        resolution=spread(cases, lambda c: c.resolution_hours, "resolved"),
        first_contact_rate=first_contact(cases),
        proactive_share=part(cases, lambda c: c.initiated_by == "PROVIDER"),
        escalated_share=part(cases, lambda c: bool(c.escalated)),
    )


def scored(said: Iterable[Said], kind: str) -> list[Said]:
    return [one for one in said if one.kind == kind and one.score is not None]


def told(said: Iterable[Said]) -> tuple[tuple[str, str], ...]:
    return pieces("Feedback", (one.key for one in said))


def satisfied(said: list[Said]) -> Figure:
    """CSAT: the share of scores of 4 or 5."""
    top = sum((one.score or 0) >= SATISFIED for one in said)
    return share(top, len(said), "No CSAT was scored in the period.", told(said))


def loyalty(said: list[Said]) -> Scored:
    promoters = sum((one.score or 0) >= PROMOTER for one in said)
    detractors = sum((one.score or 0) <= DETRACTOR for one in said)
    return Scored(promoters, len(said) - promoters - detractors, detractors)


def promoted(said: list[Said]) -> Figure:
    """NPS: the percentage of 9-10 less that of 0-6, -100 to 100."""
    if not said:
        return nothing("No NPS was scored in the period.")
    found = loyalty(said)
    net = found.promoters - found.detractors
    return Figure(100 * net / len(said), len(said), None, told(said))


def average(said: list[Said], empty: str) -> Figure:
    return mean([one.score or 0 for one in said], empty, told(said))


def satisfaction(said: list[Said], question: int) -> Figure:
    """One question's mean, 1-10."""
    own = [one for one in scored(said, "SATISFACTION") if one.question == question]
    return average(own, f"Nobody answered question {question}.")


def index(questions: list[Figure]) -> Figure:
    """Swedish NKI: the mean of the three questions, 1-10, told as 0-100."""
    n = sum(figure.n for figure in questions)
    evidence = [piece for figure in questions for piece in figure.evidence]
    means = [figure.value for figure in questions if figure.value is not None]
    if len(means) < len(questions):
        reasons = (figure.reason for figure in questions if figure.reason)
        return nothing(" ".join(reasons), n, evidence)
    value = (sum(means) / len(means) - 1) / 9 * 100
    return Figure(value, n, None, tuple(evidence))


def spread(
    cases: Sequence[Case], hours: Callable[[Case], float | None], done: str
) -> Spread:
    own = [(case, time) for case in cases if (time := hours(case)) is not None]
    times = [time for _, time in own]
    evidence = pieces("ServiceCase", (case.key for case, _ in own))
    average = mean(times, f"No case of the period has been {done}.", evidence)
    if not times:
        return Spread(average, None, None)
    median, ninetieth = np.percentile(times, [50, 90])
    return Spread(average, float(median), float(ninetieth))


def first_contact(cases: list[Case]) -> Figure:
    """Resolved with one contact and no handover, of all resolved."""
    done = [case for case in cases if case.resolved_at]
    once = sum(case.contacts == 1 and not case.handovers for case in done)
    evidence = pieces("ServiceCase", (case.key for case in done))
    return share(once, len(done), "No case of the period has been resolved.", evidence)


def part(cases: list[Case], test: Callable[[Case], bool]) -> Figure:
    own = [case.key for case in cases if test(case)]
    return share(len(own), len(cases), NO_CASES, pieces("ServiceCase", own))


def counts(values: Iterable[str | None]) -> list[tuple[str | None, int]]:
    """The most frequent first, then by name; those without a value last of a count.

    >>> counts(["b", "a", "b", None])
    [('b', 2), ('a', 1), (None, 1)]
    """
    found = Counter(values)
    return sorted(found.items(), key=lambda p: (-p[1], p[0] is None, p[0] or ""))
