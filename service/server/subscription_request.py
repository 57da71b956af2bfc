"""What a subscription needs whether it arrives by WebSocket or as an event stream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from schema.context import LOCAL, Context
from schema.execution.subscribing import subscribe
from service.server.graphql_request import GraphQLRequest
from service.server.state import state_of

SEND_SECONDS = 10  # for a client to receive one message
ResponseBodies = AsyncGenerator[dict[str, Any], None]


def open_subscription(
    connection: HTTPConnection, request: GraphQLRequest
) -> ResponseBodies:
    """The response bodies; a ValuenetError if the document may not be used."""
    state = state_of(connection)
    text = state.documents.text(request.document, request.document_hash)
    context = Context(
        state.graph,
        state.settings,
        state.snapshots,
        caller=connection.scope.get("caller", LOCAL),
        may_write=False,
        feed=state.feed,
    )
    return subscribe(
        state.engine.documents,
        text,
        request.variables,
        request.operation_name,
        context,
        request.size,
    )


def is_same_origin(connection: HTTPConnection) -> bool:
    """Whether no page of another origin opens this with a browser's credentials.

    >>> scope = {"type": "http", "headers": [(b"host", b"a"), (b"origin", b"http://[")]}
    >>> is_same_origin(HTTPConnection(scope))
    False
    """
    origin = connection.headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc == connection.headers["host"]
    except (KeyError, ValueError):  # no host, or an origin that is no address
        return False


async def cancel_in_turn(
    connection: HTTPConnection, tasks: list[asyncio.Task[Any]]
) -> None:
    """As `cancel`, after those of the clients that left before."""
    try:
        await state_of(connection).endings.take()
    finally:
        await cancel(tasks)


async def cancel(tasks: list[asyncio.Task[Any]]) -> None:
    """Cancel the tasks and wait for their end."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
