"""Numbers of arrays as GraphQL has them."""

from __future__ import annotations

from math import isnan
from typing import Any


def defined(value: Any) -> float | None:
    """A number of an array; None where NaN says that it is undefined."""
    return None if isnan(value) else float(value)
