"""Whole months and years between two days, as people count them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

HALF_YEAR = 6


def later(day: date, months: int) -> date:
    """The same day after so many months, or the last day of a month without it.

    >>> later(date(2023, 8, 31), 6), later(date(2024, 1, 31), -2)
    (datetime.date(2024, 2, 29), datetime.date(2023, 11, 30))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def completed(since: date, day: date, months: int) -> int:
    """How many spans of so many months are completed; 0 before the end of the first.

    Each is counted from the first day, so that a month end does not move: what began
    on 31 August has completed half a year on the last of February.

    >>> completed(date(2023, 11, 1), date(2026, 11, 1), HALF_YEAR)
    6
    >>> [completed(date(2023, 8, 31), date(2024, 2, d), HALF_YEAR) for d in (28, 29)]
    [0, 1]
    """
    count = max(0, (12 * (day.year - since.year) + day.month - since.month) // months)
    while count and later(since, count * months) > day:
        count -= 1
    return count


def months_between(since: date, until: date) -> float:
    """Whole months, and the rest as a share of the month that it is in.

    >>> months_between(date(2024, 1, 31), date(2024, 2, 29))
    1.0
    >>> months_between(date(2026, 4, 1), date(2026, 4, 16))
    0.5
    """
    months = completed(since, until, 1)
    begin, end = later(since, months), later(since, months + 1)
    return months + (until - begin).days / (end - begin).days


def years_between(since: date, until: date) -> float:
    """Whole years, and the rest as a share of the year that it is in.

    >>> years_between(date(2021, 11, 1), date(2027, 11, 1))
    6.0
    """
    years = completed(since, until, 12)
    begin, end = later(since, 12 * years), later(since, 12 * (years + 1))
    return years + (until - begin).days / (end - begin).days
