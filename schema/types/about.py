"""How each answer was computed: formula, source, parameters, age, warnings."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import strawberry
from strawberry.scalars import JSON

from schema.context import Info, root_name, today
from schema.records.ranking_windows import WRITTEN_SINCE
from schema.types.network_input import plain
from service.networks.selection import Selection
from service.networks.undated import undated_records
from service.vocabulary import camel

Subject = Selection | date  # a network, or the whole graph on a day


def day_of(subject: Subject) -> date:
    return subject.day if isinstance(subject, Selection) else subject


async def all_warnings(root: About, info: Info) -> list[str]:
    """The warnings of the question and of its cursors, and on a past day what has no
    first day."""
    warnings = [*root.own_warnings]
    scope = info.context.questions.get(root_name(info))
    if scope and scope.is_outdated:
        warnings.append(WRITTEN_SINCE)
    for subject in root.subjects:
        if (day := day_of(subject)) < today():
            undated = await undated_records(info.context.networks, subject)
            warnings += undated.warnings(day)
    return list(dict.fromkeys(warnings))


@strawberry.type(
    description="How an answer was computed, with all that is needed to compute it"
    " again."
)
class About:
    subjects: strawberry.Private[list[Subject]]
    own_warnings: strawberry.Private[list[str]]
    formula: str = strawberry.field(description="The definition of the figures.")
    source: str = strawberry.field(description="The publications that it follows.")
    parameters: JSON = strawberry.field(description="All arguments and settings used.")
    as_of: date = strawberry.field(description="The day that the answer is about.")
    data_age_seconds: float = strawberry.field(
        description="Seconds since the data was read from the database."
    )
    warnings: list[str] = strawberry.field(
        resolver=all_warnings,
        description="What to know before relying on the answer. On a past day it counts"
        " the members and ties that count as active because they have no first day."
        " With `after` it says when something was written since the first page.",
    )


@dataclass
class Analysis:
    """A question while it is answered: its day, its arguments, when reading began."""

    subjects: list[Subject]
    parameters: dict[str, Any]
    read_at: float = field(default_factory=time.monotonic)

    @property
    def day(self) -> date:
        return day_of(self.subjects[-1])

    def add(self, **arguments: Any) -> None:
        """Echo further arguments, or settings, under their GraphQL names."""
        self.parameters |= {camel(name): plain(v) for name, v in arguments.items()}

    def about(
        self,
        formula: str,
        source: str,
        warnings: Sequence[str] = (),
        read_at: float | None = None,
    ) -> About:
        """`read_at`: when the data was read, if that was before the question came."""
        age = time.monotonic() - (self.read_at if read_at is None else read_at)
        return About(
            subjects=self.subjects,
            own_warnings=list(warnings),
            formula=formula,
            source=source,
            parameters=JSON(self.parameters),
            as_of=self.day,
            data_age_seconds=round(age, 6),
        )


def begin(subject: Selection | date | None, **arguments: Any) -> Analysis:
    """Begin to answer a question of a network, or of a day (today where it is None).

    `arguments` are echoed under their GraphQL names: those of the resolver as they
    are used, and the settings that the answer depends on.
    """
    if isinstance(subject, Selection):
        arguments = {"network": subject, **arguments}
    else:
        subject = subject or today()
        arguments |= {"as_of": subject}
    return Analysis([subject], {camel(name): plain(v) for name, v in arguments.items()})
