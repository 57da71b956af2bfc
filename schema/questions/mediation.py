"""Q8: how good is a mediator's set of customers?"""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from schema.context import Info, today
from schema.records.lazy import MemberRef, OfferingRef
from schema.records.limits import limit_of
from schema.records.reading import existing_node, member_of, members_of
from schema.types.about import About, about
from schema.types.money import Money
from service.analyses.mediation import Mediated, mediated

FORMULA = (
    "Customers are the CUSTOMER parties of active contracts in which the mediator is"
    " SUPPLIER. active: gives anything to the mediator, or to another customer over it"
    " (channel = the mediator's key). mediatedPairShare = unordered pairs of customers"
    " with a fulfilled exchange over it / all such pairs; fulfilled: provided is not 0."
    " concentration = sum of squared shares of contract value; composition ="
    " 1 - sum p_k^2 of the customers that tell it; fulfilment = mean of provided /"
    " ordered. One more customer can be linked with each of those there: marginalReach;"
    " times mediatedPairShare it is expectedPairs."
)
SOURCE = (
    "Stabell & Fjeldstad 1998, Strategic Management J. 19:413-437; Fjeldstad & Ketels"
    " 2006, Long Range Planning 39:109-131; Herfindahl 1950; Blau 1977. The reading of"
    " active, fulfilled and marginal reach is decided here."
)


@strawberry.type(description="Contracts that end in one year; null: without an end.")
class ExpiringContracts:
    year: int | None
    contract_count: int
    value: list[Money] = strawberry.field(description="As stored, by currency.")


@strawberry.type(description="Concentration of contract value, in one currency.")
class ContractConcentration:
    currency: str | None
    index: float = strawberry.field(description="1: one customer has it all.")


@strawberry.type(description="Two customers that have exchanged over the mediator.")
class MediatedPair:
    source: MemberRef
    target: MemberRef


async def shown(info: Info, keys: list[str], first: int | None) -> list[Any]:
    return await members_of(info.context, keys[: limit_of("first", first, 20)])


async def med_mediator(root: Mediation, info: Info) -> Any:
    return await member_of(info.context, root.found.mediator)


async def med_customers(
    root: Mediation, info: Info, first: int | None = 20
) -> list[MemberRef]:
    return await shown(info, root.found.customers, first)


async def med_inactive(
    root: Mediation, info: Info, first: int | None = 20
) -> list[MemberRef]:
    active = set(root.found.active)
    keys = [key for key in root.found.customers if key not in active]
    return await shown(info, keys, first)


async def med_providers(
    root: Mediation, info: Info, first: int | None = 20
) -> list[MemberRef]:
    return await shown(info, root.found.providers, first)


async def med_services(root: Mediation, info: Info) -> list[OfferingRef]:
    keys = root.found.row.services
    return [await existing_node(info.context, "Offering", key) for key in keys]


async def med_pairs(
    root: Mediation, info: Info, first: int | None = 20
) -> list[MediatedPair]:
    pairs = root.found.pairs[: limit_of("first", first, 20)]
    ends = await members_of(info.context, [end for pair in pairs for end in pair])
    return [
        MediatedPair(source=ends[i], target=ends[i + 1]) for i in range(0, len(ends), 2)
    ]


