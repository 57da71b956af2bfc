"""The impact of one weak member: the cascade, and the customers that wait for it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from service.algorithms.cascade import SMALL, Cascade, Dependencies, Entry, fdna
from service.graph import Graph
from service.queries import statement


@dataclass(frozen=True)
class Reach:
    entries: list[list[Any]]  # the fields of an Entry
    exposed: list[str]  # members that depend on anybody


@dataclass(frozen=True)
class Customers:
    customers: list[str]  # of the members asked about, those that are customers
    contracts: list[list[Any]]  # the fields of a Supply


class Supply(NamedTuple):
    """An active contract of a hit supplier with a customer."""

    contract: str
    supplier: str
    customer: str
    value: float | None
    currency: str | None
    dependent: bool  # the customer depends on the supplier, or a part of it, itself


@dataclass(frozen=True)
class Wait:
    """A customer that waits, for how long, because of whom, and what is at stake."""

    customer: str
    days: float | None
    path: list[str]
    supplies: list[Supply]

    @property
    def value_at_risk(self) -> dict[str | None, float]:
        """Sum of the contracts' values per currency, as stored."""
        values = {s.contract: (s.currency, s.value) for s in self.supplies}
        sums: dict[str | None, float] = defaultdict(float)
        for currency, value in values.values():
            if value is not None:
                sums[currency] += value
        return dict(sorted(sums.items(), key=lambda sum: (sum[0] is None, sum[0])))


@dataclass(frozen=True)
class Impact:
    """What the cascade does, with everybody by key."""

    cascade: Cascade
    days: dict[str, float] | None  # delay of each member; None where unknown
    exposed: int  # members that could have been hit, the seed not counted
    waits: list[Wait]

    @property
    def ranked(self) -> list[int]:
        """The seed, then the members hit, by loss, order, key."""
        c = self.cascade
        hit = c.hit - {c.seed}
        loss = c.loss.round(9).tolist()
        return [c.seed, *sorted(hit, key=lambda i: (-loss[i], c.order[i], i))]

    def path(self, member: int) -> list[str]:
        return path_to(self.cascade, member)


async def impact(
    graph: Graph, seed: str, operability: float, lost_days: float | None, day: date
) -> Impact:
    """Fetch what depends on the seed, let the cascade run, see who waits."""
    rows = await graph.rows(statement("weak_node_impact"), Reach, member=seed, day=day)
    entries = [Entry(*row) for row in rows[0].entries]
    cascade = await asyncio.to_thread(
        lambda: fdna(Dependencies.of(entries, seed), seed, operability)
    )
    keys = cascade.dependencies.keys
    days = None
    if lost_days is not None:
        delays = cascade.delays(lost_days)
        days = dict(zip(keys, delays.tolist(), strict=True))
    hit = sorted({seed} | {keys[i] for i in cascade.hit})
    read = statement("weak_node_customers")
    found = (await graph.rows(read, Customers, members=hit, day=day))[0]
    waits = waiting(cascade, days, seed, found)
    exposed = len(set(rows[0].exposed) - {seed})
    return Impact(cascade, days, exposed, waits)


def waiting(
    cascade: Cascade, days: dict[str, float] | None, seed: str, found: Customers
) -> list[Wait]:
    """The longest wait of each customer, over its own dependency or a contract."""
    keys = cascade.dependencies.keys
    index = {key: i for i, key in enumerate(keys)}
    supplies: dict[str, list[Supply]] = defaultdict(list)
    for row in found.contracts:
        supplies[row[2]].append(Supply(*row))
    waits = []
    for customer in sorted({*found.customers, *supplies} - {seed}):
        # The own dependency first, then suppliers by key: the first longest counts.
        causes = [customer] if index.get(customer) in cascade.hit else []
        contracts = (s.supplier for s in supplies[customer] if not s.dependent)
        causes += sorted(set(contracts))
        if not causes:
            continue
        cause = max(causes, key=lambda key: round(days[key], 9) if days else 0)
        wait = days[cause] if days else None
        if wait is None or wait > SMALL:
            path = path_to(cascade, index[cause])
            path += [customer] if cause != customer else []
            waits.append(Wait(customer, wait, path, supplies[customer]))
    return sorted(waits, key=lambda w: (-round(w.days or 0, 9), w.customer))


def path_to(cascade: Cascade, member: int) -> list[str]:
    keys = cascade.dependencies.keys
    return [keys[i] for i in cascade.deciding_path(member)]
