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
from schema.types.money import Money
from service.analyses.cascades.waiting import Wait


async def wait_customer(root: CustomerWait, info: Info) -> Any:
    return await member_of(info.context, root.found.key)


async def wait_contracts(root: CustomerWait, info: Info) -> list[Any]:
    reads = (
        reading.node(info.context, "Contract", key) for key in root.found.contracts
    )
    found = await asyncio.gather(*reads)
    return [contract for contract in found if contract is not None]


def wait_value(root: CustomerWait) -> list[Money]:
    sums = root.found.value_at_risk
    return [Money(amount=sum, currency=currency) for currency, sum in sums.items()]


async def wait_path(root: CustomerWait, info: Info) -> list[Any]:
    wait, context = root.found, info.context
    keys = wait.web.keys
    path = await deciding_path(context, keys, wait.cascade, wait.cause)
    return path if wait.own else [*path, await member_of(context, wait.key)]


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
