"""Which customers wait: their own dependency, or a contract with a hurt supplier."""

from datetime import date
from typing import Any

from tests.oracles.graph import World, listed, living, number, text, ties

Paths = dict[str, list[str]]  # seed and hurt members -> deciding path


def suppliers(world: World, on: date, customer: str) -> dict[str, set[str]]:
    """Active contract of which the customer is CUSTOMER -> its other SUPPLIERs."""
    parties = ties(world, "CONTRACT", on)
    ours = {
        t["target"]
        for t in parties
        if t["source"] == customer and t.get("role") == "CUSTOMER"
    }
    return {
        key: {
            t["source"]
            for t in parties
            if t["target"] == key and t.get("role") == "SUPPLIER"
        }
        - {customer}
        for key in ours & set(living(world, "contracts", on))
    }


def depends_on(world: World, on: date, customer: str, supplier: str) -> bool:
    """On the supplier, or on what is PART_OF it, step by step."""
    ours, before = {supplier}, set()
    while ours != before:
        before = set(ours)
        ours |= {
            t["source"] for t in ties(world, "AFFILIATION", on) if t["target"] in ours
        }
    return any(
        t["source"] == customer and t["target"] in ours
        for t in ties(world, "DEPENDENCY", on)
    )


def at_risk(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Their values summed per currency; a contract without a value adds nothing."""
    sums: dict[str | None, float] = {}
    for row in rows:
        if number(row, "value") is not None:
            currency = text(row, "currency")
            sums[currency] = sums.get(currency, 0.0) + number(row, "value")
    ranked = sorted(sums, key=lambda currency: (currency is None, currency or ""))
    return [{"amount": sums[currency], "currency": currency} for currency in ranked]


def causes(
    world: World,
    on: date,
    customer: str,
    wait: dict[str, float | None],
    path: Paths,
) -> list[tuple[float | None, list[str]]]:
    """(days, deciding path): the own dependency first, then suppliers by key."""
    found = []
    if customer in path:
        found.append((wait[customer], path[customer]))
    held = suppliers(world, on, customer).values()
    for supplier in sorted({s for one in held for s in one} & set(path)):
        if not depends_on(world, on, customer, supplier):
            found.append((wait[supplier], [*path[supplier], customer]))
    return found


def customers_waiting(
    world: World,
    on: date,
    seed: str,
    wait: dict[str, float | None],
    path: Paths,
) -> list[dict[str, Any]]:
    """Waiting longest first (null before all), then by key; the seed is not listed."""
    out = []
    contracts = living(world, "contracts", on)
    for key, row in living(world, "members", on).items():
        held = suppliers(world, on, key)
        if key == seed or not ("CUSTOMER" in listed(row, "roles") or held):
            continue
        why = causes(world, on, key, wait, path)
        # The first of the longest: a later cause must be longer by more than noise
        best = None
        for days, way in why:
            if best is None or (days is not None and days > best[0] + 1e-9):
                best = (days, way)
        if best is None or (best[0] is not None and best[0] <= 1e-9):
            continue
        hit = sorted(c for c in held if held[c] & set(path))
        out.append(
            {
                "customer": {"key": key},
                "waitDays": best[0],
                "contracts": [{"key": c} for c in hit],
                "valueAtRisk": at_risk([contracts[c] for c in hit]),
                "decidingPath": [{"key": step} for step in best[1]],
            }
        )
    return sorted(out, key=longest_first)


def longest_first(row: dict[str, Any]) -> tuple[bool, float, str]:
    days = row["waitDays"]
    return days is not None, -round(days or 0.0, 9), row["customer"]["key"]
