"""Writer of JSON Lines: one object for each record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import orjson

from service.formats.blocks import Block
from service.formats.connections import ExportedConnection
from service.vocabulary.attributes import PREFIX, value_of_cell


async def encode(
    connection: ExportedConnection, blocks: AsyncIterator[Block]
) -> AsyncIterator[bytes]:
    """Encode one connection; numbers and lists keep their type, blanks are null.

    Extra attributes are one object, with a value of their own type for each name.
    """
    async for block in blocks:
        objects = (json_object(connection, row) for row in block)
        yield b"".join(
            orjson.dumps(o, option=orjson.OPT_APPEND_NEWLINE) for o in objects
        )


def json_object(connection: ExportedConnection, row: list[Any]) -> dict[str, Any]:
    cells = dict(zip(connection.header, row, strict=True))
    if connection.attributes:
        attributes = [(name, cells.pop(name)) for name in connection.attributes]
        cells["attributes"] = {
            name.removeprefix(PREFIX): value_of_cell(cell)
            for name, cell in attributes
            if cell is not None
        }
    return cells
