"""Q12: how are a provider's customers served, and does feedback lead to change?"""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Annotated, Any

import strawberry

from schema.context import Info, today
from schema.questions.service_quality.figures import (
    CaseCount,
    Compensation,
    CustomerLifetime,
    LifetimeTotal,
    ServiceFigures,
    compensations_of,
    counted,
    totals_of,
)
from schema.questions.service_quality.goals import GoalAnswer, ServiceGoal, answered
from schema.questions.service_quality.loop import FeedbackLoop
from schema.records.lazy import MemberRef
from schema.records.reading import member_of
from schema.types.about import About, about
from schema.types.field_from import field_from
from schema.types.measured import Measured, members_at
from service.analyses.service_quality.customers import Custom, custom, lifetimes
from service.analyses.service_quality.figures import counts, figures
from service.analyses.service_quality.goals import change_of
from service.analyses.service_quality.loop import loop
from service.analyses.service_quality.rows import Case, Period, Records, read
from service.errors import BadInput

FORMULA = (
    "csat = share of scores 4-5 of 1-5; nps = % of 9-10 less % of 0-6; ces = mean of"
    " 1-7; satisfactionIndex = (mean of the three questions' means - 1) / 9 * 100;"
    " churn = customers with an active contract on the day `from` and none on the day"
    " `to` / those with one on `from`; retention = 1 - churn; CLV = m r / (1 + d - r):"
    " m the contracts' value of a year (TOTAL divided by its years) times margin, r"
    " the retention of the period, d the discount; hours from opening, percentiles"
    " interpolated linearly; firstContactRate = resolved with one contact and no"
    " handover / resolved. From `from` (inclusive) to `to` (exclusive), cases by their"
    " opening in UTC; a provider's teams count as itself."
)
SOURCE = (
    "NPS: Reichheld 2003, HBR 81(12); CES: Dixon et al. 2010, HBR 88(7/8); Swedish"
    " NKI: Fornell 1992, J. Marketing 56(1); CLV: Gupta & Lehmann 2003, J. Interactive"
    " Marketing 17(1)."
)


@strawberry.type(description="Customers with an active contract, on two days.")
class CustomerBase:
    found: strawberry.Private[Custom]
    at_start: list[MemberRef] = members_at("start", "On the day `from`, by key.")
    at_end: list[MemberRef] = members_at("end", "On the day `to`, by key.")
    lost: list[MemberRef] = members_at("lost", "On the first day, not on the last.")
    won: list[MemberRef] = members_at("won", "On the last day, not on the first.")


def compensations(
    root: ServiceQuality, limit: float | None = None
) -> list[Compensation]:
    """Cases with a compensation, the largest first.

    limit: The largest compensation allowed without escalation.
    """
    return compensations_of(root.cases, limit)


async def provider_of(root: ServiceQuality, info: Info) -> Any:
    return await member_of(info.context, root.asked)


@strawberry.type(description="How a provider's customers are served in a period.")
class ServiceQuality(ServiceFigures):
    asked: strawberry.Private[str]
    cases: strawberry.Private[list[Case]]
    provider: MemberRef = strawberry.field(resolver=provider_of)
    churn: Measured = strawberry.field(description="0..1; evidence: contracts lost.")
    retention: Measured = strawberry.field(description="1 - churn.")
    customers: CustomerBase
    lifetime_values: list[CustomerLifetime] = strawberry.field(
        description="Each customer of the day `to`, currency by currency, by key."
    )
    lifetime_totals: list[LifetimeTotal] = strawberry.field(
        description="Sums per currency; customers without a value are left out."
    )
    first_response_change: Measured = strawberry.field(
        description="Of the mean, against as many days just before; -0.15 is 15 % less."
    )
    resolution_change: Measured
    reasons: list[CaseCount] = strawberry.field(
        description="Cases by reason, the most frequent first."
    )
    channels: list[CaseCount] = strawberry.field(
        description="Cases by channel, the most frequent first."
    )
    compensations: list[Compensation] = field_from(compensations)
    loop: FeedbackLoop
    goals: list[GoalAnswer] = strawberry.field(description="In the order given.")
    previous: ServiceFigures = strawberry.field(description="As many days just before.")
    about: About


