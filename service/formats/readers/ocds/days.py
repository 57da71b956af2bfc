"""Days of the times and periods of OCDS."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any


def day(text: Any) -> str | None:
    """The day of an OCDS time.

    >>> day("2026-03-01T00:00:00Z")
    '2026-03-01'
    """
    return None if text is None else str(text)[:10]


def day_after(text: Any) -> str | None:
    """The first day after a period that ends at this time; none after the last year.

    >>> day_after("2026-12-31T23:59:59Z"), day_after("2027-01-01T00:00:00Z")
    ('2027-01-01', '2027-01-01')
    >>> day_after("9999-12-31T23:59:59Z")
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return str(text)
    last: date = moment.date()
    if last == date.max:
        return None
    midnight = "T" in str(text) and not (moment.hour or moment.minute or moment.second)
    return str(last if midnight else last + timedelta(days=1))
