"""/tables/NAME.FORMAT: all rows of a table, streamed; /export/ has the same tables."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

from schema.context import today
from service.errors import BadInput, RecordNotFound, ValuenetError
from service.feeds.access import reader_of, with_challenges
from service.feeds.changes import last_change
from service.feeds.encoders import FORMATS
from service.feeds.file_request import (
    FileRequest,
    file_parts,
    file_request,
    known_names,
)
from service.feeds.state import feeds_of
from service.feeds.table_reader import TableReader
from service.formats.connections import CONNECTIONS
from service.graph.request_scope import request_scope
from service.server.export_endpoint import export_table
from service.server.export_request import check_parameters
from service.server.responses import (
    BOOKMARK,
    CACHE_CONTROL,
    COST,
    VERSION,
    for_method,
    is_current,
)
from service.server.state import state_of
from service.server.table_response import table_response, text_refusal

CHANGE = "x-valuenet-change"


async def table_file(request: Request) -> Response:
    """All rows of a table."""
    try:
        reader = reader_of(request)
        return await respond(request, reader, parse_file(request))
    except ValuenetError as error:
        refused = with_challenges(text_refusal(error), error)
        return for_method(request, refused)


async def exported_file(request: Request) -> Response:
    """The records of a connection with all their properties; else a table."""
    name = request.path_params["file"].rpartition(".")[0]
    if name in CONNECTIONS or name not in feeds_of(request).tables.tables:
        return await export_table(request)
    return await table_file(request)


def parse_file(request: Request) -> FileRequest:
    """The request for a file such as `brokerage.csv`."""
    name, _, format = request.path_params["file"].rpartition(".")
    if format not in FORMATS:
        formats = ", ".join(FORMATS)
        raise RecordNotFound(
            f"{request.path_params['file'][:60]}: no such file. Expected TABLE.FORMAT,"
            f" such as brokerage.csv; /tables/ lists the tables. Formats: {formats}."
        )
    table = feeds_of(request).tables.table(name)
    check_parameters(request.query_params, known_names(table, format))
    return file_request(table, format, dict(request.query_params))


async def respond(request: Request, reader: TableReader, file: FileRequest) -> Response:
    """304 if the client has this table already; else its headers, and for GET its rows.

    A change while it is read is not in the ETag: the client gets it the next time.
    """
    state, bookmark = state_of(request), request.headers.get(BOOKMARK, "")
    with request_scope(state.settings.timeout_seconds, bookmark):
        headers = await validators(request, reader, file)
        if is_cached(request, headers):
            return Response(None, 304, headers)
        headers[COST] = str(await check_price(reader, file, state.settings.max_cost))
    parts = file_parts(reader, file)
    media_type = FORMATS[file.format].media_type
    return table_response(
        request, parts, headers, media_type, file.file_name, reader.warnings
    )


async def validators(
    request: Request, reader: TableReader, file: FileRequest
) -> dict[str, str]:
    """The headers that say which version of the table this is."""
    graph = reader.context.graph
    await graph.await_bookmarks()
    bookmark = await graph.last_change()
    number, at = await last_change(graph)
    midnight = datetime.combine(today(), time(), UTC)  # a table may be about today
    return {
        "etag": etag(bookmark, file),
        "last-modified": format_datetime(max(at or midnight, midnight), usegmt=True),
        "cache-control": CACHE_CONTROL,
        "vary": "accept-encoding, authorization, cookie",
        BOOKMARK: bookmark,
        CHANGE: str(number),
    }


def etag(bookmark: str, file: FileRequest) -> str:
    """The same while nothing is written, on one day. It is weak: the body may be
    compressed.
    """
    table = file.rows.table
    parts = (bookmark, str(today()), table.text, file.file_name, file.text)
    digest = hashlib.blake2b("\0".join((*parts, VERSION)).encode(), digest_size=16)
    return f'W/"{digest.hexdigest()}"'


def is_cached(request: Request, headers: dict[str, str]) -> bool:
    """Whether the client has this version; an ETag says it more exactly than a time."""
    if tags := request.headers.get("if-none-match"):
        return is_current(headers["etag"], tags)
    try:
        known = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (OverflowError, ValueError):  # a number in it may be too large
        return False
    if known.tzinfo is None:
        return False
    return parsedate_to_datetime(headers["last-modified"]) <= known


async def check_price(reader: TableReader, file: FileRequest, limit: int) -> int:
    """The most that the table costs in points; BadInput above the limit."""
    points = await reader.price(file.rows)
    if points > limit:
        raise BadInput(
            f"{file.rows.table.name}: this costs {points:,} points; the limit is"
            f" {limit:,}. Ask for fewer columns, rows or days, raise"
            " VALUENET_MAX_COST, or run `valuenet table` on the server."
        )
    return points
