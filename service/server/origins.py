"""Who may reach the server from a browser: host names, and origins of other pages.

A page of a foreign site can send requests to a server on this machine, under a name of
its own that it points to the loopback address (DNS rebinding). The browser then sends
that name as `Host`, which is therefore checked.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.errors import ErrorCode
from service.server.responses import BOOKMARK, error_body, json_response
from service.settings import Settings

# Orchestrators call these under the address of a container; they tell nothing else.
PROBES = ("/livez", "/readyz")
MISDIRECTED = 421  # RFC 9110, 15.5.20
FORBIDDEN = 403
FOREIGN_HOST = (
    "This server does not answer for the host {!r}; if it should, add that name to"
    " VALUENET_HOSTS."
)
ONE_HOST = "Expected one `Host` header (RFC 9112, 3.2)."


class HostCheck:
    """Refuses requests for another host than this server."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = {name_of(host) for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope["path"] in PROBES:
            await self.app(scope, receive, send)
            return
        hosts = Headers(scope=scope).getlist("host")
        foreign = [host for host in hosts if not self.is_ours(host)]
        if foreign:
            text = FOREIGN_HOST.format(foreign[0][:100])
            await refuse(text, MISDIRECTED, scope, receive, send)
        elif len(hosts) > 1 or (not hosts and scope["http_version"] == "1.1"):
            await refuse(ONE_HOST, 400, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def is_ours(self, host: str) -> bool:
        name = name_of(host)
        return "*" in self.hosts or name in self.hosts or is_loopback(name)


async def refuse(
    text: str, status: int, scope: Scope, receive: Receive, send: Send
) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close"})  # before its acceptance: HTTP 403
        return
    body = error_body(text, ErrorCode.BAD_REQUEST)
    await json_response(body, status)(scope, receive, send)


class OriginCheck:
    """Answers the preflights of pages that may not use the API with the reason."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self.app = app
        self.origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            headers = Headers(scope=scope)
            origin = headers.get("origin", "")
            is_preflight = origin and "access-control-request-method" in headers
            if is_preflight and origin not in self.origins and "*" not in self.origins:
                text = (
                    f"Pages of {origin[:100]} may not use this API; to allow it, add"
                    " the origin to VALUENET_CORS_ORIGINS."
                )
                body = error_body(text, ErrorCode.BAD_REQUEST)
                await json_response(body, FORBIDDEN)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def cors_options(settings: Settings) -> dict[str, Any]:
    """What pages of the configured origins may send and read."""
    return {
        "allow_origins": settings.cors_origins,
        "allow_methods": ["GET", "POST"],
        "allow_headers": ["authorization", "content-type", "x-request-id", BOOKMARK],
        "expose_headers": ["x-request-id", "etag", BOOKMARK],
        "max_age": 600,
    }


def name_of(host: str) -> str:
    """The name in a Host header, without its port.

    >>> [name_of(host) for host in ("LocalHost:8000", "[::1]:80", "api.example.")]
    ['localhost', '::1', 'api.example']
    """
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return host
    return (name or host).removesuffix(".")


def is_loopback(name: str) -> bool:
    """Whether only this machine has the name.

    >>> [is_loopback(name) for name in ("localhost", "127.0.0.9", "::1", "10.0.0.1")]
    [True, True, True, False]
    """
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
