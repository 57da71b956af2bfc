"""Whom the four lenses look at first: a community's mediator, its latest entrant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.graph import Graph
from service.graph.statements import statement


@dataclass(frozen=True)
class Chosen:
    """None where there is nobody of the kind."""

    mediators: list[str]  # by customers descending, then key
    entrants: list[str]  # latest first, then key


async def chosen(graph: Graph, community: str, day: date) -> Chosen:
    read = statement("lenses/sample")
    return (await graph.rows(read, Chosen, community=community, day=day))[0]
