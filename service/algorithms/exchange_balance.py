"""What each party gives and receives: counts by kind, perceived value, load."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.algorithms.csr import Floats, Int32s, Int64s
from service.algorithms.net import nets

TANGIBLE, INTANGIBLE, UNSTATED = 0, 1, 2
OVERLOAD = 2.0  # standard deviations above the mean load


@dataclass(frozen=True)
class ExchangeBalance:
    """One row a party; counts by kind: TANGIBLE, INTANGIBLE, UNSTATED."""

    received: Int64s  # (parties, 3)
    given: Int64s  # (parties, 3)
    # Sum of the values that it perceives in its inputs; NaN if none is stated.
    received_value: Floats
    # Sum of the values that it perceives in its outputs; NaN if none is stated.
    given_value: Floats
    # Mean of the values that receivers perceive in its outputs; NaN if none is stated.
    brand: Floats
    received_value_count: Int64s  # stated values in each of the three
    given_value_count: Int64s
    brand_count: Int64s

    @property
    def load(self) -> Int64s:
        load: Int64s = self.received.sum(axis=1) + self.given.sum(axis=1)
        return load

    @property
    def net_value(self) -> Floats:
        """Received minus given, each in the party's own eyes; an unstated side is 0.

        What only rounding leaves is 0.
        """
        is_stated = ~(np.isnan(self.received_value) & np.isnan(self.given_value))
        sums = np.nan_to_num(self.received_value), np.nan_to_num(self.given_value)
        return np.where(is_stated, nets(*sums), np.nan)

    @property
    def is_overloaded(self) -> NDArray[np.bool_]:
        """Whether the load is above the mean by more than two standard deviations."""
        load = self.load
        if not len(load):
            return np.zeros(0, dtype=bool)
        above: NDArray[np.bool_] = load > load.mean() + OVERLOAD * load.std()
        return above


def balance(
    source: Int32s,
    target: Int32s,
    kind: Int32s,
    sender_value: Floats,
    receiver_value: Floats,
    size: int,
) -> ExchangeBalance:
    """Counts and sums of exchanges by their two ends.

    Parameters
    ----------
    source, target: (n,) party of each end, below `size`; -1: no party.
    kind: (n,) TANGIBLE, INTANGIBLE or UNSTATED.
    sender_value, receiver_value: (n,) perceived, -2..2; NaN where unstated.

    Cost: O(n + parties). Source: exchange analysis, V. Allee 2008, J. Intellectual
    Capital 9(1):5-24.

    >>> ends = np.array([0, 1], np.int32), np.array([1, 0], np.int32)
    >>> values = np.array([1.0, np.nan]), np.array([2.0, 1.0])
    >>> result = balance(*ends, np.array([0, 1], np.int32), *values, 2)
    >>> result.given.tolist(), result.net_value.tolist(), result.brand.tolist()
    ([[1, 0, 0], [0, 1, 0]], [0.0, 2.0], [2.0, 1.0])
    """
    input_value, input_count = sums(target, receiver_value, size)
    output_value, output_count = sums(source, sender_value, size)
    brand, brand_count = sums(source, receiver_value, size)
    return ExchangeBalance(
        received=counts(target, kind, size),
        given=counts(source, kind, size),
        received_value=input_value,
        given_value=output_value,
        brand=brand / np.where(brand_count, brand_count, np.nan),
        received_value_count=input_count,
        given_value_count=output_count,
        brand_count=brand_count,
    )


def counts(end: Int32s, kind: Int32s, size: int) -> Int64s:
    known = end >= 0
    cell = 3 * end[known].astype(np.int64) + kind[known]
    return np.bincount(cell, minlength=3 * size).reshape(size, 3)


def sums(end: Int32s, value: Floats, size: int) -> tuple[Floats, Int64s]:
    """(sum, number) of the stated values at each end; the sum is NaN without any."""
    known = (end >= 0) & ~np.isnan(value)
    number = np.bincount(end[known], minlength=size)
    total = np.bincount(end[known], value[known], minlength=size)
    return np.where(number, total, np.nan), number
