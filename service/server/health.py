"""Health probes: /livez and /readyz."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from service.errors import ValuenetError
from service.server.responses import json_response
from service.server.state import ServerState, state_of

READY_SECONDS = 3


async def live() -> Response:
    """The process answers."""
    return Response("alive\n", media_type="text/plain")


async def ready(request: Request) -> Response:
    """The database answers, too; if not, 503 with the reason.

    Probes need no token, so all that arrive at the same time share one check.
    """
    state = state_of(request)
    if state.readiness is None or state.readiness.done():
        state.readiness = asyncio.create_task(unreadiness(state))
    if reason := await asyncio.shield(state.readiness):
        return json_response({"ready": False, "reason": reason}, 503)
    return json_response({"ready": True})


async def unreadiness(state: ServerState) -> str:
    """Why the database does not answer; empty if it does."""
    try:
        async with asyncio.timeout(READY_SECONDS):
            await state.graph.check_reachable()
    except (ValuenetError, TimeoutError) as error:
        default = f"The database did not answer within {READY_SECONDS} seconds."
        return str(error) or default
    return ""
