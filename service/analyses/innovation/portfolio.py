"""How budget and people are spread over horizons, and who is at work."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.algorithms.net import net
from service.analyses.currency_sums import currency_order
from service.analyses.figure import Figure, nothing, pieces, share
from service.graph import Graph
from service.graph.statements import statement
from service.vocabulary.enums import Horizon

OUTSIDE = ("CUSTOMER", "PARTNER", "UNIVERSITY", "COMPETITOR")
RULE = {Horizon.CORE: 0.7, Horizon.ADJACENT: 0.2, Horizon.TRANSFORMATIONAL: 0.1}


@dataclass(frozen=True)
class InitiativeRow:
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
class InsiderRow:
    """A team or person inside, and the others that it is tied to."""

    key: str
    team: bool
    research: bool
    function: str | None
    teams: list[str]
    layers: int
    functions: list[str]
    neighbours: list[str]


@dataclass(frozen=True)
class SpinOffRow:
    key: str


@dataclass(frozen=True)
class InnovationRows:
    """All rows about an organisation's innovation on a day."""

    initiatives: list[InitiativeRow]
    insiders: list[InsiderRow]
    spin_offs: list[str]

    @property
    def active(self) -> list[InitiativeRow]:
        return [initiative for initiative in self.initiatives if initiative.active]


@dataclass(frozen=True)
class HorizonBand:
    """What one horizon has of a budget in one currency, or of the people.

    `amount` is the known part: `known_count` initiatives of the horizon state it and
    `unknown_count` may belong to it, but do not.
    """

    horizon: Horizon
    currency: str | None
    amount: float | None
    known_count: int
    unknown_count: int
    figure: Figure
    target: float

    @property
    def gap(self) -> float | None:
        value = self.figure.value
        return None if value is None else net(value, self.target)


async def read_innovation(graph: Graph, organisation: str, day: date) -> InnovationRows:
    parameters: dict[str, Any] = {"organisation": organisation, "day": day}
    initiatives, insiders, spin_offs = await asyncio.gather(
        graph.rows(statement("innovation/initiatives"), InitiativeRow, **parameters),
        graph.rows(statement("innovation/insiders"), InsiderRow, **parameters),
        graph.rows(statement("innovation/spin_offs"), SpinOffRow, **parameters),
    )
    return InnovationRows(
        initiatives, insiders, [spin_off.key for spin_off in spin_offs]
    )


def budgets(rows: InnovationRows, targets: dict[Horizon, float]) -> list[HorizonBand]:
    """Of active initiatives with a horizon, currency by currency."""
    known = [i for i in rows.active if i.horizon and i.budget is not None]
    unknown = [i for i in rows.active if i.horizon and i.budget is None]
    return [
        band
        for code in currency_order(initiative.currency for initiative in known)
        for band in bands(
            [(i, i.budget) for i in known if i.currency == code]
            + [(i, None) for i in unknown if i.currency in (code, None)],
            code,
            targets,
        )
    ]


def people(rows: InnovationRows, targets: dict[Horizon, float]) -> list[HorizonBand]:
    return bands([(i, i.people) for i in rows.active if i.horizon], None, targets)


def bands(
    amounts: list[tuple[InitiativeRow, float | None]],
    currency: str | None,
    targets: dict[Horizon, float],
) -> list[HorizonBand]:
    known = [(initiative, n) for initiative, n in amounts if n is not None]
    total = sum(n for _, n in known)
    evidence = pieces("Initiative", (initiative.key for initiative, _ in known))
    results = []
    for horizon in Horizon:
        own = [(i, n) for i, n in known if i.horizon == horizon.value]
        unknown = sum(n is None and i.horizon == horizon.value for i, n in amounts)
        amount = sum(n for _, n in own) if own or not unknown else None
        if not known:
            figure = nothing("No active initiative states it.")
        elif amount is None:
            why = f"Active initiatives of this horizon that state it: 0 of {unknown}."
            figure = nothing(why, len(known), evidence)
        elif not total:
            figure = nothing("The sum over all horizons is 0.", len(known), evidence)
        else:
            figure = Figure(amount / total, len(known), None, evidence)
        results.append(
            HorizonBand(
                horizon, currency, amount, len(own), unknown, figure, targets[horizon]
            )
        )
    return results


def openness(rows: InnovationRows, role: str | None = None) -> Figure:
    """Active initiatives with an outside member at work, of all active ones."""
    active = rows.active
    own = sum(
        role in initiative.roles if role else bool(initiative.roles)
        for initiative in active
    )
    empty = "No initiative is active on that day."
    evidence = pieces("Initiative", (initiative.key for initiative in active))
    return share(own, len(active), empty, evidence)


def feedback_share(rows: InnovationRows) -> Figure:
    """Initiatives that feedback or a case led to, of all begun."""
    begun = rows.initiatives
    own = sum(bool(initiative.feedback or initiative.cases) for initiative in begun)
    empty = "No initiative has begun by that day."
    evidence = pieces("Initiative", (initiative.key for initiative in begun))
    return share(own, len(begun), empty, evidence)


def failures(rows: InnovationRows, lesson: bool) -> list[str]:
    return [
        initiative.key
        for initiative in rows.initiatives
        if initiative.status == "FAILED"
        and bool((initiative.lesson or "").strip()) is lesson
    ]
