"""Sums of money in words: each currency by itself, and how many amounts are unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from service.report.section import number
from service.vocabulary.names import counted

Amount = tuple[float | None, str | None]  # a value, and its currency


def money_text(amount: float | None, currency: str | None) -> str:
    """
    >>> money_text(1200.0, "SEK"), money_text(None, "SEK"), money_text(5.0, None)
    ('1,200 SEK', 'unknown', '5 (no currency)')
    """
    if amount is None:
        return "unknown"
    return f"{number(amount)} {currency or '(no currency)'}"


def sums_text(amounts: Iterable[Amount]) -> str:
    """
    >>> sums_text([(2.0, "SEK"), (None, "SEK"), (3.0, "SEK"), (1.0, "EUR")])
    '1 EUR and 5 SEK; 1 amount is unknown'
    >>> sums_text([(None, None), (None, None)]), sums_text([])
    ('unknown (2 amounts)', 'nothing')
    """
    sums: defaultdict[str | None, float] = defaultdict(float)
    unknown = 0
    for amount, currency in amounts:
        if amount is None:
            unknown += 1
        else:
            sums[currency] += amount
    if not sums:
        return f"unknown ({counted(unknown, 'amount')})" if unknown else "nothing"
    ordered = sorted(sums, key=lambda name: name or "")
    text = " and ".join(money_text(sums[name], name) for name in ordered)
    if not unknown:
        return text
    verb = "is" if unknown == 1 else "are"
    return f"{text}; {counted(unknown, 'amount')} {verb} unknown"
