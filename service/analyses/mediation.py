"""A mediator and its customers: who is active, what they give, who is connected."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from service.algorithms.diversity import blau_index
from service.analyses.currency_sums import CurrencySums, currency_order, currency_sums
from service.analyses.figure import unknown_warnings
from service.graph import Graph
from service.graph.statements import statement

CUSTOMER, SUPPLIER = "CUSTOMER", "SUPPLIER"


@dataclass(frozen=True)
class MediationRow:
    active: bool  # the mediator itself
    services: list[str]
    contracts: list[dict[str, Any]]
    exchanges: list[dict[str, Any]]


@dataclass(frozen=True)
class MediationAnalysis:
    """A mediator on a day: its services, contracts with their parties, exchanges."""

    mediator: str
    row: MediationRow
    day: date
    read_at: float = field(default_factory=time.monotonic)

    @property
    def sales(self) -> list[dict[str, Any]]:
        """A row for each customer of each contract in which the mediator supplies."""
        return [
            c
            for c in self.row.contracts
            if c["own_role"] == SUPPLIER and c["role"] == CUSTOMER
        ]

    @property
    def customers(self) -> list[str]:
        return sorted({c["party"] for c in self.sales})

    @property
    def providers(self) -> list[str]:
        """Members that supply it: under contract, or in an exchange as no customer."""
        supply = {
            c["party"]
            for c in self.row.contracts
            if c["own_role"] == CUSTOMER and c["role"] == SUPPLIER
        }
        givers = {e["giver"] for e in self.row.exchanges if e["taker"] == self.mediator}
        return sorted(supply | givers.difference(self.customers))

    @property
    def mediated_exchanges(self) -> list[dict[str, Any]]:
        """Exchanges of two customers through the mediator: their channel is its key."""
        own = set(self.customers)
        return [
            e
            for e in self.row.exchanges
            if e["channel"] == self.mediator and {e["giver"], e["taker"]} <= own
        ]

    @property
    def contributions(self) -> list[dict[str, Any]]:
        """Exchanges that customers give, to the mediator or to each other through
        it."""
        own, over = set(self.customers), {e["key"] for e in self.mediated_exchanges}
        return [
            e
            for e in self.row.exchanges
            if e["giver"] in own and (e["taker"] == self.mediator or e["key"] in over)
        ]

    @property
    def exchanges(self) -> list[dict[str, Any]]:
        """All exchanges of the mediator and through it."""
        over = {e["key"] for e in self.mediated_exchanges}
        own = self.mediator
        return [
            e
            for e in self.row.exchanges
            if own in (e["giver"], e["taker"]) or e["key"] in over
        ]

    @property
    def active_customers(self) -> list[str]:
        """Customers that give anything on the day, by key."""
        return sorted({e["giver"] for e in self.contributions})

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Unordered pairs of customers with a fulfilled exchange through it."""
        done = (
            e
            for e in self.mediated_exchanges
            if e["provided"] is None or e["provided"] > 0
        )
        linked = {tuple(sorted((e["giver"], e["taker"]))) for e in done}
        return [pair for pair in combinations(self.customers, 2) if pair in linked]

    @property
    def fulfilment(self) -> tuple[float | None, int]:
        """(mean of provided / ordered, exchanges that state both)."""
        rates = [
            e["provided"] / e["ordered"]
            for e in self.exchanges
            if e["ordered"] and e["provided"] is not None
        ]
        return (sum(rates) / len(rates) if rates else None), len(rates)

    def concentration(self) -> dict[str | None, tuple[float, int]]:
        """Herfindahl-Hirschman index of contract value over customers, by currency.

        With each index, how many customers it is over: those with a known value.
        """
        values: dict[str | None, Counter[str]] = defaultdict(Counter)
        for c in self.sales:
            if c["value"]:
                values[c["currency"]][c["party"]] += c["value"]
        return {
            name: (sum_of_squared_shares(values[name]), len(values[name]))
            for name in currency_order(values)
        }

    def expiry(self) -> list[tuple[int | None, list[dict[str, Any]]]]:
        """Contracts by the year in which they end; those without an end last."""
        once = {c["key"]: c for c in self.sales}
        years: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
        for key in sorted(once):
            until = once[key]["until"]
            years[until.year if until else None].append(once[key])
        return sorted(years.items(), key=lambda item: (item[0] is None, item[0]))

    def diversity(self, column: str) -> tuple[float | None, int]:
        """(Blau's index over sectors, regions or kinds, customers that state one)."""
        values = {c["party"]: c[column] for c in self.sales if c[column]}
        return blau_index(Counter(values.values()).values()), len(values)

    @property
    def contributed_value(self) -> tuple[float | None, int]:
        """(sum of the values that receivers perceive, exchanges that state one)."""
        worth = [e["worth"] for e in self.contributions if e["worth"] is not None]
        return (sum(worth) if worth else None), len(worth)

    @property
    def payments(self) -> list[dict[str, Any]]:
        """The money among what customers give."""
        return [e for e in self.contributions if e["form"] == "MONEY"]

    @property
    def contributed_money(self) -> CurrencySums:
        return value_sums(self.payments)

    @property
    def warnings(self) -> list[str]:
        """What is left out of the figures because it is unknown."""
        contracts = {c["key"]: c["value"] for c in self.sales}
        return unknown_warnings(
            {
                "Contracts without a value, left out of sums and concentration": (
                    list(contracts.values())
                ),
                "Payments of customers without a value, left out of contributedMoney": (
                    [e["value"] for e in self.payments]
                ),
            }
        )


def sum_of_squared_shares(values: Counter[str]) -> float:
    """
    >>> sum_of_squared_shares(Counter(a=3, b=1))
    0.625
    """
    largest = max(values.values())
    scaled = [value / largest for value in values.values()]  # their sum stays a number
    total = sum(scaled)
    return sum((value / total) ** 2 for value in scaled)


def value_sums(rows: Iterable[dict[str, Any]]) -> CurrencySums:
    """The sum of the values of contracts or exchanges, by currency."""
    return currency_sums((row["currency"], row["value"]) for row in rows)


async def mediation_analysis(
    graph: Graph, mediator: str, day: date
) -> MediationAnalysis:
    query = statement("mediation/customers")
    rows = await graph.rows(query, MediationRow, mediator=mediator, day=day)
    return MediationAnalysis(mediator, rows[0], day)
