"""Amounts of money summed for each currency: amounts are never converted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

CurrencySums = dict[str | None, float]  # by code, None last


def currency_sums(
    amounts: Iterable[tuple[str | None, float | None]],
) -> CurrencySums:
    """The sum for each currency by its code, without one last; None adds nothing.

    >>> currency_sums([("SEK", 2.0), (None, 5.0), ("EUR", 1.0), ("SEK", None)])
    {'EUR': 1.0, 'SEK': 2.0, None: 5.0}
    """
    sums: CurrencySums = defaultdict(float)
    for currency, amount in amounts:
        if amount is not None:
            sums[currency] += amount
    return {currency: sums[currency] for currency in currency_order(sums)}


def currency_order(currencies: Iterable[str | None]) -> list[str | None]:
    """Distinct codes in order, None last.

    >>> currency_order(["SEK", None, "EUR", "SEK"])
    ['EUR', 'SEK', None]
    """
    return sorted(set(currencies), key=lambda code: (code is None, code or ""))
