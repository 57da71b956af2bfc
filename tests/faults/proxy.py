"""A TCP proxy in front of Bolt that cuts a connection at a stage of our choice.

Bolt frames its messages in chunks: two bytes of size, then that many, a size of zero
ends a message; the second byte of a message is its tag. So the proxy knows a COMMIT
when it passes, and the answer to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import Enum

COMMIT, RUN = 0x12, 0x10
HANDSHAKE = 20  # bytes from the client, which offers versions
MANIFEST = bytes.fromhex("000001ff")  # the server lists versions itself
CHOICE = 5  # bytes: the version, and no capabilities


class Stage(Enum):
    """Where the line is cut."""

    BEFORE_REQUEST = "before the first statement is sent on"
    MID_REQUEST = "in the middle of a statement"
    BEFORE_COMMIT = "before COMMIT is sent on"
    AFTER_COMMIT = "after COMMIT was sent on, before its SUCCESS comes back"


class Proxy:
    """Passes everything on, but cuts once at `stage` when it is set."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.stage: Stage | None = None
        self.cuts = 0
        self.port = 0

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection(*self.target)
            line = Line(self, writer, far_writer)
            back = asyncio.create_task(line.back(far_reader))
            try:
                await line.forth(reader)
            finally:
                line.cut()
                back.cancel()


class Line:
    """One connection through the proxy."""

    def __init__(
        self, proxy: Proxy, near: asyncio.StreamWriter, far: asyncio.StreamWriter
    ) -> None:
        self.proxy, self.near, self.far = proxy, near, far
        self.muted = False
        self.first: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def back(self, reader: asyncio.StreamReader) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                if not self.first.done():
                    self.first.set_result(data[:4])
                if self.muted:  # the database has answered; the answer is not delivered
                    break
                self.near.write(data)
                await self.near.drain()
        self.cut()

    async def forth(self, reader: asyncio.StreamReader) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            self.far.write(await reader.readexactly(HANDSHAKE))
            if await self.first == MANIFEST:  # then the client says what it chose
                self.far.write(await reader.readexactly(CHOICE))
            while True:
                message = await whole(reader)
                if await self.cut_at(message):
                    return
                self.far.write(message)
                await self.far.drain()

    async def cut_at(self, message: bytes) -> bool:
        """Whether the line ends with this message."""
        tag = message[3] if len(message) > 3 else 0
        match self.proxy.stage:
            case Stage.BEFORE_REQUEST if tag == RUN:
                return self.done()
            case Stage.MID_REQUEST if tag == RUN:
                self.far.write(message[: len(message) // 2])
                return self.done()
            case Stage.BEFORE_COMMIT if tag == COMMIT:
                return self.done()
            case Stage.AFTER_COMMIT if tag == COMMIT:
                self.muted = True
                self.far.write(message)
                await self.far.drain()
                await asyncio.sleep(0.2)  # the database commits meanwhile
                return self.done()
        return False

    def done(self) -> bool:
        self.proxy.stage = None
        self.proxy.cuts += 1
        return True

    def cut(self) -> None:
        for side in (self.near, self.far):
            side.transport.abort()


async def whole(reader: asyncio.StreamReader) -> bytes:
    """One message with its chunk headers."""
    message = b""
    while True:
        size = await reader.readexactly(2)
        message += size
        length = int.from_bytes(size)
        if not length:
            return message
        message += await reader.readexactly(length)


@asynccontextmanager
async def proxied(host: str, port: int) -> AsyncIterator[Proxy]:
    proxy = Proxy(host, port)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
