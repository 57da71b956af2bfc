"""A series of days, such as each month of `2024-01-01..2026-11-01`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from service.errors import BadInput
from service.formats.cells import parse_date
from service.vocabulary.texts import InvalidValue

RANGE = ".."
DEFAULT_STEP = "P1M"
STEP = re.compile(r"P([1-9]\d{0,3})([DWMY])")
MOST_DAYS = 1_000


def day_series(text: str, step: str) -> list[str]:
    """The days from the first to the last one, both included if the step fits.

    >>> day_series("2026-01-31..2026-04-30", "P1M")
    ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']
    """
    begin, _, end = text.partition(RANGE)
    first, last = day_of(begin), day_of(end)
    match = STEP.fullmatch(step)
    if match is None:
        raise BadInput(f"step: expected P1D, P1W, P1M, P1Y or such; got {step[:20]!r}.")
    if last < first:
        raise BadInput(f"asOf: the last day, {last}, is before the first, {first}.")
    days: list[str] = []
    for day in days_from(first, int(match[1]), match[2]):
        if day > last:
            break
        if len(days) == MOST_DAYS:
            raise BadInput(
                f"asOf: the series has more than {MOST_DAYS:,} days; take a longer"
                " step or fewer days."
            )
        days.append(day.isoformat())
    return days


def day_of(text: str) -> date:
    try:
        return parse_date(text)
    except InvalidValue as error:
        raise BadInput(f"asOf: {error}.") from error


def days_from(first: date, count: int, unit: str) -> Iterator[date]:
    """The first day, then each further step, as far as the calendar goes."""
    number = 0
    while True:
        try:
            if unit in "DW":
                days = count * number * (7 if unit == "W" else 1)
                yield first + timedelta(days=days)
            else:
                yield after_months(first, count * number * (12 if unit == "Y" else 1))
        except (OverflowError, ValueError):
            return
        number += 1


def after_months(day: date, months: int) -> date:
    """The same day of a later month, or the last one of a shorter month.

    >>> after_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
