"""Checks a `first` argument, which every list of the API takes."""

from __future__ import annotations

from service.errors import BadInput


def limit_of(name: str, value: int | None, default: int, most: int = 1_000) -> int:
    """The value of the argument `name` within its bounds; null means its default."""
    if value is None:
        return default
    if not 1 <= value <= most:
        raise BadInput(f"{name}: expected 1 to {most}, got {value}.")
    return value
