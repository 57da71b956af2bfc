"""/odata/: the tables as OData 4.0, for Excel, Power BI and others."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.errors import (
    AuthenticationRequired,
    BadInput,
    ErrorCode,
    RecordNotFound,
    StatementTimeout,
    Unavailable,
    ValuenetError,
)
from service.feeds.access import feed_token, reader_of, with_challenges
from service.feeds.odata.expressions import UnsupportedOData
from service.feeds.odata.odata_request import (
    PAGE,
    ODataRequest,
    parse_entity,
    parse_options,
)
from service.feeds.odata.set_reader import SetPage, SetReader
from service.feeds.odata.sets import (
    EntitySet,
    entity_sets,
    metadata,
    service_document,
    set_named,
)
from service.feeds.state import feeds_of
from service.graph.request_scope import request_scope
from service.server.responses import RETRY_SECONDS, compress, for_method
from service.server.state import state_of
from service.server.table_response import TABLE_STATUSES, add_warnings, table_slot

PATH = "/odata/"
JSON = "application/json;odata.metadata=minimal;charset=utf-8"
SLOW = "The page took longer than VALUENET_TIMEOUT_SECONDS; ask for less."
ENTITY = re.compile(r"(\w+)\((.+)\)", re.DOTALL)  # of a set, by its key
OTHER_RESOURCES = ("$all", "$batch", "$entity")
MAX_PAGE_SIZE = re.compile(r"(?:odata\.)?maxpagesize\s*=\s*\"?(\d{1,9})")


async def odata(request: Request) -> Response:
    """Any address below /odata/; each response is OData's, errors too."""
    try:
        response = await respond(request)
    except ValuenetError as error:
        response = with_challenges(odata_error(error), error)
    response.headers["odata-version"] = "4.0"
    response.headers["cache-control"] = "no-store"
    encoding = request.headers.get("accept-encoding", "")
    return for_method(request, await compress(response, encoding))


async def odata_root(request: Request) -> Response:
    """The address without its slash, to that with it as the client knows it."""
    return RedirectResponse(root_of(request), 307)


async def respond(request: Request) -> Response:
    feed_token(request)
    path = request.path_params.get("path", "").strip("/")
    sets = entity_sets(feeds_of(request).tables.tables.values())
    if path == "":
        return json_body(service_document(root_of(request), sets))
    if path == "$metadata":
        return Response(metadata(sets), media_type="application/xml")
    if path in OTHER_RESOURCES:
        raise UnsupportedOData(f"{path}: not supported; read one set at a time.")
    if entity := ENTITY.fullmatch(path):
        return await entity_response(request, set_named(sets, entity[1]), entity[2])
    name, _, rest = path.partition("/")
    if rest not in ("", "$count"):
        raise RecordNotFound(f"{path[:80]}: not supported; a set has no parts here.")
    entity_set = set_named(sets, name)
    return await set_response(request, entity_set, is_count=rest == "$count")


async def set_response(
    request: Request, entity_set: EntitySet, is_count: bool
) -> Response:
    """A page, or the count alone, within the time and the price of a request."""
    size = page_size(request)
    options = parse_options(entity_set, query_options(request), size)
    reader = SetReader(reader_of(request), options)
    async with reading(request, reader):
        if is_count:
            return Response(str(await reader.count()), media_type="text/plain")
        page = await reader.page()
    response = json_body(page_body(request, options, page))
    add_warnings(response, reader.reader.warnings)
    if size != PAGE:
        response.headers["preference-applied"] = f"odata.maxpagesize={size}"
    return response


async def entity_response(
    request: Request, entity_set: EntitySet, key: str
) -> Response:
    """The row with this key."""
    options = parse_entity(entity_set, key, query_options(request))
    reader = SetReader(reader_of(request), options)
    async with reading(request, reader):
        page = await reader.page()
    body = page_body(request, options, page)
    if not body["value"]:
        raise RecordNotFound(f"{entity_set.table.name}({key[:60]}): no such row.")
    context = f"{body['@odata.context']}/$entity"
    response = json_body({"@odata.context": context, **body["value"][0]})
    add_warnings(response, reader.reader.warnings)
    return response


