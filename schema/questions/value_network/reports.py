"""Value flow, impact, value creation, perceived value and areas of a value network."""

from __future__ import annotations

import strawberry

from schema.context import Info
from schema.questions.value_network.exchange_rows import (
    PerceivedValue,
    ValueInput,
    ValueOutput,
    exchange_at,
    perceived_value,
    value_input,
    value_output,
)
from schema.records import ties
from schema.records.lazy import MemberRef
from schema.records.limits import limit_of
from schema.records.reading import members_of
from schema.types.money import Money
from service.analyses.value_network.reports import ValueNetworkReports
from service.vocabulary.enums import ExchangeArea


@strawberry.type(
    description="A chain on which value moves from one exchange to the next."
)
class ValueChain:
    length: int = strawberry.field(description="The number of exchanges in the chain.")
    members: list[MemberRef] = strawberry.field(
        description="The members that it passes, in their order."
    )
    exchanges: list[ties.Exchange] = strawberry.field(
        description="Its exchanges, in their order."
    )


@strawberry.type(description="The exchanges of one area.")
class ValueArea:
    area: ExchangeArea | None = strawberry.field(
        description="The area; null for exchanges without one."
    )
    exchange_count: int = strawberry.field(description="Exchanges of the area.")
    tangible_count: int = strawberry.field(description="Tangible ones among them.")
    intangible_count: int = strawberry.field(description="Intangible ones among them.")
    value: list[Money] = strawberry.field(
        description="The sum of their values, by currency."
    )


async def longest_chains(
    root: ValueReports, info: Info, first: int | None = 5
) -> list[ValueChain]:
    limit, network = limit_of("first", first, 5), root.reports.network
    chains = await network.once(lambda: root.reports.longest_chains(limit))
    rows = network.exchanges
    return [
        ValueChain(
            length=len(chain.exchanges),
            members=await members_of(info.context, chain.members),
            exchanges=[await exchange_at(info, rows, i) for i in chain.exchanges],
        )
        for chain in chains
    ]


async def flow_stops(
    root: ValueReports, info: Info, first: int | None = 20
) -> list[ties.Exchange]:
    limit, network = limit_of("first", first, 20), root.reports.network
    stops = await network.once(lambda: root.reports.flow_stops(limit))
    return [await exchange_at(info, network.exchanges, i) for i in stops]


async def longest_chain_count(root: ValueReports) -> int:
    reports = root.reports
    return await reports.network.once(reports.longest_chain_count)


async def flow_stop_count(root: ValueReports) -> int:
    reports = root.reports
    return await reports.network.once(reports.flow_stop_count)


def flow_null_reason(root: ValueReports) -> str | None:
    has_any = root.reports.has_sequences()
    return None if has_any else "No exchange has a sequence."


async def impact(root: ValueReports, first: int | None = 20) -> list[ValueInput]:
    limit, network = limit_of("first", first, 20), root.reports.network
    inputs = await network.once(lambda: root.reports.inputs(limit))
    return [value_input(network.exchanges, i) for i in inputs]


async def creation(root: ValueReports, first: int | None = 20) -> list[ValueOutput]:
    limit, network = limit_of("first", first, 20), root.reports.network
    outputs = await network.once(lambda: root.reports.outputs(limit))
    return [value_output(network.exchanges, i) for i in outputs]


async def perceived_values(
    root: ValueReports, first: int | None = 20
) -> list[PerceivedValue]:
    limit, network = limit_of("first", first, 20), root.reports.network
    gaps = await network.once(lambda: root.reports.widest_gaps(limit))
    return [perceived_value(network.exchanges, i) for i in gaps]


async def negative(root: ValueReports, first: int | None = 20) -> list[PerceivedValue]:
    rows = root.reports.network.exchanges
    limit = limit_of("first", first, 20)
    return [perceived_value(rows, i) for i in root.reports.negative(limit)]


def areas(root: ValueReports) -> list[ValueArea]:
    return [
        ValueArea(
            area=ExchangeArea(result.area) if result.area else None,
            exchange_count=result.exchange_count,
            tangible_count=result.tangible_count,
            intangible_count=result.intangible_count,
            value=Money.of(result.value),
        )
        for result in root.reports.areas()
    ]


@strawberry.type
class ValueReports:
    """Of all exchanges, or of those of one member; none if it is not in the network."""

    reports: strawberry.Private[ValueNetworkReports]
    longest_chain_count: int = strawberry.field(
        resolver=longest_chain_count,
        description="Exchanges that no earlier exchange leads to.",
    )
    flow_stop_count: int = strawberry.field(
        resolver=flow_stop_count,
        description="Exchanges with a sequence whose receiver gives nothing later in"
        " the flow.",
    )
    impact_count: int = strawberry.field(description="Inputs, of `member` or of all.")
    value_creation_count: int = strawberry.field(
        description="Outputs, of `member` or of all."
    )
    perceived_value_count: int = strawberry.field(
        description="Exchanges with a value from both sides, of `member` or of all."
    )
    negative_deliverable_count: int = strawberry.field(
        description="Exchanges in which the receiver perceives a negative value, of"
        " `member` or of all."
    )
    longest_chains: list[ValueChain] = strawberry.field(
        resolver=longest_chains,
        description="The longest chain from each exchange that no earlier exchange"
        " leads to, by length descending.",
    )
    flow_stops: list[ties.Exchange] = strawberry.field(
        resolver=flow_stops,
        description="Exchanges with a sequence whose receiver gives nothing later in"
        " the flow, by sequence, then key.",
    )
    flow_null_reason: str | None = strawberry.field(
        resolver=flow_null_reason,
        description="Why there is no flow; null if any exchange has a sequence.",
    )
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
        resolver=perceived_values,
        description="Exchanges with a value from both sides, by size of the gap"
        " descending, then key.",
    )
    negative_deliverables: list[PerceivedValue] = strawberry.field(
        resolver=negative,
        description="Exchanges in which the receiver perceives a negative value: by"
        " receiverValue,"
        " then key.",
    )
    areas: list[ValueArea] = strawberry.field(
        resolver=areas, description="The exchanges by area (null last)."
    )
