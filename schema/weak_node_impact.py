"""Q3: a member works at x %: who is hit, how hard, and which customers wait?"""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import strawberry

from schema import reading
from schema.about import About, about, limited, today
from schema.context import Info
from schema.contract import Contract
from schema.lazy import MemberRef
from schema.node import explained
from schema.reading import member_of, members_of
from service.errors import BadInput, NotAvailable
from service.vocabulary.enums import CascadeModel
from service.weak_node import Impact as Found
from service.weak_node import Wait, impact

FORMULA = (
    "O_j = min(mean over classes of max_i[a_ij O_i + (1 - a_ij) 100],"
    " min over classes of max_i[O_i + b_ij]), at most 100; a = strength,"
    " b = criticality; a class is a substitute group or one provider; the seed is held;"
    " fixed point from 100. Days: delay_j = max over classes of"
    " min_i max(0, delay_i - buffer_ij), the seed losing outageDays (1 - operability)."
)
SOURCE = (
    "FDNA: Garvey & Pinto 2009; Guariniello & DeLaurentis 2013, Procedia CS 16:265-274;"
    " days: buffers after Simchi-Levi's time to survive, closed form decided here"
)
NO_DAYS = "Give outageDays, or store the member's recoveryDays."


explained(
    CascadeModel,
    "How a loss runs from a provider to its dependents.",
    DEPENDENCY="FDNA: strength and criticality of each dependency.",
    INOPERABILITY="Input-output inoperability. Not answered yet.",
    FAILURE="Noisy-OR with substitutes. Not answered yet.",
)


@strawberry.type(description="An amount as stored; amounts are never converted.")
class Money:
    amount: float
    currency: str | None


async def impact_member(root: Impact, info: Info) -> Any:
    return await member_of(info.context, root.key)


async def impact_path(root: Impact, info: Info) -> list[Any]:
    return await members_of(info.context, root.found.path(root.place))


@strawberry.type(description="A member that is hit. operability and loss are 0..1.")
class Impact:
    key: strawberry.Private[str]
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


async def wait_customer(root: CustomerWait, info: Info) -> Any:
    return await member_of(info.context, root.found.customer)


async def wait_contracts(root: CustomerWait, info: Info) -> list[Any]:
    keys = sorted({supply.contract for supply in root.found.supplies})
    found = [await reading.node(info.context, "Contract", key) for key in keys]
    return [contract for contract in found if contract is not None]


def wait_value(root: CustomerWait) -> list[Money]:
    sums = root.found.value_at_risk
    return [Money(amount=sum, currency=currency) for currency, sum in sums.items()]


async def wait_path(root: CustomerWait, info: Info) -> list[Any]:
    return await members_of(info.context, root.found.path)


@strawberry.type(description="A customer that waits.")
class CustomerWait:
    found: strawberry.Private[Wait]
    customer: MemberRef = strawberry.field(resolver=wait_customer)
    wait_days: float | None
    contracts: list[Contract] = strawberry.field(
        resolver=wait_contracts,
        description="Its active contracts with a supplier that is hit, by key.",
    )
    value_at_risk: list[Money] = strawberry.field(
        resolver=wait_value, description="Their values per currency, never converted."
    )
    deciding_path: list[MemberRef] = strawberry.field(resolver=wait_path)
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
) -> WeakNodeImpact:
    """This member works at x %: who is hit, how hard, which customers wait how long?"""
    read_at = time.monotonic()
    model = model or CascadeModel.DEPENDENCY
    if model is not CascadeModel.DEPENDENCY:
        raise NotAvailable(f"model: {model.value} is not answered yet; use DEPENDENCY.")
    level = within("operability", 0.0 if operability is None else operability, 1)
    outage = outage_days or None if outage_days != 0 else 0.0
    day, limit = as_of or today(), limited("first", first, 50)
    found_seed = await member_of(info.context, member)
    if outage is None:
        outage = found_seed.recovery_days
    lost = None if outage is None else within("outageDays", outage) * (1 - level)
    found = await impact(info.context.graph, member, level, lost, day)
    parameters = {"member": member, "operability": level, "outageDays": outage}
    parameters |= {"model": model.value, "asOf": day.isoformat(), "first": limit}
    told = about(FORMULA, SOURCE, parameters, day, read_at, warnings(found))
    return answer(member, found, limit, told)


def within(name: str, value: float, most: float = 36_500) -> float:
    if not 0 <= value <= most:
        raise BadInput(f"{name}: expected 0 to {most:g}, got {value:g}.")
    return value


def warnings(found: Found) -> list[str]:
    if found.cascade.converged:
        return []
    return [f"Not converged after {found.cascade.steps} rounds; figures are bounds."]


def answer(key: str, found: Found, limit: int, told: About) -> WeakNodeImpact:
    cascade = found.cascade
    others = [i for i in found.ranked if i != cascade.seed]
    reason = NO_DAYS if found.days is None else None
    share = len(others) / found.exposed if found.exposed else None
    return WeakNodeImpact(
        key=key,
        impacts=[shown(found, place, reason) for place in found.ranked[:limit]],
        affected_count=len(others),
        affected_share=share,
        total_loss=float(sum(cascade.loss[i] for i in others)),
        customers_waiting=[
            CustomerWait(found=wait, wait_days=wait.days, null_reason=reason)
            for wait in found.waits
        ],
        converged=cascade.converged,
        steps=cascade.steps,
        null_reason=None if found.exposed else "No other member depends on anybody.",
        about=told,
    )


def shown(found: Found, place: int, reason: str | None) -> Impact:
    cascade = found.cascade
    key = cascade.dependencies.keys[place]
    return Impact(
        key=key,
        place=place,
        found=found,
        operability=float(cascade.operability[place]),
        loss=float(cascade.loss[place]),
        order=cascade.order.get(place, 0),
        wait_days=found.days[key] if found.days else None,
        null_reason=reason,
    )
