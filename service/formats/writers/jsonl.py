"""Writer of JSON Lines: one object for each record."""

from __future__ import annotations

from collections.abc import AsyncIterator

import orjson

from service.formats.blocks import Block
from service.formats.connections import ExportedConnection


async def encode(
    connection: ExportedConnection, blocks: AsyncIterator[Block]
) -> AsyncIterator[bytes]:
    """Encode one connection; numbers and lists keep their type, blanks are null."""
    header = connection.header
    async for block in blocks:
        objects = (dict(zip(header, row, strict=True)) for row in block)
        yield b"".join(
            orjson.dumps(o, option=orjson.OPT_APPEND_NEWLINE) for o in objects
        )
