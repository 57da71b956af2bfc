"""Pairs of parties by their exchanges: work-arounds, reciprocal pairs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from service.algorithms.csr import Int32s, Int64s
from service.algorithms.exchange_balance import INTANGIBLE, TANGIBLE


@dataclass(frozen=True)
class ExchangePairs:
    """Unordered pairs; `code` is the smaller end times the parties, plus the larger."""

    size: int
    code: Int64s  # of each exchange; below 0 where it has no pair
    order: Int64s  # exchanges by code
    tied: Int64s  # codes, ascending
    count: Int64s  # exchanges of each tied pair
    work_around: NDArray[np.bool_]
    reciprocal: NDArray[np.bool_]
    unlike: NDArray[np.bool_]  # tangible one way, intangible the other

    @cached_property
    def work_arounds(self) -> list[int]:
        """Pairs with intangible exchanges only."""
        return self._ordered(self.work_around)

    @cached_property
    def reciprocals(self) -> list[int]:
        """Pairs with exchanges both ways."""
        return self._ordered(self.reciprocal)

    def _ordered(self, chosen: NDArray[np.bool_]) -> list[int]:
        """The chosen pairs by number of exchanges descending, then by both ends."""
        pairs = np.flatnonzero(chosen)
        order = np.argsort(-self.count[pairs], kind="stable")
        ordered: list[int] = pairs[order].tolist()
        return ordered

    def ends(self, pair: int) -> tuple[int, int]:
        source, target = divmod(int(self.tied[pair]), self.size)
        return source, target

    def exchanges(self, pair: int) -> list[int]:
        code, codes = self.tied[pair], self.code[self.order]
        begin, end = np.searchsorted(codes, [code, code + 1]).tolist()
        indices: list[int] = self.order[begin:end].tolist()
        return indices


def pairs(source: Int32s, target: Int32s, kind: Int32s, size: int) -> ExchangePairs:
    """The exchanges of each pair of parties that have any.

    A work-around is a pair with intangible exchanges alone: informal, where a formal
    flow is missing. A reciprocal pair has exchanges both ways; an unlike one gives
    something tangible one way and something intangible the other.
    """
    known = (source >= 0) & (target >= 0) & (source != target)
    low = np.minimum(source, target).astype(np.int64)
    code = np.where(known, low * size + np.maximum(source, target), -1)
    tied, count = np.unique(code[known], return_counts=True)
    upward = source < target

    def has_any(rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        flags: NDArray[np.bool_] = np.isin(tied, code[known & rows])
        return flags

    tangible, intangible = kind == TANGIBLE, kind == INTANGIBLE
    unlike = has_any(tangible & upward) & has_any(intangible & ~upward)
    unlike |= has_any(tangible & ~upward) & has_any(intangible & upward)
    return ExchangePairs(
        size=size,
        code=code,
        order=np.argsort(code, kind="stable"),
        tied=tied,
        count=count,
        work_around=has_any(intangible) & ~has_any(~intangible),
        reciprocal=has_any(upward) & has_any(~upward),
        unlike=unlike,
    )
