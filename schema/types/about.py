"""What every analysis says of itself: formula, source, parameters, age, warnings."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import strawberry
from strawberry.scalars import JSON


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
