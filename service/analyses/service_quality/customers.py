"""Who stayed, who was lost, and what a customer is worth over its lifetime."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from service.algorithms.calendar import years_between
from service.analyses.currency_sums import currency_order, currency_rank
from service.analyses.figure import Figure, nothing, pieces, share
from service.analyses.service_quality.rows import CustomerContractRow

NO_START = "No customer had an active contract at the start."


@dataclass(frozen=True)
class CustomerBaseResult:
    """Customers of a period, each by key."""

    start: list[str]
    end: list[str]
    lost_customers: list[str]
    new_customers: list[str]
    churn: Figure
    retention: Figure


@dataclass(frozen=True)
class LifetimeResult:
    """What one customer's contracts in one currency are worth."""

    customer: str
    currency: str | None
    yearly: float | None  # contract value of a year
    figure: Figure


def customer_base(contracts: list[CustomerContractRow]) -> CustomerBaseResult:
    start = {contract.customer for contract in contracts if contract.at_start}
    end = {contract.customer for contract in contracts if contract.at_end}
    lost = sorted(start - end)
    evidence = pieces("Contract", (c.contract for c in contracts if c.at_start))
    churn = share(len(lost), len(start), NO_START, evidence)
    stayed = len(start) - len(lost)
    retention = share(stayed, len(start), NO_START, evidence)
    return CustomerBaseResult(
        sorted(start), sorted(end), lost, sorted(end - start), churn, retention
    )


def yearly(contract: CustomerContractRow) -> float | None:
    """A contract's value in a year; None where it is not stored."""
    if contract.value is None or contract.value_period is None:
        return None
    if contract.value_period == "YEAR":
        return contract.value
    if (
        contract.since is None
        or contract.until is None
        or contract.until <= contract.since
    ):
        return None
    return contract.value / years_between(contract.since, contract.until)


def lifetime_value(m: float, r: float, d: float) -> float | None:
    """CLV = m r / (1 + d - r): a margin m a year for as long as the customer stays.

    m the margin of a year, r the share retained a year, d the yearly discount rate.
    None where 1 + d - r is not above 0, for then the sum does not end.
    Source: Gupta & Lehmann 2003, J. Interactive Marketing 17(1):9-24.

    >>> round(lifetime_value(1000, 0.8, 0.1), 6)
    2666.666667
    >>> lifetime_value(1000, 1, 0) is None
    True
    """
    rate = 1 + d - r
    return m * r / rate if rate > 0 else None


def lifetimes(
    contracts: list[CustomerContractRow],
    retention: Figure,
    margin: float | None,
    discount: float | None,
) -> list[LifetimeResult]:
    """Of each customer on the last day, currency by currency (None last)."""
    groups: dict[tuple[str, str | None], list[CustomerContractRow]] = defaultdict(list)
    for contract in contracts:
        if contract.at_end:
            groups[contract.customer, contract.currency].append(contract)
    results = []
    for (customer, currency), own in sorted(
        groups.items(), key=lambda item: (item[0][0], currency_rank(item[0][1]))
    ):
        sums = [yearly(contract) for contract in own]
        known = [value for value in sums if value is not None]
        total = sum(known) if len(known) == len(own) else None
        figure = worth(total, own, retention, margin, discount)
        results.append(LifetimeResult(customer, currency, total, figure))
    return results


def worth(
    total: float | None,
    own: list[CustomerContractRow],
    retention: Figure,
    margin: float | None,
    discount: float | None,
) -> Figure:
    evidence = pieces("Contract", (contract.contract for contract in own))
    if total is None:
        bare = ", ".join(
            contract.contract for contract in own if yearly(contract) is None
        )
        why = f"The yearly value of {bare} is not known."
        return nothing(why, len(own), evidence)
    if margin is None or discount is None:
        why = "The lifetime value needs the arguments `margin` and `discount`."
        return nothing(why, len(own), evidence)
    if retention.value is None:
        return nothing(retention.reason or NO_START, len(own), evidence)
    value = lifetime_value(total * margin, retention.value, discount)
    if value is None:
        why = (
            "No customer is lost and nothing is discounted: the lifetime value has no"
            " limit."
        )
        return nothing(why, len(own), evidence)
    return Figure(value, len(own), None, evidence)


@dataclass(frozen=True)
class LifetimeSums:
    """Lifetime values in one currency; `n` of the customers have a value."""

    currency: str | None
    total: float
    n: int
    customer_count: int

    @property
    def mean(self) -> float:
        return self.total / self.n


def lifetime_totals(lifetimes: list[LifetimeResult]) -> list[LifetimeSums]:
    """By currency; customers without a value are left out, and counted beside it."""
    values: dict[str | None, list[float | None]] = defaultdict(list)
    for lifetime in lifetimes:
        values[lifetime.currency].append(lifetime.figure.value)
    sums = []
    for currency in currency_order(values):
        own = values[currency]
        known = [value for value in own if value is not None]
        if known:
            total = sum(known)
            sums.append(LifetimeSums(currency, total, len(known), len(own)))
    return sums