def query_options(request: Request) -> dict[str, str]:
    counts = Counter(name for name, _ in request.query_params.multi_items())
    for name, count in counts.items():
        if count > 1:
            raise BadInput(f"{name[:40]}: expected once.")
    return dict(request.query_params)


@asynccontextmanager
async def reading(request: Request, reader: SetReader) -> AsyncIterator[None]:
    """One of the places for tables, for as long and as much as a request may take."""
    state = state_of(request)
    seconds = state.settings.timeout_seconds
    try:
        async with table_slot(state.export_slots, seconds), asyncio.timeout(seconds):
            with request_scope(seconds):
                await check_price(reader, state.settings.max_cost)
                yield
    except TimeoutError:
        raise StatementTimeout(SLOW) from None


async def check_price(reader: SetReader, limit: int) -> None:
    """A question costs as much as its table; a page of records costs little."""
    if not reader.is_in_memory:
        return
    points = await reader.reader.price(reader.request.rows)
    if points > limit:
        raise BadInput(f"This costs {points:,} points; the limit is {limit:,}.")


def page_size(request: Request) -> int:
    """The size that the client prefers, within ours."""
    match = MAX_PAGE_SIZE.search(request.headers.get("prefer", "").lower())
    return min(max(int(match[1]), 1), PAGE) if match else PAGE


def page_body(request: Request, options: ODataRequest, page: SetPage) -> dict[str, Any]:
    root, name = root_of(request), options.set.table.name
    names = [column.name for column in options.select]
    chosen = f"({','.join(names)})" if options.is_selection else ""
    body: dict[str, Any] = {"@odata.context": f"{root}$metadata#{name}{chosen}"}
    if page.count is not None:
        body["@odata.count"] = page.count
    columns = [
        texts(page.values[column.name])
        if column.type is list
        else page.values[column.name]
        for column in options.select
    ]
    body["value"] = [
        dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)
    ]
    if page.next is not None:
        values = {
            key: value
            for key, value in request.query_params.items()
            if key not in ("$skip", "$top", "$skiptoken", "$count")
        }
        values["$skiptoken"] = page.next.text()
        query = urlencode(values, safe="$", quote_via=quote)
        body["@odata.nextLink"] = f"{root}{name}?{query}"
    return body


def texts(lists: list[list[str] | None]) -> list[str | None]:
    """Lists as texts: OData 4.0 has no columns of lists that clients could read."""
    return [None if value is None else ";".join(value) for value in lists]


def root_of(request: Request) -> str:
    """The address of the service as the client knows it, also behind a proxy."""
    scheme, host, prefix = request.url.scheme, request.url.netloc, ""
    if state_of(request).settings.behind_proxy:
        scheme = forwarded(request, "x-forwarded-proto") or scheme
        host = forwarded(request, "x-forwarded-host") or host
        prefix = forwarded(request, "x-forwarded-prefix").rstrip("/")
    return f"{scheme}://{host}{prefix}{PATH}"


def forwarded(request: Request, name: str) -> str:
    """The first value of a header that a proxy adds."""
    return request.headers.get(name, "").partition(",")[0].strip()


def json_body(body: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, {"content-type": JSON})


def odata_error(error: ValuenetError) -> Response:
    """The error in OData's own form."""
    status = TABLE_STATUSES.get(error.code, 400)
    if isinstance(error, UnsupportedOData):
        status = 501
    body = {"error": {"code": str(error.code), "message": str(error)}}
    response = json_body(body, status)
    is_late = error.code == ErrorCode.TIMEOUT
    if isinstance(error, AuthenticationRequired) or not isinstance(error, Unavailable):
        return response
    if not is_late:
        response.headers["retry-after"] = RETRY_SECONDS
    return response
