"""Cursors: the values of an order at one record, bound to what they were made for.

A cursor is stateless, and valid in every process on the same database: it holds the
place itself, a digest of type, order, filter and day, and a checksum over all. No
secret is in it: a forged one only names another place of a list that its holder may
read from the start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import blake2b
from typing import Any

import orjson

from service.compiler.opaque_text import encoded, shown, transparent
from service.compiler.orders import Term, canonical
from service.errors import BadInput

MOST = 2**63  # whole numbers of the database


def made_for(
    owner: str, order: Sequence[Term], given: Mapping[str, Any] | None, day: date | None
) -> str:
    """A digest of what a cursor belongs to."""
    words = [term.words for term in order]
    return digest([owner, words, canonical(given or {}), day])


def digest(parts: Any) -> str:
    return checksum(orjson.dumps(parts))


def checksum(body: bytes) -> str:
    return blake2b(body, digest_size=6).hexdigest()


def cursor(made: str, place: Sequence[Any]) -> str:
    """
    >>> text = cursor("8a", ["Assembly", "t1"])
    >>> parsed(text, "8a", [Term("name", "n.name", str), Term("key", "n.key", str)])
    ['Assembly', 't1']
    """
    body = orjson.dumps([made, *place])
    check = checksum(body)
    return encoded(body[:-1] + f',"{check}"]'.encode())  # one more of its parts


def parsed(text: str, made: str, order: Sequence[Term]) -> list[Any]:
    """The place of a cursor."""
    match transparent(text):
        case [*parts, str(check)] if len(parts) > 1 and digest(parts) == check:
            owner, *place = parts
        case _:
            raise BadInput(f"expected a cursor that this API gave, got {shown(text)}.")
    if owner != made or len(place) != len(order):
        raise BadInput("the cursor was made for another type, order, filter or asOf.")
    try:
        pairs = zip(order, place, strict=True)
        return [typed(term.type, value) for term, value in pairs]
    except (TypeError, ValueError) as error:
        raise BadInput(f"cursor: not understood: {shown(text)}.") from error


def typed(kind: type, value: Any) -> Any:
    """A value of the place, as what it was before it became JSON."""
    if value is None:
        return None
    if issubclass(kind, datetime):
        return datetime.fromisoformat(value).astimezone(UTC)
    if issubclass(kind, date):
        return date.fromisoformat(value)
    held: Any = str if issubclass(kind, Enum) else kind
    held = (int, float) if held is float else held
    if not isinstance(value, held) or (held is int and not -MOST <= value < MOST):
        raise TypeError(value)
    return value
