"""Health probes: /livez and /readyz."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from service.errors import ValuenetError
from service.server.responses import json_response
from service.server.state import state_of

READY_SECONDS = 3


async def live() -> Response:
    """The process answers."""
    return Response("alive\n", media_type="text/plain")


async def ready(request: Request) -> Response:
    """The database answers, too; if not, 503 with the reason."""
    try:
        async with asyncio.timeout(READY_SECONDS):
            await state_of(request).graph.check_reachable()
    except (ValuenetError, TimeoutError) as error:
        default = f"The database did not answer within {READY_SECONDS} seconds."
        body = {"ready": False, "reason": str(error) or default}
        return json_response(body, 503)
    return json_response({"ready": True})
