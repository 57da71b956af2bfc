"""A GraphQL request as it arrives over HTTP: its JSON parsed, or the reason why not.

Only `application/json` is accepted, because a browser sends it to another origin only
after that origin has agreed (CORS).
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.types import Receive

from schema.execution.large_inputs import LARGE, LargeInputs, weight_of
from service.inputs.json_text import InvalidJson, parse_json
from service.server.large_bodies import BodySpace
from service.server.negotiation import JSON

MAX_BYTES = 8_000_000  # 10,000 records to write at once
MAX_VALUES = 1_000_000  # numbers would take ten times their bytes
MAX_CONTAINERS = 200_000  # lists and objects, which take more; 20 of each record
SHA256 = re.compile(r"(?:sha256:)?([0-9a-f]{64})")


class BadRequest(Exception):
    """The HTTP request holds no GraphQL request; `status` says in which way."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class GraphQLRequest:
    """One GraphQL request, with its document, the hash of one, or both."""

    document: str | None
    document_hash: str | None = None
    variables: dict[str, Any] | None = None
    operation_name: str | None = None
    size: int = 0  # what it costs to read, as `weight_of` says


def parse_post(content_type: str, body: bytes) -> GraphQLRequest:
    """The request in the body of a POST."""
    media_type, _, parameters = content_type.partition(";")
    charset = parameters.lower().partition("charset=")[2].strip(' "') or "utf-8"
    if media_type.strip().lower() != JSON or charset not in ("utf-8", "utf8"):
        raise BadRequest(f"Send the request as Content-Type: {JSON}, in UTF-8.", 415)
    if body.count(b",") > MAX_VALUES:
        raise BadRequest(f"The request has more than {MAX_VALUES:,} values.", 413)
    if body.count(b"[") + body.count(b"{") > MAX_CONTAINERS:
        text = f"The request has more than {MAX_CONTAINERS:,} lists and objects."
        raise BadRequest(text, 413)
    try:
        members = parse_json(body)
    except InvalidJson as error:
        raise BadRequest(f"The body is not valid JSON: {error}.") from error
    if not isinstance(members, dict):
        message = "Expected one JSON object with `query`. Batches are not supported."
        raise BadRequest(message)
    return replace(parse_request(members), size=weight_of(body))


def parse_get(parameters: Mapping[str, str]) -> GraphQLRequest:
    """The request in the query string of a GET."""
    members: dict[str, Any] = dict(parameters)
    for name in ("variables", "extensions"):
        try:
            if members.get(name):
                members[name] = parse_json(members[name])
        except InvalidJson as error:
            raise BadRequest(f"{name}: not valid JSON: {error}.") from error
    return replace(parse_request(members), size=weight_of_get(parameters))


def weight_of_get(parameters: Mapping[str, str]) -> int:
    return weight_of(parameters.get("variables", "").encode())


def parse_request(members: dict[str, Any]) -> GraphQLRequest:
    document, document_hash = members.get("query"), document_hash_of(members)
    for name in ("variables", "extensions"):
        if not isinstance(members.get(name), dict | None):
            raise BadRequest(f"{name}: expected an object.")
    operation_name = members.get("operationName")
    if not isinstance(operation_name, str | None):
        raise BadRequest("operationName: expected a string.")
    is_text = isinstance(document, str) and bool(document.strip())
    if not is_text and (document is not None or document_hash is None):
        raise BadRequest("query: expected a GraphQL document as a string.")
    return GraphQLRequest(
        document, document_hash, members.get("variables"), operation_name
    )


def document_hash_of(members: dict[str, Any]) -> str | None:
    """The SHA-256 that the request gives for its document, if it gives one."""
    extensions = members.get("extensions")
    persisted = extensions.get("persistedQuery") if isinstance(extensions, dict) else {}
    by_apollo = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    for name, value in (("documentId", members.get("documentId")), ("hash", by_apollo)):
        if value is None:
            continue
        if not isinstance(value, str) or not (match := SHA256.fullmatch(value)):
            raise BadRequest(f"{name}: expected `sha256:` and 64 hexadecimal digits.")
        return match[1]
    return None


async def read_post(
    request: Request, inputs: LargeInputs, space: BodySpace
) -> GraphQLRequest:
    """The request that arrives as a POST."""
    content_type = request.headers.get("content-type", "")
    body = await read_body(request.stream(), space)
    return await inputs.run(weight_of(body) > LARGE, parse_post, content_type, body)


async def read_body(stream: AsyncIterable[bytes], space: BodySpace) -> bytes:
    """The body; BadRequest as soon as it exceeds the limit."""
    parts, size = [], 0
    async for part in stream:
        size += len(part)
        if size > MAX_BYTES:
            raise BadRequest(f"The request is larger than {MAX_BYTES:,} bytes.", 413)
        space.grow(size)
        parts.append(part)
    return b"".join(parts)


async def wait_for_disconnect(receive: Receive) -> None:
    """Return when the client has closed the connection, after a complete request."""
    while (await receive())["type"] != "http.disconnect":
        pass
