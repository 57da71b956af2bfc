"""Who may read a feed: a token as Bearer, as password of Basic, or in the cookie."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error

from starlette.requests import Request
from starlette.responses import Response

from schema.context import LOCAL, Context
from service.errors import AuthenticationRequired
from service.feeds.table_reader import TableReader, feed_settings
from service.server.authentication import challenge
from service.server.state import state_of
from service.server.tokens import Token
from service.web.visit import COOKIE

NO_TOKEN = (
    "This server needs a token; send it as `Authorization: Bearer …`, or as the"
    " password of Basic authentication, with any user name."
)
BASIC = 'Basic realm="valuenet", charset="UTF-8"'


def reader_of(request: Request) -> TableReader:
    """A reader with the rights of the caller, who is authenticated first."""
    token, state = feed_token(request), state_of(request)
    context = Context(
        state.graph,
        feed_settings(state.settings),
        state.snapshots,
        caller=token.name if token else LOCAL,
        may_write=False,
        queries_only=True,
    )
    return TableReader(request.app.state.feeds.engine, context)


def feed_token(request: Request) -> Token | None:
    """The caller's token; None where the server needs none."""
    tokens = state_of(request).tokens
    if tokens is None:
        return None
    try:
        token = tokens.token_of(authorization_of(request))
    except AuthenticationRequired as error:
        if error.has_token:
            raise
        raise AuthenticationRequired(NO_TOKEN) from None
    request.scope["caller"] = token.name
    return token


def authorization_of(request: Request) -> str:
    """The token in the form of RFC 6750, however the client sent it."""
    header = request.headers.get("authorization", "")
    scheme, _, credentials = header.partition(" ")
    if scheme.lower() == "basic":
        return f"Bearer {password_of(credentials)}"
    if not header and (secret := request.cookies.get(COOKIE)):
        return f"Bearer {secret}"
    return header


def password_of(credentials: str) -> str:
    """The password of Basic authentication (RFC 7617); the name does not matter.

    >>> password_of("YW5uYTpzZWNyZXQ=")
    'secret'
    """
    try:
        text = b64decode(credentials.strip(), validate=True).decode()
    except (Error, UnicodeDecodeError):
        return ""
    return text.partition(":")[2]


def with_challenges(response: Response, error: Exception) -> Response:
    """The same response; if it refuses a caller, it says how to authenticate."""
    if isinstance(error, AuthenticationRequired):
        del response.headers["www-authenticate"]
        response.headers.append("www-authenticate", BASIC)
        response.headers.append("www-authenticate", challenge())
    return response
