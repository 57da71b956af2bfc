"""Which acquaintances cool down, and which have no day from which to tell?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.algorithms.decay import decay
from service.graph import Graph
from service.graph.statements import statement


@dataclass(frozen=True)
class AcquaintanceRow:
    """An acquaintance; without a score or its day nobody can say whether it cools."""

    key: str
    source: str
    target: str
    score: float | None
    age: int | None  # in days


@dataclass(frozen=True)
class CoolingTieRow:
    """An acquaintance not renewed within a half-life; `age` in days."""

    key: str
    source: str
    target: str
    score: float
    age: int

    def strength(self, half_life: float, age: float) -> float:
        """p = 1 - 2^(-s), s the score halved each half-life.

        >>> tie = CoolingTieRow("k", "a", "b", 2.0, 360)
        >>> tie.strength(180, 0), tie.strength(180, 180)
        (0.75, 0.5)
        """
        decayed = self.score * decay(age, half_life)
        return 1 - float(2**-decayed)

    def loss(self, half_life: float) -> float:
        return self.strength(half_life, 0) - self.strength(half_life, self.age)


@dataclass(frozen=True)
class CoolingAnalysis:
    """All acquaintances of some people with one another."""

    count: int
    undated_count: int
    ties: list[CoolingTieRow]  # by the lost strength descending, then key


async def cooling_analysis(
    graph: Graph, people: list[str], day: date, half_life: float
) -> CoolingAnalysis:
    query = statement("ecosystem_report/acquaintances")
    rows = await graph.rows(query, AcquaintanceRow, members=people, day=day)
    ties = [
        CoolingTieRow(row.key, row.source, row.target, row.score, row.age)
        for row in rows
        if row.score and row.age is not None and row.age > half_life
    ]
    ties.sort(key=lambda tie: (-round(tie.loss(half_life), 9), tie.key))
    undated = sum(row.score is None or row.age is None for row in rows)
    return CoolingAnalysis(len(rows), undated, ties)
