"""Warm-up: the database plans the statements of the main questions in advance."""

from __future__ import annotations

import asyncio
import logging

from service.errors import ValuenetError
from service.graph import Graph
from service.graph.statements import statement

log = logging.getLogger(__name__)

STATEMENTS = (
    statement("networks/members", SCOPE="(m:Member)"),
    statement("networks/ties", TYPES="PROVIDES", END="number"),
    statement("brokerage/by_ties", TYPES="PROVIDES"),
    statement("brokerage/by_investment"),
    statement("cascades/dependencies"),
    statement("cascades/customers"),
    statement("introductions/ties", END="number"),
    statement("introductions/shares", END="number"),
    statement("introductions/evidence"),
)


async def warm_up(graph: Graph, stop: asyncio.Event) -> None:
    """Run each statement once, until `stop`; a failure does no harm but is logged."""
    try:
        for read in STATEMENTS:
            if stop.is_set():
                return
            await graph.rows(read, dict, **read.params)
    except ValuenetError as error:
        log.warning("Could not plan the main statements in advance: %s", error)
    except Exception:
        log.exception("Could not plan the main statements in advance")
    finally:
        graph.is_warm = True
