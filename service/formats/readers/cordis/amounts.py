"""Amounts of CORDIS, with a decimal point or a decimal comma."""

from __future__ import annotations

import math

from service.formats.rows import Faults, TableRow

AMOUNTS = ("netEcContribution", "totalCost")  # that are extra attributes


def plain_amount(column: str, text: str | None) -> str | None:
    """An amount with a decimal point; a text of another column as it is.

    >>> plain_amount("totalCost", "1200,50"), plain_amount("street", "Road 1,5")
    ('1200.50', 'Road 1,5')
    """
    return text.replace(",", ".") if text and column in AMOUNTS else text


def amount_in(row: TableRow, column: str, faults: Faults) -> float | None:
    """An amount, which CORDIS writes as 771225.0 or as 771225,1; None if blank."""
    text = row.cells.get(column)
    try:
        amount = float(text.replace(",", ".")) if text else None
    except ValueError:
        amount = math.nan
    if amount is None or math.isfinite(amount):
        return amount
    what = f"{column}: must be a number such as 1200.50, left out"
    faults.note(what, f"line {row.line}: {text}")
    return None
