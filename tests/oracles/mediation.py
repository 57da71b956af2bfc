"""A mediator by its words: who is its customer, its provider, and what runs over it."""

from __future__ import annotations

from itertools import combinations
from statistics import mean
from typing import Any

from tests.oracles.graph import Row, World, begin, day, living, number, text, ties


def parties(world: World, contract: str, role: str, on: Any) -> set[str]:
    """Who is party to an active contract in a role on the day."""
    if contract not in living(world, "contracts", on):
        return set()
    alive = living(world, "members", on)
    return {
        t["source"]
        for t in ties(world, "CONTRACT", on)
        if t["target"] == contract and t["role"] == role and t["source"] in alive
    }


def sales(world: World, seller: str, on: Any) -> dict[str, set[str]]:
    """The customers of each contract in which a member is SUPPLIER."""
    found = {}
    for key in living(world, "contracts", on):
        if seller in parties(world, key, "SUPPLIER", on):
            found[key] = parties(world, key, "CUSTOMER", on) - {seller}
    return {key: customers for key, customers in found.items() if customers}


def exchanges(world: World, on: Any) -> list[Row]:
    alive = living(world, "members", on)
    return [
        t
        for t in ties(world, "EXCHANGE", on)
        if t["source"] in alive and t["target"] in alive
    ]


def mediation(world: World, mediator: str, as_of: str) -> dict[str, Any]:
    """The GraphQL answer `Mediation`, in what counts members and exchanges."""
    on = day(as_of)
    sold = sales(world, mediator, on)
    customers = sorted(set().union(*sold.values()))
    held = exchanges(world, on) if mediator in living(world, "members", on) else []
    over = [
        t
        for t in held
        if text(t, "channel") == mediator
        and t["source"] in customers
        and t["target"] in customers
    ]
    own = [t for t in held if mediator in (t["source"], t["target"])]
    every = own + [t for t in over if t not in own]
    given = [t for t in every if t["source"] in customers]
    providers = {t["source"] for t in own if t["target"] == mediator} - set(customers)
    for key in living(world, "contracts", on):
        if mediator in parties(world, key, "CUSTOMER", on):
            providers |= parties(world, key, "SUPPLIER", on) - {mediator}
    done = [t for t in over if number(t, "provided", 1.0)]
    linked = {frozenset((t["source"], t["target"])) for t in done}
    pairs = [pair for pair in combinations(customers, 2) if set(pair) in linked]
    rates = [
        float(t["provided"]) / float(t["ordered"])
        for t in every
        if number(t, "ordered") and text(t, "provided")
    ]
    size, active = len(customers), {t["source"] for t in given}
    return {
        "customers": [{"key": key} for key in customers],
        "customerCount": size,
        "activeCount": len(active),
        "inactive": [{"key": key} for key in customers if key not in active],
        "providers": [{"key": key} for key in sorted(providers)],
        "providerCount": len(providers),
        "contractCount": len(sold),
        "possiblePairCount": size * (size - 1) // 2,
        "mediatedPairs": [
            {"source": {"key": low}, "target": {"key": high}} for low, high in pairs
        ],
        "contributedCount": len(given),
        "contributedShare": len(given) / len(every) if every else None,
        "fulfilment": mean(rates) if rates else None,
        "fulfilmentCount": len(rates),
    }


def present(world: World, community: str, on: Any) -> dict[str, list[Row]]:
    """Active memberships of active members, by member."""
    alive, found = living(world, "members", on), {}
    for t in ties(world, "MEMBERSHIP", on):
        if t["target"] == community and t["source"] in alive:
            found.setdefault(t["source"], []).append(t)
    return found


def chief_mediator(world: World, community: str, as_of: str) -> str | None:
    """Of the members on the day, the one with most customers, then by key."""
    on = day(as_of)
    counts = {
        key: len(set().union(*sales(world, key, on).values()))
        for key in present(world, community, on)
    }
    sellers = [key for key, count in counts.items() if count]
    return min(sellers, key=lambda key: (-counts[key], key), default=None)


def latest_entrant(world: World, community: str, as_of: str) -> str | None:
    """Of the members on the day that exchange, the one that joined last."""
    on = day(as_of)
    tied = {end for t in exchanges(world, on) for end in (t["source"], t["target"])}
    dates = {}
    for key, rows in present(world, community, on).items():
        known = [first for row in rows if (first := begin(row))]
        if known and key in tied:
            dates[key] = min(known)
    last = max(dates.values(), default=None)
    return min((key for key, first in dates.items() if first == last), default=None)
