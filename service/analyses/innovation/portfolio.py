"""How budget and people are spread over horizons, and who is at work."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.analyses.figure import Figure, nothing, pieces, share
from service.graph import Graph
from service.graph.statements import statement
from service.vocabulary.enums import Horizon

OUTSIDE = ("CUSTOMER", "PARTNER", "UNIVERSITY", "COMPETITOR")
RULE = {Horizon.CORE: 0.7, Horizon.ADJACENT: 0.2, Horizon.TRANSFORMATIONAL: 0.1}


@dataclass(frozen=True)
class Initiative:
    """One initiative that the organisation runs or has run."""

    key: str
    horizon: str | None
    budget: float | None
    currency: str | None
    people: float | None
    status: str | None
    lesson: str | None
    active: bool
    workers: list[list[Any]]  # each: key, whether inside, what it is, share of time
    feedback: list[str]
    cases: list[str]

    @property
    def roles(self) -> set[str]:
        return {role for _, inside, role, _ in self.workers if not inside}


@dataclass(frozen=True)
class Insider:
    """A team or person inside; `tied` are the others that anything joins it with."""

    key: str
    team: bool
    research: bool
    function: str | None
    teams: list[str]
    layers: int
    functions: list[str]
    tied: list[str]


@dataclass(frozen=True)
class Keyed:
    key: str


@dataclass(frozen=True)
class House:
    """All that is known of an organisation's innovation on a day."""

    initiatives: list[Initiative]
    insiders: list[Insider]
    spin_offs: list[str]

    @property
    def active(self) -> list[Initiative]:
        return [one for one in self.initiatives if one.active]


@dataclass(frozen=True)
class Band:
    """What one horizon has of a budget in one currency, or of the people."""

    horizon: Horizon
    currency: str | None
    amount: float
    figure: Figure
    target: float

    @property
    def gap(self) -> float | None:
        value = self.figure.value
        return None if value is None else value - self.target


async def house(graph: Graph, organisation: str, day: date) -> House:
    asked = {"organisation": organisation, "day": day}
    initiatives, insiders, spin_offs = await asyncio.gather(
        graph.rows(statement("innovation/initiatives"), Initiative, **asked),
        graph.rows(statement("innovation/insiders"), Insider, **asked),
        graph.rows(statement("innovation/spin_offs"), Keyed, **asked),
    )
    return House(initiatives, insiders, [one.key for one in spin_offs])


def budgets(found: House, targets: dict[Horizon, float]) -> list[Band]:
    """Of active initiatives with a horizon, currency by currency."""
    held: dict[str | None, list[Initiative]] = defaultdict(list)
    for one in found.active:
        if one.budget is not None and one.horizon is not None:
            held[one.currency].append(one)
    currencies = sorted(held, key=lambda code: (code is None, code or ""))
    return [
        band
        for code in currencies
        for band in bands(
            [(one, one.budget or 0.0) for one in held[code]], code, targets
        )
    ]


def people(found: House, targets: dict[Horizon, float]) -> list[Band]:
    own = [
        (one, one.people)
        for one in found.active
        if one.people is not None and one.horizon is not None
    ]
    return bands(own, None, targets)


def bands(
    held: list[tuple[Initiative, float]],
    currency: str | None,
    targets: dict[Horizon, float],
) -> list[Band]:
    total = sum(amount for _, amount in held)
    found = []
    for horizon in Horizon:
        own = [(one, n) for one, n in held if one.horizon == horizon.value]
        amount = sum(n for _, n in own)
        evidence = pieces("Initiative", (one.key for one, _ in own))
        figure = nothing("No active initiative states it.", len(held))
        if total:
            figure = Figure(amount / total, len(held), None, evidence)
        found.append(Band(horizon, currency, amount, figure, targets[horizon]))
    return found


def openness(found: House, role: str | None = None) -> Figure:
    """Active initiatives with an outside member at work, of all active ones."""
    active = found.active
    own = [one.key for one in active if (role in one.roles if role else one.roles)]
    empty = "No initiative is active on that day."
    return share(len(own), len(active), empty, pieces("Initiative", own))


def born(found: House) -> Figure:
    """Initiatives that feedback or a case led to, of all begun."""
    own = [one.key for one in found.initiatives if one.feedback or one.cases]
    empty = "No initiative has begun by that day."
    return share(len(own), len(found.initiatives), empty, pieces("Initiative", own))


def failures(found: House, lesson: bool) -> list[str]:
    return [
        one.key
        for one in found.initiatives
        if one.status == "FAILED" and bool((one.lesson or "").strip()) is lesson
    ]
