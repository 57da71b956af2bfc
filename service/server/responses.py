"""An answer as bytes: compressed where that pays, and tagged where it may be kept."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from typing import Any

import orjson
from starlette.responses import Response

from service.server.negotiation import JSON, preferences

GZIP_BYTES = 1_400  # less fits into one packet as it is
GZIP_LEVEL = 4  # a third of the time of the default 9, and 5 % larger
ASIDE_BYTES = 200_000  # more is compressed beside the event loop
BOOKMARK = "x-valuenet-bookmark"
VARY = "accept, accept-encoding, authorization"


def answered(
    body: Any,
    status: int = 200,
    media: str = JSON,
    headers: dict[str, str] | None = None,
) -> Response:
    named = {"vary": VARY, **(headers or {})}
    return Response(orjson.dumps(body), status, named, media)


async def compressed(response: Response, accept_encoding: str) -> Response:
    """The same answer in fewer bytes, for a client that understands them."""
    body = bytes(response.body)
    if len(body) < GZIP_BYTES or not takes_gzip(accept_encoding):
        return response
    if len(body) < ASIDE_BYTES:
        small = shorter(body)
    else:
        small = await asyncio.to_thread(shorter, body)
    headers = {**response.headers, "content-encoding": "gzip"}
    headers["content-length"] = str(len(small))
    return Response(small, response.status_code, headers)


def shorter(body: bytes) -> bytes:
    return gzip.compress(body, GZIP_LEVEL, mtime=0)


def takes_gzip(accept_encoding: str) -> bool:
    weights = dict(preferences(accept_encoding))
    return weights.get("gzip", weights.get("*", 0)) > 0


def tagged(response: Response, if_none_match: str) -> Response:
    """An answer to GET with its ETag, or 304 where the client has it already.

    Weak, for the same answer may be compressed or not.
    """
    tag = f'W/"{hashlib.blake2b(bytes(response.body), digest_size=16).hexdigest()}"'
    response.headers["etag"] = tag
    # Each use is checked with us, and nobody but the caller keeps it.
    response.headers["cache-control"] = "private, no-cache"
    known = {part.strip() for part in if_none_match.split(",")}
    if not known & {tag, tag.removeprefix("W/"), "*"}:
        return response
    dropped = ("content-length", "content-type")
    kept = {n: v for n, v in response.headers.items() if n not in dropped}
    return Response(None, 304, kept)
