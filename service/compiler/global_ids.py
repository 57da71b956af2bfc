"""Global ids: a type and a key as an opaque text, JSON in base64 as cursors are."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import orjson

from service.errors import BadInput
from service.vocabulary.texts import excerpt

MAX_LENGTH = 20_000  # keys are indexed and much shorter


def encode_parts(parts: list[Any]) -> str:
    return encode_bytes(orjson.dumps(parts))


def encode_bytes(body: bytes) -> str:
    return base64.urlsafe_b64encode(body).decode().rstrip("=")


def decode_parts(text: str) -> Any:
    """The parts of an opaque text; None where it is not one."""
    padding = "=" * (-len(text) % 4)
    try:
        return orjson.loads(base64.b64decode(text + padding, b"-_", validate=True))
    except (binascii.Error, orjson.JSONDecodeError, UnicodeEncodeError, ValueError):
        return None


def encode_global_id(type_name: str, key: str) -> str:
    return encode_parts([type_name, key])


def decode_global_id(text: str) -> tuple[str, str]:
    """The type and the key of a global id.

    >>> decode_global_id(encode_global_id("Team", "rnd"))
    ('Team', 'rnd')
    """
    match decode_parts(text) if len(text) <= MAX_LENGTH else None:
        case [str(type_name), str(key)]:
            return type_name, key
    raise BadInput(f"id: expected an id from this API, got {excerpt(text)}.")
