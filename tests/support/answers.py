"""Comparing whole answers: equal in every word, numbers equal to nine digits."""

from __future__ import annotations

from typing import Any

import pytest


def same(answer: Any, expected: Any, path: str = "") -> None:
    """Fail at the first place where two answers differ."""
    if isinstance(expected, dict):
        for name, value in expected.items():
            same(answer[name], value, f"{path}.{name}")
    elif isinstance(expected, list):
        assert len(answer) == len(expected), (path, answer, expected)
        for place, (one, other) in enumerate(zip(answer, expected, strict=True)):
            same(one, other, f"{path}[{place}]")
    elif isinstance(expected, float) and isinstance(answer, int | float):
        assert answer == pytest.approx(expected, rel=1e-9, abs=1e-9), path
    else:
        assert answer == expected, path


def own_warnings(answer: dict[str, Any]) -> list[str]:
    """The warnings of a question, without those about records without a first day."""
    warnings = answer["about"]["warnings"]
    return [text for text in warnings if "without a first day count" not in text]
