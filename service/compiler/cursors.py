"""Cursors: the position of a record in an order, tied to what they were made for.

A cursor is stateless, and valid in every process on the same database: it has the
position itself, a digest of type, order, filter and day, and a checksum over all. It
contains no secret: a forged one only names another position of a list that its holder
may read from the start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import blake2b
from typing import Any

import orjson

from service.compiler.global_ids import decode_parts, encode_bytes
from service.compiler.orders import OrderTerm, canonical_json
from service.errors import BadInput
from service.vocabulary.texts import excerpt

INTEGER_LIMIT = 2**63  # integers of the database have 64 bits


def cursor_owner(
    record: str,
    order: Sequence[OrderTerm],
    filter: Mapping[str, Any] | None,
    day: date | None,
) -> str:
    """A digest of the list that a cursor belongs to."""
    terms = [term.identity for term in order]
    return digest([record, terms, canonical_json(filter or {}), day])


def digest(parts: Any) -> str:
    return checksum(orjson.dumps(parts))


def checksum(body: bytes) -> str:
    return blake2b(body, digest_size=6).hexdigest()


def encode_cursor(owner: str, position: Sequence[Any]) -> str:
    """
    >>> text = encode_cursor("8a", ["Assembly", "t1"])
    >>> order = [OrderTerm("name", "n.name", str), OrderTerm("key", "n.key", str)]
    >>> decode_cursor(text, "8a", order)
    ['Assembly', 't1']
    """
    body = orjson.dumps([owner, *position])
    check = checksum(body)
    return encode_bytes(body[:-1] + f',"{check}"]'.encode())  # as its last part


def decode_cursor(text: str, owner: str, order: Sequence[OrderTerm]) -> list[Any]:
    """The position of a cursor."""
    made_for, position = cursor_parts(text)
    if made_for != owner or len(position) != len(order):
        raise BadInput("the cursor was made for another type, order, filter or asOf.")
    try:
        pairs = zip(order, position, strict=True)
        return [typed_value(term.type, value) for term, value in pairs]
    except (TypeError, ValueError) as error:
        raise BadInput(f"cursor: not understood: {excerpt(text)}.") from error


def cursor_parts(text: str) -> tuple[Any, list[Any]]:
    """The owner of a cursor, and its position as it was sent."""
    match decode_parts(text):
        case [*parts, str(check)] if len(parts) > 1 and digest(parts) == check:
            made_for, *position = parts
            return made_for, position
    raise BadInput(f"expected a cursor from this API, got {excerpt(text)}.")


def typed_value(kind: type, value: Any) -> Any:
    """A value of the position, with the type that it had before it became JSON."""
    if value is None:
        return None
    if issubclass(kind, datetime):
        return datetime.fromisoformat(value).astimezone(UTC)
    if issubclass(kind, date):
        return date.fromisoformat(value)
    expected: Any = str if issubclass(kind, Enum) else kind
    expected = (int, float) if expected is float else expected
    if not isinstance(value, expected):
        raise TypeError(value)
    if expected is int and not -INTEGER_LIMIT <= value < INTEGER_LIMIT:
        raise TypeError(value)
    return value
