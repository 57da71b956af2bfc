"""A mediator and its customers: who is active, what they contribute, who is linked."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from service.graph import Graph
from service.graph.statements import statement

CUSTOMER, SUPPLIER = "CUSTOMER", "SUPPLIER"


@dataclass(frozen=True)
class MediationRow:
    services: list[str]
    contracts: list[dict[str, Any]]
    exchanges: list[dict[str, Any]]


@dataclass(frozen=True)
class Mediated:
    """What a mediator has on a day: contracts with their parties, exchanges."""

    mediator: str
    row: MediationRow
    day: date
    read_at: float = field(default_factory=time.monotonic)

    @property
    def sold(self) -> list[dict[str, Any]]:
        """A row for each customer of each contract in which the mediator supplies."""
        return [
            c
            for c in self.row.contracts
            if c["own_role"] == SUPPLIER and c["role"] == CUSTOMER
        ]

    @property
    def customers(self) -> list[str]:
        return sorted({c["party"] for c in self.sold})

    @property
    def providers(self) -> list[str]:
        """Members that supply it under contract, or any party that is no customer."""
        supply = {c["party"] for c in self.row.contracts if c["role"] == SUPPLIER}
        return sorted(supply)

    @property
    def through(self) -> list[dict[str, Any]]:
        """Exchanges that two customers have over it: their channel is its key."""
        own = set(self.customers)
        return [
            e
            for e in self.row.exchanges
            if e["channel"] == self.mediator and {e["giver"], e["taker"]} <= own
        ]

    @property
    def contributed(self) -> list[dict[str, Any]]:
        """What customers give: to the mediator, or to each other over it."""
        own, over = set(self.customers), {e["key"] for e in self.through}
        return [
            e
            for e in self.row.exchanges
            if e["giver"] in own and (e["taker"] == self.mediator or e["key"] in over)
        ]

    @property
    def touched(self) -> list[dict[str, Any]]:
        """All exchanges of the mediator and over it."""
        over = {e["key"] for e in self.through}
        own = self.mediator
        return [
            e
            for e in self.row.exchanges
            if own in (e["giver"], e["taker"]) or e["key"] in over
        ]

    @property
    def active(self) -> list[str]:
        """Customers that give anything on the day, by key."""
        return sorted({e["giver"] for e in self.contributed})

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Unordered pairs of customers with a fulfilled exchange over the mediator."""
        done = (e for e in self.through if e["provided"] is None or e["provided"] > 0)
        found = {tuple(sorted((e["giver"], e["taker"]))) for e in done}
        return [pair for pair in combinations(self.customers, 2) if pair in found]

    @property
    def fulfilment(self) -> tuple[float | None, int]:
        """(mean of provided / ordered, exchanges that tell both)."""
        told = [
            e["provided"] / e["ordered"]
            for e in self.touched
            if e["ordered"] and e["provided"] is not None
        ]
        return (sum(told) / len(told) if told else None), len(told)

    def concentration(self) -> dict[str | None, float]:
        """Herfindahl-Hirschman index of contract value over customers, by currency."""
        values: dict[str | None, Counter[str]] = defaultdict(Counter)
        for c in self.sold:
            if c["value"]:
                values[c["currency"]][c["party"]] += c["value"]
        return {
            name: sum(v * v for v in of.values()) / sum(of.values()) ** 2
            for name, of in sorted(values.items(), key=lambda one: one[0] or "~")
        }

    def expiry(self) -> list[tuple[int | None, list[dict[str, Any]]]]:
        """Contracts by the year in which they end; those without an end last."""
        once = {c["key"]: c for c in self.sold}
        years: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
        for key in sorted(once):
            until = once[key]["until"]
            years[until.year if until else None].append(once[key])
        return sorted(years.items(), key=lambda one: (one[0] is None, one[0]))

    def blau(self, name: str) -> float | None:
        """1 - sum p_k^2 of the customers that tell a sector, a region or a kind."""
        told = {c["party"]: c[name] for c in self.sold if c[name]}
        shares = Counter(told.values())
        if not told:
            return None
        return 1 - sum((n / len(told)) ** 2 for n in shares.values())


async def mediated(graph: Graph, mediator: str, day: date) -> Mediated:
    read = statement("mediation/customers")
    rows = await graph.rows(read, MediationRow, mediator=mediator, day=day)
    return Mediated(mediator, rows[0], day)
