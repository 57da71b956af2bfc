"""One connection as a stream of bytes: CSV, JSON Lines or Arrow."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Callable

import orjson

from service.formats.arrow import arrow
from service.formats.blocks import Block, blocks
from service.formats.connections import Connection
from service.graph.transactions import Reader

Encoder = Callable[[Connection, AsyncIterator[Block]], AsyncIterator[bytes]]


def stream(reader: Reader, connection: Connection, name: str) -> AsyncIterator[bytes]:
    """The bytes of `connection` in the format `name`, a block at a time."""
    return STREAMS[name](connection, blocks(reader, connection))


def cell(value: object) -> object:
    """A value as the `tables` format writes it.

    >>> cell(True), cell(["a", "b"]), cell(None), cell(0.1)
    ('true', 'a;b', '', 0.1)
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else value


def lines(rows: list[list[object]]) -> bytes:
    """CSV by RFC 4180. Every value stands as it is: one that begins with = stays so."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[cell(value) for value in row] for row in rows])
    return out.getvalue().encode()


async def csv_lines(
    connection: Connection, found: AsyncIterator[Block]
) -> AsyncIterator[bytes]:
    yield lines([list(connection.header)])
    async for block in found:
        yield lines(block)


async def json_lines(
    connection: Connection, found: AsyncIterator[Block]
) -> AsyncIterator[bytes]:
    """An object a line; numbers and lists stay such, what is absent is null."""
    header = connection.header
    async for block in found:
        objects = (dict(zip(header, row, strict=True)) for row in block)
        yield b"".join(
            orjson.dumps(o, option=orjson.OPT_APPEND_NEWLINE) for o in objects
        )


STREAMS: dict[str, Encoder] = {"csv": csv_lines, "jsonl": json_lines, "arrow": arrow}
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "arrow": "application/vnd.apache.arrow.stream",
}
