"""Subscriptions over graphql-transport-ws and as server-sent events, bounded.

Each connection has its limits: so many subscriptions, so long for its first message
and for each message that it does not take. Close codes are those of the protocol
(4400, 4401, 4403, 4406, 4408, 4409, 4429), and 4290 for a reader that is too slow.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any
from urllib.parse import urlsplit

import orjson
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.websockets.websockets_sansio_impl import (
    WebSocketsSansIOProtocol,
)

from schema.context import LOCAL, Context
from schema.execution.subscribing import NotSubscribable, subscribe
from service.errors import AuthenticationRequired, ValuenetError
from service.server.authentication import let_in, refusing
from service.server.negotiation import (
    MAX_BYTES,
    Asked,
    BadRequest,
    asked,
    posted,
    whole,
)

log = logging.getLogger(__name__)
PROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 10
SEND_SECONDS = 10  # for a client to take one message
LINGER_SECONDS = 30  # for a client to take what was sent before a socket ended
MOST = 20  # subscriptions of one connection
QUIET_SECONDS = 15  # then a comment keeps an event stream open
TOO_SLOW = 4290
Bodies = AsyncGenerator[dict[str, Any], None]


class Closed(Exception):
    """End the connection with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


def context_of(connection: HTTPConnection) -> Context:
    state, caller = connection.app.state, connection.scope.get("caller", LOCAL)
    return Context(
        state.graph, state.settings, state.snapshots, caller=caller, feed=state.feed
    )


def text_of(connection: HTTPConnection, wanted: Asked) -> str:
    """The document itself, or the kept one that the request names."""
    text: str = connection.app.state.documents.text(wanted.query, wanted.digest)
    return text


def own_origin(connection: HTTPConnection) -> bool:
    """A page of another origin may not listen in a browser's name."""
    origin = connection.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == connection.headers.get("host")


# graphql-transport-ws


async def websocket(socket: WebSocket) -> None:
    if PROTOCOL not in socket.scope.get("subprotocols", []):
        await socket.accept()
        await socket.close(4406, "Subprotocol not acceptable")
        return
    await socket.accept(PROTOCOL)
    if not own_origin(socket):
        await socket.close(4403, "Forbidden")
        return
    await Conversation(socket).hold()


class Conversation:
    """One client's subscriptions over one socket."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.running: dict[str, asyncio.Task[None]] = {}
        self.acknowledged = False
        self.failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def hold(self) -> None:
        listening = asyncio.create_task(self.listen())
        try:
            await asyncio.wait(
                {listening, self.failure}, return_when=asyncio.FIRST_COMPLETED
            )
            done = listening if listening.done() else self.failure
            done.result()
        except WebSocketDisconnect:
            pass
        except Closed as end:
            with suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
                async with asyncio.timeout(SEND_SECONDS):
                    await self.socket.close(end.code, end.reason)
        finally:
            await stopped([listening, *self.running.values()])

    async def listen(self) -> None:
        try:
            async with asyncio.timeout(INIT_SECONDS):
                await self.take(await self.socket.receive_text())
        except TimeoutError:
            raise Closed(4408, "Connection initialisation timeout") from None
        while True:
            await self.take(await self.socket.receive_text())

    async def take(self, text: str) -> None:
        """Do what one message asks."""
        message = parsed(text)
        match message.get("type"):
            case "connection_init":
                if self.acknowledged:
                    raise Closed(4429, "Too many initialisation requests")
                self.let_in(message.get("payload"))
                self.acknowledged = True
                await self.send(type="connection_ack")
            case "ping":
                await self.send(type="pong")
            case "pong":
                pass
            case "subscribe":
                self.subscribe(message)
            case "complete":
                if task := self.running.pop(str(message.get("id")), None):
                    task.cancel()
            case _:
                raise Closed(4400, "Invalid message")

    def let_in(self, payload: Any) -> None:
        """By its header or, from a browser, by `authorization` of the first message."""
        given = payload.get("authorization") if isinstance(payload, dict) else None
        try:
            let_in(self.socket, given if isinstance(given, str) else "")
        except AuthenticationRequired as error:
            raise Closed(4403, "Forbidden") from error

    def subscribe(self, message: dict[str, Any]) -> None:
        name, payload = message.get("id"), message.get("payload")
        if not self.acknowledged:
            raise Closed(4401, "Unauthorized")
        if not isinstance(name, str) or not name or not isinstance(payload, dict):
            raise Closed(4400, "Invalid message")
        if name in self.running:
            raise Closed(4409, f"Subscriber for {name[:60]} already exists")
        if len(self.running) >= MOST:
            raise Closed(4429, f"At most {MOST} subscriptions of one connection")
        try:
            wanted = asked(payload)
        except BadRequest as error:
            raise Closed(4400, str(error)) from error
        self.running[name] = asyncio.create_task(self.serve(name, wanted))

    async def serve(self, name: str, wanted: Asked) -> None:
        """Send what one subscription answers, as fast as the client takes it."""
        try:
            context = context_of(self.socket)
            text = text_of(self.socket, wanted)
            asking = (text, wanted.variables, wanted.operation, context)
            async with aclosing(subscribe(*asking)) as bodies:
                async for body in bodies:
                    await self.send(id=name, type="next", payload=body)
            await self.send(id=name, type="complete")
        except NotSubscribable as error:
            await self.send(id=name, type="error", payload=error.errors)
        except Closed as end:
            self.fail(end)
        except ValuenetError as error:
            await self.send(id=name, type="error", payload=[told(error)])
        except WebSocketDisconnect as error:
            self.fail(error)
        except Exception:
            log.exception("A defect in a subscription")
            self.fail(Closed(4500, "Internal error"))
        finally:
            if self.running.get(name) is asyncio.current_task():
                del self.running[name]

    def fail(self, error: Exception) -> None:
        if not self.failure.done():
            self.failure.set_exception(error)

    async def send(self, **message: Any) -> None:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self.socket.send_text(orjson.dumps(message).decode())
        except TimeoutError:
            raise Closed(TOO_SLOW, "Too slow; resume after the last number") from None


def parsed(text: str) -> dict[str, Any]:
    try:
        found = orjson.loads(text) if len(text) <= MAX_BYTES else None
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise Closed(4400, "Invalid message")
    return found


def told(error: ValuenetError) -> dict[str, Any]:
    return {"message": str(error), "extensions": {"code": error.code}}


async def stopped(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class Socket(WebSocketsSansIOProtocol):
    """uvicorn's, for peers that take nothing: they are told so, and do not stay."""

    async def send(self, message: Any) -> None:
        if message["type"] == "websocket.close":
            self.writable.set()  # its frame stands behind what waits to be taken
        await super().send(message)

    async def run_asgi(self) -> None:
        await super().run_asgi()
        self.loop.call_later(LINGER_SECONDS, self.transport.abort)


