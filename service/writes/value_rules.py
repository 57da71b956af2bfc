"""The rules between the values of one record, in an input or as stored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from service.errors import WriteErrorCode
from service.vocabulary import snake
from service.vocabulary.texts import excerpt

CURRENCY = re.compile(r"[A-Z]{3}")
# Pairs of days of which the first may not come after the second.
ORDERS = (
    ("since", "until"),
    ("askedOn", "decidedOn"),
    ("openedAt", "firstResponseAt"),
    ("openedAt", "resolvedAt"),
)
BrokenRule = tuple[str, str, WriteErrorCode]  # column, sentence, code


def broken_value_rules(values: Mapping[str, Any]) -> Iterator[BrokenRule]:
    """The rules that these properties break, by their stored names."""
    for first, second in ORDERS:
        start, end = values.get(first), values.get(second)
        if start is not None and end is not None and start > end:
            text = f"{second} ({end}) must not be before {first} ({start})"
            yield snake(second), text, WriteErrorCode.DATES
    currency = values.get("currency")
    if currency is not None and not CURRENCY.fullmatch(currency):
        text = f"must be an ISO 4217 code such as SEK; got {excerpt(currency)}"
        yield "currency", text, WriteErrorCode.CURRENCY
