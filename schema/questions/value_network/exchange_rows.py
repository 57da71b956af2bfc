"""Rows of one exchange each: impact, value creation, perceived value, chains."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from math import isnan
from typing import Any

import numpy as np
import strawberry
from numpy.typing import NDArray

from schema.context import Info
from schema.records import ties
from schema.records.reading import tie
from service.algorithms.csr import Floats
from service.analyses.exchanges import Exchanges
from service.errors import Unavailable


@dataclass(frozen=True)
class Place:
    """One exchange among those of a network."""

    exchanges: Exchanges
    index: int

    def number(self, column: str) -> float | None:
        value = self.exchanges.floats[column][self.index]
        return None if isnan(value) else float(value)

    @property
    def currency(self) -> str | None:
        sort = int(self.exchanges.alike[self.index])
        return self.exchanges.sorts[sort].currency


async def exchange_at(info: Info, place: Place) -> Any:
    key = place.exchanges.keys[place.index]
    found = await tie(info.context, ties.Exchange, key)
    if found is None:  # deleted since the network was read
        raise Unavailable("An exchange changed while it was read; ask again.")
    return found


def smallest(
    order: Floats, keys: list[str], kept: NDArray[np.bool_], limit: int
) -> list[int]:
    """The first exchanges by `order` (unknown last), then by key, of those kept."""
    places = np.flatnonzero(kept)
    values = np.nan_to_num(order[places], nan=np.inf)
    if len(places) > limit:
        most = np.partition(values, limit - 1)[limit - 1]
        places, values = places[values <= most], values[values <= most]
    known = dict(zip(places.tolist(), values.tolist(), strict=True))
    return nsmallest(limit, known, key=lambda place: (known[place], keys[place]))


async def row_exchange(root: Row, info: Info) -> Any:
    return await exchange_at(info, root.place)


@strawberry.type
class Row:
    place: strawberry.Private[Place]
    exchange: ties.Exchange = strawberry.field(resolver=row_exchange)


@strawberry.type(description="An input of a member: does it turn into gain?")
class ValueInput(Row):
    benefit: float | None = strawberry.field(
        description="What the receiver finds it worth, -2..2 (receiverValue)."
    )
    cost: float | None = strawberry.field(
        description="What taking it costs the receiver (receiverCost)."
    )
    gain: float | None = strawberry.field(description="value - receiverCost.")
    currency: str | None
    null_reason: str | None


@strawberry.type(description="An output of a member: what it costs, what it is worth.")
class ValueOutput(Row):
    cost: float | None = strawberry.field(description="What making it costs.")
    perceived_value: float | None = strawberry.field(
        description="What the receiver finds it worth, -2..2 (receiverValue)."
    )
    own_value: float | None = strawberry.field(
        description="What the sender finds it worth, -2..2 (senderValue)."
    )
    surplus: float | None = strawberry.field(description="value - cost.")
    currency: str | None
    null_reason: str | None


@strawberry.type(description="Two views of the worth of one deliverable.")
class PerceivedValue(Row):
    sender_value: float | None
    receiver_value: float | None
    gap: float | None = strawberry.field(description="receiverValue - senderValue.")


def difference(whole: float | None, part: float | None) -> float | None:
    return None if whole is None or part is None else whole - part


def missing(**known: float | None) -> str | None:
    blank = [name for name, value in known.items() if value is None]
    return f"Without {' and '.join(blank)}." if blank else None


def value_input(place: Place) -> ValueInput:
    benefit, cost = place.number("receiver_values"), place.number("receiver_costs")
    value = place.number("values")
    return ValueInput(
        place=place,
        benefit=benefit,
        cost=cost,
        gain=difference(value, cost),
        currency=place.currency,
        null_reason=missing(receiverValue=benefit, value=value, receiverCost=cost),
    )


def value_output(place: Place) -> ValueOutput:
    cost, value = place.number("costs"), place.number("values")
    perceived, own = place.number("receiver_values"), place.number("sender_values")
    return ValueOutput(
        place=place,
        cost=cost,
        perceived_value=perceived,
        own_value=own,
        surplus=difference(value, cost),
        currency=place.currency,
        null_reason=missing(
            cost=cost, value=value, receiverValue=perceived, senderValue=own
        ),
    )


def perceived_value(place: Place) -> PerceivedValue:
    sender, receiver = place.number("sender_values"), place.number("receiver_values")
    return PerceivedValue(
        place=place,
        sender_value=sender,
        receiver_value=receiver,
        gap=difference(receiver, sender),
    )
