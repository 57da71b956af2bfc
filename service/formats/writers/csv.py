"""Writer of CSV (RFC 4180): a header, then a line for each record."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator

from service.formats.blocks import Block
from service.formats.connections import ExportedConnection


async def encode(
    connection: ExportedConnection, blocks: AsyncIterator[Block]
) -> AsyncIterator[bytes]:
    """The bytes of one connection, a block at a time; the first has the header too."""
    header = csv_bytes([list(connection.header)])
    async for block in blocks:
        yield header + csv_bytes(block)
        header = b""
    if header:
        yield header


def csv_bytes(rows: list[list[object]]) -> bytes:
    """Lines of CSV. No value is escaped for spreadsheets: `=1` stays `=1`."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[cell_text(value) for value in row] for row in rows])
    return out.getvalue().encode()


def cell_text(value: object) -> object:
    """A value as the `tables` format writes it.

    >>> cell_text(True), cell_text(["a", "b"]), cell_text(None), cell_text(0.1)
    ('true', 'a;b', '', 0.1)
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else value
