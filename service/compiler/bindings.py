"""The values and variables that the generated text of one statement uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from service.errors import BadInput

MAX_CONDITIONS = 200  # of one statement
MAX_CONNECTION_DEPTH = 4  # connections within connections
MAX_NESTING = 12  # and, or, not and all else within one another


@dataclass
class Bindings:
    """Values go into one map parameter, so that equal shapes give equal texts.

    All parts of one statement share one Bindings: no two of them use the same name.

    >>> bindings = Bindings()
    >>> bindings.value("SE"), bindings.variable(), bindings.params
    ('$values.v0', 'x1', {'values': {'v0': 'SE'}})
    """

    day: date | None = None  # only records active on it are visible; None: all records
    parameter: str = "values"
    values: dict[str, Any] = field(default_factory=dict)
    variables: int = 0
    conditions: int = 0
    connection_depth: int = 0
    nesting: int = 0

    def value(self, value: Any) -> str:
        """A reference to a client's value, which is stored as Neo4j takes it."""
        name = f"v{len(self.values)}"
        self.values[name] = to_stored(value)
        return f"${self.parameter}.{name}"

    def variable(self) -> str:
        self.variables += 1
        return f"x{self.variables}"

    def day_reference(self) -> str:
        """A reference to the day, which is one value however often it is used."""
        self.values.setdefault("day", self.day)
        return f"${self.parameter}.day"

    def count_condition(self) -> None:
        self.conditions += 1
        if self.conditions > MAX_CONDITIONS:
            raise BadInput(f"filter: expected at most {MAX_CONDITIONS} conditions.")

    @property
    def params(self) -> dict[str, Any]:
        return {self.parameter: self.values}


def to_stored(value: Any) -> Any:
    """A value as the graph stores it: enums by name, times in UTC, valid Unicode."""
    if isinstance(value, list | tuple):
        return [to_stored(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise BadInput(
                "A text contains half a character (a lone surrogate)."
            ) from None
    return value
