"""The text form of each type of property in files: a cell becomes a typed value.

Only a text that is not a value of the type is refused here;
`service.vocabulary.validation` does the rest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from service.vocabulary import NODES, TIES
from service.vocabulary.nodes import Record
from service.vocabulary.properties import Property, properties_of
from service.vocabulary.texts import InvalidValue, excerpt

DATE = re.compile(r"\d{4}-\d\d-\d\d")
Parse = Callable[[str], Any]


def parse_integer(text: str) -> int:
    try:
        return int(text.replace("_", "x"))
    except ValueError:
        raise InvalidValue(f"must be a whole number; got {excerpt(text)}") from None


def parse_number(text: str) -> float:
    try:
        number = float(text.replace("_", "x"))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InvalidValue(f"must be a number such as 0.5; got {excerpt(text)}")
    return number


def parse_boolean(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise InvalidValue(f"must be true or false; got {excerpt(text)}")
    return text.lower() == "true"


def parse_date(text: str) -> date:
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InvalidValue(f"must be a date such as 2026-11-01; got {excerpt(text)}")


def parse_time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        example = "2026-11-01T09:30:00Z"
        raise InvalidValue(
            f"must be a time such as {example}; got {excerpt(text)}"
        ) from None


def parse_list(text: str) -> list[str]:
    """
    >>> parse_list("STARTUP; INVESTOR;")
    ['STARTUP', 'INVESTOR']
    """
    return [item.strip() for item in text.split(";") if item.strip()]


PARSERS_OF_TYPES: dict[type, Parse] = {
    int: parse_integer,
    float: parse_number,
    bool: parse_boolean,
    date: parse_date,
    datetime: parse_time,
}


def parser_of(attribute: Property) -> Parse | None:
    """None where the text is the value: a text, or the name of an enum's value."""
    return parse_list if attribute.is_list else PARSERS_OF_TYPES.get(attribute.type)


def parsers_of(cls: type[Record]) -> dict[str, Parse]:
    every = {
        attribute.column: parser_of(attribute)
        for attribute in properties_of(cls).values()
    }
    return {column: parse for column, parse in every.items() if parse}


# What reads the columns of each record type, by their names in files.
PARSERS: Mapping[type[Record], Mapping[str, Parse]] = {
    cls: parsers_of(cls) for cls in (*NODES.values(), *TIES.values())
}
