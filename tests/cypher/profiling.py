"""A graph that runs what the product runs with PROFILE, and what the server says."""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

from neo4j import AsyncDriver

from schema.context import Context
from schema.query import schema
from service.graph import Graph
from service.graph.statements import Statement
from service.graph.transactions import to_native
from service.networks.snapshots import Snapshots
from service.settings import Settings

READING = ("r", "s")  # "s": a procedure that describes the server
# Success, no data, omitted result: what a sound statement of any kind returns
SOUND = {"00000", "00001", "02000"}


class Run(NamedTuple):
    """One statement as it was run, and what the server says of it."""

    statement: Statement
    params: dict[str, Any]
    row: type
    summary: Any


class ProfilingGraph(Graph):
    """Reads with PROFILE over a driver that, unlike the product's, hides no remark."""

    def __init__(self, driver: AsyncDriver, database: str) -> None:
        super().__init__(driver, database, 60)
        self.runs: dict[tuple[str, type], Run] = {}
        # All are asked for at once: more than a busy server answers in time.
        self.few = asyncio.Semaphore(8)

    async def rows(self, statement: Statement, row: type, **params: Any) -> list[Any]:
        async with self.few:
            found = await self._driver.execute_query(
                f"PROFILE {statement.text}", params, database_=self._database
            )
        run = Run(statement, params, row, found.summary)
        self.runs[statement.text, row] = run
        return [row(**to_native(record.data())) for record in found.records]

    long_rows = rows


async def ask(graph: Graph, text: str, **values: Any) -> None:
    settings = Settings()
    context = Context(graph, settings, Snapshots(graph, settings), may_write=True)
    found = await schema.execute(text, values, context_value=context)
    assert found.errors is None, (text, found.errors)


def remarks(summary: Any) -> list[str]:
    objects = summary.gql_status_objects
    return [s.status_description for s in objects if s.gql_status not in SOUND]


def operators(plan: dict[str, Any]) -> set[str]:
    inner = [operators(child) for child in plan.get("children", [])]
    return {plan["operatorType"].partition("@")[0]}.union(*inner)


def hits(profile: dict[str, Any]) -> int:
    """The database hits of a plan; a procedure reports none."""
    return profile.get("dbHits", 0) + sum(map(hits, profile.get("children", [])))
