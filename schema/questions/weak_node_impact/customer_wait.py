"""A customer that waits for a weak member, and what is at stake for it."""

from __future__ import annotations

import asyncio
from typing import Any

import strawberry

from schema.context import Info
from schema.questions.weak_node_impact.deciding_path import deciding_path
from schema.records import reading
from schema.records.contract import Contract
from schema.records.lazy import MemberRef
from schema.records.reading import member_of
from schema.types import descriptions
from schema.types.money import Money
from service.analyses.cascades.waiting import CustomerWaitResult


async def wait_customer(root: CustomerWait, info: Info) -> Any:
    return await member_of(info.context, root.result.key)


async def wait_contracts(root: CustomerWait, info: Info) -> list[Any]:
    reads = (
        reading.node(info.context, "Contract", key) for key in root.result.contracts
    )
    contracts = await asyncio.gather(*reads)
    return [contract for contract in contracts if contract is not None]


def wait_value(root: CustomerWait) -> list[Money]:
    return Money.of(root.result.value_at_risk)


async def wait_path(root: CustomerWait, info: Info) -> list[Any]:
    wait, context = root.result, info.context
    keys = wait.web.keys
    path = await deciding_path(context, keys, wait.cascade, wait.cause)
    return (
        path
        if wait.is_by_own_dependency
        else [*path, await member_of(context, wait.key)]
    )


@strawberry.type(description="A customer that waits.")
class CustomerWait:
    result: strawberry.Private[CustomerWaitResult]
    customer: MemberRef = strawberry.field(
        resolver=wait_customer, description="The customer."
    )
    wait_days: float | None = strawberry.field(
        description="How many days it waits: the longest wait of all causes."
    )
    contracts: list[Contract] = strawberry.field(
        resolver=wait_contracts,
        description="Its active contracts with suppliers that have a loss, by key.",
    )
    value_at_risk: list[Money] = strawberry.field(
        resolver=wait_value, description="The values of those contracts per currency."
    )
    deciding_path: list[MemberRef] = strawberry.field(
        resolver=wait_path,
        description="The path from the weak member through the cause to the customer.",
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)
