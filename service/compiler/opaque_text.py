"""Opaque texts: what this API gave and takes back, without a meaning to its caller."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import orjson


def opaque(parts: list[Any]) -> str:
    return encoded(orjson.dumps(parts))


def encoded(body: bytes) -> str:
    return base64.urlsafe_b64encode(body).decode().rstrip("=")


def transparent(text: str) -> Any:
    padding = "=" * (-len(text) % 4)
    try:
        return orjson.loads(base64.b64decode(text + padding, b"-_", validate=True))
    except (binascii.Error, orjson.JSONDecodeError, UnicodeEncodeError, ValueError):
        return None


def shown(text: str) -> str:
    """A caller's text in an error message, never longer than a line."""
    return repr(text if len(text) <= 60 else text[:57] + "...")
