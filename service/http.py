"""GraphQL over HTTP without a web framework: what a request asks, or why it is refused.

Only `application/json` is taken, so that no page of another origin can ask in a
browser's name without asking the browser first.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

MAX_BYTES = 8_000_000  # 10,000 records to write at once
JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
SANE_ID = re.compile(r"[A-Za-z0-9\-_.]{1,64}")


class BadRequest(Exception):
    """Not a GraphQL request at all; the status says in which way."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status

    def body(self) -> dict[str, Any]:
        extensions = {"code": "BAD_REQUEST"}
        return {"errors": [{"message": str(self), "extensions": extensions}]}


@dataclass(frozen=True)
class Asked:
    """One GraphQL request."""

    query: str
    variables: dict[str, Any] | None = None
    operation: str | None = None


def posted(content_type: str, body: bytes) -> Asked:
    """The request in a POST's body."""
    if content_type.partition(";")[0].strip().lower() != JSON:
        raise BadRequest(f"Send the request as Content-Type: {JSON}.", 415)
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
    try:
        if "variables" in found:
            found["variables"] = orjson.loads(found["variables"])
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"variables: not JSON: {error}.") from error
    return asked(found)


def asked(found: dict[str, Any]) -> Asked:
    query, variables = found.get("query"), found.get("variables")
    operation = found.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest("query: expected a GraphQL document, a string.")
    if not isinstance(variables, dict | None):
        raise BadRequest("variables: expected an object.")
    if not isinstance(operation, str | None):
        raise BadRequest("operationName: expected a string.")
    return Asked(query, variables, operation)


def answer_type(accept: str) -> str:
    """The media type of the answer: the newer one for clients that name it."""
    return GRAPHQL_JSON if GRAPHQL_JSON in accept else JSON


def identified(given: str | None) -> str:
    """The caller's request id where it is sane, else a new one."""
    if given and SANE_ID.fullmatch(given):
        return given
    return secrets.token_hex(8)
