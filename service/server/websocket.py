"""Subscriptions by WebSocket, in the protocol graphql-transport-ws.

Each connection has limits: how many subscriptions it has, and how long the client may
take for its first message and for each message that it receives. The close codes are
those of the protocol (4400, 4401, 4403, 4406, 4408, 4409, 4429), and 4290 for a client
that reads too slowly.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import Any

import orjson
from starlette.websockets import WebSocket, WebSocketDisconnect

from schema.execution.large_inputs import LARGE, weight_of
from schema.execution.subscribing import NotSubscribable
from service.errors import AuthenticationRequired, Unavailable, ValuenetError
from service.inputs.json_text import InvalidJson, parse_json
from service.server.authentication import authenticate, await_revocation
from service.server.graphql_request import (
    BadRequest,
    GraphQLRequest,
    parse_request,
)
from service.server.responses import graphql_error
from service.server.state import state_of
from service.server.subscription_request import (
    SEND_SECONDS,
    cancel_in_turn,
    is_same_origin,
    open_subscription,
)
from service.server.websocket_protocol import ACKNOWLEDGED

log = logging.getLogger(__name__)
PROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 10
MAX_SUBSCRIPTIONS = 20  # of one connection
MAX_WEIGHT = 1_000_000  # of a message: its bytes, and 200 for each list and object
TOO_SLOW, TOO_LARGE = 4290, 1009
TRY_AGAIN = 1013  # of the registry of RFC 6455


class ProtocolClosure(Exception):
    """Close the connection with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


async def websocket(socket: WebSocket) -> None:
    """The endpoint: refuse wrong requests, then serve until either side ends it."""
    if PROTOCOL not in socket.scope.get("subprotocols", []):
        await socket.accept()
        await socket.close(4406, "Subprotocol not acceptable")
        return
    await socket.accept(PROTOCOL)
    if not is_same_origin(socket):
        await socket.close(4403, "Forbidden")
        return
    await SubscriptionSocket(socket).run()


class SubscriptionSocket:
    """The subscriptions of one client over one socket."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.subscriptions: dict[str, asyncio.Task[None]] = {}
        self.acknowledged = False
        self.guards: list[asyncio.Task[None]] = []
        self.authorization = ""  # what a browser sent in its first message
        self.failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Serve until the client goes or breaks the protocol."""
        listener = asyncio.create_task(self.listen())
        try:
            await asyncio.wait(
                {listener, self.failure}, return_when=asyncio.FIRST_COMPLETED
            )
            first = listener if listener.done() else self.failure
            first.result()
        except WebSocketDisconnect:
            pass
        except ProtocolClosure as closure:
            with suppress(TimeoutError, RuntimeError, WebSocketDisconnect):
                async with asyncio.timeout(SEND_SECONDS):
                    await self.socket.close(closure.code, closure.reason)
        finally:
            listener.cancel()  # nothing begins any more
            tasks = [listener, *self.guards, *self.subscriptions.values()]
            await cancel_in_turn(self.socket, tasks)

    async def listen(self) -> None:
        try:
            async with asyncio.timeout(INIT_SECONDS):
                while not self.acknowledged:
                    await self.handle(await self.receive())
        except TimeoutError:
            text = "Connection initialisation timeout"
            raise ProtocolClosure(4408, text) from None
        while True:
            await self.handle(await self.receive())

    async def receive(self) -> str:
        try:
            return await self.socket.receive_text()
        except KeyError:
            raise ProtocolClosure(4400, "Send text, not binary frames") from None

    async def guard(self) -> None:
        """Close the connection when its token is revoked."""
        await await_revocation(self.socket, self.authorization)
        self.fail(ProtocolClosure(4403, "Forbidden"))

    async def handle(self, text: str) -> None:
        """Do what one message of the client says."""
        inputs = state_of(self.socket).engine.large_inputs
        size = weight_of(text.encode())
        if size > MAX_WEIGHT:
            raise ProtocolClosure(TOO_LARGE, "The message has too many values")
        try:
            message = await inputs.run(size > LARGE, parse_message, text)
        except Unavailable as error:
            raise ProtocolClosure(TRY_AGAIN, str(error)) from error
        match message.get("type"):
            case "connection_init":
                if self.acknowledged:
                    raise ProtocolClosure(4429, "Too many initialisation requests")
                self.authenticate(message.get("payload"))
                self.acknowledged = True
                self.socket.scope["state"][ACKNOWLEDGED] = True
                self.guards.append(asyncio.create_task(self.guard()))
                await self.send(type="connection_ack")
            case "ping":
                await self.send(type="pong")
            case "pong":
                pass
            case "subscribe":
                self.subscribe(message, size)
            case "complete":
                if task := self.subscriptions.pop(str(message.get("id")), None):
                    task.cancel()
            case _:
                raise ProtocolClosure(4400, "Invalid message")

    def authenticate(self, payload: Any) -> None:
        """By header or, from a browser, by `authorization` in the first message."""
        value = payload.get("authorization") if isinstance(payload, dict) else None
        self.authorization = value if isinstance(value, str) else ""
        self.require_token()

    def require_token(self) -> None:
        try:
            authenticate(self.socket, self.authorization)
        except AuthenticationRequired as error:
            raise ProtocolClosure(4403, "Forbidden") from error

    def subscribe(self, message: dict[str, Any], size: int) -> None:
        name, payload = message.get("id"), message.get("payload")
        if not self.acknowledged:
            raise ProtocolClosure(4401, "Unauthorized")
        self.require_token()
        if not isinstance(name, str) or not name or not isinstance(payload, dict):
            raise ProtocolClosure(4400, "Invalid message")
        if name in self.subscriptions:
            raise ProtocolClosure(4409, f"Subscriber for {name[:60]} already exists")
        if len(self.subscriptions) >= MAX_SUBSCRIPTIONS:
            text = f"At most {MAX_SUBSCRIPTIONS} subscriptions per connection"
            raise ProtocolClosure(4429, text)
        try:
            request = replace(parse_request(payload), size=size)
        except BadRequest as error:
            raise ProtocolClosure(4400, str(error)) from error
        self.subscriptions[name] = asyncio.create_task(self.publish(name, request))

    async def publish(self, name: str, request: GraphQLRequest) -> None:
        """Send the responses of one subscription, as fast as the client reads."""
        try:
            async with aclosing(open_subscription(self.socket, request)) as bodies:
                async for body in bodies:
                    await self.send(id=name, type="next", payload=body)
            await self.send(id=name, type="complete")
        except NotSubscribable as error:
            await self.send(id=name, type="error", payload=error.errors)
        except (ProtocolClosure, WebSocketDisconnect) as error:
            self.fail(error)
        except ValuenetError as error:
            payload = [graphql_error(str(error), error.code)]
            await self.send(id=name, type="error", payload=payload)
        except Exception:
            log.exception("Unexpected error in a subscription")
            self.fail(ProtocolClosure(4500, "Internal error"))
        finally:
            if self.subscriptions.get(name) is asyncio.current_task():
                del self.subscriptions[name]

    def fail(self, error: Exception) -> None:
        if not self.failure.done():
            self.failure.set_exception(error)

    async def send(self, **message: Any) -> None:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self.socket.send_text(orjson.dumps(message).decode())
        except TimeoutError:
            text = "Reading too slowly; resume after the last number"
            raise ProtocolClosure(TOO_SLOW, text) from None


def parse_message(text: str) -> dict[str, Any]:
    try:
        message = parse_json(text)
    except InvalidJson:
        message = None
    if not isinstance(message, dict):
        raise ProtocolClosure(4400, "Invalid message")
    return message
