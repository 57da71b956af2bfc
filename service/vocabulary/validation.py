"""The rules for the value of one property: a checked value, or what is wrong with it.

Mutations give typed values; file readers turn text into the same values first. A value
is returned as the graph stores it: an enum as its name, a time in UTC.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from service.vocabulary import NODES, TIES
from service.vocabulary.countries import country_code
from service.vocabulary.enums import FeedbackKind
from service.vocabulary.nodes import Record
from service.vocabulary.properties import MAX_INDEXED, Property, properties_of
from service.vocabulary.texts import (
    InvalidValue,
    checked_url,
    excerpt,
    line_of_text,
    lines_of_text,
)

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
MAX_INTEGER = 2**31 - 1
FEEDBACK_SCALES = {
    FeedbackKind.CSAT.value: (1, 5),
    FeedbackKind.NPS.value: (0, 10),
    FeedbackKind.CES.value: (1, 7),
    FeedbackKind.SATISFACTION.value: (1, 10),
}
Check = Callable[[Any], Any]


def check_of(attribute: Property) -> Check:
    """The function that checks a value of a property. It never gets null.

    >>> check_of(Property("strength", float, minimum=0, maximum=1))(1)
    1.0
    """
    if attribute.is_list:
        item = check_of_type(attribute)
        return lambda value: checked_list(value, item)
    return check_of_type(attribute)


def check_of_type(attribute: Property) -> Check:
    if issubclass(attribute.type, Enum):
        allowed = frozenset(attribute.type.__members__)
        return lambda value: enum_name(value, allowed, attribute.type)
    if attribute.type is str:
        return text_check(attribute)
    check: Check = CHECKS_OF_TYPES[attribute.type]
    return bounded_check(check, attribute)


def text_check(attribute: Property) -> Check:
    check = text_form_check(attribute)
    limit = attribute.max_length
    return check if limit is None else lambda value: short_text(value, check, limit)


def text_form_check(attribute: Property) -> Check:
    return CHECKS_OF_FORMS[attribute.text_form or "lines"]


def bounded_check(check: Check, attribute: Property) -> Check:
    """Between the bounds of a number, each of which counts as inside."""
    if attribute.minimum is None and attribute.maximum is None:
        return check
    low = -math.inf if attribute.minimum is None else attribute.minimum
    high = math.inf if attribute.maximum is None else attribute.maximum
    limits = text_of_bounds(low, high)

    def within(value: Any) -> Any:
        number = check(value)
        if not low <= number <= high:
            raise InvalidValue(f"must be {limits}; got {plain_number(number)}")
        return number

    return within


def text_of_bounds(low: float, high: float) -> str:
    """
    >>> text_of_bounds(0, 1), text_of_bounds(0, math.inf), text_of_bounds(-math.inf, 1)
    ('between 0 and 1', 'at least 0', 'at most 1')
    """
    if high == math.inf:
        return f"at least {low:g}"
    return f"at most {high:g}" if low == -math.inf else f"between {low:g} and {high:g}"


def plain_number(number: float) -> str:
    """
    >>> plain_number(5.0), plain_number(1.1)
    ('5', '1.1')
    """
    return str(int(number)) if number == int(number) else str(number)


def short_text(value: Any, check: Check, limit: int) -> str:
    text: str = check(value)
    if len(text) > limit:
        raise InvalidValue(f"must have at most {limit} characters; got {len(text)}")
    return text


def checked_key(value: Any) -> str:
    """A key of a record; `.` and `..` could not be a part of an address.

    >>> checked_key("a.b")
    'a.b'
    """
    if value in (".", ".."):
        raise InvalidValue(f"must not be {value!r}, which is no part of an address")
    return short_text(value, line_of_text, MAX_INDEXED)


def checked_country(value: Any) -> str:
    """The code of a known country; another text stays as it is."""
    text = line_of_text(value)
    return country_code(text) or text


def checked_integer(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidValue(f"must be a whole number; got {excerpt(value)}")
    if abs(value) > MAX_INTEGER:
        limits = f"between -{MAX_INTEGER} and {MAX_INTEGER}"
        raise InvalidValue(f"must be {limits}; got {value}")
    return value


def checked_number(value: Any) -> float:
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, float) or not math.isfinite(value):
        raise InvalidValue(f"must be a number such as 0.5; got {excerpt(value)}")
    return value


def checked_boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidValue(f"must be true or false; got {excerpt(value)}")
    return value


def checked_date(value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise InvalidValue(f"must be a date such as 2026-11-01; got {excerpt(value)}")
    return value


def checked_time(value: Any) -> datetime:
    """In UTC, as a time without a zone is; a date alone is its midnight."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    if not isinstance(value, datetime):
        raise InvalidValue(
            f"must be a time such as 2026-11-01T09:30:00Z; got {excerpt(value)}"
        )
    try:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except OverflowError:
        raise InvalidValue(f"must be a time after the year 1; got {value}") from None


def checked_list(value: Any, check: Check) -> list[Any] | None:
    """Each item checked, without spaces around it; an empty list is null."""
    if not isinstance(value, list):
        raise InvalidValue(f"must be a list; got {excerpt(value)}")
    items = [item.strip() if isinstance(item, str) else item for item in value]
    return [check(item) for item in items] or None


def enum_name(value: Any, allowed: Iterable[str], enum: type[Enum]) -> str:
    name = value.name if isinstance(value, Enum) else value
    if not isinstance(name, str) or name not in allowed:
        names = ", ".join(enum.__members__)
        raise InvalidValue(f"must be one of {names}; got {excerpt(name)}")
    return name


def checked_month(value: Any) -> str:
    if not isinstance(value, str) or not MONTH.fullmatch(value):
        raise InvalidValue(f"must be months such as 2026-11; got {excerpt(value)}")
    return value


def checked_weight(value: Any) -> str:
    """
    >>> checked_weight("capacity = 0.5")
    'capacity=0.5'
    """
    parts = line_of_text(value).partition("=")
    name, equals, number = (part.strip() for part in parts)
    if not name or not equals or ";" in name or not is_number(number):
        text = "must be weights such as capacity=0.5"
        raise InvalidValue(f"{text}; got {excerpt(value)}")
    return f"{name}={number}"


def is_number(text: str) -> bool:
    try:
        return "_" not in text and math.isfinite(float(text))
    except ValueError:
        return False


CHECKS_OF_FORMS: dict[str, Check] = {
    "lines": lines_of_text,
    "url": checked_url,
    "country": checked_country,
    "month": checked_month,
    "weight": checked_weight,
}
CHECKS_OF_TYPES: dict[type, Check] = {
    int: checked_integer,
    float: checked_number,
    bool: checked_boolean,
    date: checked_date,
    datetime: checked_time,
}


def checks_of(cls: type[Record]) -> Mapping[str, tuple[str, Check]]:
    """By column: the stored name of each property but the key and the roles."""
    return {
        attribute.column: (attribute.name, check_of(attribute))
        for attribute in properties_of(cls).values()
        if attribute.column not in ("key", "roles")
    }


# The checks of each record type, by the names of columns.
CHECKS: Mapping[type[Record], Mapping[str, tuple[str, Check]]] = {
    cls: checks_of(cls) for cls in (*NODES.values(), *TIES.values())
}


def feedback_score_problem(kind: str | None, score: float | None) -> str | None:
    """What is wrong with a score on the scale of its kind, if anything is."""
    if kind is None or score is None:
        return None
    low, high = FEEDBACK_SCALES[kind]
    if low <= score <= high:
        return None
    return f"a {kind} score must be between {low} and {high}; got {plain_number(score)}"
