"""uvicorn's WebSocket protocol with bounds on what a client may send and leave unread.

uvicorn itself answers every ping, keeps the fragments of a message for as long as the
client likes, and waits without end for a client that does not read.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import (
    WebSocketsSansIOProtocol,
)

from service.server.client_limits import ClientLimits
from service.server.connections import UnsentAnswer

PIECE = 4_096  # bytes that are parsed at once, while no message waits
LINGER_SECONDS = 30  # for a client to receive what was sent before the socket ended
POLICY_VIOLATION = 1008
ACKNOWLEDGED = "acknowledged"  # in the state of a connection: its client may stay


class BoundedWebSocketProtocol(WebSocketsSansIOProtocol):
    """Sends the close frame to a slow client too, and aborts if it does not read it."""

    def __init__(self, *args: Any, limits: ClientLimits, **more: Any) -> None:
        super().__init__(*args, **more)
        self.limits = limits
        self.unread = bytearray()  # received but not parsed yet
        self.frame_count = 0  # since `counted_since`, by the loop's clock
        self.opened_at = self.counted_since = self.loop.time()
        self.message_since = 0.0  # the first fragment of an unfinished message
        self.checking: asyncio.TimerHandle | None = None

    @property
    def waiting_since(self) -> float | None:
        """Until its first message is acknowledged it has shown no token."""
        is_open = not self.transport.is_closing()
        state = self.scope["state"] if hasattr(self, "scope") else {}
        return self.opened_at if is_open and ACKNOWLEDGED not in state else None

    @property
    def has_served(self) -> bool:
        return False  # one that has is not dropped at all

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.unsent = UnsentAnswer(transport, self.limits)
        self.check_later()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.unread.clear()
        if self.checking:
            self.checking.cancel()

    def data_received(self, data: bytes) -> None:
        self.unread += data
        self.parse()

    def parse(self) -> None:
        """Parse what has arrived, until a message waits for the application."""
        while self.unread and not self.transport.is_closing():
            if not (self.close_sent or self.queue.empty()):
                return
            piece = bytes(self.unread[:PIECE])
            del self.unread[:PIECE]
            super().data_received(piece)

    async def receive(self) -> Any:
        message = await super().receive()
        self.parse()
        return message

    def handle_events(self) -> None:
        now = self.loop.time()
        if now - self.counted_since > self.limits.frame_seconds:
            self.counted_since, self.frame_count = now, 0
        self.frame_count += len(self.conn.events)
        super().handle_events()
        if self.frame_count > self.limits.frames:
            self.end("Too many messages")

    def handle_text(self, event: Any) -> None:
        self.message_since = self.loop.time()
        super().handle_text(event)

    def handle_bytes(self, event: Any) -> None:
        self.message_since = self.loop.time()
        super().handle_bytes(event)

    def end(self, reason: str) -> None:
        """Close the connection because its client takes too much."""
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.fail(POLICY_VIOLATION, reason)
        self.handle_parser_exception()

    def check_later(self) -> None:
        self.checking = self.loop.call_later(self.limits.check_seconds, self.check)

    def check(self) -> None:
        """Close the connection if its client is late."""
        now = self.loop.time()
        if self.unsent.is_stalled(now):
            self.transport.abort()
            return
        is_unfinished = bool(self.frames)
        if is_unfinished and now - self.message_since > self.limits.message_seconds:
            self.end("The message took too long")
        self.check_later()

    async def send(self, message: Any) -> None:
        if message["type"] == "websocket.close":
            self.writable.set()  # the frame queues behind what is not yet read
        await super().send(message)

    async def run_asgi(self) -> None:
        await super().run_asgi()
        self.loop.call_later(LINGER_SECONDS, self.transport.abort)
