"""What one cell means: text into the type of its property, within its bounds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import Field, dataclass, fields
from datetime import UTC, date, datetime
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from service.vocabulary import NODES, TIES, camel
from service.vocabulary.enums import FeedbackKind
from service.vocabulary.nodes import Record

DATE = re.compile(r"\d{4}-\d\d-\d\d")
# Characters of a text that an index holds: it takes 8 kB in all, up to three texts.
LONGEST = 650
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
SCORES = {
    FeedbackKind.CSAT.value: (1, 5),
    FeedbackKind.NPS.value: (0, 10),
    FeedbackKind.CES.value: (1, 7),
    FeedbackKind.SATISFACTION.value: (1, 10),
}


@dataclass(frozen=True)
class Property:
    """A stored property: its name in the graph and how a cell is read."""

    stored: str
    parse: Callable[[str], Any]


def properties(cls: type[Record]) -> dict[str, Property]:
    """The columns of a record type, by their names in files; not key and roles."""
    hints = get_type_hints(cls)
    found = {
        f.name: Property(camel(f.name), bounded(reader(hints[f.name], f), f.metadata))
        for f in fields(cls)
        if f.name not in ("key", "roles")
    }
    if cls.sort in found and cls.sort_type is str:
        found[cls.sort] = Property(camel(cls.sort), indexed)
    for name in cls.filtered:
        found[name] = Property(camel(name), indexed)
    return found


def reader(hint: Any, field: Field[Any]) -> Callable[[str], Any]:
    """A list of weights is told from other lists by its field."""
    if field.metadata.get("text_form") == "weight":
        return lambda text: listed(text, weight)
    return parser(hint)


def indexed(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"expected at most {LONGEST} characters, got {len(text)}")
    return text


def parser(hint: Any) -> Callable[[str], Any]:
    if isinstance(hint, UnionType):  # X | None
        return parser(get_args(hint)[0])
    if get_origin(hint) is list:
        item = get_args(hint)[0]
        return lambda text: listed(text, month if item is str else parser(item))
    if issubclass(hint, Enum):
        return lambda text: member(hint, text)
    return PARSERS[hint]


def bounded(parse: Callable[[str], Any], bounds: Any) -> Callable[[str], Any]:
    low, high = bounds.get("minimum"), bounds.get("maximum")
    low = -math.inf if low is None else low
    high = math.inf if high is None else high
    if (low, high) == (-math.inf, math.inf):
        return parse

    def within(text: str) -> Any:
        value = parse(text)
        if not low <= value <= high:
            limit = f"{low:g} to {high:g}" if high < math.inf else f"{low:g} or more"
            raise ValueError(f"expected {limit}, got {text}")
        return value

    return within


def listed(text: str, parse: Callable[[str], Any]) -> list[Any]:
    return [parse(item.strip()) for item in text.split(";") if item.strip()]


def member(enum: type[Enum], text: str) -> str:
    if text not in enum.__members__:
        allowed = ", ".join(enum.__members__)
        raise ValueError(f"expected one of {allowed}; got {text!r}")
    return text


def whole(text: str) -> int:
    try:
        value = int(text.replace("_", "x"))
    except ValueError:
        raise ValueError(f"expected a whole number, got {text!r}") from None
    if abs(value) >= 2**31:
        raise ValueError(f"expected a number below 2147483648, got {text}")
    return value


def number(text: str) -> float:
    try:
        value = float(text.replace("_", "x"))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"expected a number such as 0.5, got {text!r}")
    return value


def truth(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(f"expected true or false, got {text!r}")
    return text.lower() == "true"


def day(text: str) -> date:
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"expected a date such as 2026-11-01, got {text!r}")


def month(text: str) -> str:
    if not MONTH.fullmatch(text):
        raise ValueError(f"expected months such as 2026-11, got {text!r}")
    return text


def weight(text: str) -> str:
    """
    >>> weight("capacity = 0.5")
    'capacity=0.5'
    """
    name, equals, share = (part.strip() for part in text.partition("="))
    if not name or not equals:
        raise ValueError(f"expected attribute=weight, got {text!r}")
    number(share)
    return f"{name}={share}"


def moment(text: str) -> datetime:
    """In UTC, as a time without a zone is; a date alone is its midnight."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise ValueError(
            f"expected a time such as 2026-11-01T09:30:00Z, got {text!r}"
        ) from None


PARSERS: dict[type, Callable[[str], Any]] = {
    str: str,
    int: whole,
    float: number,
    bool: truth,
    date: day,
    datetime: moment,
}

# The columns of each record type, by their names in files.
PROPERTIES = {cls: properties(cls) for cls in (*NODES.values(), *TIES.values())}
