"""Four schools side by side: the mediator and the entrant that they look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.graph import Graph
from service.graph.statements import statement


@dataclass(frozen=True)
class LensSampleRow:
    """A list is empty if there is no such member."""

    mediators: list[str]  # by customers descending, then key
    entrants: list[str]  # latest first, then key


async def lens_sample(graph: Graph, community: str, day: date) -> LensSampleRow:
    query = statement("lenses/sample")
    return (await graph.rows(query, LensSampleRow, community=community, day=day))[0]
