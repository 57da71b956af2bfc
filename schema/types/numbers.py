"""Numbers of arrays as GraphQL has them."""

from __future__ import annotations

from math import isfinite
from typing import Any

OVERFLOW = "The result is beyond the largest number, 1.8e308."


def defined(value: Any) -> float | None:
    """A number of an array; None where NaN or infinity says that it is undefined."""
    return float(value) if isfinite(value) else None
