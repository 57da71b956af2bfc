"""A closed loop over HTTP: N connections, each asks again when it has its answer.

Bare sockets, so that the client costs little beside the server that it shares a
machine with; each figure has the server's own CPU time for one request, which other
load on the machine changes least.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
import psutil

from tests.benchmarks.measure import Told, rounded

Variables = Callable[[random.Random], dict[str, Any]]


@dataclass(frozen=True)
class Server:
    """Who answers on a port of loopback, and the process to watch."""

    port: int
    pid: int


@dataclass(frozen=True)
class Query:
    document: str
    variables: Variables = lambda rng: {}

    def request(self, rng: random.Random) -> bytes:
        asked = {"query": self.document, "variables": self.variables(rng)}
        body = orjson.dumps(asked)
        head = (
            "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Content-Type: application/json\r\nAccept: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


class Line:
    """One connection that is kept open."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection(
            "127.0.0.1", self.port, limit=2**24
        )

    async def ask(self, request: bytes) -> bytes:
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        if b"transfer-encoding: chunked" in head:
            return await self.chunks()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        return await self.reader.readexactly(length)

    async def chunks(self) -> bytes:
        parts = []
        while size := int(await self.reader.readline(), 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readexactly(2)
        await self.reader.readexactly(2)
        return b"".join(parts)


async def one(server: Server, query: Query, seed: int = 0) -> Any:
    """One answer, read; errors are a failure."""
    line = Line(server.port)
    await line.open()
    body = orjson.loads(await line.ask(query.request(random.Random(seed))))
    line.writer.close()
    if body.get("errors"):
        raise RuntimeError(f"{body['errors']}"[:500])
    return body["data"]


async def asked(server: Server, query: Query, lines: int, seconds: float) -> Told:
    """Requests a second, their times, and what one costs the server's process."""
    took: list[float] = []
    process = psutil.Process(server.pid)
    stop = time.perf_counter() + seconds

    async def loop(number: int) -> None:
        rng, line = random.Random(number), Line(server.port)
        await line.open()
        while (begun := time.perf_counter()) < stop:
            body = await line.ask(query.request(rng))
            took.append(time.perf_counter() - begun)
            if b'"errors"' in body[:200]:
                raise RuntimeError(body[:500].decode())
        line.writer.close()

    begun, cpu = time.perf_counter(), spent(process)
    await asyncio.gather(*(loop(number) for number in range(lines)))
    wall = time.perf_counter() - begun
    took.sort()
    return {
        "connections": lines,
        "requests": len(took),
        "per_second": rounded(len(took) / wall),
        "p50_ms": rounded(took[len(took) // 2] * 1e3),
        "p99_ms": rounded(took[int(len(took) * 0.99)] * 1e3),
        "cpu_ms": rounded((spent(process) - cpu) * 1e3 / len(took)),
    }


def spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
