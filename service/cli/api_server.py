"""The HTTP server of `serve` and `demo`: uvicorn, which says where it listens.

A module of its own, because it imports the schema, which takes seconds.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from contextlib import suppress
from functools import partial
from typing import Any, cast

import uvicorn

from service.app import create
from service.cli.console import TerminalNotice
from service.database import Address
from service.database.supervisor import Supervisor
from service.server.client_limits import ClientLimits, client_limits
from service.server.http_protocol import BoundedHTTPProtocol
from service.server.memory import prepare_memory
from service.server.websocket_protocol import BoundedWebSocketProtocol
from service.settings import Settings

# A thread that computes leaves the interpreter to the event loop after this time;
# Python's 5 ms would be paid at each step of each request.
SWITCH_SECONDS = 0.0005


def server_config(
    address: Address,
    settings: Settings,
    supervisor: Supervisor | None,
    shutdown_seconds: int,
    limits: ClientLimits | None = None,
) -> uvicorn.Config:
    limits = limits or client_limits(settings)
    logging.getLogger("uvicorn.error").addFilter(is_no_cancellation)
    return uvicorn.Config(
        create(address, settings, supervisor),
        # Each is called as the class would be.
        http=cast(Any, partial(BoundedHTTPProtocol, limits=limits)),
        ws=cast(Any, partial(BoundedWebSocketProtocol, limits=limits)),
        ws_max_size=limits.message_bytes,
        log_config=None,
        access_log=False,  # our own has the request id
        timeout_graceful_shutdown=shutdown_seconds,
        server_header=False,
    )


def is_no_cancellation(record: logging.LogRecord) -> bool:
    """Whether a log record tells something new: uvicorn cancels requests as it ends."""
    return not (record.exc_info and record.exc_info[0] is asyncio.CancelledError)


class AnnouncingServer(uvicorn.Server):
    """Prints `lines` as soon as it answers, and ends when its database does."""

    def __init__(
        self,
        config: uvicorn.Config,
        notice: TerminalNotice,
        supervisor: Supervisor | None,
        lines: list[str],
    ) -> None:
        super().__init__(config)
        self.notice = notice
        self.supervisor = supervisor
        self.lines = lines
        self.failure: BaseException | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            prepare_memory()
            sys.setswitchinterval(SWITCH_SECONDS)
            for text in self.lines:
                self.notice.say(text)

    async def main_loop(self) -> None:
        supervision = asyncio.create_task(self.supervise())
        await super().main_loop()
        supervision.cancel()
        with suppress(asyncio.CancelledError):
            await supervision

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Event streams end at once; the other requests have some seconds."""
        app: Any = self.config.app
        app.state.server.stopping.set()
        await super().shutdown(sockets)

    async def supervise(self) -> None:
        if self.supervisor:
            try:
                await self.supervisor.run()
            except Exception as error:
                self.failure = error
                self.should_exit = True
