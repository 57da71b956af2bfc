"""Pairs of parties by what runs between them: work-arounds, reciprocal pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.algorithms.csr import Int32s, Int64s
from service.algorithms.exchange_balance import INTANGIBLE, TANGIBLE


@dataclass(frozen=True)
class Pairs:
    """Unordered pairs; `code` is the smaller end times the parties, plus the larger."""

    size: int
    code: Int64s  # of each exchange; below 0 where it has no pair
    order: Int64s  # exchanges by code
    tied: Int64s  # codes, ascending
    count: Int64s  # exchanges of each tied pair
    work_around: NDArray[np.bool_]
    reciprocal: NDArray[np.bool_]
    unlike: NDArray[np.bool_]  # tangible one way, intangible the other

    def ranked(self, kept: NDArray[np.bool_]) -> Int64s:
        """The kept pairs by number of exchanges descending, then by both ends."""
        places = np.flatnonzero(kept)
        return places[np.argsort(-self.count[places], kind="stable")]

    def ends(self, place: int) -> tuple[int, int]:
        source, target = divmod(int(self.tied[place]), self.size)
        return source, target

    def exchanges(self, place: int) -> list[int]:
        code, sorted_ = self.tied[place], self.code[self.order]
        begin, end = np.searchsorted(sorted_, [code, code + 1]).tolist()
        found: list[int] = self.order[begin:end].tolist()
        return found


def pairs(source: Int32s, target: Int32s, kind: Int32s, size: int) -> Pairs:
    """What runs between each pair of parties that have any exchange.

    A work-around is a pair with intangible exchanges alone: informal, where a formal
    flow is missing. A reciprocal pair has exchanges both ways; an unlike one gives
    something tangible one way and something intangible the other.
    """
    known = (source >= 0) & (target >= 0) & (source != target)
    low = np.minimum(source, target).astype(np.int64)
    code = np.where(known, low * size + np.maximum(source, target), -1)
    tied, count = np.unique(code[known], return_counts=True)
    upward = source < target

    def of(kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = np.isin(tied, code[known & kept])
        return found

    tangible, intangible = kind == TANGIBLE, kind == INTANGIBLE
    unlike = of(tangible & upward) & of(intangible & ~upward)
    unlike |= of(tangible & ~upward) & of(intangible & upward)
    return Pairs(
        size=size,
        code=code,
        order=np.argsort(code, kind="stable"),
        tied=tied,
        count=count,
        work_around=of(intangible) & ~of(~intangible),
        reciprocal=of(upward) & of(~upward),
        unlike=unlike,
    )
