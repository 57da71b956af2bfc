"""Writer of Arrow's streaming format: the schema, then a record batch for each block.

Types: utf8 for text, float64 and int32 for numbers, bool, date32, timestamp[us, UTC]
for times, list<utf8> for lists. Every column may be null.
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
from service.formats.connections import ExportedConnection

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
    connection: ExportedConnection, blocks: AsyncIterator[Block]
) -> AsyncIterator[bytes]:
    """The bytes of one connection; without records, the schema alone."""
    out = io.BytesIO()
    types = column_types(connection)
    schema = na.struct({name: TYPES[kind] for name, kind in types.items()})
    with StreamWriter.from_writable(out) as writer:
        empty = na.c_array_stream(record_batch(types, schema, []))
        writer.write_stream(empty, write_schema=True)
        async for block in blocks:
            writer.write_array(record_batch(types, schema, block), write_schema=False)
            yield drain(out)
    yield drain(out)


def drain(out: io.BytesIO) -> bytes:
    """The bytes written since the last call."""
    data = out.getvalue()
    out.seek(0)
    out.truncate()
    return data


def column_types(connection: ExportedConnection) -> dict[str, type]:
    types: dict[str, type] = dict.fromkeys(connection.header, str)
    types |= {column.name: column.type for column in connection.columns}
    return types | ({"roles": list} if "roles" in types else {})


def record_batch(types: dict[str, type], schema: Any, block: Block) -> Any:
    columns = list(zip(*block, strict=True)) if block else [()] * len(types)
    return column_batch(types, schema, columns)


def column_batch(
    types: dict[str, type], schema: Any, columns: Sequence[Sequence[Any]]
) -> Any:
    """A record batch of columns of equal length."""
    arrays = [
        array(kind, values)
        for kind, values in zip(types.values(), columns, strict=True)
    ]
    count = len(columns[0]) if columns else 0
    return na.c_array_from_buffers(schema, count, [None], children=arrays)


def array(kind: type, values: Sequence[Any]) -> Any:
    if kind is list:
        return list_array(values)
    if kind is date:
        values = [v and date.fromisoformat(v).toordinal() - EPOCH for v in values]
    if kind is datetime:
        values = [v and microseconds(v) for v in values]
    return na.c_array(values, TYPES[kind])


def microseconds(text: str) -> int:
    """Microseconds since 1970, without rounding.

    >>> microseconds("1970-01-01T00:00:01.000001Z")
    1000001
    """
    moment = datetime.fromisoformat(text)
    second = moment.replace(microsecond=0)
    return int(second.timestamp()) * 1_000_000 + moment.microsecond


def list_array(values: Sequence[list[str] | None]) -> Any:
    """Lists as one array of items with offsets; a blank list is null."""
    filled = [value or [] for value in values]
    offsets = np.array([0, *accumulate(map(len, filled))], dtype=np.int32)
    valid = [value is not None for value in values]
    validity = None if all(valid) else np.packbits(valid, bitorder="little").tobytes()
    items = na.c_array([item for value in filled for item in value], na.string())
    return na.c_array_from_buffers(
        TYPES[list], len(filled), [validity, offsets], children=[items]
    )
