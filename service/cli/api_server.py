"""The HTTP server of `serve` and `demo`: uvicorn, which says where it listens.

A module of its own, because it imports the schema, which takes seconds.
"""

from __future__ import annotations

import socket

import uvicorn

from service.app import create
from service.cli.console import TerminalNotice
from service.database import Address
from service.server.websocket_protocol import ClosingWebSocketProtocol
from service.settings import Settings


def server_config(
    address: Address, settings: Settings, shutdown_seconds: int
) -> uvicorn.Config:
    return uvicorn.Config(
        create(address, settings),
        ws=ClosingWebSocketProtocol,
        log_config=None,
        access_log=False,  # our own has the request id
        timeout_graceful_shutdown=shutdown_seconds,
        server_header=False,
    )


class AnnouncingServer(uvicorn.Server):
    """Prints `lines` as soon as it answers."""

    def __init__(
        self, config: uvicorn.Config, notice: TerminalNotice, lines: list[str]
    ) -> None:
        super().__init__(config)
        self.notice = notice
        self.lines = lines

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            for text in self.lines:
                self.notice.say(text)
