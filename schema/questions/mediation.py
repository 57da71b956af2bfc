"""`mediation`: how good is a mediator's set of customers?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import strawberry

from schema.context import Info
from schema.records.lazy import MemberRef, OfferingRef
from schema.records.reading import existing_node, member_of, members_of
from schema.types import descriptions
from schema.types.about import About, begin
from schema.types.money import Money
from schema.types.ranking import member_items, ranking, with_page_infos
from service.analyses.mediation import (
    MediationAnalysis,
    mediation_analysis,
    value_sums,
)

FORMULA = (
    "Customers are the CUSTOMER parties of active contracts in which the mediator is"
    " SUPPLIER; providers are the SUPPLIER parties of those in which it is CUSTOMER,"
    " and members that give it something in an exchange without being its customers."
    " Members that are not active on the day, the mediator included, and their"
    " exchanges and contracts do not count. active: gives something to the mediator, or"
    " to another customer through it (channel = the mediator's key). mediatedPairShare"
    " = unordered pairs of customers with a fulfilled exchange through it / all such"
    " pairs; fulfilled: provided is not 0. concentration = sum of squared shares of"
    " contract value; composition = 1 - sum p_k^2 of the customers with a stated value;"
    " fulfilment = mean of provided / ordered. marginalReach: one more customer can be"
    " connected with each present one; expectedPairs = marginalReach *"
    " mediatedPairShare."
)
SOURCE = (
    "Stabell & Fjeldstad 1998, Strategic Management J. 19:413-437; Fjeldstad & Ketels"
    " 2006, Long Range Planning 39:109-131; Herfindahl 1950; Blau 1977. The definitions"
    " of active, fulfilled and marginal reach are our own."
)


@strawberry.type(description="Contracts that end in one year.")
class ExpiringContracts:
    year: int | None = strawberry.field(
        description="The year; null for contracts without an end."
    )
    contract_count: int = strawberry.field(description="Contracts that end in it.")
    value: list[Money] = strawberry.field(
        description="The sum of their values, by currency."
    )


@strawberry.type(description="Concentration of contract value, in one currency.")
class ContractConcentration:
    currency: str | None = strawberry.field(description=descriptions.CURRENCY)
    index: float = strawberry.field(
        description="Herfindahl-Hirschman index; 1: one customer has all the value."
    )
    customer_count: int = strawberry.field(
        description="Customers with a known contract value in this currency; the index"
        " is over them."
    )


@strawberry.type(
    description="Two customers that have exchanged something through the mediator."
)
class MediatedPair:
    source: MemberRef = strawberry.field(description=descriptions.PAIR_SOURCE)
    target: MemberRef = strawberry.field(description=descriptions.PAIR_TARGET)


async def mediation_mediator(root: Mediation, info: Info) -> Any:
    return await member_of(info.context, root.result.mediator)


def inactive_keys(root: Mediation, most: int) -> list[str]:
    active = set(root.result.active_customers)
    return [key for key in root.result.customers if key not in active]


async def mediation_services(root: Mediation, info: Info) -> list[OfferingRef]:
    keys = root.result.row.services
    return [await existing_node(info.context, "Offering", key) for key in keys]


async def mediation_pairs(
    root: Mediation, info: Info, pairs: Sequence[tuple[str, str]]
) -> list[MediatedPair]:
    ends = await members_of(info.context, [end for pair in pairs for end in pair])
    return [
        MediatedPair(source=ends[i], target=ends[i + 1]) for i in range(0, len(ends), 2)
    ]


@strawberry.type(description="A mediator with its customers, services and contracts.")
@with_page_infos
class Mediation:
    result: strawberry.Private[MediationAnalysis]
    mediator: MemberRef = strawberry.field(
        resolver=mediation_mediator, description="The mediator."
    )
    customer_count: int = strawberry.field(
        description="Customers under an active contract."
    )
    customers: list[MemberRef] = ranking(
        lambda root, most: root.result.customers,
        member_items,
        "The customers, by key.",
        first=20,
    )
    active_count: int = strawberry.field(
        description="The number of customers that give something."
    )
    active_share: float | None = strawberry.field(
        description="Their share of the customers, 0..1."
    )
    inactive_count: int = strawberry.field(
        description="The number of customers that give nothing."
    )
    inactive: list[MemberRef] = ranking(
        inactive_keys, member_items, "Customers that give nothing, by key.", first=20
    )
    service_count: int = strawberry.field(description="Services that it offers.")
    services: list[OfferingRef] = strawberry.field(
        resolver=mediation_services, description="Its offerings, by key."
    )
    provider_count: int = strawberry.field(
        description="Members that supply it, under contract or in an exchange."
    )
    providers: list[MemberRef] = ranking(
        lambda root, most: root.result.providers,
        member_items,
        "Those members, by key.",
        first=20,
    )
    contract_count: int = strawberry.field(
        description="Active contracts in which it supplies."
    )
    expiry: list[ExpiringContracts] = strawberry.field(
        description="Those contracts by the year of their end; without an end last."
    )
    concentration: list[ContractConcentration] = strawberry.field(
        description="How concentrated the contract value is, by currency (null last)."
    )
    possible_pair_count: int = strawberry.field(
        description="Unordered pairs of its customers."
    )
    mediated_pair_count: int = strawberry.field(
        description="Pairs with a fulfilled exchange through the mediator."
    )
    mediated_pair_share: float | None = strawberry.field(
        description="mediatedPairCount / possiblePairCount."
    )
    mediated_pairs: list[MediatedPair] = ranking(
        lambda root, most: root.result.pairs,
        mediation_pairs,
        "Those pairs, by both keys.",
        first=20,
    )
    sector_diversity: float | None = strawberry.field(
        description="Blau's index of the customers over sectors, 0..1."
    )
    region_diversity: float | None = strawberry.field(
        description="Blau's index of the customers over regions, 0..1."
    )
    kind_diversity: float | None = strawberry.field(
        description="Blau's index of the customers over kinds of member, 0..1."
    )
    sector_count: int = strawberry.field(
        description="Customers with a sector; sectorDiversity is over them."
    )
    region_count: int = strawberry.field(
        description="Customers with a region; regionDiversity is over them."
    )
    contributed_count: int = strawberry.field(
        description="Exchanges that customers give, to the mediator or to each other"
        " through it."
    )
    contributed_share: float | None = strawberry.field(
        description="Their share of all exchanges of the mediator and through it, 0..1."
    )
    contributed_value: float | None = strawberry.field(
        description="The sum of the values that the receivers perceive; null if no"
        " value is stated."
    )
    contributed_value_count: int = strawberry.field(
        description="How many of those exchanges state such a value."
    )
    payment_count: int = strawberry.field(
        description="Exchanges of form MONEY that customers give, with or without a"
        " value."
    )
    contributed_money: list[Money] = strawberry.field(
        description="The sum of the known values of those payments, by currency."
    )
    fulfilment: float | None = strawberry.field(
        description="The mean of provided / ordered."
    )
    fulfilment_count: int = strawberry.field(
        description="Exchanges that state ordered and provided."
    )
    marginal_reach: int = strawberry.field(
        description="Pairs that one more customer makes possible."
    )
    expected_pairs: float | None = strawberry.field(
        description="marginalReach times mediatedPairShare."
    )
    null_reason: str | None = strawberry.field(description=descriptions.NULL_REASON)
    about: About = strawberry.field(description=descriptions.ABOUT)


async def mediation(
    info: Info, mediator: str, as_of: date | None = strawberry.UNSET
) -> Mediation:
    """How large, how diverse and how well connected is this mediator's set of
    customers?

    mediator: Key of the member that serves the customers.
    """
    question = begin(as_of, mediator=mediator)
    await member_of(info.context, mediator)
    analysis = await mediation_analysis(info.context.graph, mediator, question.day)
    warnings = analysis.warnings
    if not analysis.row.active:
        warnings = [f"{mediator!r} is not active on {question.day}.", *warnings]
    method = question.about(FORMULA, SOURCE, warnings, analysis.read_at)
    return answer(analysis, method)


def answer(analysis: MediationAnalysis, method: About) -> Mediation:
    size, pairs = len(analysis.customers), len(analysis.pairs)
    possible = size * (size - 1) // 2
    share = pairs / possible if possible else None
    active, contributions = analysis.active_customers, analysis.contributions
    exchanges = len(analysis.exchanges)
    sectors, sector_count = analysis.diversity("sector")
    regions, region_count = analysis.diversity("region")
    value, value_count = analysis.contributed_value
    fulfilment, fulfilment_count = analysis.fulfilment
    return Mediation(
        result=analysis,
        customer_count=size,
        active_count=len(active),
        inactive_count=size - len(active),
        active_share=len(active) / size if size else None,
        service_count=len(analysis.row.services),
        provider_count=len(analysis.providers),
        contract_count=len({c["key"] for c in analysis.sales}),
        expiry=[
            ExpiringContracts(
                year=year, contract_count=len(rows), value=Money.of(value_sums(rows))
            )
            for year, rows in analysis.expiry()
        ],
        concentration=[
            ContractConcentration(currency=name, index=index, customer_count=count)
            for name, (index, count) in analysis.concentration().items()
        ],
        possible_pair_count=possible,
        mediated_pair_count=pairs,
        mediated_pair_share=share,
        sector_diversity=sectors,
        region_diversity=regions,
        kind_diversity=analysis.diversity("kind")[0],
        sector_count=sector_count,
        region_count=region_count,
        contributed_count=len(contributions),
        contributed_share=len(contributions) / exchanges if exchanges else None,
        contributed_value=value,
        contributed_value_count=value_count,
        payment_count=len(analysis.payments),
        contributed_money=Money.of(analysis.contributed_money),
        fulfilment=fulfilment,
        fulfilment_count=fulfilment_count,
        marginal_reach=size,
        expected_pairs=None if share is None else share * size,
        null_reason=mediation_null_reason(analysis),
        about=method,
    )


def mediation_null_reason(analysis: MediationAnalysis) -> str | None:
    size, reasons = len(analysis.customers), []
    if size == 0:
        return "The mediator has no customer under contract on that day."
    if size == 1:
        reasons.append("There is only one customer, so there is no pair.")
    for column in ("sector", "region"):
        if not analysis.diversity(column)[1]:
            reasons.append(f"No customer has a {column}.")
    if not analysis.contributed_value[1]:
        reasons.append("No exchange of a customer has a receiverValue.")
    if not analysis.exchanges:
        reasons.append("There are no exchanges with the mediator or through it.")
    elif not analysis.fulfilment[1]:
        reasons.append("No exchange states both `ordered` and `provided`.")
    return " ".join(reasons) or None
