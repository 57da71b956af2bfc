"""Which customers wait for a weak member, for how long, and because of which member."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from service.algorithms.cascade import Cascade
from service.algorithms.cascade_arrays import SMALL
from service.algorithms.csr import Floats
from service.analyses.cascades.supply_web import SupplyWeb
from service.analyses.currency_sums import CurrencySums, currency_sums


@dataclass(frozen=True)
class CustomerWaitResult:
    """A customer that waits, and its contracts with suppliers that are hit."""

    web: SupplyWeb
    cascade: Cascade
    customer: int
    cause: int  # itself, because of its own dependency, or a supplier
    days: float | None
    rows: list[int]  # of the supplies

    @property
    def key(self) -> str:
        return self.web.keys[self.customer]

    @property
    def is_by_own_dependency(self) -> bool:
        """Whether it waits because of its own dependency, not of a contract."""
        return self.cause == self.customer

    @property
    def contracts(self) -> list[str]:
        return sorted({self.web.supplies.contracts[row] for row in self.rows})

    @property
    def value_at_risk(self) -> CurrencySums:
        """Sum of the contracts' values per currency, as stored."""
        supplies = self.web.supplies
        values = {supplies.contracts[row]: row for row in self.rows}
        rows = (row for row in values.values() if not np.isnan(supplies.values[row]))
        return currency_sums(
            (supplies.currencies[row] or None, float(supplies.values[row]))
            for row in rows
        )


def waiting(
    web: SupplyWeb, cascade: Cascade, delays: Floats | None
) -> list[CustomerWaitResult]:
    """The longest wait of each customer, over its own dependency or a contract.

    Without delays all that may wait are listed.
    """
    supplies, hit = web.supplies, cascade.loss > SMALL
    hit[cascade.seed] = True
    rows: dict[int, list[int]] = defaultdict(list)
    for row in np.flatnonzero(hit[supplies.supplier]).tolist():
        rows[int(supplies.buyer[row])].append(row)
    own = np.flatnonzero(hit & web.customer).tolist()
    waits = []
    for customer in sorted({*rows, *own} - {cascade.seed}):
        # The own dependency first, then suppliers by key: the first longest counts.
        causes = [customer] if hit[customer] and web.customer[customer] else []
        over = [row for row in rows.get(customer, ()) if web.direct[row]]
        causes += sorted({int(supplies.supplier[row]) for row in over})
        if not causes:
            continue
        days = None
        cause = causes[0]
        if delays is not None:
            cause = max(causes, key=lambda i: round(float(delays[i]), 9))
            days = float(delays[cause])
        if days is None or days > SMALL:
            wait = CustomerWaitResult(
                web, cascade, customer, cause, days, rows.get(customer, [])
            )
            waits.append(wait)
    return sorted(waits, key=lambda wait: (-round(wait.days or 0, 9), wait.customer))
