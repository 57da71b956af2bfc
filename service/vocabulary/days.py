"""Days before and after others, within the calendar."""

from __future__ import annotations

from datetime import date, timedelta


def add_days(day: date, count: int) -> date:
    """The day so many days later, or earlier; at most the first or the last there is.

    >>> add_days(date(2026, 11, 1), -1), add_days(date(1, 1, 2), -90)
    (datetime.date(2026, 10, 31), datetime.date(1, 1, 1))
    """
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min
