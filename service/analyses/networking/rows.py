"""One member's ties, favours, needs and communities, as rows of the graph."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta

from service.algorithms.decay import decay
from service.analyses.introductions.chances import CLOSE, KINDS, UNSTATED
from service.graph import Graph
from service.graph.statements import statement
from service.vocabulary.enums import TieKind


@dataclass(frozen=True)
class Tied:
    """One tie, and whom it joins with the member."""

    kind: str
    tie: str
    other: str
    context: str | None
    score: float | None
    score_at: date | None
    declared: float | None
    months: list[str]
    since: date | None
    sector: str | None
    region: str | None
    function: str | None
    capabilities: list[str]

    @property
    def tie_kind(self) -> TieKind:
        return KINDS[self.kind]

    def faded(self, day: date, half_life: float) -> float | None:
        """What is left of the score; not faded before it was told."""
        if self.score is None:
            return None
        age = 0 if self.score_at is None else max(0, (day - self.score_at).days)
        return float(max(self.score, 0) * decay(age, half_life))

    def chance(self, day: date, half_life: float, friend: float) -> float:
        """How likely it carries an introduction, as in partnerPaths."""
        strength = self.faded(day, half_life)
        told = UNSTATED if self.declared is None else self.declared
        found = told if strength is None else 1 - 2**-strength
        return found * friend if self.context in CLOSE else found

    def last_contact(self, day: date) -> date | None:
        """When it was last renewed: a score told, a month with a contact, its begin.

        A month counts as its last day, or as `day` where that comes first.
        """
        found = [min(end_of(month), day) for month in self.months if begins(month, day)]
        found += [at for at in (self.score_at, self.since) if at and at <= day]
        return max(found, default=None)


@dataclass(frozen=True)
class Favour:
    kind: str
    key: str
    other: str
    given: bool
    on: date | None


@dataclass(frozen=True)
class Ability:
    """A capability that the member has or needs, and who else does."""

    key: str
    had: bool
    needed: bool
    holders: list[str]
    seekers: list[str]


@dataclass(frozen=True)
class Circle:
    """A community that the member is not in."""

    key: str
    region: str | None
    sectors: list[str]
    members: list[str]


@dataclass(frozen=True)
class Own:
    """All that is read of one member."""

    ties: list[Tied]
    favours: list[Favour]
    abilities: list[Ability]
    circles: list[Circle]


def begins(month: str, day: date) -> bool:
    return date.fromisoformat(f"{month}-01") <= day


def end_of(month: str) -> date:
    """
    >>> end_of("2024-02")
    datetime.date(2024, 2, 29)
    """
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


async def own(graph: Graph, member: str, day: date) -> Own:
    asked = {"member": member, "day": day}
    return Own(
        *await asyncio.gather(
            graph.rows(statement("networking/ties"), Tied, **asked),
            graph.rows(statement("networking/favours"), Favour, **asked),
            graph.rows(statement("networking/needs"), Ability, **asked),
            graph.rows(statement("networking/communities"), Circle, **asked),
        )
    )
