"""Value flow, impact, value creation, perceived value and areas of a value network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
from schema.records.reading import members_of
from schema.types.money import Money
from schema.types.ranking import ranking, with_page_infos
from service.analyses.value_network.reports import ChainResult, ValueNetworkReports
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


async def chain_rows(root: ValueReports, most: int) -> list[ChainResult]:
    reports = root.reports
    return await reports.network.once(lambda: reports.longest_chains(most))


async def longest_chains(
    root: ValueReports, info: Info, chains: list[ChainResult]
) -> list[ValueChain]:
    rows = root.reports.network.exchanges
    return [
        ValueChain(
            length=len(chain.exchanges),
            members=await members_of(info.context, chain.members),
            exchanges=[await exchange_at(info, rows, i) for i in chain.exchanges],
        )
        for chain in chains
    ]


def report_rows(report: Callable[[ValueNetworkReports, int], list[int]]) -> Any:
    """The rows of a ranking: the first exchanges of a report."""

    async def rows(root: ValueReports, most: int) -> list[int]:
        network = root.reports.network
        return await network.once(lambda: report(root.reports, most))

    return rows


async def flow_stops(
    root: ValueReports, info: Info, rows: list[int]
) -> list[ties.Exchange]:
    exchanges = root.reports.network.exchanges
    return [await exchange_at(info, exchanges, i) for i in rows]


async def longest_chain_count(root: ValueReports) -> int:
    reports = root.reports
    return await reports.network.once(reports.longest_chain_count)


async def flow_stop_count(root: ValueReports) -> int:
    reports = root.reports
    return await reports.network.once(reports.flow_stop_count)


def flow_null_reason(root: ValueReports) -> str | None:
    has_any = root.reports.has_sequences()
    return None if has_any else "No exchange has a sequence."


def impact(root: ValueReports, info: Info, rows: list[int]) -> list[ValueInput]:
    return [value_input(root.reports.network.exchanges, i) for i in rows]


def creation(root: ValueReports, info: Info, rows: list[int]) -> list[ValueOutput]:
    return [value_output(root.reports.network.exchanges, i) for i in rows]


def perceived_values(
    root: ValueReports, info: Info, rows: list[int]
) -> list[PerceivedValue]:
    return [perceived_value(root.reports.network.exchanges, i) for i in rows]


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
@with_page_infos
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
    longest_chains: list[ValueChain] = ranking(
        chain_rows,
        longest_chains,
        "The longest chain from each exchange that no earlier exchange"
        " leads to, by length descending.",
        first=5,
    )
    flow_stops: list[ties.Exchange] = ranking(
        report_rows(ValueNetworkReports.flow_stops),
        flow_stops,
        "Exchanges with a sequence whose receiver gives nothing later in"
        " the flow, by sequence, then key.",
        first=20,
    )
    flow_null_reason: str | None = strawberry.field(
        resolver=flow_null_reason,
        description="Why there is no flow; null if any exchange has a sequence.",
    )
    impact: list[ValueInput] = ranking(
        report_rows(ValueNetworkReports.inputs),
        impact,
        "Inputs, of `member` or of all: by benefit ascending (null last), then key.",
        first=20,
    )
    value_creation: list[ValueOutput] = ranking(
        report_rows(ValueNetworkReports.outputs),
        creation,
        "Outputs, of `member` or of all: by perceivedValue ascending (null"
        " last), then key.",
        first=20,
    )
    perceived_value: list[PerceivedValue] = ranking(
        report_rows(ValueNetworkReports.widest_gaps),
        perceived_values,
        "Exchanges with a value from both sides, by size of the gap"
        " descending, then key.",
        first=20,
    )
    negative_deliverables: list[PerceivedValue] = ranking(
        report_rows(ValueNetworkReports.negative),
        perceived_values,
        "Exchanges in which the receiver perceives a negative value: by"
        " receiverValue,"
        " then key.",
        first=20,
    )
    areas: list[ValueArea] = strawberry.field(
        resolver=areas, description="The exchanges by area (null last)."
    )
