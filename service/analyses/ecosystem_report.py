"""Which acquaintances of a community cool down?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.algorithms.decay import decay
from service.graph import Graph
from service.graph.statements import statement


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


async def cooling_ties(
    graph: Graph, community: str, day: date, half_life: float
) -> list[CoolingTieRow]:
    """By the lost strength descending, then key."""
    query = statement("ecosystem_report/cooling_ties")
    rows = await graph.rows(
        query, CoolingTieRow, community=community, day=day, half_life=half_life
    )
    return sorted(rows, key=lambda row: (-round(row.loss(half_life), 9), row.key))
