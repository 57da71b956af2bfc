"""Acquaintances that cool down: what is lost of each since its last contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.algorithms.decay import decay
from service.graph import Graph
from service.graph.statements import statement


@dataclass(frozen=True)
class Cooling:
    """An acquaintance not renewed within a half-life; `age` in days."""

    key: str
    source: str
    target: str
    score: float
    age: int

    def strength(self, half_life: float, age: float) -> float:
        """p = 1 - 2^(-s), s the score halved each half-life.

        >>> tie = Cooling("k", "a", "b", 2.0, 360)
        >>> tie.strength(180, 0), tie.strength(180, 180)
        (0.75, 0.5)
        """
        faded: float = self.score * decay(age, half_life)
        return 1 - float(2**-faded)

    def lost(self, half_life: float) -> float:
        return self.strength(half_life, 0) - self.strength(half_life, self.age)


async def cooling(
    graph: Graph, community: str, day: date, half_life: float
) -> list[Cooling]:
    """By what is lost descending, then key."""
    read = statement("ecosystem_report/cooling_ties")
    rows = await graph.rows(
        read, Cooling, community=community, day=day, half_life=half_life
    )
    return sorted(rows, key=lambda row: (-round(row.lost(half_life), 9), row.key))
