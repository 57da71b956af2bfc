"""HTTP responses: JSON bodies and errors, compressed, and with an ETag."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from importlib.metadata import version
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from service.server.negotiation import JSON, accepts_gzip

GZIP_BYTES = 1_400  # a smaller body fits into one packet anyway
GZIP_LEVEL = 4  # a third of the time of the default 9, and 5 % larger
THREAD_BYTES = 200_000  # a larger body is compressed outside of the event loop
RETRY_SECONDS = "5"
BOOKMARK, COST = "x-valuenet-bookmark", "x-valuenet-cost"
VERSION = version("valuenet")  # of what made an answer; to find it takes 1 ms
VARY = "accept, accept-encoding, authorization"
# Only the caller may cache it, and must revalidate it before each use.
CACHE_CONTROL = "private, no-cache"


def json_response(
    body: Any,
    status: int = 200,
    media_type: str = JSON,
    headers: dict[str, str] | None = None,
) -> Response:
    all_headers = {"vary": VARY, **(headers or {})}
    if status == 503:
        all_headers["retry-after"] = RETRY_SECONDS
    return Response(orjson.dumps(body), status, all_headers, media_type)


def error_body(message: str, code: str) -> dict[str, Any]:
    """The body of a GraphQL response that has this one error."""
    return {"errors": [graphql_error(message, code)]}


def graphql_error(message: str, code: str) -> dict[str, Any]:
    return {"message": message, "extensions": {"code": code}}


async def compress(response: Response, accept_encoding: str) -> Response:
    """The same response in fewer bytes, for clients that accept gzip."""
    body = bytes(response.body)
    if len(body) < GZIP_BYTES or not accepts_gzip(accept_encoding):
        return response
    if len(body) < THREAD_BYTES:
        small = gzipped(body)
    else:
        small = await asyncio.to_thread(gzipped, body)
    result = Response(small, response.status_code)
    result.raw_headers = [*response.raw_headers]  # a name may be there repeatedly
    result.headers["content-encoding"] = "gzip"
    result.headers["content-length"] = str(len(small))
    return result


def gzipped(body: bytes) -> bytes:
    return gzip.compress(body, GZIP_LEVEL, mtime=0)


def with_etag(response: Response, if_none_match: str) -> Response:
    """A response to GET with its ETag, or 304 if the client has that version.

    The ETag is weak because the same response may be compressed or not.
    """
    tag = f'W/"{hashlib.blake2b(bytes(response.body), digest_size=16).hexdigest()}"'
    response.headers["etag"] = tag
    response.headers["cache-control"] = CACHE_CONTROL
    if not is_current(tag, if_none_match):
        return response
    body_headers = ("content-length", "content-type")
    headers = {n: v for n, v in response.headers.items() if n not in body_headers}
    return Response(None, 304, headers)


def is_current(tag: str, if_none_match: str) -> bool:
    """Whether the client has the version with this ETag.

    >>> is_current('W/"a"', '"b", "a"'), is_current('W/"a"', "")
    (True, False)
    """
    cached = {part.strip() for part in if_none_match.split(",")}
    return bool(cached & {tag, tag.removeprefix("W/"), "*"})


def for_method(request: Request, response: Response) -> Response:
    """The response to HEAD has the headers of GET and no body."""
    if request.method == "HEAD":
        response.body = b""
    return response
