"""One figure of an answer: its value, from how many, why there is none, and of what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Piece = tuple[str, str]  # a record of a figure: its label or type of tie, its key


@dataclass(frozen=True)
class Figure:
    """`value` is None where nothing defines it, and then `reason` says why."""

    value: float | None
    n: int
    reason: str | None
    evidence: tuple[Piece, ...] = ()


def nothing(reason: str, n: int = 0, evidence: Iterable[Piece] = ()) -> Figure:
    """
    >>> nothing("No answers.").value is None
    True
    """
    return Figure(None, n, reason, tuple(evidence))


def pieces(label: str, keys: Iterable[str]) -> tuple[Piece, ...]:
    """
    >>> pieces("Contract", ["b", "a"])
    (('Contract', 'b'), ('Contract', 'a'))
    """
    return tuple((label, key) for key in keys)


def share(part: int, of: int, empty: str, evidence: Iterable[Piece] = ()) -> Figure:
    """
    >>> share(17, 20, "No scores.").value
    0.85
    """
    return Figure(part / of, of, None, tuple(evidence)) if of else nothing(empty)


def mean(values: Sequence[float], empty: str, evidence: Iterable[Piece] = ()) -> Figure:
    """
    >>> mean([1, 2, 6], "No scores.").value
    3.0
    """
    if not values:
        return nothing(empty)
    return Figure(sum(values) / len(values), len(values), None, tuple(evidence))


def unknown_warnings(values: Mapping[str, Sequence[Any]]) -> list[str]:
    """A warning for each text with an unknown value (None), and how many there are.

    >>> unknown_warnings({"Contracts without a value": [None, 5.0], "No day": [1]})
    ['Contracts without a value: 1 of 2.']
    """
    return [
        f"{text}: {list(each).count(None)} of {len(each)}."
        for text, each in values.items()
        if None in each
    ]
