"""What is known of a provider's service in a period, as rows of the graph."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from service.graph import Graph
from service.graph.statements import statement


@dataclass(frozen=True)
class Period:
    """From its first day to the day after its last one."""

    begin: date
    until: date

    @property
    def before(self) -> Period:
        """As many days, just before."""
        return Period(self.begin - (self.until - self.begin), self.begin)

    def holds(self, day: date | None) -> bool:
        return day is not None and self.begin <= day < self.until


@dataclass(frozen=True)
class Said:
    """A piece of feedback."""

    key: str
    kind: str | None
    question: int | None
    score: float | None
    on: date | None
    state: str | None
    giver: str | None
    case: str | None
    initiative: str | None


@dataclass(frozen=True)
class Case:
    key: str
    customer: str | None
    opened_at: datetime | None
    first_response_at: datetime | None
    resolved_at: datetime | None
    channel: str | None
    reason: str | None
    contacts: int | None
    handovers: int | None
    escalated: bool | None
    compensation: float | None
    currency: str | None
    initiated_by: str | None
    initiative: str | None

    @property
    def on(self) -> date | None:
        """The day, in UTC, on which it was opened."""
        return self.opened_at and self.opened_at.astimezone(UTC).date()

    @property
    def response_hours(self) -> float | None:
        return hours(self.opened_at, self.first_response_at)

    @property
    def resolution_hours(self) -> float | None:
        return hours(self.opened_at, self.resolved_at)

    def known(self, day: date) -> Case:
        """As it stood at the end of a day: what came later is not there yet."""
        end = datetime.combine(day + timedelta(days=1), time(), UTC)
        first, done = self.first_response_at, self.resolved_at
        changed = dict(vars(self))
        changed["first_response_at"] = first if first and first < end else None
        changed["resolved_at"] = done if done and done < end else None
        return Case(**changed)


@dataclass(frozen=True)
class Signed:
    """A customer under a contract on the first or the last day."""

    customer: str
    contract: str
    value: float | None
    currency: str | None
    value_period: str | None
    since: date | None
    until: date | None
    at_start: bool
    at_end: bool


@dataclass(frozen=True)
class Begun:
    """An initiative that feedback or cases led to."""

    key: str
    since: date | None
    until: date | None
    status: str | None


@dataclass(frozen=True)
class Records:
    """Of the period and of the one before it; contracts of the period alone."""

    said: list[Said]
    cases: list[Case]
    signed: list[Signed]
    initiatives: list[Begun]

    def of(self, period: Period) -> Records:
        return Records(
            [one for one in self.said if period.holds(one.on)],
            [one for one in self.cases if period.holds(one.on)],
            self.signed,
            self.initiatives,
        )

    @property
    def warnings(self) -> list[str]:
        found = []
        undated = sum(one.on is None for one in self.said)
        undated += sum(one.on is None for one in self.cases)
        if undated:
            found.append(f"{undated} feedbacks or cases without a day are left out.")
        odd = sum(
            (one.response_hours or 0) < 0 or (one.resolution_hours or 0) < 0
            for one in self.cases
        )
        if odd:
            found.append(f"{odd} cases were answered before they were opened: counted.")
        return found


def hours(begin: datetime | None, end: datetime | None) -> float | None:
    """
    >>> hours(datetime(2026, 7, 1, 8, tzinfo=UTC), datetime(2026, 7, 3, tzinfo=UTC))
    40.0
    """
    if begin is None or end is None:
        return None
    return (end - begin).total_seconds() / 3_600


async def read(graph: Graph, provider: str, period: Period, day: date) -> Records:
    whole = {"provider": provider, "begin": period.before.begin, "until": period.until}
    said, cases, signed = await asyncio.gather(
        graph.rows(statement("service_quality/feedback"), Said, day=day, **whole),
        graph.rows(statement("service_quality/cases"), Case, day=day, **whole),
        graph.rows(
            statement("service_quality/contracts"),
            Signed,
            **(whole | {"begin": period.begin}),
        ),
    )
    now = [case.known(day) for case in cases]
    keys = {one.initiative for one in said if one.initiative}
    keys |= {one.initiative for one in now if one.initiative}
    begun = await graph.rows(
        statement("service_quality/initiatives"), Begun, initiatives=sorted(keys)
    )
    return Records(said, now, signed, begun)
