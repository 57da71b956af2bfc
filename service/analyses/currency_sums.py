"""Amounts of money summed for each currency: amounts are never converted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class KnownSum:
    """The sum of the known amounts, and how many they are."""

    amount: float
    count: int

    def plus(self, amount: float, count: int) -> KnownSum:
        return KnownSum(self.amount + amount, self.count + count)


CurrencySums = dict[str | None, KnownSum]  # by code, None last


def currency_sums(
    amounts: Iterable[tuple[str | None, float | None]],
) -> CurrencySums:
    """The known part of each currency by its code, without one last.

    An unknown amount (None) is not 0: it makes no entry, and no entry counts it.

    >>> currency_sums([("SEK", 2.0), (None, 5.0), ("EUR", None), ("SEK", None)])
    {'SEK': KnownSum(amount=2.0, count=1), None: KnownSum(amount=5.0, count=1)}
    """
    known: dict[str | None, list[float]] = defaultdict(list)
    for currency, amount in amounts:
        if amount is not None:
            known[currency].append(amount)
    return {
        currency: KnownSum(sum(known[currency]), len(known[currency]))
        for currency in currency_order(known)
    }


def currency_order(currencies: Iterable[str | None]) -> list[str | None]:
    """Distinct codes in order, None last.

    >>> currency_order(["SEK", None, "EUR", "SEK"])
    ['EUR', 'SEK', None]
    """
    return sorted(set(currencies), key=currency_rank)


def currency_rank(code: str | None) -> tuple[bool, str]:
    """A key to sort by: codes in order, None last."""
    return code is None, code or ""


@dataclass(frozen=True)
class MoneyFlow:
    """Money that went one way: the known sums, and how many amounts are unknown."""

    known: CurrencySums
    unknown: Mapping[str | None, int]  # by the currency that is stated without them

    def unknown_count(self, currency: str | None) -> int:
        """Unknown amounts that may be in this currency.

        >>> MoneyFlow({}, {"EUR": 1, None: 2}).unknown_count("EUR")
        3
        """
        return sum(self.unknown.get(code, 0) for code in {currency, None})

    def amount(self, currency: str | None) -> float | None:
        """The known sum; None where all amounts that may be in it are unknown.

        >>> flow = MoneyFlow({"SEK": KnownSum(5.0, 1)}, {"EUR": 1})
        >>> flow.amount("SEK"), flow.amount("EUR"), flow.amount("NOK")
        (5.0, None, 0.0)
        """
        if currency in self.known:
            return self.known[currency].amount
        return None if self.unknown_count(currency) else 0.0

    def count(self, currency: str | None) -> int:
        return self.known[currency].count if currency in self.known else 0
