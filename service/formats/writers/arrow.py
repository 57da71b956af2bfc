"""Arrow's streaming format: the schema, then a record batch a block.

Types: text utf8, numbers float64 and int32, truth bool, dates date32, times
timestamp[us, UTC], lists list<utf8>; every column may be null.
"""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from itertools import accumulate
from typing import Any

import nanoarrow as na
import numpy as np
from nanoarrow.ipc import StreamWriter

from service.formats.blocks import Block
from service.formats.connections import Connection

EPOCH = date(1970, 1, 1).toordinal()
TYPES: dict[type, Any] = {
    str: na.string(),
    float: na.float64(),
    int: na.int32(),
    bool: na.bool_(),
    date: na.date32(),
    datetime: na.timestamp("us", timezone="UTC"),
    list: na.list_(na.string()),
}


async def encode(
    connection: Connection, found: AsyncIterator[Block]
) -> AsyncIterator[bytes]:
    """The whole stream; without any record it is the schema alone."""
    out = io.BytesIO()
    types = column_types(connection)
    schema = na.struct({name: TYPES[kind] for name, kind in types.items()})
    with StreamWriter.from_writable(out) as writer:
        empty = na.c_array_stream(batch(types, schema, []))
        writer.write_stream(empty, write_schema=True)
        async for block in found:
            writer.write_array(batch(types, schema, block), write_schema=False)
            yield taken(out)
    yield taken(out)


def taken(out: io.BytesIO) -> bytes:
    data = out.getvalue()
    out.seek(0)
    out.truncate()
    return data


def column_types(connection: Connection) -> dict[str, type]:
    types: dict[str, type] = dict.fromkeys(connection.header, str)
    types |= {column.name: column.type for column in connection.columns}
    return types | ({"roles": list} if "roles" in types else {})


def batch(types: dict[str, type], schema: Any, block: Block) -> Any:
    columns: Sequence[Sequence[Any]] = list(zip(*block, strict=True))
    if not block:
        columns = [()] * len(types)
    arrays = [
        array(kind, values)
        for kind, values in zip(types.values(), columns, strict=True)
    ]
    return na.c_array_from_buffers(schema, len(block), [None], children=arrays)


def array(kind: type, values: Sequence[Any]) -> Any:
    if kind is list:
        return lists(values)
    if kind is date:
        values = [v and date.fromisoformat(v).toordinal() - EPOCH for v in values]
    if kind is datetime:
        values = [v and microseconds(v) for v in values]
    return na.c_array(values, TYPES[kind])


def microseconds(text: str) -> int:
    """Since 1970, exactly.

    >>> microseconds("1970-01-01T00:00:01.000001Z")
    1000001
    """
    moment = datetime.fromisoformat(text)
    whole = moment.replace(microsecond=0)
    return int(whole.timestamp()) * 1_000_000 + moment.microsecond


def lists(values: Sequence[list[str] | None]) -> Any:
    """A list that is absent is null; its items are one array, parted by offsets."""
    given = [value or [] for value in values]
    offsets = np.array([0, *accumulate(map(len, given))], dtype=np.int32)
    held = [value is not None for value in values]
    validity = None if all(held) else np.packbits(held, bitorder="little").tobytes()
    items = na.c_array([item for value in given for item in value], na.string())
    return na.c_array_from_buffers(
        TYPES[list], len(given), [validity, offsets], children=[items]
    )
