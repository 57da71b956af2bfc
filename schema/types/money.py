"""Money as it is stored: a sum for each currency, never one over several."""

from __future__ import annotations

import numpy as np
import strawberry
from numpy.typing import NDArray

from service.algorithms.csr import Int64s
from service.analyses.exchanges import Exchanges

MONEY = "MONEY"


@strawberry.type(description="An amount as stored; amounts are never converted.")
class Money:
    amount: float
    currency: str | None


@strawberry.type(description="Money received and given in one currency.")
class MoneyBalance:
    currency: str | None
    received: float
    given: float
    net: float = strawberry.field(description="received - given.")


def sums(found: Exchanges, places: Int64s) -> dict[str | None, float]:
    """The sum of the values of these exchanges by currency (null last)."""
    value, alike = found.value[places], found.alike[places]
    known = ~np.isnan(value)
    totals = np.bincount(alike[known], value[known], minlength=len(found.sorts))
    seen = np.bincount(alike[known], minlength=len(found.sorts))
    by_currency: dict[str | None, float] = {}
    for sort, total, count in zip(found.sorts, totals, seen, strict=True):
        if count:
            sum_ = by_currency.get(sort.currency, 0.0) + float(total)
            by_currency[sort.currency] = sum_
    return dict(sorted(by_currency.items(), key=lambda one: (one[0] is None, one[0])))


def amounts(found: Exchanges, places: Int64s) -> list[Money]:
    return [Money(amount=a, currency=c) for c, a in sums(found, places).items()]


def is_money(found: Exchanges) -> NDArray[np.bool_]:
    forms = np.array([sort.form == MONEY for sort in found.sorts], dtype=bool)
    flags: NDArray[np.bool_] = forms[found.alike]
    return flags


def money_balances(
    found: Exchanges, received: Int64s, given: Int64s
) -> list[MoneyBalance]:
    """Of exchanges of form MONEY, by currency."""
    money = is_money(found)
    into = sums(found, received[money[received]])
    out = sums(found, given[money[given]])
    named = sorted({*into, *out}, key=lambda name: (name is None, name))
    return [
        MoneyBalance(
            currency=name,
            received=into.get(name, 0.0),
            given=out.get(name, 0.0),
            net=into.get(name, 0.0) - out.get(name, 0.0),
        )
        for name in named
    ]
