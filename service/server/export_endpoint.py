"""GET /export/<connection>.<csv|jsonl|arrow>: all records of one connection."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from service.errors import AuthenticationRequired
from service.formats.connections import CONNECTIONS
from service.formats.writers import STREAMS, stream
from service.graph import Graph
from service.server.authentication import authenticate, with_challenge
from service.server.state import state_of

PATH = "/export/{name}.{format}"


async def export(request: Request, name: str, format: str) -> Response:
    """All records of a connection of the API, ordered by key.

    The response begins once the first block is ready; an error after that cuts it off,
    which a client sees as an incomplete body.
    """
    try:
        authenticate(request)
    except AuthenticationRequired as error:
        return with_challenge(Response(f"{error}\n", 401), error)
    if name not in CONNECTIONS or format not in STREAMS:
        formats = ", ".join(STREAMS)
        text = "No such export; expected /export/CONNECTION.FORMAT, such as"
        text += f" /export/organisations.csv. Formats: {formats}.\n"
        return Response(text, 404)
    parts = blocks(state_of(request).graph, name, format)
    first = await anext(parts, b"")
    headers = {"content-disposition": f'attachment; filename="{name}.{format}"'}
    media_type = STREAMS[format].media_type
    return StreamingResponse(chain(first, parts), 200, headers, media_type)


async def blocks(graph: Graph, name: str, format: str) -> AsyncIterator[bytes]:
    async with graph.read_transaction() as reader:
        async for part in stream(reader, CONNECTIONS[name], format):
            yield part


async def chain(first: bytes, parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for part in parts:
        yield part