@strawberry.type(description="A mediator by its customers, services, contracts.")
class Mediation:
    found: strawberry.Private[Mediated]
    mediator: MemberRef = strawberry.field(resolver=med_mediator)
    customer_count: int
    customers: list[MemberRef] = strawberry.field(
        resolver=med_customers, description="By key."
    )
    active_count: int
    active_share: float | None = strawberry.field(description="Of the customers.")
    inactive: list[MemberRef] = strawberry.field(
        resolver=med_inactive, description="Customers that give nothing, by key."
    )
    service_count: int
    services: list[OfferingRef] = strawberry.field(
        resolver=med_services, description="Offerings, by key."
    )
    provider_count: int
    providers: list[MemberRef] = strawberry.field(
        resolver=med_providers, description="Who supplies it under contract, by key."
    )
    contract_count: int
    expiry: list[ExpiringContracts] = strawberry.field(
        description="By year, those without an end last."
    )
    concentration: list[ContractConcentration] = strawberry.field(
        description="By currency (null last)."
    )
    possible_pair_count: int
    mediated_pair_count: int
    mediated_pair_share: float | None
    mediated_pairs: list[MediatedPair] = strawberry.field(
        resolver=med_pairs, description="By both keys."
    )
    sector_diversity: float | None
    region_diversity: float | None
    kind_diversity: float | None
    contributed_count: int = strawberry.field(
        description="Exchanges that customers give, to it or to each other over it."
    )
    contributed_share: float | None = strawberry.field(
        description="Of all exchanges of the mediator and over it."
    )
    contributed_value: float | None = strawberry.field(
        description="Sum of what receivers find them worth; null where none told."
    )
    contributed_money: list[Money] = strawberry.field(
        description="Values of those of form MONEY, by currency."
    )
    fulfilment: float | None
    fulfilment_count: int = strawberry.field(
        description="Exchanges that tell ordered and provided."
    )
    marginal_reach: int = strawberry.field(
        description="Pairs that one more customer makes possible."
    )
    expected_pairs: float | None
    null_reason: str | None
    about: About


async def mediation(
    info: Info, mediator: str, as_of: date | None = strawberry.UNSET
) -> Mediation:
    """How large, how mixed and how linked is this mediator's set of customers?

    mediator: Key of the member that serves the customers.
    """
    context, day = info.context, as_of or today()
    await member_of(context, mediator)
    return answered(await mediated(context.graph, mediator, day))


def answered(found: Mediated) -> Mediation:
    customers, active, given = found.customers, found.active, found.contributed
    size, pairs = len(customers), len(found.pairs)
    possible = size * (size - 1) // 2
    share = pairs / possible if possible else None
    worth = [e["worth"] for e in given if e["worth"] is not None]
    rate, told = found.fulfilment
    parameters = {"mediator": found.mediator, "asOf": found.day.isoformat()}
    return Mediation(
        found=found,
        customer_count=size,
        active_count=len(active),
        active_share=len(active) / size if size else None,
        service_count=len(found.row.services),
        provider_count=len(found.providers),
        contract_count=len({c["key"] for c in found.sold}),
        expiry=[
            ExpiringContracts(year=year, contract_count=len(rows), value=money(rows))
            for year, rows in found.expiry()
        ],
        concentration=[
            ContractConcentration(currency=name, index=index)
            for name, index in found.concentration().items()
        ],
        possible_pair_count=possible,
        mediated_pair_count=pairs,
        mediated_pair_share=share,
        sector_diversity=found.blau("sector"),
        region_diversity=found.blau("region"),
        kind_diversity=found.blau("kind"),
        contributed_count=len(given),
        contributed_share=len(given) / len(found.touched) if found.touched else None,
        contributed_value=sum(worth) if worth else None,
        contributed_money=money([e for e in given if e["form"] == "MONEY"]),
        fulfilment=rate,
        fulfilment_count=told,
        marginal_reach=size,
        expected_pairs=None if share is None else share * size,
        null_reason=why_none(size, rate),
        about=about(FORMULA, SOURCE, parameters, found.day, found.read_at, []),
    )


def why_none(size: int, fulfilment: float | None) -> str | None:
    if size == 0:
        return "It has no customer under contract on that day."
    if size == 1:
        return "One customer: there is no pair."
    return None if fulfilment is not None else "No exchange tells ordered and provided."


def money(rows: list[dict[str, Any]]) -> list[Money]:
    """The sum of the values as stored, by currency (null last)."""
    sums: dict[str | None, float] = {}
    for row in rows:
        if row["value"] is not None:
            sums[row["currency"]] = sums.get(row["currency"], 0.0) + row["value"]
    ordered = sorted(sums.items(), key=lambda one: (one[0] is None, one[0]))
    return [Money(amount=amount, currency=name) for name, amount in ordered]
