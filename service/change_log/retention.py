"""Retention: deletes old changes of the log and old answers to requests."""

from __future__ import annotations

import asyncio
import logging

from service.errors import ValuenetError
from service.graph import Graph
from service.graph.statements import statement
from service.graph.transactions import Writer
from service.settings import Settings

log = logging.getLogger(__name__)
HOUR = 3_600
FOR_EVER = 1_000_000  # days


async def forget(graph: Graph, settings: Settings) -> None:
    """Delete changes and answers that are older than the settings allow."""
    days = settings.log_days or FOR_EVER

    async def work(writer: Writer) -> None:
        await writer.write(
            statement("writes/forget"), days=days, hours=settings.answer_hours
        )

    await graph.write(work)


async def forget_hourly(graph: Graph, settings: Settings) -> None:
    """Delete old entries once an hour while the server runs."""
    while True:
        await asyncio.sleep(HOUR)
        try:
            await forget(graph, settings)
        except ValuenetError as error:
            log.warning("Could not drop old changes: %s", error)
