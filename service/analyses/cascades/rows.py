"""Dependencies and contracts of a day, read as columns and checked once."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from service.algorithms.cascade_arrays import Bools
from service.algorithms.csr import Floats, Int32s
from service.algorithms.dependencies import NO_GROUP, Dependencies, dependencies
from service.analyses.cascades.supply_web import Supplies, SupplyWeb
from service.computation.pool import in_thread
from service.errors import BadInput
from service.graph.statements import statement
from service.networks.network import Networks

MOST_DAYS = 36_500  # a century


@dataclass(frozen=True)
class DependencyColumns:
    ties: list[str]
    dependents: list[str]
    providers: list[str]
    strengths: list[Any]
    criticalities: list[Any]
    buffers: list[Any]
    groups: list[str]
    recoveries: list[Any]


@dataclass(frozen=True)
class ContractColumns:
    contracts: list[str]
    suppliers: list[str]
    buyers: list[str]
    values: list[Any]
    currencies: list[str]
    recoveries: list[Any]
    active: list[bool]
    customers: list[str]
    parts: list[str]
    wholes: list[str]


@dataclass(frozen=True)
class DependencyCountRow:
    count: int


async def supply_web(networks: Networks, day: date) -> SupplyWeb:
    """As stored, cached until the next write."""

    async def read_web() -> SupplyWeb:
        graph, read_at = networks.snapshots.graph, time.monotonic()
        sizes = await graph.rows(statement("cascades/size"), DependencyCountRow)
        refuse(sizes[0].count, networks.max_ties)
        impact = statement("cascades/dependencies")
        customers = statement("cascades/customers")
        ties = await graph.long_rows(impact, DependencyColumns, day=day)
        contracts = await graph.long_rows(customers, ContractColumns, day=day)
        return await in_thread(build_supply_web, ties[0], contracts[0], read_at)

    return await networks.snapshots.get(("supply web", day), read_web)


def refuse(count: int, most: int) -> None:
    if count > most:
        raise BadInput(
            f"The database holds {count:,} dependencies, the limit is {most:,}; raise"
            " VALUENET_MAX_TIES."
        )


def build_supply_web(
    ties: DependencyColumns, of: ContractColumns, read_at: float
) -> SupplyWeb:
    """Columns of keys as columns of numbers."""
    ends = (ties.dependents, ties.providers, of.suppliers, of.buyers, of.customers)
    keys = sorted({key for column in (*ends, of.parts, of.wholes) for key in column})
    index = {key: number for number, key in enumerate(keys)}

    def indices(column: list[str]) -> Int32s:
        return np.array([index[key] for key in column], dtype=np.int32)

    provider, supplier = indices(ties.providers), indices(of.suppliers)
    recovery = np.full(len(keys), np.nan)
    recovery[provider] = recovery_days(ties.recoveries, ties.providers)
    recovery[supplier] = recovery_days(of.recoveries, of.suppliers)
    active, customer = np.ones((2, len(keys)), dtype=np.bool_)
    active[supplier], customer[:] = of.active, False
    customer[indices(of.customers)] = True
    values, buyer = numbers(of.values), indices(of.buyers)
    dependent = indices(ties.dependents)
    unstated = unknown(ties.strengths) & (dependent != provider)
    return SupplyWeb(
        keys=keys,
        dependencies=entries(ties, dependent, provider, len(keys)),
        unstated=np.array([dependent[unstated], provider[unstated]]),
        supplies=Supplies(of.contracts, supplier, buyer, values, of.currencies),
        recovery_days=recovery,
        active=active,
        customer=customer,
        part=indices(of.parts),
        whole=indices(of.wholes),
        read_at=read_at,
    )


def entries(
    ties: DependencyColumns, dependent: Int32s, provider: Int32s, size: int
) -> Dependencies:
    groups: dict[str, int] = {"": NO_GROUP}
    group = [groups.setdefault(name, len(groups)) for name in ties.groups]
    strength = within("strength", stated(ties.strengths), ties.ties, 1)
    criticality = within("criticality", ties.criticalities, ties.ties, 100)
    buffer = within("bufferDays", ties.buffers, ties.ties, np.inf)
    columns = (strength, criticality / 100, buffer, np.array(group, dtype=np.int64))
    return dependencies(dependent, provider, *columns, size=size)


def unknown(values: list[Any]) -> Bools:
    """Which of the values are not stored.

    >>> unknown([0.5, float("nan"), "much"]).tolist()
    [False, True, False]
    """
    return np.array([value != value for value in values], dtype=np.bool_)


def stated(strengths: list[Any]) -> list[Any]:
    """An unknown strength counts as 1: all of the work depends on the provider.

    >>> stated([0.5, float("nan")])
    [0.5, 1.0]
    """
    return [value if value == value else 1.0 for value in strengths]


def within(name: str, values: list[Any], ties: list[str], most: float) -> Floats:
    """Numbers from 0 to `most`; other programs may have stored wrong ones."""
    checked = numbers(values)
    unexpected = np.flatnonzero(~((checked >= 0) & (checked <= most)))
    if len(unexpected):
        first = int(unexpected[0])
        bounds = "0 or more" if np.isinf(most) else f"0 to {most:g}"
        raise BadInput(
            f"The dependency {ties[first]!r} has a {name} of {values[first]!r} in the"
            f" database; expected {bounds}. Correct it there."
        )
    return checked


def recovery_days(values: list[Any], members: list[str]) -> Floats:
    """NaN where unknown."""
    days = numbers(values)
    unexpected = np.flatnonzero((days < 0) | (days > MOST_DAYS))
    if len(unexpected):
        first = int(unexpected[0])
        raise BadInput(
            f"The member {members[first]!r} has recoveryDays of {values[first]!r} in"
            f" the database; expected 0 to {MOST_DAYS}. Correct it there."
        )
    return days


def numbers(values: list[Any]) -> Floats:
    """NaN for anything that is not a number."""
    try:
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        plain = [v if isinstance(v, int | float) else np.nan for v in values]
        return np.array(plain, dtype=np.float64)