# Server-sent events (GraphQL over SSE, distinct connections)


async def stream(request: Request) -> Response:
    try:
        if not own_origin(request):
            raise BadRequest("Another origin may not listen.", 403)
        let_in(request)
        wanted = posted(
            request.headers.get("content-type", ""), await whole(request.stream())
        )
        text = text_of(request, wanted)
    except BadRequest as error:
        return Response(orjson.dumps(error.body()), error.status)
    except ValuenetError as error:
        told_body = orjson.dumps({"errors": [told(error)]})
        if isinstance(error, AuthenticationRequired):
            return refusing(Response(told_body, 401), error)
        return Response(told_body, 400)
    context = context_of(request)
    return Events(subscribe(text, wanted.variables, wanted.operation, context))


class Events(Response):
    """An event stream whose every message must be taken in time."""

    def __init__(self, bodies: Bodies) -> None:
        super().__init__(
            media_type="text/event-stream", headers={"cache-control": "no-store"}
        )
        del self.headers["content-length"]
        self.bodies = bodies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200}
        await send({**start, "headers": self.raw_headers})
        writing = asyncio.create_task(self.write(send))
        leaving = asyncio.create_task(gone(receive))
        try:
            await asyncio.wait({writing, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await stopped([writing, leaving])

    async def write(self, send: Send) -> None:
        """One message after the other; who does not take one in time is cut off."""

        async def out(data: bytes, more: bool = True) -> None:
            async with asyncio.timeout(SEND_SECONDS):
                await send(
                    {"type": "http.response.body", "body": data, "more_body": more}
                )

        with suppress(TimeoutError):
            await out(b":\n\n")  # so that the client knows that it is connected
            async with aclosing(events(self.bodies)) as found:
                async for data in found:
                    await out(data)
            await out(b"event: complete\ndata:\n\n", more=False)


async def events(bodies: Bodies) -> AsyncGenerator[bytes, None]:
    waiting = asyncio.ensure_future(anext(bodies))
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=QUIET_SECONDS)
            if not done:
                yield b":\n\n"
                continue
            yield event(waiting.result())
            waiting = asyncio.ensure_future(anext(bodies))
    except StopAsyncIteration:
        return
    except NotSubscribable as error:
        yield event({"errors": error.errors})
    except ValuenetError as error:
        yield event({"errors": [told(error)]})
    finally:
        await stopped([waiting])
        await bodies.aclose()


def event(body: dict[str, Any]) -> bytes:
    return b"event: next\ndata: " + orjson.dumps(body) + b"\n\n"


async def gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


ROUTES = [
    WebSocketRoute("/graphql", websocket),
    Route("/graphql/stream", stream, methods=["POST"]),
]
