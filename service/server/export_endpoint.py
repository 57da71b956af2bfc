"""/export/TABLE.FORMAT: all records of one connection; /export/: the list of them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import AsyncGenerator

from starlette.requests import Request
from starlette.responses import Response

from service.errors import UntrustedDocument, ValuenetError
from service.formats.blocks import ExportSource
from service.formats.writers import STREAMS, replacements_for, stream
from service.graph import Graph
from service.graph.request_scope import request_scope
from service.server.authentication import authenticate
from service.server.export_list import list_tables
from service.server.export_request import (
    ExportRequest,
    check_parameters,
    check_price,
    parse_export,
)
from service.server.responses import (
    BOOKMARK,
    CACHE_CONTROL,
    COST,
    VERSION,
    compress,
    for_method,
    is_current,
    with_etag,
)
from service.server.state import ServerState, state_of
from service.server.table_response import table_response, text_refusal

LIST_PATH = "/export/"
TABLE_PATH = "/export/{file}"
MOST_BLOCK_RECORDS = 1_000  # the event loop serves others between two blocks

log = logging.getLogger(__name__)


async def export_list(request: Request) -> Response:
    """The tables, as HTML for browsers and as JSON for others."""
    try:
        authorise(request)
        check_parameters(request.query_params, {})
    except ValuenetError as error:
        return for_method(request, text_refusal(error))
    accept, encoding, cached = (
        request.headers.get(name, "")
        for name in ("accept", "accept-encoding", "if-none-match")
    )
    response = with_etag(list_tables(accept), cached)
    return for_method(request, await compress(response, encoding))


async def export_table(request: Request) -> Response:
    """All records of a table, ordered by key."""
    try:
        authorise(request)
        table = parse_export(request.path_params["file"], request.query_params)
        return await respond(request, table)
    except ValuenetError as error:
        return for_method(request, text_refusal(error))


async def respond(request: Request, table: ExportRequest) -> Response:
    """304 if the client has this table already; else its headers, and for GET its rows.

    A change during the export is not in the ETag: the client gets it the next time.
    """
    state, bookmark = state_of(request), request.headers.get(BOOKMARK, "")
    with request_scope(state.settings.timeout_seconds, bookmark):
        await state.graph.await_bookmarks()
        change = await state.graph.last_change()
        headers = {
            "etag": etag(change, table),
            "cache-control": CACHE_CONTROL,
            "vary": "accept-encoding, authorization",
            BOOKMARK: change,
        }
        if is_current(headers["etag"], request.headers.get("if-none-match", "")):
            return Response(None, 304, headers)
        price = await check_price(state.graph, table, state.settings.max_cost)
    headers[COST] = str(price)
    parts = read_parts(state.graph, table)
    media_type = STREAMS[table.format].media_type
    return table_response(request, parts, headers, media_type, table.file_name)


def authorise(request: Request) -> None:
    """Any token may read tables, unless the server answers trusted documents only."""
    authenticate(request)
    refuse_untrusted(state_of(request))


def refuse_untrusted(state: ServerState) -> None:
    if state.documents.only:
        raise UntrustedDocument(
            "This server answers trusted documents only, and tables are not among"
            " them. Run `valuenet export` on the server, or add a document."
        )


def etag(change: str, table: ExportRequest) -> str:
    """The same while nothing is written. It is weak: the body may be compressed."""
    parts = (change, table.file_name, str(table.day), VERSION)
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=16)
    return f'W/"{digest.hexdigest()}"'


async def read_parts(graph: Graph, table: ExportRequest) -> AsyncGenerator[bytes, None]:
    """The file, a block at a time."""
    replacements = replacements_for(table.format)
    async with graph.read_transaction() as reader:
        source = ExportSource(
            reader, replacements, table.day, largest=MOST_BLOCK_RECORDS
        )
        async for part in stream(source, table.connection, table.format):
            yield part
    for sentence in replacements.sentences():
        log.warning("%s: %s", table.file_name, sentence)
