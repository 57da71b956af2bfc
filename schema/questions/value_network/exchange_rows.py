"""Rows of one exchange each: impact, value creation, perceived value, chains."""

from __future__ import annotations

from typing import Any

import strawberry

from schema.context import Info
from schema.records import ties
from schema.records.reading import tie
from schema.types import descriptions
from service.analyses.exchanges import Exchanges
from service.errors import Unavailable


async def exchange_at(info: Info, exchanges: Exchanges, index: int) -> Any:
    record = await tie(info.context, ties.Exchange, exchanges.keys[index])
    if record is None:  # deleted since the network was read
        raise Unavailable("An exchange changed while it was read; ask again.")
    return record


async def row_exchange(root: ExchangeRow, info: Info) -> Any:
    return await exchange_at(info, root.exchanges, root.index)


@strawberry.type
class ExchangeRow:
    exchanges: strawberry.Private[Exchanges]
    index: strawberry.Private[int]
    exchange: ties.Exchange = strawberry.field(
        resolver=row_exchange, description="The exchange."
    )


@strawberry.type(description="An input of a member, and what the member gains from it.")
class ValueInput(ExchangeRow):
    benefit: float | None = strawberry.field(
        description="The value that the receiver perceives, -2..2 (receiverValue)."
    )
    cost: float | None = strawberry.field(
        description="What taking it costs the receiver (receiverCost)."
    )
    gain: float | None = strawberry.field(description="value - receiverCost.")
    currency: str | None = strawberry.field(description=descriptions.CURRENCY)
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)


@strawberry.type(description="An output of a member: what it costs, what it is worth.")
class ValueOutput(ExchangeRow):
    cost: float | None = strawberry.field(description="What making it costs.")
    perceived_value: float | None = strawberry.field(
        description="The value that the receiver perceives, -2..2 (receiverValue)."
    )
    own_value: float | None = strawberry.field(
        description="The value that the sender perceives, -2..2 (senderValue)."
    )
    surplus: float | None = strawberry.field(description="value - cost.")
    currency: str | None = strawberry.field(description=descriptions.CURRENCY)
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)


@strawberry.type(
    description="The value of one deliverable as its two sides perceive it."
)
class PerceivedValue(ExchangeRow):
    sender_value: float | None = strawberry.field(
        description="The value that the sender perceives, -2..2."
    )
    receiver_value: float | None = strawberry.field(
        description="The value that the receiver perceives, -2..2."
    )
    gap: float | None = strawberry.field(description="receiverValue - senderValue.")
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)


def difference(total: float | None, part: float | None) -> float | None:
    return None if total is None or part is None else total - part


def missing_reason(**values: float | None) -> str | None:
    blank = [name for name, value in values.items() if value is None]
    return f"The exchange has no {' and no '.join(blank)}." if blank else None


def value_input(exchanges: Exchanges, index: int) -> ValueInput:
    benefit, cost = (
        exchanges.number("receiver_values", index),
        exchanges.number("receiver_costs", index),
    )
    value = exchanges.number("values", index)
    return ValueInput(
        exchanges=exchanges,
        index=index,
        benefit=benefit,
        cost=cost,
        gain=difference(value, cost),
        currency=exchanges.currency(index),
        null_reason=missing_reason(
            receiverValue=benefit, value=value, receiverCost=cost
        ),
    )


def value_output(exchanges: Exchanges, index: int) -> ValueOutput:
    cost, value = exchanges.number("costs", index), exchanges.number("values", index)
    perceived, own = (
        exchanges.number("receiver_values", index),
        exchanges.number("sender_values", index),
    )
    return ValueOutput(
        exchanges=exchanges,
        index=index,
        cost=cost,
        perceived_value=perceived,
        own_value=own,
        surplus=difference(value, cost),
        currency=exchanges.currency(index),
        null_reason=missing_reason(
            cost=cost, value=value, receiverValue=perceived, senderValue=own
        ),
    )


def perceived_value(exchanges: Exchanges, index: int) -> PerceivedValue:
    sender, receiver = (
        exchanges.number("sender_values", index),
        exchanges.number("receiver_values", index),
    )
    return PerceivedValue(
        exchanges=exchanges,
        index=index,
        sender_value=sender,
        receiver_value=receiver,
        gap=difference(receiver, sender),
        null_reason=missing_reason(senderValue=sender, receiverValue=receiver),
    )
