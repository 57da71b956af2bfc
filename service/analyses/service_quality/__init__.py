"""How a provider's customers are served, in figures with what each was made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.analyses.figure import Figure, unknown_warnings
from service.analyses.service_quality.customers import (
    CustomerBaseResult,
    LifetimeResult,
    customer_base,
    lifetimes,
)
from service.analyses.service_quality.figures import (
    PeriodFigures,
    figures,
    stated_values,
    value_counts,
)
from service.analyses.service_quality.goals import change_of
from service.analyses.service_quality.loop import FeedbackLoopResult, feedback_loop
from service.analyses.service_quality.rows import (
    CaseRow,
    Period,
    ServiceRows,
    read_service,
)
from service.graph import Graph

ValueCounts = list[tuple[str | None, int]]


@dataclass(frozen=True)
class ServiceQualityAnalysis:
    """The figures of a period, of the one before it, and what changed between them."""

    rows: ServiceRows
    cases: list[CaseRow]  # of the period
    figures: PeriodFigures
    previous: PeriodFigures
    customers: CustomerBaseResult
    lifetimes: list[LifetimeResult]
    loop: FeedbackLoopResult

    @property
    def first_response_change(self) -> Figure:
        before, now = self.previous.first_response, self.figures.first_response
        return change_of(before.mean, now.mean)

    @property
    def resolution_change(self) -> Figure:
        return change_of(self.previous.resolution.mean, self.figures.resolution.mean)

    @property
    def warnings(self) -> list[str]:
        """What is doubtful, and what the figures leave out because it is unknown."""
        return self.rows.warnings + unknown_warnings(stated_values(self.cases))

    @property
    def reasons(self) -> ValueCounts:
        return value_counts(case.reason for case in self.cases)

    @property
    def channels(self) -> ValueCounts:
        return value_counts(case.channel for case in self.cases)

    @property
    def compensations(self) -> list[tuple[float, CaseRow]]:
        """Cases with compensation, the largest first, then by key."""
        rows = [
            (case.compensation, case)
            for case in self.cases
            if case.compensation is not None
        ]
        return sorted(rows, key=lambda row: (-row[0], row[1].key))


async def service_quality_analysis(
    graph: Graph,
    provider: str,
    period: Period,
    margin: float | None,
    discount: float | None,
    day: date,
) -> ServiceQualityAnalysis:
    rows = await read_service(graph, provider, period, day)
    own, customers = rows.of(period), customer_base(rows.contracts)
    return ServiceQualityAnalysis(
        rows,
        own.cases,
        figures(own),
        figures(rows.of(period.before)),
        customers,
        lifetimes(rows.contracts, customers.retention, margin, discount),
        feedback_loop(rows, period, day),
    )
