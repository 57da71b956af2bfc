"""uvicorn's WebSocket protocol, which also gets rid of clients that read nothing."""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import (
    WebSocketsSansIOProtocol,
)

LINGER_SECONDS = 30  # for a client to receive what was sent before the socket ended


class ClosingWebSocketProtocol(WebSocketsSansIOProtocol):
    """Sends the close frame to a slow client too, and aborts if it does not read it."""

    async def send(self, message: Any) -> None:
        if message["type"] == "websocket.close":
            self.writable.set()  # the frame queues behind what is not yet read
        await super().send(message)

    async def run_asgi(self) -> None:
        await super().run_asgi()
        self.loop.call_later(LINGER_SECONDS, self.transport.abort)
