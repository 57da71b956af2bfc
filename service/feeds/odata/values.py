"""Literals of OData, the types of Edm, and values of rows in these types."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from math import isinf
from typing import Any

from service.errors import BadInput
from service.vocabulary.texts import excerpt

Value = str | int | float | bool | date | datetime | None
EDM: dict[type, str] = {
    str: "Edm.String",
    list: "Edm.String",
    int: "Edm.Int64",
    float: "Edm.Double",
    bool: "Edm.Boolean",
    date: "Edm.Date",
    datetime: "Edm.DateTimeOffset",
}
NUMBERS = (int, float)
INTEGER = re.compile(r"-?\d{1,18}")
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")


def literal_of(text: str) -> Value:
    """A number, a date or a time.

    >>> literal_of("5"), literal_of("2026-11-01"), literal_of("-1.5e3")
    (5, datetime.date(2026, 11, 1), -1500.0)
    """
    try:
        if INTEGER.fullmatch(text):
            return int(text)
        if NUMBER.fullmatch(text):
            number = float(text)
            if isinf(number):
                raise OverflowError
            return number
        if "T" in text:
            moment = datetime.fromisoformat(text)
            zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return zoned.astimezone(UTC)
        return date.fromisoformat(text)
    except (OverflowError, ValueError):
        raise BadInput(f"$filter: {text[:40]!r} is no number, date or time.") from None


def typed_value(kind: type, value: Any) -> Value:
    """A value of a row in the type of its column."""
    if value is None:
        return None
    if kind is list:
        return ";".join(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    return value  # type: ignore[no-any-return]


def comparable(kind: type, value: Value) -> Value:
    """A literal in the type of a column; BadInput if it has another type.

    Some clients, such as python-odata, write days and times in quotes.
    """
    if value is None:
        return None
    if kind in (date, datetime) and isinstance(value, str):
        value = literal_of(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind is datetime and type(value) is date:
        return datetime.combine(value, time(), UTC)
    if kind is date and isinstance(value, datetime):
        return value.astimezone(UTC).date()
    expected: tuple[type, ...] = NUMBERS if kind in NUMBERS else (kind,)
    if kind is list:
        expected = (str,)
    if type(value) not in expected:
        raise BadInput(f"$filter: {excerpt(value)} is no value of {EDM[kind]}.")
    return value