def period_of(begin: date, until: date, day: date) -> tuple[Period, list[str]]:
    """What of the period is known on a day."""
    if until <= begin:
        raise BadInput(f"to: expected a day after {begin}, got {until}.")
    if begin - date.min < until - begin:
        raise BadInput("from, to: a period this long has none before it.")
    known = day + timedelta(days=1)
    if until <= known:
        return Period(begin, until), []
    if begin > day:
        raise BadInput(f"from: {begin} comes after asOf, {day}.")
    note = f"The period is not over on {day}: what comes later is not known yet."
    return Period(begin, known), [note]


def checked(margin: float | None, discount: float | None) -> None:
    if margin is not None and not -1 <= margin <= 1:
        raise BadInput(f"margin: expected a share, -1 to 1, got {margin:g}.")
    if discount is not None and not 0 <= discount <= 1:
        raise BadInput(f"discount: expected a yearly rate, 0 to 1, got {discount:g}.")


async def service_quality(
    info: Info,
    provider: str,
    from_: Annotated[date, strawberry.argument(name="from")],
    to: date,
    margin: float | None = None,
    discount: float | None = None,
    goals: list[ServiceGoal] | None = None,
    as_of: date | None = strawberry.UNSET,
) -> ServiceQuality:
    """How are a provider's customers served, and does feedback lead to change?

    provider: Key of the organisation or team that serves the customers.
    from_: The first day of the period.
    to: The day after the last day of the period.
    margin: Margin of the revenue, such as 0.3, for the customer lifetime value.
    discount: Yearly discount rate, such as 0.1, for the customer lifetime value.
    goals: Targets to compare the figures with.
    """
    context, read_at, day = info.context, time.monotonic(), as_of or today()
    checked(margin, discount)
    period, warnings = period_of(from_, to, day)
    await member_of(context, provider)
    records = await read(context.graph, provider, period, day)
    parameters = {"provider": provider, "from": from_.isoformat(), "to": to.isoformat()}
    parameters |= {"asOf": day.isoformat(), "margin": margin, "discount": discount}  # type: ignore[dict-item]
    parameters["goals"] = [[g.name.value, g.target] for g in goals or []]  # type: ignore[assignment]
    warnings += records.warnings
    told = about(FORMULA, SOURCE, parameters, day, read_at, warnings)
    return answer(provider, records, period, day, margin, discount, goals or [], told)


def answer(
    asked: str,
    records: Records,
    period: Period,
    day: date,
    margin: float | None,
    discount: float | None,
    goals: list[ServiceGoal],
    told: About,
) -> ServiceQuality:
    own = records.of(period)
    now, before = figures(own), figures(records.of(period.before))
    base = custom(records.signed)
    values = lifetimes(records.signed, base.retention, margin, discount)
    change = change_of(before.first_response.mean, now.first_response.mean)
    resolution = change_of(before.resolution.mean, now.resolution.mean)
    return ServiceQuality(
        found=now,
        asked=asked,
        churn=Measured.of(base.churn),
        retention=Measured.of(base.retention),
        customers=CustomerBase(found=base),
        lifetime_values=[CustomerLifetime(found=one) for one in values],
        lifetime_totals=totals_of(values),
        first_response_change=Measured.of(change),
        resolution_change=Measured.of(resolution),
        reasons=counted(counts(case.reason for case in own.cases), len(own.cases)),
        channels=counted(counts(case.channel for case in own.cases), len(own.cases)),
        cases=own.cases,
        loop=FeedbackLoop(found=loop(records, period, day)),
        goals=answered(goals, now, base, change),
        previous=ServiceFigures(found=before),
        about=told,
    )
