"""GET /export/<connection>.<csv|jsonl|arrow>: one connection as a stream."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from service.errors import AuthenticationRequired
from service.formats.connections import CONNECTIONS
from service.formats.writers import STREAMS, stream
from service.graph import Graph
from service.server.authentication import let_in, refusing

PATH = "/export/{name}.{format}"


async def exported(request: Request, name: str, format: str) -> Response:
    """All records of a connection of the API, in order of key.

    The answer begins when the first block is there; an error after that ends it early,
    which a client sees as a body without its end.
    """
    try:
        let_in(request)
    except AuthenticationRequired as error:
        return refusing(Response(f"{error}\n", 401), error)
    if name not in CONNECTIONS or format not in STREAMS:
        known = f"a connection such as organisations, as {', '.join(STREAMS)}"
        return Response(f"No such export; expected {known}.\n", 404)
    parts = told(request.app.state.graph, name, format)
    first = await anext(parts, b"")
    file = {"content-disposition": f'attachment; filename="{name}.{format}"'}
    return StreamingResponse(rest(first, parts), 200, file, STREAMS[format].media_type)


async def told(graph: Graph, name: str, format: str) -> AsyncIterator[bytes]:
    async with graph.read_transaction() as reader:
        async for part in stream(reader, CONNECTIONS[name], format):
            yield part


async def rest(first: bytes, parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for part in parts:
        yield part
