"""Value flow, impact, value creation, perceived value and areas of a value network."""

from __future__ import annotations

from typing import Any

import numpy as np
import strawberry

from schema.context import Info
from schema.questions.value_network.exchange_analysis import Found
from schema.questions.value_network.exchange_rows import (
    PerceivedValue,
    Place,
    ValueInput,
    ValueOutput,
    exchange_at,
    perceived_value,
    smallest,
    value_input,
    value_output,
)
from schema.records import ties
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.reading import members_of
from schema.types.money import Money, amounts
from service.algorithms.exchange_balance import INTANGIBLE, TANGIBLE
from service.vocabulary.enums import ExchangeArea


@strawberry.type(description="A walk on which value moves on, place after place.")
class ValueChain:
    length: int = strawberry.field(description="Its exchanges.")
    members: list[MemberRef]
    exchanges: list[ties.Exchange]


@strawberry.type(description="The exchanges of one area, such as SOCIAL; null: untold.")
class ValueArea:
    area: ExchangeArea | None
    exchange_count: int
    tangible_count: int
    intangible_count: int
    value: list[Money] = strawberry.field(description="As stored, by currency.")


async def longest_chains(
    root: ValueReports, info: Info, first: int | None = 5
) -> list[ValueChain]:
    limit, network = limit_of("first", first, 5), root.found.network
    starts = await network.once(lambda: network.chain_starts[:limit].tolist())
    found, chains = network.exchanges, []
    for start in starts:
        steps = network.chain(start)
        stops = [int(found.source[start]), *found.target[steps].tolist()]
        keys = [found.members[i] for i in stops]
        chains.append(
            ValueChain(
                length=len(steps),
                members=await members_of(info.context, keys),
                exchanges=[await exchange_at(info, Place(found, i)) for i in steps],
            )
        )
    return chains


def stopping(root: ValueReports) -> Any:
    """Exchanges with a place in the flow that no later one follows."""
    length, following = root.found.network.chains
    return (length > 0) & (following < 0)


async def flow_stops(
    root: ValueReports, info: Info, first: int | None = 20
) -> list[ties.Exchange]:
    found, limit = root.found.network.exchanges, limit_of("first", first, 20)
    kept = await root.found.network.once(lambda: stopping(root))
    places = smallest(found.floats["sequences"], found.keys, kept, limit)
    return [await exchange_at(info, Place(found, i)) for i in places]


def flow_null_reason(root: ValueReports) -> str | None:
    known = root.found.network.exchanges.floats["sequences"]
    return None if (known == known).any() else "No exchange has a sequence."


async def own(root: ValueReports, column: str, end: Any, first: int | None) -> Any:
    """Places of exchanges, the least of a column first, of one member or of all."""
    found, limit = root.found.network.exchanges, limit_of("first", first, 20)
    if root.absent:
        return []
    mine = np.ones(len(found.keys), bool) if root.place is None else end == root.place
    order = found.floats[column]
    places = await root.found.network.once(
        lambda: smallest(order, found.keys, mine, limit)
    )
    return [Place(found, i) for i in places]


async def impact(root: ValueReports, first: int | None = 20) -> list[ValueInput]:
    end = root.found.network.exchanges.target
    return [value_input(p) for p in await own(root, "receiver_values", end, first)]


async def creation(root: ValueReports, first: int | None = 20) -> list[ValueOutput]:
    end = root.found.network.exchanges.source
    return [value_output(p) for p in await own(root, "receiver_values", end, first)]


async def perceived(root: ValueReports, first: int | None = 20) -> list[PerceivedValue]:
    network, limit = root.found.network, limit_of("first", first, 20)
    gap = network.gap
    kept = touching(root) & (gap == gap)
    found = network.exchanges
    places = await network.once(lambda: smallest(-abs(gap), found.keys, kept, limit))
    return [perceived_value(Place(found, i)) for i in places]


async def negative(root: ValueReports, first: int | None = 20) -> list[PerceivedValue]:
    found, limit = root.found.network.exchanges, limit_of("first", first, 20)
    kept = touching(root) & (found.receiver_value < 0)
    places = smallest(found.receiver_value, found.keys, kept, limit)
    return [perceived_value(Place(found, i)) for i in places]


def touching(root: ValueReports) -> Any:
    """Which exchanges are the member's, or all."""
    found = root.found.network.exchanges
    if root.place is None:
        return np.full(len(found.keys), not root.absent)
    return (found.source == root.place) | (found.target == root.place)


def areas(root: ValueReports) -> list[ValueArea]:
    found = root.found.network.exchanges
    names, ids = found.named("area")
    rows = []
    for i, name in [*enumerate(names), (-1, None)]:
        places = np.flatnonzero(ids == i)
        kind = found.kind[places]
        if len(places):
            rows.append(
                ValueArea(
                    area=ExchangeArea(name) if name else None,
                    exchange_count=len(places),
                    tangible_count=int((kind == TANGIBLE).sum()),
                    intangible_count=int((kind == INTANGIBLE).sum()),
                    value=amounts(found, places),
                )
            )
    return rows


@strawberry.type
class ValueReports:
    """Of all exchanges, or of those of one member; none where it is absent."""

    found: strawberry.Private[Found]
    place: strawberry.Private[int | None]
    absent: strawberry.Private[bool]
    longest_chains: list[ValueChain] = strawberry.field(
        resolver=longest_chains,
        description="The longest from each exchange that no earlier one leads to: by"
        " length descending.",
    )
    flow_stops: list[ties.Exchange] = strawberry.field(
        resolver=flow_stops,
        description="Exchanges with a sequence whose receiver passes nothing on later:"
        " by sequence, then key.",
    )
    flow_null_reason: str | None = strawberry.field(resolver=flow_null_reason)
    impact: list[ValueInput] = strawberry.field(
        resolver=impact,
        description="Inputs, of `member` or of all: by benefit ascending (null last),"
        " then key.",
    )
    value_creation: list[ValueOutput] = strawberry.field(
        resolver=creation,
        description="Outputs, of `member` or of all: by perceivedValue ascending (null"
        " last), then key.",
    )
    perceived_value: list[PerceivedValue] = strawberry.field(
        resolver=perceived,
        description="Exchanges that both sides told of: by size of the gap descending,"
        " then key.",
    )
    negative_deliverables: list[PerceivedValue] = strawberry.field(
        resolver=negative,
        description="What its receiver finds worth less than nothing: by receiverValue,"
        " then key.",
    )
    areas: list[ValueArea] = strawberry.field(
        resolver=areas, description="By area (null last)."
    )
