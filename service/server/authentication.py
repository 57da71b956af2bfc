"""Authentication: the token of a request, a socket or an event stream."""

from __future__ import annotations

import asyncio

from starlette.requests import HTTPConnection
from starlette.responses import Response

from service.errors import AuthenticationRequired
from service.server.state import state_of
from service.server.tokens import Token

REVOCATION_SECONDS = 2  # until an open connection notices that its token is revoked


def authenticate(connection: HTTPConnection, authorization: str = "") -> Token | None:
    """The caller's token; None where the server needs none.

    The header comes first; `authorization` is what a browser's socket sends instead.
    """
    tokens = state_of(connection).tokens
    if tokens is None:
        return None
    header = connection.headers.get("authorization")
    token = tokens.token_of(header or authorization)
    connection.scope["caller"] = token.name
    return token


async def await_revocation(connection: HTTPConnection, authorization: str = "") -> None:
    """Return once the token of an open connection is no longer valid."""
    while True:
        await asyncio.sleep(REVOCATION_SECONDS)
        try:
            authenticate(connection, authorization)
        except AuthenticationRequired:
            return


def challenge(**parameters: str) -> str:
    """The value of WWW-Authenticate (RFC 6750).

    >>> challenge(error="invalid_token")
    'Bearer realm="valuenet", error="invalid_token"'
    """
    pairs = {"realm": "valuenet", **parameters}
    return "Bearer " + ", ".join(f'{name}="{value}"' for name, value in pairs.items())


def with_challenge(response: Response, error: AuthenticationRequired) -> Response:
    """The same response with a WWW-Authenticate header."""
    parameters = {"error": "invalid_token"} if error.has_token else {}
    response.headers["www-authenticate"] = challenge(**parameters)
    return response
