"""How each answer was computed: formula, source, parameters, age, warnings."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import strawberry
from strawberry.scalars import JSON

from schema.context import today
from schema.types.network_input import plain
from service.networks.selection import Selection
from service.vocabulary import camel


@strawberry.type(
    description="How an answer was computed, so that anybody can compute it again."
)
class About:
    formula: str = strawberry.field(description="The definition of the figures.")
    source: str = strawberry.field(description="The publications that it follows.")
    parameters: JSON = strawberry.field(description="All arguments and settings used.")
    as_of: date = strawberry.field(description="The day that the answer is about.")
    data_age_seconds: float = strawberry.field(
        description="Seconds since the data was read from the database."
    )
    warnings: list[str] = strawberry.field(
        description="What to know before relying on the answer."
    )


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


@dataclass
class Analysis:
    """A question while it is answered: its day, its arguments, when reading began."""

    day: date
    parameters: dict[str, Any]
    warnings: list[str] = field(default_factory=list)
    read_at: float = field(default_factory=time.monotonic)

    def about(self, formula: str, source: str) -> About:
        return about(
            formula, source, self.parameters, self.day, self.read_at, self.warnings
        )


def begin(subject: Selection | date | None, **arguments: Any) -> Analysis:
    """Begin to answer a question of a network, or of a day (today where it is None).

    `arguments` are echoed under their GraphQL names: those of the resolver as they
    are used, and the settings that the answer depends on.
    """
    if isinstance(subject, Selection):
        day, arguments = subject.day, {"network": subject, **arguments}
    else:
        day = subject or today()
        arguments |= {"as_of": day}
    return Analysis(day, {camel(name): plain(v) for name, v in arguments.items()})
