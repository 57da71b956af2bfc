"""`serviceQuality`: how are customers served, and does feedback lead to change?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import strawberry

from schema.context import Info
from schema.questions.service_quality.figures import (
    CaseCount,
    Compensation,
    CustomerLifetime,
    LifetimeTotal,
    ServiceFigures,
    case_counts,
    compensations_of,
    lifetime_total,
)
from schema.questions.service_quality.goals import GoalAnswer, ServiceGoal, goal_answers
from schema.questions.service_quality.loop import FeedbackLoop
from schema.records.lazy import MemberRef
from schema.records.reading import member_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.field_from import field_from
from schema.types.measured import Measured, members_at
from service.analyses.service_quality import (
    ServiceQualityAnalysis,
    service_quality_analysis,
)
from service.analyses.service_quality.customers import (
    CustomerBaseResult,
    lifetime_totals,
)
from service.analyses.service_quality.rows import Period
from service.errors import BadInput
from service.vocabulary.days import add_days

FORMULA = (
    "csat = share of scores 4-5 of 1-5; nps = % of 9-10 minus % of 0-6; ces = mean of"
    " 1-7; satisfactionIndex = (mean of the three questions' means - 1) / 9 * 100;"
    " churn = customers with an active contract on the day `from` and none on the day"
    " `to` / those with one on `from`; retention = 1 - churn; CLV = m r / (1 + d - r):"
    " m the contracts' value of a year (TOTAL divided by its years) times margin, r the"
    " retention of the period, d the discount; hours from opening, percentiles"
    " interpolated linearly; firstContactRate = resolved with one contact and no"
    " handover / resolved; a share of cases is of those that state the value; cases a"
    " month before and after an initiative: cases of the period / months of the period"
    " before its begin, after its end (its begin, if it has not ended). From `from`"
    " (inclusive) to `to` (exclusive), cases by their opening in UTC; a provider's"
    " teams count as itself."
)
SOURCE = (
    "NPS: Reichheld 2003, HBR 81(12); CES: Dixon et al. 2010, HBR 88(7/8); Swedish"
    " NKI: Fornell 1992, J. Marketing 56(1); CLV: Gupta & Lehmann 2003, J. Interactive"
    " Marketing 17(1)."
)


@strawberry.type(description="Customers with an active contract, on two days.")
class CustomerBase:
    result: strawberry.Private[CustomerBaseResult]
    at_start: list[MemberRef] = members_at(
        "start", "Customers on the day `from`, by key."
    )
    at_end: list[MemberRef] = members_at(
        "end", "Customers on the day `to`, or on `asOf` if that is earlier, by key."
    )
    lost: list[MemberRef] = members_at(
        "lost_customers", "Customers on the first day, but not on the last, by key."
    )
    won: list[MemberRef] = members_at(
        "new_customers", "Customers on the last day, but not on the first, by key."
    )


def compensations(
    root: ServiceQuality, limit: float | None = None
) -> list[Compensation]:
    """Cases with a compensation, the largest first, then by key.

    limit: The largest compensation allowed without escalation.
    """
    return compensations_of(root.analysis.compensations, limit)


async def provider_of(root: ServiceQuality, info: Info) -> Any:
    return await member_of(info.context, root.key)


@strawberry.type(description="How a provider's customers are served in a period.")
class ServiceQuality(ServiceFigures):
    key: strawberry.Private[str]
    analysis: strawberry.Private[ServiceQualityAnalysis]
    provider: MemberRef = strawberry.field(
        resolver=provider_of, description="The provider."
    )
    churn: Measured = strawberry.field(
        description="Share of the customers at the start that are lost, 0..1; n: the"
        " customers at the start; evidence: their contracts on that day."
    )
    retention: Measured = strawberry.field(
        description="1 - churn, of the same customers and contracts."
    )
    customers: CustomerBase = strawberry.field(
        description="The customers at the start and at the end."
    )
    lifetime_values: list[CustomerLifetime] = strawberry.field(
        description="The value of each customer of the day `to`, or of `asOf` if that"
        " is earlier: by key, then currency (null last)."
    )
    lifetime_totals: list[LifetimeTotal] = strawberry.field(
        description="Their sums by currency (null last); customers without a value are"
        " left out, and counted."
    )
    first_response_change: Measured = strawberry.field(
        description="Change of the mean from the period of equal length just before;"
        " -0.15 is 15 % less."
    )
    resolution_change: Measured = strawberry.field(
        description="The same for the hours until resolution."
    )
    reasons: list[CaseCount] = strawberry.field(
        description="Cases by reason: the most frequent first, then by name (null"
        " last)."
    )
    channels: list[CaseCount] = strawberry.field(
        description="Cases by channel: the most frequent first, then by name (null"
        " last)."
    )
    compensations: list[Compensation] = field_from(compensations)
    loop: FeedbackLoop = strawberry.field(
        description="Whether feedback leads to change."
    )
    goals: list[GoalAnswer] = strawberry.field(
        description="Whether each goal is met, in the order of `goals`."
    )
    previous: ServiceFigures = strawberry.field(
        description="The figures of the period of equal length just before."
    )
    about: About = strawberry.field(description=descriptions.ABOUT)


def period_of(begin: date, until: date, day: date) -> tuple[Period, list[str]]:
    """The part of the period that is known on a day, with a warning if it is cut."""
    if until <= begin:
        raise BadInput(f"to: expected a day after {begin}, got {until}.")
    if begin - date.min < until - begin:
        raise BadInput(
            "from, to: the period is too long; the dates of an equally long period"
            " before it do not exist."
        )
    known = add_days(day, 1)
    if until <= known:
        return Period(begin, until), []
    if begin > day:
        raise BadInput(f"from: {begin} is after asOf, {day}; give an earlier day.")
    note = f"The period is not over on {day}; later data are not included."
    return Period(begin, known), [note]


def check_rates(margin: float | None, discount: float | None) -> None:
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
    question = begin(as_of, provider=provider, from_=from_, to=to, margin=margin)
    targets = [(goal.name, goal.target) for goal in goals or []]
    question.add(discount=discount, goals=targets)
    check_rates(margin, discount)
    period, warnings = period_of(from_, to, question.day)
    await member_of(info.context, provider)
    analysis = await service_quality_analysis(
        info.context.graph, provider, period, margin, discount, question.day
    )
    method = question.about(FORMULA, SOURCE, warnings + analysis.warnings)
    return answer(provider, analysis, goals or [], method)


def answer(
    provider: str,
    analysis: ServiceQualityAnalysis,
    goals: list[ServiceGoal],
    method: About,
) -> ServiceQuality:
    base, cases = analysis.customers, len(analysis.cases)
    totals = lifetime_totals(analysis.lifetimes)
    return ServiceQuality(
        result=analysis.figures,
        key=provider,
        analysis=analysis,
        churn=Measured.of(base.churn),
        retention=Measured.of(base.retention),
        customers=CustomerBase(result=base),
        lifetime_values=[
            CustomerLifetime(result=lifetime) for lifetime in analysis.lifetimes
        ],
        lifetime_totals=[lifetime_total(sums) for sums in totals],
        first_response_change=Measured.of(analysis.first_response_change),
        resolution_change=Measured.of(analysis.resolution_change),
        reasons=case_counts(analysis.reasons, cases),
        channels=case_counts(analysis.channels, cases),
        loop=FeedbackLoop(result=analysis.loop),
        goals=goal_answers(goals, analysis),
        previous=ServiceFigures(result=analysis.previous),
        about=method,
    )
