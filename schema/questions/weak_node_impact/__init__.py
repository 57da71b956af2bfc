"""Q3: a member works at x %: who is hit, how hard, and which customers wait?"""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import strawberry

from schema.context import Info, today
from schema.questions.weak_node_impact.comparison import CascadeComparison, compared
from schema.questions.weak_node_impact.customer_wait import CustomerWait
from schema.questions.weak_node_impact.deciding_path import deciding_path
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.reading import member_of
from schema.types.about import About, about
from schema.types.cascade_models import (
    DAYS,
    DAYS_SOURCE,
    FORMULAS,
    LIMITS,
    NOBODY_ELSE,
    SOURCES,
    within,
)
from service.analyses.weak_node_impact import Impact as Found
from service.analyses.weak_node_impact import impact, seeded
from service.vocabulary.enums import CascadeModel

NO_DAYS = "Give outageDays, or store the member's recoveryDays."


async def impact_member(root: Impact, info: Info) -> Any:
    return await member_of(info.context, root.found.key(root.place))


async def impact_path(root: Impact, info: Info) -> list[Any]:
    found = root.found
    keys = found.web.keys
    return await deciding_path(info.context, keys, found.cascade, root.place)


@strawberry.type(description="A member that is hit. operability and loss are 0..1.")
class Impact:
    place: strawberry.Private[int]
    found: strawberry.Private[Found]
    member: MemberRef = strawberry.field(resolver=impact_member)
    operability: float
    loss: float
    order: int = strawberry.field(description="Fewest dependency hops from the seed.")
    wait_days: float | None = strawberry.field(
        description="0 where buffers or substitutes absorb the delay."
    )
    deciding_path: list[MemberRef] = strawberry.field(
        resolver=impact_path, description="From the seed, over who decides each step."
    )
    null_reason: str | None


async def seed(root: WeakNodeImpact, info: Info) -> Any:
    return await member_of(info.context, root.key)


@strawberry.type(description="What the weakness of one member does to the others.")
class WeakNodeImpact:
    key: strawberry.Private[str]
    seed: MemberRef = strawberry.field(resolver=seed)
    impacts: list[Impact] = strawberry.field(
        description="The seed, then by loss descending, order, key."
    )
    affected_count: int = strawberry.field(description="The seed is not counted.")
    affected_share: float | None = strawberry.field(
        description="Of the active members that depend on anybody, 0..1."
    )
    total_loss: float = strawberry.field(description="Sum of the others' losses.")
    customers_waiting: list[CustomerWait] = strawberry.field(
        description="By waitDays descending (null first), then key."
    )
    converged: bool
    steps: int = strawberry.field(description="Rounds of the fixed point.")
    comparison: CascadeComparison | None = strawberry.field(
        description="The three models side by side; null unless `compare` is true."
    )
    null_reason: str | None
    about: About


async def weak_node_impact(
    info: Info,
    member: str,
    operability: float | None = 0,
    outage_days: float | None = strawberry.UNSET,
    model: CascadeModel | None = CascadeModel.DEPENDENCY,
    as_of: date | None = strawberry.UNSET,
    first: int | None = 50,
    compare: bool | None = False,
) -> WeakNodeImpact:
    """This member works at x %: who is hit, how hard, which customers wait how long?

    member: Key of the member that works badly.
    operability: How well it still works, from 0 (not at all) to 1 (fully).
    outage_days: How many days it is out; by default its own `recoveryDays`.
    model: How a loss spreads from a provider to its dependents.
    compare: Whether to run all three models and compare them.
    """
    level = within("operability", 0.0 if operability is None else operability, 1)
    day, limit = as_of or today(), limit_of("first", first, 50)
    model = model or CascadeModel.DEPENDENCY
    record = await member_of(info.context, member)
    outage = outage_of(record, outage_days)
    lost = None if outage is None else outage * (1 - level)
    start = await seeded(info.context.networks, member, day)
    models = list(CascadeModel) if compare else [model]
    runs = [await asyncio.to_thread(impact, start, m, level, lost) for m in models]
    parameters = {"member": member, "operability": level, "outageDays": outage}
    parameters |= {"model": model.value, "asOf": day.isoformat(), "first": limit}
    told = about(
        FORMULAS[model] + DAYS % "outageDays",
        SOURCES[model] + DAYS_SOURCE,
        parameters | {"compare": bool(compare)} | LIMITS,
        day,
        start.web.read_at,
        inactive(record, day) + [w for run in runs for w in run.warnings],
    )
    found = next(run for run in runs if run.model is model)
    return answer(found, limit, compared(runs, limit) if compare else None, told)


def outage_of(record: Any, given: float | None) -> float | None:
    """The days that are asked about, else those stored, else nobody knows."""
    if given is not None and given is not strawberry.UNSET:
        return within("outageDays", given)
    stored: float | None = record.recovery_days
    return stored and within(f"recoveryDays of {record.key!r}", stored)


def inactive(record: Any, day: date) -> list[str]:
    begun = record.since is None or record.since <= day
    if begun and (record.until is None or day < record.until):
        return []
    return [f"{record.key!r} is not active on {day}: nobody depends on it then."]


def answer(
    found: Found, limit: int, comparison: CascadeComparison | None, told: About
) -> WeakNodeImpact:
    reason = NO_DAYS if found.delays is None else None
    return WeakNodeImpact(
        key=found.key(found.seed),
        impacts=[shown(found, place, reason) for place in found.ranked[:limit]],
        affected_count=found.affected_count,
        affected_share=found.affected_share,
        total_loss=found.total_loss,
        customers_waiting=[
            CustomerWait(found=wait, wait_days=wait.days, null_reason=reason)
            for wait in found.waits
        ],
        converged=found.cascade.converged,
        steps=found.cascade.steps,
        comparison=comparison,
        null_reason=None if found.affected_share is not None else NOBODY_ELSE,
        about=told,
    )


def shown(found: Found, place: int, reason: str | None) -> Impact:
    loss = float(found.cascade.loss[place])
    return Impact(
        place=place,
        found=found,
        operability=1 - loss,
        loss=loss,
        order=max(int(found.cascade.order[place]), 0),
        wait_days=None if found.delays is None else float(found.delays[place]),
        null_reason=reason,
    )
