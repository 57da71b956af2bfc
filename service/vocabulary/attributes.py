"""Extra attributes of a record: values with names of the user's own.

Each is a property of the record, stored under its name after PREFIX, which no property
of the vocabulary begins with. Files have it in a column of that name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any

from service.vocabulary.provenance import PROVENANCE
from service.vocabulary.texts import line_of_text, lines_of_text
from service.vocabulary.validation import (
    checked_boolean,
    checked_date,
    checked_number,
    short_text,
)

PREFIX = "x:"
MAX_ATTRIBUTES = 100  # of one record, besides those that say where it comes from
MAX_NAME = 80  # characters
MAX_TEXT = 2_000
MARK = "'"  # in front of a text that looks like a value of another type
DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
EXACT_DIGITS = 15  # a number of so many digits is stored without a loss
BOOLEANS = {"true": True, "false": False}
AttributeValue = str | float | bool | date
# What a value may be, by its field in GraphQL.
CHECKS = {
    "text": lambda value: short_text(value, lines_of_text, MAX_TEXT).strip(),
    "number": checked_number,
    "boolean": checked_boolean,
    "date": checked_date,
}


def is_attribute(property: str) -> bool:
    """Whether a stored property, or a column of a file, is an extra attribute."""
    return property.startswith(PREFIX)


@lru_cache(maxsize=10_000)
def stored_name(name: str) -> str:
    """The property of an attribute.

    >>> stored_name(" GO term ")
    'x:GO term'
    """
    return PREFIX + short_text(name.strip(), line_of_text, MAX_NAME)


def attributes_of(properties: Mapping[str, Any]) -> dict[str, AttributeValue]:
    """The extra attributes among stored properties, by their names, in order.

    >>> attributes_of({"name": "A", "x:tier": "B", "x:area": 2.5, "x:list": []})
    {'area': 2.5, 'tier': 'B'}
    """
    return {
        name.removeprefix(PREFIX): properties[name]
        for name in sorted(filter(is_attribute, properties))
        if is_value(properties[name])
    }


def is_value(value: Any) -> bool:
    """Whether a stored value is one that writes allow."""
    return type(value) in (str, bool, int, date) or (
        type(value) is float and isfinite(value)
    )


def field_of(value: AttributeValue) -> str:
    """The field in GraphQL that has a value.

    >>> field_of(True), field_of(1.0), field_of("1"), field_of(date(2026, 1, 1))
    ('boolean', 'number', 'text', 'date')
    """
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "text" if isinstance(value, str) else "date"


def cell_of(value: AttributeValue) -> str:
    """The text of a value in a file; `value_of_cell` gives the value again.

    >>> cell_of(12.0), cell_of("12"), cell_of("'12"), cell_of("'t Hooft"), cell_of("A")
    ('12', "'12", "''12", "'t Hooft", 'A')
    """
    if isinstance(value, str):
        is_marked = typed_value(value.lstrip(MARK)) is not None
        return MARK + value if is_marked else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, int | float) else value.isoformat()


def value_of_cell(cell: str) -> AttributeValue:
    """A cell without a type of its own: a boolean, date or number if it looks so.

    >>> [value_of_cell(cell) for cell in ("true", "12.50", "1e5", "01234", "+46", "A")]
    [True, 12.5, '1e5', '01234', '+46', 'A']
    >>> value_of_cell("2026-02-29"), value_of_cell("'12"), value_of_cell("'t Hooft")
    ('2026-02-29', '12', "'t Hooft")
    """
    if cell.startswith(MARK):
        is_marked = typed_value(cell.lstrip(MARK)) is not None
        return cell[1:] if is_marked else cell
    typed = typed_value(cell)
    return cell if typed is None else typed


def typed_value(text: str) -> float | bool | date | None:
    """The boolean, date or number that a text is; None if it is a text.

    A number keeps its value: `12345678901234567890`, say of a register, is a text.
    """
    if text in BOOLEANS:
        return BOOLEANS[text]
    if not text[-1:].isdigit():
        return None
    if DATE.fullmatch(text):
        return date_of(text)
    digits = len(text.strip("-0.").replace(".", ""))
    if NUMBER.fullmatch(text) and digits <= EXACT_DIGITS:
        return float(text)
    return exact_number(text)


def date_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def exact_number(text: str) -> float | None:
    """A number in the form in which we write it, such as 1e-07."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number_text(number) == text else None


def number_text(number: float) -> str:
    """
    >>> number_text(12.0), number_text(-0.5), number_text(1e22)
    ('12', '-0.5', '1e+22')
    """
    is_short = abs(number) < 10**EXACT_DIGITS and number == int(number)
    return str(int(number)) if is_short else repr(float(number))


def logged_image(image: Mapping[str, Any]) -> dict[str, Any]:
    """An image for the log: JSON has no dates, so a text that looks like one is marked.

    >>> logged_image({"x:a": "2026-01-01", "x:b": "c", "name": "2026-01-01"})
    {'x:a': "'2026-01-01", 'x:b': 'c', 'name': '2026-01-01'}
    """
    return {
        name: MARK + value if is_attribute(name) and is_date_text(value) else value
        for name, value in image.items()
    }


def value_of_log(value: Any) -> Any:
    """The value of an attribute as it was before `logged_image` and JSON.

    >>> value_of_log("2026-01-01"), value_of_log("'2026-01-01"), value_of_log(2.5)
    (datetime.date(2026, 1, 1), '2026-01-01', 2.5)
    """
    if not is_date_text(value):
        return value
    return value[1:] if value.startswith(MARK) else date.fromisoformat(value)


def is_date_text(value: Any) -> bool:
    """Whether a text looks like a date, behind any number of marks."""
    return isinstance(value, str) and isinstance(typed_value(value.lstrip(MARK)), date)


def count_problem(properties: Mapping[str, Any]) -> str | None:
    """What is wrong with the number of attributes of a record, if anything is."""
    if len(properties) <= MAX_ATTRIBUTES:  # nearly every record
        return None
    count = sum(is_attribute(name) and name not in PROVENANCE for name in properties)
    if count <= MAX_ATTRIBUTES:
        return None
    return f"a record can have {MAX_ATTRIBUTES} attributes; this one would have {count}"
