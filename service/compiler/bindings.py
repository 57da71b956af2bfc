"""What the generated text of one statement binds: its values and its variables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from service.errors import BadInput

MOST_CONDITIONS = 200  # of one statement
MOST_REACH = 4  # connections within connections
MOST_NESTING = 12  # and, or, not and all else within one another


@dataclass
class Bindings:
    """Values stand in one map parameter, so that a text is as stable as its shape.

    Every piece of one statement shares one Bindings: no two use the same name.

    >>> bindings = Bindings()
    >>> bindings.value("SE"), bindings.variable(), bindings.params
    ('$given.v0', 'x1', {'given': {'v0': 'SE'}})
    """

    day: date | None = None  # only what is active then is seen; None: everything
    parameter: str = "given"
    values: dict[str, Any] = field(default_factory=dict)
    variables: int = 0
    conditions: int = 0
    reach: int = 0
    nesting: int = 0

    def value(self, given: Any) -> str:
        """A reference to a value of the caller's, once it is one that Neo4j takes."""
        name = f"v{len(self.values)}"
        self.values[name] = stored(given)
        return f"${self.parameter}.{name}"

    def variable(self) -> str:
        self.variables += 1
        return f"x{self.variables}"

    def today(self) -> str:
        """A reference to the day, one value however often it is named."""
        self.values.setdefault("day", self.day)
        return f"${self.parameter}.day"

    def condition(self) -> None:
        self.conditions += 1
        if self.conditions > MOST_CONDITIONS:
            raise BadInput(f"filter: expected at most {MOST_CONDITIONS} conditions.")

    @property
    def params(self) -> dict[str, Any]:
        return {self.parameter: self.values}


def stored(given: Any) -> Any:
    """A value as the graph holds it: enums by name, times in UTC, text that is text."""
    if isinstance(given, list | tuple):
        return [stored(item) for item in given]
    if isinstance(given, Enum):
        return given.value
    if isinstance(given, datetime):
        return given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC)
    if isinstance(given, str) and not given.isascii():
        try:
            given.encode()
        except UnicodeEncodeError:
            raise BadInput(
                "A text holds half a character (a lone surrogate)."
            ) from None
    return given
