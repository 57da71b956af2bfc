"""ASGI middleware: the log of requests and the route to /graphql."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import time
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from schema.context import LOCAL
from service.errors import ErrorCode
from service.logs import request_id
from service.server.responses import error_body, json_response

log = logging.getLogger(__name__)
STOPPING = "The server is stopping; it did not finish this request. Send it again."
SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
MOST_PATH = 200  # characters in the log
REQUEST_ID = re.compile(r"[A-Za-z0-9\-_.]{1,64}")


class GraphQLRoute:
    """Passes one path directly to its endpoint.

    FastAPI's routing costs as much as a small question.
    """

    def __init__(self, app: ASGIApp, path: str, endpoint: ASGIApp) -> None:
        self.app = app
        self.path = path
        self.endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_ours = scope["type"] == "http" and scope["path"] == self.path
        await (self.endpoint if is_ours else self.app)(scope, receive, send)


class RequestLogMiddleware:
    """Gives each request its id, in its response and in the lines of the log.

    It also adds the security headers, and answers where the application did not.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        header = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
        request_id.set(header if REQUEST_ID.fullmatch(header) else secrets.token_hex(8))
        start, status = time.perf_counter(), 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = (b"x-request-id", request_id.get().encode())
                headers = [*message["headers"], own, *SECURITY_HEADERS]
                message = {**message, "headers": headers}
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except asyncio.CancelledError:  # uvicorn does this as it ends
            if not status:
                body = error_body(STOPPING, ErrorCode.SERVICE_UNAVAILABLE)
                await json_response(body, 503)(scope, receive, send_with_id)
            raise
        except ClientDisconnect:
            log.info("The client disconnected before its request was complete")
        except Exception:
            log.exception("Unexpected error in %s %s", scope["method"], scope["path"])
            if not status:
                response = json_response(internal_error(), 500)
                await response(scope, receive, send_with_id)
        log_request(scope, status, (time.perf_counter() - start) * 1_000)


def log_request(scope: Scope, status: int, milliseconds: float) -> None:
    default = LOCAL if scope["app"].state.server.tokens is None else "-"
    caller = scope.get("caller", default)
    path = scope["raw_path"].decode("latin-1")[:MOST_PATH]  # no line ends, unlike path
    facts = scope["method"], path, status, milliseconds, caller
    log.info("%s %s %d, %.0f ms, %s", *facts)


def internal_error() -> dict[str, Any]:
    message = f"Internal error. The server's log has details under {request_id.get()}."
    return error_body(message, ErrorCode.INTERNAL_SERVER_ERROR)
