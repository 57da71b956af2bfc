"""`weakNodeImpact`: a member works at x %: who is affected, and who waits?"""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.questions.weak_node_impact.comparison import (
    CascadeComparison,
    cascade_comparison,
)
from schema.questions.weak_node_impact.customer_wait import CustomerWait
from schema.questions.weak_node_impact.deciding_path import deciding_path
from schema.records.lazy import MemberRef
from schema.records.ranking_windows import RankingWindow
from schema.records.reading import member_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.cascade_models import (
    DAYS,
    DAYS_SOURCE,
    FORMULAS,
    LIMITS,
    NOBODY_ELSE,
    SOURCES,
    within,
)
from schema.types.ranking import ranking, window_of, with_page_infos
from service.analyses.cascades.gaps import no_dependent, unstated_strengths
from service.analyses.weak_node_impact import (
    ImpactAnalysis,
    impact_analysis,
    impact_seed,
)
from service.computation.pool import in_thread
from service.vocabulary.enums import CascadeModel

NO_DAYS = "Give outageDays, or store the member's recoveryDays."


async def impact_member(root: Impact, info: Info) -> Any:
    return await member_of(info.context, root.result.key(root.index))


async def impact_path(root: Impact, info: Info) -> list[Any]:
    run = root.result
    return await deciding_path(info.context, run.web.keys, run.cascade, root.index)


@strawberry.type(description="A member with a loss. `operability` and `loss` are 0..1.")
class Impact:
    index: strawberry.Private[int]
    result: strawberry.Private[ImpactAnalysis]
    member: MemberRef = strawberry.field(
        resolver=impact_member, description="The member."
    )
    operability: float = strawberry.field(
        description="How well the member still works, 0..1."
    )
    loss: float = strawberry.field(description="1 - operability.")
    order: int = strawberry.field(
        description="The smallest number of dependency hops from the weak member."
    )
    wait_days: float | None = strawberry.field(
        description="Days that it waits; 0 if buffers or substitutes absorb the delay."
    )
    deciding_path: list[MemberRef] = strawberry.field(
        resolver=impact_path,
        description="The path from the weak member to this one; each step is the"
        " dependency that decides the loss.",
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)


def impacts(root: WeakNodeImpact, info: Info, rows: list[int]) -> list[Impact]:
    reason = NO_DAYS if root.result.delays is None else None
    return [impact(root.result, index, reason) for index in rows]


async def seed_member(root: WeakNodeImpact, info: Info) -> Any:
    return await member_of(info.context, root.key)


@strawberry.type(description="What the weakness of one member does to the others.")
@with_page_infos
class WeakNodeImpact:
    key: strawberry.Private[str]
    seed: MemberRef = strawberry.field(
        resolver=seed_member, description="The weak member."
    )
    impact_count: int = strawberry.field(
        description="The weak member and the members with a loss."
    )
    result: strawberry.Private[ImpactAnalysis]
    window: strawberry.Private[RankingWindow]
    impacts: list[Impact] = ranking(
        lambda root, most: root.result.ranking,
        impacts,
        "The weak member, then the members with a loss, by loss descending, order,"
        " key.",
    )
    affected_count: int = strawberry.field(
        description="The number of other members with a loss."
    )
    affected_share: float | None = strawberry.field(
        description="Their share of the active members that have a dependency, 0..1."
    )
    total_loss: float = strawberry.field(description="The sum of the others' losses.")
    customers_waiting: list[CustomerWait] = strawberry.field(
        description="Customers that wait, by waitDays descending (null first), then"
        " key."
    )
    converged: bool = strawberry.field(description=descriptions.CONVERGED)
    steps: int = strawberry.field(
        description="The number of rounds until the cascade converged."
    )
    comparison: CascadeComparison | None = strawberry.field(
        description="The three models side by side; null unless `compare` is true."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)
    about: About = strawberry.field(description=descriptions.ABOUT)


async def weak_node_impact(
    info: Info,
    member: str,
    operability: float | None = 0,
    outage_days: float | None = strawberry.UNSET,
    model: CascadeModel | None = CascadeModel.DEPENDENCY,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 50,
    after: str | None = strawberry.UNSET,
    compare: bool | None = False,
) -> WeakNodeImpact:
    """This member works at x %: who is affected, how much, and which customers wait how
    long?

    member: Key of the member that works badly.
    operability: How well the member still works, from 0 (not at all) to 1 (fully).
    outage_days: How many days it is out; by default its own `recoveryDays`.
    model: How a loss spreads from a provider to its dependents.
    compare: Whether to run all three models and compare them.
    """
    level = within("operability", 0.0 if operability is None else operability, 1)
    window = window_of(info, first, 50, after)
    model = model or CascadeModel.DEPENDENCY
    question = begin(as_of, member=member, operability=level, model=model)
    question.add(first=window.limit)
    record = await member_of(info.context, member)
    outage = outage_of(record, outage_days)
    question.add(outage_days=outage, compare=bool(compare), **LIMITS)
    lost = None if outage is None else outage * (1 - level)
    start = await impact_seed(info.context.networks, member, question.day)
    models = list(CascadeModel) if compare else [model]
    runs = [await in_thread(impact_analysis, start, m, level, lost) for m in models]
    warnings = inactivity_warnings(record, question.day)
    warnings = warnings or no_dependent(start.web, start.index, question.day)
    warnings += unstated_strengths(max(run.unstated_count for run in runs))
    warnings += [warning for run in runs for warning in run.warnings]
    formula, source = (
        FORMULAS[model] + DAYS % "outageDays",
        SOURCES[model] + DAYS_SOURCE,
    )
    method = question.about(formula, source, warnings, start.web.read_at)
    run = next(run for run in runs if run.model is model)
    comparison = cascade_comparison(runs, window) if compare else None
    return answer(run, window, comparison, method)


def outage_of(record: Any, argument: float | None) -> float | None:
    """The days of the argument, else those stored, else None."""
    if argument is not None and argument is not strawberry.UNSET:
        return within("outageDays", argument)
    stored: float | None = record.recovery_days
    return stored and within(f"recoveryDays of {record.key!r}", stored)


def inactivity_warnings(record: Any, day: date) -> list[str]:
    begun = record.since is None or record.since <= day
    if begun and (record.until is None or day < record.until):
        return []
    return [f"{record.key!r} is not active on {day}: no member depends on it then."]


def answer(
    run: ImpactAnalysis,
    window: RankingWindow,
    comparison: CascadeComparison | None,
    method: About,
) -> WeakNodeImpact:
    reason = NO_DAYS if run.delays is None else None
    return WeakNodeImpact(
        key=run.key(run.seed),
        impact_count=len(run.ranking),
        result=run,
        window=window,
        affected_count=run.affected_count,
        affected_share=run.affected_share,
        total_loss=run.total_loss,
        customers_waiting=[
            CustomerWait(result=wait, wait_days=wait.days, null_reason=reason)
            for wait in run.waits
        ],
        converged=run.cascade.converged,
        steps=run.cascade.steps,
        comparison=comparison,
        null_reason=None if run.affected_share is not None else NOBODY_ELSE,
        about=method,
    )


def impact(run: ImpactAnalysis, index: int, reason: str | None) -> Impact:
    loss = float(run.cascade.loss[index])
    return Impact(
        index=index,
        result=run,
        operability=1 - loss,
        loss=loss,
        order=max(int(run.cascade.order[index]), 0),
        wait_days=None if run.delays is None else float(run.delays[index]),
        null_reason=reason,
    )
