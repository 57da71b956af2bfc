"""Responses to GraphQL requests that were not executed, and their HTTP status."""

from __future__ import annotations

from starlette.responses import Response

from service.errors import AuthenticationRequired, ErrorCode, ValuenetError
from service.server.authentication import with_challenge
from service.server.graphql_request import BadRequest
from service.server.negotiation import GRAPHQL_JSON, JSON
from service.server.responses import error_body, json_response

# The status by the code of the error, in every media type.
STATUSES: dict[str, int] = {
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.METHOD_NOT_ALLOWED: 405,
    ErrorCode.SERVICE_UNAVAILABLE: 503,
}
# Only for clients that accept the newer media type; older ones expect 200.
GRAPHQL_JSON_STATUSES: dict[str, int] = {
    ErrorCode.PERSISTED_QUERY_NOT_FOUND: 404,
    ErrorCode.QUERY_NOT_IN_SAFELIST: 403,
}


def bad_request(error: BadRequest) -> Response:
    return json_response(error_body(str(error), ErrorCode.BAD_REQUEST), error.status)


def refusal(error: ValuenetError, status: int, media_type: str = JSON) -> Response:
    response = json_response(error_body(str(error), error.code), status, media_type)
    if isinstance(error, AuthenticationRequired):
        return with_challenge(response, error)
    return response


def status_of(code: str, media_type: str) -> int:
    """The status of a response; `code` is empty if the request was executed."""
    if not code:
        return 200
    if status := STATUSES.get(code):
        return status
    if media_type == GRAPHQL_JSON:
        return GRAPHQL_JSON_STATUSES.get(code, 400)
    return 200
