"""Who is let in: the token of a request, of a socket, of an event stream."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from service.errors import AuthenticationRequired
from service.server.tokens import Token, Tokens


def let_in(connection: HTTPConnection, authorization: str = "") -> Token | None:
    """Whose request it is, by its header or by its word; None where none is asked."""
    tokens: Tokens | None = connection.app.state.tokens
    if tokens is None:
        return None
    token = tokens.caller(connection.headers.get("authorization") or authorization)
    connection.scope["caller"] = token.name
    return token


def challenge(**parameters: str) -> str:
    """What a client is told to send (RFC 6750).

    >>> challenge(error="invalid_token")
    'Bearer realm="valuenet", error="invalid_token"'
    """
    given = {"realm": "valuenet", **parameters}
    return "Bearer " + ", ".join(f'{name}="{value}"' for name, value in given.items())


def refusing(response: Response, error: AuthenticationRequired) -> Response:
    """The same answer, telling the client what to send."""
    wrong = {"error": "invalid_token"} if error.has_token else {}
    response.headers["www-authenticate"] = challenge(**wrong)
    return response
