"""What every analysis says of itself: formula, source, parameters, age, warnings."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON

from service.errors import BadInput


@strawberry.type(description="How an answer was found, so that it can be found again.")
class About:
    formula: str
    source: str
    parameters: JSON = strawberry.field(description="All arguments and settings used.")
    as_of: date = strawberry.field(description="The day that the answer is about.")
    data_age_seconds: float = strawberry.field(
        description="Seconds since the data was read from the database."
    )
    warnings: list[str]


def about(
    formula: str,
    source: str,
    parameters: dict[str, Any],
    day: date,
    read_at: float,
    warnings: list[str],
) -> About:
    """`read_at` is the `time.monotonic()` of the first read."""
    return About(
        formula=formula,
        source=source,
        parameters=JSON(parameters),
        as_of=day,
        data_age_seconds=round(time.monotonic() - read_at, 6),
        warnings=warnings,
    )


def today() -> date:
    return datetime.now(UTC).date()


def limited(name: str, value: int | None, default: int, most: int = 1_000) -> int:
    """A `first` argument within its bounds; null is its default."""
    if value is None:
        return default
    if not 1 <= value <= most:
        raise BadInput(f"{name}: expected 1 to {most}, got {value}.")
    return value
