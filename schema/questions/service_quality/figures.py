"""The figures of served customers, and what compensation and lifetime values are."""

from __future__ import annotations

import strawberry

from schema.records.lazy import MemberRef, ServiceCaseRef
from schema.types import descriptions
from schema.types.measured import Measured, measured, member_at, node_at, part, plain
from schema.types.numbers import OVERFLOW, defined
from service.analyses.service_quality.customers import LifetimeResult, LifetimeSums
from service.analyses.service_quality.figures import (
    HoursResult,
    LoyaltyCounts,
    PeriodFigures,
)
from service.analyses.service_quality.rows import CaseRow


@strawberry.type(description="Hours from the opening of a case.")
class Hours:
    result: strawberry.Private[HoursResult]
    mean: Measured = measured("mean", "The mean; evidence: the cases.")
    median: float | None = plain("median", "The median.")
    ninetieth: float | None = plain(
        "ninetieth", "The 90th percentile, interpolated linearly."
    )


@strawberry.type(description="NPS scores by size.")
class Loyalty:
    result: strawberry.Private[LoyaltyCounts]
    promoters: int = plain("promoters", "Scores of 9-10.")
    passives: int = plain("passives", "Scores of 7-8.")
    detractors: int = plain("detractors", "Scores of 0-6.")


def questions(root: ServiceFigures) -> list[Measured]:
    return [Measured.of(figure) for figure in root.result.questions]


@strawberry.type(description="The figures of one period; evidence: feedback or cases.")
class ServiceFigures:
    result: strawberry.Private[PeriodFigures]
    csat: Measured = measured("csat", "Share of CSAT scores of 4-5, 0..1.")
    interaction_csat: Measured = measured(
        "interaction_csat", "The same for scores that are about a case."
    )
    nps: Measured = measured(
        "nps", "Percentage of promoters minus percentage of detractors, -100..100."
    )
    ces: Measured = measured("ces", "Customer effort, the mean of 1-7; 7 is easy.")
    satisfaction_index: Measured = measured(
        "satisfaction_index",
        "Swedish NKI, 0..100; null unless each of its three questions was answered.",
    )
    first_contact_rate: Measured = measured(
        "first_contact_rate",
        "Share of resolved cases with one contact and no handover, 0..1, of those that"
        " state both; evidence: these cases.",
    )
    proactive_share: Measured = measured(
        "proactive_share",
        "Share of cases that the provider began, 0..1, of those that state who did.",
    )
    escalated_share: Measured = measured(
        "escalated_share",
        "Share of cases that were escalated, 0..1, of those that state it.",
    )

    loyalty: Loyalty = part(Loyalty, "loyalty", "NPS scores by size.")
    questions: list[Measured] = strawberry.field(
        resolver=questions,
        description="The mean scores of satisfaction questions 1, 2 and 3, in this"
        " order, 1..10.",
    )
    first_response: Hours = part(
        Hours, "first_response", "Hours until the first response."
    )
    resolution: Hours = part(Hours, "resolution", "Hours until resolution.")


@strawberry.type(description="Cases that share a reason or a channel.")
class CaseCount:
    name: str | None = strawberry.field(
        description="The reason or channel; null if none is stored."
    )
    count: int = strawberry.field(description="How many cases have it.")
    share: float = strawberry.field(description="Their share of all cases, 0..1.")


def case_counts(counts: list[tuple[str | None, int]], total: int) -> list[CaseCount]:
    return [CaseCount(name=name, count=n, share=n / total) for name, n in counts]


@strawberry.type(description="What a customer received as compensation in one case.")
class Compensation:
    result: strawberry.Private[CaseRow]
    case: ServiceCaseRef = node_at("ServiceCase", "key", "The case.")
    amount: float | None = plain("compensation", "The amount.")
    currency: str | None = plain("currency", descriptions.CURRENCY)
    escalated: bool | None = plain("escalated", "Whether the case was escalated.")
    within_limit: bool | None = strawberry.field(
        description="Whether it is at most the limit, or was escalated; null without a"
        " limit, or if it is above the limit and nobody knows whether it was"
        " escalated."
    )
    null_reason: str | None = strawberry.field(
        description="Why `withinLimit` is null; null if it is not."
    )


def compensations_of(
    rows: list[tuple[float, CaseRow]], limit: float | None
) -> list[Compensation]:
    return [compensation_of(case, amount, limit) for amount, case in rows]


def compensation_of(case: CaseRow, amount: float, limit: float | None) -> Compensation:
    if limit is None:
        return Compensation(
            result=case, within_limit=None, null_reason="There is no `limit`."
        )
    within = True if amount <= limit else case.escalated
    unknown = "It is above the limit, and it is unknown whether it was escalated."
    reason = unknown if within is None else None
    return Compensation(result=case, within_limit=within, null_reason=reason)


@strawberry.type(description="What a customer is worth, in one currency.")
class CustomerLifetime:
    result: strawberry.Private[LifetimeResult]
    customer: MemberRef = member_at("customer", "The customer.")
    currency: str | None = plain("currency", descriptions.CURRENCY)
    yearly_value: float | None = plain(
        "yearly", "The yearly value of its contracts, before margin."
    )
    value: Measured = measured(
        "figure", "Customer lifetime value; evidence: the contracts."
    )


@strawberry.type(description="Lifetime values in one currency.")
class LifetimeTotal:
    currency: str | None = strawberry.field(description=descriptions.CURRENCY)
    total: float | None = strawberry.field(
        description="The sum of the known values; null if it is too large for a number."
    )
    mean: float | None = strawberry.field(description="Their mean.")
    n: int = strawberry.field(description="Customers with a value.")
    customer_count: int = strawberry.field(
        description="Customers with contracts in this currency, with a value or"
        " without."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)


def lifetime_total(sums: LifetimeSums) -> LifetimeTotal:
    total = defined(sums.total)
    return LifetimeTotal(
        currency=sums.currency,
        total=total,
        mean=None if total is None else sums.mean,
        n=sums.n,
        customer_count=sums.customer_count,
        null_reason=OVERFLOW if total is None else None,
    )
