"""The figures of served customers, and what compensation and lifetime values are."""

from __future__ import annotations

from collections import defaultdict

import strawberry

from schema.records.lazy import MemberRef, ServiceCaseRef
from schema.types.measured import Measured, measured, member_at, node_at, part, plain
from service.analyses.service_quality.customers import Lifetime
from service.analyses.service_quality.figures import Figures, Scored, Spread
from service.analyses.service_quality.rows import Case


@strawberry.type(description="Hours from opening.")
class Hours:
    found: strawberry.Private[Spread]
    mean: Measured = measured("mean", "Evidence: the cases.")
    median: float | None = plain("median")
    ninetieth: float | None = plain(
        "ninetieth", "90th percentile, interpolated linearly."
    )


@strawberry.type(description="NPS by what was scored.")
class Loyalty:
    found: strawberry.Private[Scored]
    promoters: int = plain("promoters", "9-10.")
    passives: int = plain("passives", "7-8.")
    detractors: int = plain("detractors", "0-6.")


def questions(root: ServiceFigures) -> list[Measured]:
    return [Measured.of(figure) for figure in root.found.questions]


@strawberry.type(description="The figures of one period; evidence: feedback or cases.")
class ServiceFigures:
    found: strawberry.Private[Figures]
    csat: Measured = measured("csat", "Share of scores 4-5, 0..1, of all CSAT scores.")
    interaction_csat: Measured = measured(
        "interaction_csat", "The same, of scores about a case alone."
    )
    nps: Measured = measured("nps", "% promoters less % detractors, -100..100.")
    ces: Measured = measured("ces", "Mean of 1-7, 7 = easy.")
    satisfaction_index: Measured = measured(
        "satisfaction_index", "0..100; null unless each of the three was answered."
    )
    first_contact_rate: Measured = measured(
        "first_contact_rate", "Of resolved cases, 0..1; evidence: those resolved."
    )
    proactive_share: Measured = measured(
        "proactive_share", "Of cases, those that the provider began."
    )
    escalated_share: Measured = measured(
        "escalated_share", "Of cases; evidence: those."
    )

    loyalty: Loyalty = part(Loyalty, "loyalty")
    questions: list[Measured] = strawberry.field(
        resolver=questions, description="Mean score of questions 1, 2 and 3, 1..10."
    )
    first_response: Hours = part(Hours, "first_response")
    resolution: Hours = part(Hours, "resolution")


@strawberry.type(description="Cases that share a reason or a channel.")
class CaseCount:
    name: str | None = strawberry.field(description="Null where none was told.")
    count: int
    share: float


def counted(found: list[tuple[str | None, int]], whole: int) -> list[CaseCount]:
    return [CaseCount(name=name, count=n, share=n / whole) for name, n in found]


@strawberry.type(description="What a customer was given for its trouble.")
class Compensation:
    found: strawberry.Private[Case]
    case: ServiceCaseRef = node_at("ServiceCase", "key")
    amount: float | None = plain("compensation")
    currency: str | None = plain("currency")
    escalated: bool | None = plain("escalated")
    within_limit: bool | None = strawberry.field(
        description="At most the limit, or escalated; null where no limit was given."
    )


def compensations_of(cases: list[Case], limit: float | None) -> list[Compensation]:
    own = [(case.compensation, case) for case in cases if case.compensation is not None]
    own.sort(key=lambda pair: (-pair[0], pair[1].key))
    return [
        Compensation(
            found=case,
            within_limit=None
            if limit is None
            else amount <= limit or bool(case.escalated),
        )
        for amount, case in own
    ]


@strawberry.type(description="What a customer is worth, in one currency.")
class CustomerLifetime:
    found: strawberry.Private[Lifetime]
    customer: MemberRef = member_at("customer")
    currency: str | None = plain("currency")
    yearly_value: float | None = plain("yearly", "Of its contracts, before margin.")
    value: Measured = measured("figure", "CLV; evidence: the contracts.")


@strawberry.type(description="Lifetime values in one currency.")
class LifetimeTotal:
    currency: str | None
    total: float
    mean: float
    n: int = strawberry.field(description="Customers with a value.")


def totals_of(values: list[Lifetime]) -> list[LifetimeTotal]:
    sums: dict[str, list[float]] = defaultdict(list)
    for one in values:
        if one.figure.value is not None:
            sums[one.currency or ""].append(one.figure.value)
    return [
        LifetimeTotal(
            currency=currency or None,
            total=sum(found),
            mean=sum(found) / len(found),
            n=len(found),
        )
        for currency, found in sorted(sums.items())
    ]
