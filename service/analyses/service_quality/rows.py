"""A provider's service in a period, as rows of the graph."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from service.graph import Graph
from service.graph.statements import statement
from service.vocabulary.days import add_days


@dataclass(frozen=True)
class Period:
    """From its first day to the day after its last one."""

    begin: date
    until: date

    @property
    def before(self) -> Period:
        """As many days, just before."""
        return Period(self.begin - (self.until - self.begin), self.begin)

    def contains(self, day: date | None) -> bool:
        return day is not None and self.begin <= day < self.until


@dataclass(frozen=True)
class FeedbackScoreRow:
    """A piece of feedback."""

    key: str
    kind: str | None
    question: int | None
    score: float | None
    on: date | None
    state: str | None
    giver: str | None
    case: str | None
    initiative: str | None


@dataclass(frozen=True)
class CaseRow:
    key: str
    customer: str | None
    opened_at: datetime | None
    first_response_at: datetime | None
    resolved_at: datetime | None
    channel: str | None
    reason: str | None
    contacts: int | None
    handovers: int | None
    escalated: bool | None
    compensation: float | None
    currency: str | None
    initiated_by: str | None
    initiative: str | None

    @property
    def on(self) -> date | None:
        """The day, in UTC, on which it was opened."""
        return self.opened_at and self.opened_at.astimezone(UTC).date()

    @property
    def response_hours(self) -> float | None:
        return hours(self.opened_at, self.first_response_at)

    @property
    def resolution_hours(self) -> float | None:
        return hours(self.opened_at, self.resolved_at)

    def as_of(self, day: date) -> CaseRow:
        """The case at the end of a day, without what came later."""
        end = datetime.combine(add_days(day, 1), time(), UTC)
        first, done = self.first_response_at, self.resolved_at
        columns = dict(vars(self))
        columns["first_response_at"] = first if first and first < end else None
        columns["resolved_at"] = done if done and done < end else None
        return CaseRow(**columns)


@dataclass(frozen=True)
class CustomerContractRow:
    """A customer under a contract on the first or the last day."""

    customer: str
    contract: str
    value: float | None
    currency: str | None
    value_period: str | None
    since: date | None
    until: date | None
    at_start: bool
    at_end: bool


@dataclass(frozen=True)
class InitiativePeriodRow:
    """An initiative that feedback or cases led to."""

    key: str
    since: date | None
    until: date | None
    status: str | None


@dataclass(frozen=True)
class ServiceRows:
    """Of the period and of the one before it; contracts of the period alone."""

    feedback: list[FeedbackScoreRow]
    cases: list[CaseRow]
    contracts: list[CustomerContractRow]
    initiatives: list[InitiativePeriodRow]

    def of(self, period: Period) -> ServiceRows:
        return ServiceRows(
            [item for item in self.feedback if period.contains(item.on)],
            [case for case in self.cases if period.contains(case.on)],
            self.contracts,
            self.initiatives,
        )

    @property
    def warnings(self) -> list[str]:
        warnings = []
        undated = sum(item.on is None for item in self.feedback)
        undated += sum(case.on is None for case in self.cases)
        if undated:
            warnings.append(f"Feedback and cases without a day, left out: {undated}.")
        early = sum(
            (case.response_hours or 0) < 0 or (case.resolution_hours or 0) < 0
            for case in self.cases
        )
        if early:
            warnings.append(
                f"Cases with a first response before their opening, not left out:"
                f" {early}."
            )
        return warnings


def hours(begin: datetime | None, end: datetime | None) -> float | None:
    """
    >>> hours(datetime(2026, 7, 1, 8, tzinfo=UTC), datetime(2026, 7, 3, tzinfo=UTC))
    40.0
    """
    if begin is None or end is None:
        return None
    return (end - begin).total_seconds() / 3_600


async def read_service(
    graph: Graph, provider: str, period: Period, day: date
) -> ServiceRows:
    both_periods: dict[str, Any] = {
        "provider": provider,
        "begin": period.before.begin,
        "until": period.until,
    }
    feedback, cases, contracts = await asyncio.gather(
        graph.rows(
            statement("service_quality/feedback"),
            FeedbackScoreRow,
            day=day,
            **both_periods,
        ),
        graph.rows(
            statement("service_quality/cases"), CaseRow, day=day, **both_periods
        ),
        graph.rows(
            statement("service_quality/contracts"),
            CustomerContractRow,
            provider=provider,
            first=period.begin,
            last=min(period.until, day),  # a contract from tomorrow on is none today
        ),
    )
    now = [case.as_of(day) for case in cases]
    keys = {item.initiative for item in feedback if item.initiative}
    keys |= {case.initiative for case in now if case.initiative}
    begun = await graph.rows(
        statement("service_quality/initiatives"),
        InitiativePeriodRow,
        initiatives=sorted(keys),
    )
    return ServiceRows(feedback, now, contracts, begun)
