"""GraphQL over HTTP without a web framework: what a request asks, or why it is refused.

Only `application/json` is taken, so that no page of another origin can ask in a
browser's name without asking the browser first.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from service.errors import ErrorCode

MAX_BYTES = 8_000_000  # 10,000 records to write at once
JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
SANE_ID = re.compile(r"[A-Za-z0-9\-_.]{1,64}")
SHA256 = re.compile(r"(?:sha256:)?([0-9a-f]{64})")


class BadRequest(Exception):
    """Not a GraphQL request at all; the status says in which way."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status

    def body(self) -> dict[str, Any]:
        extensions = {"code": ErrorCode.BAD_REQUEST}
        return {"errors": [{"message": str(self), "extensions": extensions}]}


@dataclass(frozen=True)
class Asked:
    """One GraphQL request, by its document, by the hash of one, or by both."""

    query: str | None
    digest: str | None = None
    variables: dict[str, Any] | None = None
    operation: str | None = None


def posted(content_type: str, body: bytes) -> Asked:
    """The request in a POST's body."""
    kind, _, parameters = content_type.partition(";")
    charset = parameters.lower().partition("charset=")[2].strip(' "') or "utf-8"
    if kind.strip().lower() != JSON or charset not in ("utf-8", "utf8"):
        raise BadRequest(f"Send the request as Content-Type: {JSON}, in UTF-8.", 415)
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"The body is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise BadRequest("Expected one JSON object with `query`; no batches.")
    return asked(found)


def queried(parameters: Mapping[str, str]) -> Asked:
    """The request in a GET's query string."""
    found: dict[str, Any] = dict(parameters)
    for name in ("variables", "extensions"):
        try:
            if found.get(name):
                found[name] = orjson.loads(found[name])
        except orjson.JSONDecodeError as error:
            raise BadRequest(f"{name}: not JSON: {error}.") from error
    return asked(found)


def asked(found: dict[str, Any]) -> Asked:
    query, digest = found.get("query"), digest_of(found)
    for name in ("variables", "extensions"):
        if not isinstance(found.get(name), dict | None):
            raise BadRequest(f"{name}: expected an object.")
    operation = found.get("operationName")
    if not isinstance(operation, str | None):
        raise BadRequest("operationName: expected a string.")
    if query is None and digest is not None:
        return Asked(None, digest, found.get("variables"), operation)
    if not isinstance(query, str) or not query.strip():
        raise BadRequest("query: expected a GraphQL document, a string.")
    return Asked(query, digest, found.get("variables"), operation)


def digest_of(found: dict[str, Any]) -> str | None:
    """The SHA-256 of the document that is meant, if one is named by it."""
    extensions = found.get("extensions")
    persisted = extensions.get("persistedQuery") if isinstance(extensions, dict) else {}
    by_apollo = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    for name, value in (("documentId", found.get("documentId")), ("hash", by_apollo)):
        if value is None:
            continue
        if not isinstance(value, str) or not (known := SHA256.fullmatch(value)):
            raise BadRequest(f"{name}: expected sha256: and 64 hex digits.")
        return known[1]
    return None


def answer_type(accept: str) -> str:
    """The media type of the answer: what the client likes best of ours.

    Who names none gets application/json, which older clients expect.

    >>> answer_type("application/json;q=0.5, application/graphql-response+json")
    'application/graphql-response+json'
    >>> answer_type("*/*"), answer_type("")
    ('application/json', 'application/json')
    """
    liked = sorted(preferences(accept or "*/*"), key=lambda pair: -pair[1])
    barred = {kind for kind, weight in liked if weight <= 0}
    for kind, weight in liked:
        if weight > 0 and kind in (JSON, GRAPHQL_JSON):
            return kind
        if weight > 0 and kind in ("*/*", "application/*"):
            for ours in (JSON, GRAPHQL_JSON):
                if ours not in barred:
                    return ours
    raise BadRequest(f"Answers are {GRAPHQL_JSON} or {JSON}; accept one.", 406)


def preferences(header: str) -> Iterator[tuple[str, float]]:
    """Each value of an Accept… header with its weight, in order."""
    for part in header.split(","):
        kind, *parameters = (word.strip().lower() for word in part.split(";"))
        weight = 1.0
        for word in parameters:
            if word.startswith("q="):
                try:
                    weight = float(word[2:])
                except ValueError:
                    weight = 0.0
        yield kind, weight


def identified(given: str | None) -> str:
    """The caller's request id where it is sane, else a new one."""
    if given and SANE_ID.fullmatch(given):
        return given
    return secrets.token_hex(8)


async def whole(stream: AsyncIterable[bytes]) -> bytes:
    """The body, read no further than the limit."""
    parts, size = [], 0
    async for part in stream:
        size += len(part)
        if size > MAX_BYTES:
            raise BadRequest(f"The request is over {MAX_BYTES:,} bytes.", 413)
        parts.append(part)
    return b"".join(parts)
